"""All dated facts along time, from centuries down to days."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizapp.memory.learners import learner_by_id
from quizapp.models import Bank, Fact, User
from tests import factories
from tests.conftest import FakeClock
from tests.db.answering import Desk, at


@pytest.fixture
def ada(client: FlaskClient, session: Session) -> User:
    ada = factories.user(session)
    factories.log_in(client, ada)
    return ada


@pytest.fixture
def bank(session: Session) -> Bank:
    return factories.bank(session, part=15, calendar="Old Style")


@pytest.fixture
def english(session: Session) -> Bank:
    return factories.bank(session, part=1, calendar="Gregorian")


def met(session: Session, user: User, fact: Fact) -> Fact:
    Desk(session, learner_by_id(session, user.id), fact).learn()
    return fact


def shown(client: FlaskClient, query: str = "") -> str:
    page = client.get(f"/timeline?{query}")
    assert page.status_code == 200
    return " ".join(page.text.split())


def headings(page: str) -> list[str]:
    """Return what the pieces of time are called, links or not."""
    found = re.findall(r'<h2 id="at-[^"]*">(.*?)</h2>', page)
    return [re.sub("<.*?>", "", heading).strip() for heading in found]


def test_the_timeline_is_closed_to_strangers(client: FlaskClient) -> None:
    assert client.get("/timeline").location.startswith("/log-in")


def test_without_a_bank_the_timeline_says_what_will_be_here(client: FlaskClient, ada: User) -> None:
    del ada
    page = shown(client)
    assert "Dated facts will be here once a bank is loaded." in page
    assert "<circle" not in page


def test_what_was_met_is_told_and_what_was_not_is_a_mark(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    fact = factories.fact(session, bank, date="1917-10-21", statement="The committee signed.")
    met(session, ada, fact)
    factories.fact(session, bank, date="1917-10-22", statement="The crowd vowed.")
    factories.fact(session, bank, statement="Undated.")

    page = shown(client, "from=1917-10")

    assert headings(page) == ["21 October 1917 (Old Style)", "22 October 1917 (Old Style)"]
    assert "21 October 1917 (Old Style)</span>" in page
    assert f'href="/facts/{fact.id}">The committee signed.</a>' in page
    assert "Part 15 · A theme · remembered" in page
    assert "The crowd vowed." not in page
    assert "Part 15 · A theme · 1 not met yet" in page
    assert page.count('<circle class="unmet"') == 1
    assert page.count('<circle class="remembered"') == 1
    assert "All dates here are in this calendar: Old Style." in page


def test_what_is_due_today_is_hidden(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock
) -> None:
    met(session, ada, factories.fact(session, bank, date="1917", statement="It was signed."))
    clock.advance(days=2)

    page = shown(client)

    assert "It was signed." not in page
    assert "1 hidden: you will be asked it today" in page


def test_links_lead_from_centuries_to_days(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    factories.fact(session, bank, date="1917-10-21")
    address, path = "/timeline", []
    for _ in range(4):
        page = client.get(address).text
        found = re.search(r'<h2 id="at-[^"]*"><a href="([^"]+)">', page)
        assert found, page
        address = found[1].replace("&amp;", "&")
        path.append(address)

    assert path == [
        "/timeline?from=1900&to=1999",
        "/timeline?from=1910&to=1919",
        "/timeline?from=1917",
        "/timeline?from=1917-10",
    ]
    last = client.get(address).text
    assert headings(last) == ["21 October 1917 (Old Style)"]
    for way_back in ('"/timeline"', "from=1900&amp;to=1999", "from=1910&amp;to=1919", "from=1917"):
        assert way_back in last


def test_a_crowded_time_is_counted_and_opened_by_a_link(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    for day in range(1, 17):
        fact = factories.fact(session, bank, date=f"1917-10-{day:02}", statement=f"Day {day}.")
        if day == 1:
            met(session, ada, fact)

    year, month = shown(client, "from=1917"), shown(client, "from=1917-10")

    assert "16 events · 1 remembered · 15 not met yet" in year
    assert '<a href="/timeline?from=1917-10">Look closer at October 1917</a>' in year
    assert "Day 1." not in year
    assert "Day 1." in month


def test_dates_of_two_calendars_are_never_mixed_silently(
    client: FlaskClient, session: Session, ada: User, bank: Bank, english: Bank
) -> None:
    for of, date in ((bank, "1905-01-09"), (english, "1905-01-20"), (bank, "1905-01")):
        met(session, ada, factories.fact(session, of, date=date))

    page = shown(client, "from=1905")
    days = shown(client, "from=1905-01")

    assert "Dates of more than one calendar meet here: New Style, Old Style." in page
    assert headings(page) == ["January 1905 (New Style)", "January 1905 (Old Style)"]
    assert "20 January 1905 (New Style)</span>" in page
    assert "9 January 1905 (Old Style)</span>" in page
    assert headings(days) == [
        "Day not given",
        "20 January 1905 (New Style)",
        "9 January 1905 (Old Style)",
    ]


def test_gregorian_dates_alone_name_no_calendar(
    client: FlaskClient, session: Session, ada: User, english: Bank
) -> None:
    met(session, ada, factories.fact(session, english, date="1789-07-14"))

    page = shown(client, "from=1789-07")

    assert "New Style" not in page
    assert "calendar" not in page
    assert headings(page) == ["14 July 1789"]


def test_what_began_before_and_what_is_dated_roughly_stand_apart(
    client: FlaskClient, session: Session, ada: User, english: Bank
) -> None:
    for date in ("1778/1783", "1781", "1781-05-22"):
        met(session, ada, factories.fact(session, english, date=date))

    page = shown(client, "from=1781")

    assert headings(page) == ["Already under way", "Month not given", "May 1781"]
    assert "1778 – 1783</span>" in page


def test_one_part_alone_can_be_shown_and_stays_chosen(
    client: FlaskClient, session: Session, ada: User, bank: Bank, english: Bank
) -> None:
    del ada
    factories.fact(session, bank, date="1917-10-21")
    factories.fact(session, english, date="1642-10-23")

    page = shown(client, "part=1")

    assert headings(page) == ["1600–1699"]
    assert 'href="/timeline?from=1600&amp;to=1699&amp;part=1"' in page


def test_the_time_before_and_behind_can_be_reached(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    for date in ("1917-02-23", "1917-04", "1917-10-21"):
        factories.fact(session, bank, date=date)

    page = shown(client, "from=1917-04")

    assert 'rel="prev" href="/timeline?from=1917-02">Earlier: February 1917' in page
    assert 'rel="next" href="/timeline?from=1917-10">Later: October 1917' in page


@pytest.mark.parametrize(
    ("query", "heading", "pieces"),
    [
        ("zoom=year", "All time", ["1642", "1649"]),
        ("from=1600&to=1699&zoom=century", "1600–1699", ["1600–1699"]),
        ("from=1640&to=1645", "1640 – 1645", ["1642"]),
        ("from=1642-10&to=1642-11", "1 October 1642 – 30 November 1642", ["October 1642"]),
        ("from=1643", "1643", []),
    ],
)
def test_any_stretch_is_shown_in_any_pieces(
    client: FlaskClient,
    session: Session,
    ada: User,
    english: Bank,
    query: str,
    heading: str,
    pieces: list[str],
) -> None:
    del ada
    for date in ("1642-10-23", "1649-01-30"):
        factories.fact(session, english, date=date)

    page = shown(client, query)

    assert f"Timeline: {heading}</h1>" in page
    assert headings(page) == pieces


def test_an_empty_stretch_says_so(
    client: FlaskClient, session: Session, ada: User, english: Bank
) -> None:
    del ada
    factories.fact(session, english, date="1642")
    assert "No dated fact lies here." in shown(client, "from=1700")


def test_many_events_of_a_day_of_two_calendars_have_no_days_below_the_line(
    client: FlaskClient, session: Session, ada: User, bank: Bank, english: Bank
) -> None:
    del ada
    for of in (bank, english):
        factories.fact(session, of, date="1905-01-09")
    assert "<text" not in shown(client, "from=1905-01")


@pytest.mark.parametrize(
    "query",
    [
        "from=x",
        "from=1917-13",
        "from=1917&to=1916",
        "from=1917&to=x",
        "to=1917",
        "from=000",
        "from=1917-10-25%0A",
        "zoom=week",
        "part=99",
        "from=99999",
    ],
)
def test_what_makes_no_sense_is_shown_again_with_all_time(
    client: FlaskClient, session: Session, ada: User, bank: Bank, query: str
) -> None:
    del ada
    factories.fact(session, bank, date="1917")
    page = client.get(f"/timeline?{query}")
    assert page.status_code == 422
    assert "All time</h1>" in page.text
    assert "<details open>" in page.text


@pytest.mark.parametrize("date", ["1917-02-31", "1918/1917"])
def test_a_date_that_does_not_exist_is_left_out(
    client: FlaskClient, session: Session, ada: User, bank: Bank, date: str
) -> None:
    del ada
    factories.fact(session, bank, date=date)
    assert headings(shown(client)) == []


def test_what_was_retired_and_what_others_met_is_not_shown(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    factories.fact(session, bank, date="1905", retired_at=at(0))
    factories.fact(session, factories.bank(session, retired_at=at(0)), date="1642")
    fact = factories.fact(session, bank, date="1917", statement="It was signed.")
    met(session, factories.user(session), fact)

    page = shown(client)

    assert "1 event, 1 of them not met yet." in page
    assert "It was signed." not in page


def test_the_timeline_costs_no_more_with_more_events(
    client: FlaskClient, session: Session, ada: User, bank: Bank, count_queries: list[str]
) -> None:
    costs = []
    for _ in range(2):
        for day in range(1, 9):
            met(session, ada, factories.fact(session, bank, date=f"1917-10-{day:02}"))
            factories.fact(session, date="1642")
        session.commit()
        count_queries.clear()
        client.get("/timeline?zoom=day")
        costs.append(len(count_queries))

    assert costs[0] == costs[1]


def test_the_list_of_banks_leads_to_glossary_and_timeline(client: FlaskClient, ada: User) -> None:
    del ada
    page = client.get("/banks").text
    assert 'href="/glossary"' in page
    assert 'href="/timeline"' in page
