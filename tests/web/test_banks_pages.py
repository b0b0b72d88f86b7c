"""The line of time for strangers, the list of banks, and browsing a bank's facts."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizapp.memory.learners import learner_by_id
from quizapp.models import Bank, Fact, Theme, User
from tests import factories
from tests.db.answering import Desk, at


@pytest.fixture
def bank(session: Session) -> Bank:
    return factories.bank(session, text_id="part-15", part=15, title="The twilight")


@pytest.fixture
def ada(client: FlaskClient, session: Session) -> User:
    ada = factories.user(session, display_name="Ada")
    factories.log_in(client, ada)
    return ada


def desk(session: Session, user: User, fact: Fact) -> Desk:
    return Desk(session, learner_by_id(session, user.id), fact)


def test_a_stranger_sees_what_this_is_and_one_main_button(client: FlaskClient) -> None:
    page = client.get("/")

    assert page.status_code == 200
    assert page.text.count('class="button main"') == 1
    assert "Try five questions" in page.text


def test_all_fifteen_parts_are_on_the_line_of_time(
    client: FlaskClient, session: Session, bank: Bank
) -> None:
    factories.fact(session, bank)
    factories.fact(session, bank)

    page = client.get("/").text

    assert page.count('class="time-title"') == 15
    assert page.count("No bank yet") == 14
    assert "2 facts" in page
    assert "The twilight" in page


def test_only_part_ten_reaches_back_beyond_the_drawing(client: FlaskClient) -> None:
    page = client.get("/").text

    assert page.count('class="tail"') == 1
    assert "not to scale" in page


def test_a_bank_without_a_part_is_listed_below(client: FlaskClient, session: Session) -> None:
    factories.fact(session, factories.bank(session, title="Chartists"))

    page = client.get("/").text

    assert page.index("Other banks") < page.index("Chartists")
    assert page.count("No bank yet") == 15


def test_retired_banks_and_facts_are_not_counted(
    client: FlaskClient, session: Session, bank: Bank
) -> None:
    factories.fact(session, bank)
    factories.fact(session, bank, retired_at=at(0))
    factories.bank(session, part=1, retired_at=at(0))

    page = client.get("/").text

    assert "1 fact" in page
    assert page.count("No bank yet") == 14


def test_a_learner_is_sent_from_home_to_the_own_day(client: FlaskClient, ada: User) -> None:
    del ada
    assert client.get("/").location == "/today"


@pytest.mark.parametrize("path", ["/banks", "/banks/part-15/facts", "/facts/1"])
def test_banks_and_facts_are_closed_to_strangers(
    client: FlaskClient, bank: Bank, path: str
) -> None:
    del bank
    assert client.get(path).location.startswith("/log-in")


def test_the_list_of_banks_says_what_is_known_of_each_theme(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    known = factories.fact(session, bank)
    factories.fact(session, bank)
    desk(session, ada, known).learn()

    page = client.get("/banks").text

    assert "0 strong · 1 remembered · 0 learning · 1 new" in page
    assert 'href="/banks/part-15/facts?theme=theme&amp;state=remembered">1 remembered</a>' in page
    assert "Study this part" in page
    assert f'name="bank_id" value="{bank.id}"' in page


def test_without_a_bank_the_list_says_how_to_load_one(client: FlaskClient, ada: User) -> None:
    del ada
    assert "quizapp banks load" in client.get("/banks").text


def test_the_list_of_banks_costs_no_more_with_more_banks(
    client: FlaskClient, session: Session, ada: User, count_queries: list[str]
) -> None:
    del ada
    factories.fact(session)
    client.get("/banks")
    count_queries.clear()
    client.get("/banks")
    few = len(count_queries)
    for _ in range(5):
        factories.fact(session)
    session.commit()
    count_queries.clear()

    client.get("/banks")

    assert len(count_queries) == few


def test_a_fact_that_was_not_met_shows_no_statement(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    met = factories.fact(session, bank, statement="The committee signed.")
    factories.fact(session, bank, statement="The congress met.", kind="place")
    desk(session, ada, met).learn()

    page = client.get("/banks/part-15/facts").text

    assert "The committee signed." in page
    assert "The congress met." not in page
    assert "Not met yet" in page
    assert "A theme · place" in page


def test_what_others_met_is_not_shown(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    fact = factories.fact(session, bank, statement="The committee signed.")
    desk(session, factories.user(session), fact).learn()

    assert "The committee signed." not in client.get("/banks/part-15/facts").text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"one", "two", "three"}),
        ("theme=other", {"two"}),
        ("kind=person", {"three"}),
        ("state=remembered", {"one", "two"}),
        ("state=new", {"three"}),
        ("search=ELEVE", {"two"}),
        ("search=nowhere", set()),
        ("search=hidden", set()),
        ("theme=theme&state=remembered", {"one"}),
    ],
    ids=[
        "nothing chosen",
        "theme",
        "kind",
        "state",
        "new ones",
        "search without accents and case",
        "search that finds nothing",
        "search does not reveal what was not met",
        "two conditions",
    ],
)
def test_facts_are_filtered(
    client: FlaskClient, session: Session, ada: User, bank: Bank, query: str, shown: set[str]
) -> None:
    other = Theme(text_id="other", title="Another", position=2)
    bank.themes.append(other)
    session.flush()
    facts = {
        "one": factories.fact(session, bank, statement="The committee signed."),
        "two": factories.fact(session, bank, statement="The élève spoke.", theme_id=other.id),
        "three": factories.fact(session, bank, statement="Hidden words.", kind="person"),
    }
    desk(session, ada, facts["one"]).learn()
    desk(session, ada, facts["two"]).learn()

    page = client.get(f"/banks/part-15/facts?{query}").text

    assert {name for name, fact in facts.items() if f'href="/facts/{fact.id}"' in page} == shown


@pytest.mark.parametrize(
    "query",
    ["theme=nowhere", "kind=cat", "state=old", "page=0", "page=x", "search=" + 101 * "a"],
)
def test_a_filter_that_makes_no_sense_is_shown_again(
    client: FlaskClient, ada: User, bank: Bank, query: str
) -> None:
    del ada, bank
    assert client.get(f"/banks/part-15/facts?{query}").status_code == 422


def test_a_long_list_comes_in_pages(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    for _ in range(31):
        factories.fact(session, bank)

    first = client.get("/banks/part-15/facts?kind=event").text
    second = client.get("/banks/part-15/facts?kind=event&page=2").text
    beyond = client.get("/banks/part-15/facts?kind=event&page=99").text

    assert first.count('class="fact-link"') == 30
    assert "/banks/part-15/facts?page=2&amp;kind=event" in first
    assert second.count('class="fact-link"') == 1
    assert "Page 2 of 2" in beyond


def test_the_list_of_facts_costs_no_more_with_more_facts(
    client: FlaskClient, session: Session, ada: User, bank: Bank, count_queries: list[str]
) -> None:
    desk(session, ada, factories.fact(session, bank)).learn()
    client.get("/banks/part-15/facts")
    count_queries.clear()
    client.get("/banks/part-15/facts")
    few = len(count_queries)
    for _ in range(10):
        desk(session, ada, factories.fact(session, bank)).learn()
    session.commit()
    count_queries.clear()

    client.get("/banks/part-15/facts")

    assert len(count_queries) == few


def test_a_bank_that_is_not_there_is_not_found(client: FlaskClient, ada: User) -> None:
    del ada
    assert client.get("/banks/nowhere/facts").status_code == 404


def test_a_retired_bank_is_not_found(client: FlaskClient, session: Session, ada: User) -> None:
    del ada
    factories.bank(session, text_id="old", retired_at=at(0))
    assert client.get("/banks/old/facts").status_code == 404
