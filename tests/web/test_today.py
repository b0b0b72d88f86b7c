"""The day's page, progress, and the answers behind the figures."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizapp.domain.rating import Certainty
from quizapp.memory.learners import learner_by_id
from quizapp.memory.services import set_flags
from quizapp.models import Bank, Card, FactApart, User
from tests import factories
from tests.conftest import FakeClock
from tests.db.answering import RIGHT_CHOICE, WRONG_WORDS, Desk, at, on

PERCENT = "\N{NARROW NO-BREAK SPACE}%"


@pytest.fixture
def bank(session: Session) -> Bank:
    return factories.bank(session, text_id="part-15", part=15, title="The twilight")


@pytest.fixture
def ada(client: FlaskClient, session: Session) -> User:
    ada = factories.user(session, display_name="Ada", new_per_day=2)
    factories.log_in(client, ada)
    return ada


def desk(session: Session, user: User, bank: Bank) -> Desk:
    """Return the learner at a fact of its own."""
    learner = learner_by_id(session, user.id)
    return Desk(session, learner, factories.fact(session, bank))


def learned(session: Session, user: User, bank: Bank) -> Desk:
    one = desk(session, user, bank)
    one.learn()
    return one


@pytest.mark.parametrize(
    ("zone", "hour", "greeting"),
    [
        ("UTC", 9, "Good morning, Ada"),
        ("UTC", 12, "Good afternoon, Ada"),
        ("UTC", 18, "Good evening, Ada"),
        ("UTC", 2, "Good evening, Ada"),
        ("UTC", 4, "Good morning, Ada"),
        ("Asia/Tokyo", 9, "Good evening, Ada"),
    ],
)
def test_the_greeting_goes_by_the_clock_of_the_learner(
    client: FlaskClient, session: Session, clock: FakeClock, zone: str, hour: int, greeting: str
) -> None:
    factories.log_in(client, factories.user(session, display_name="Ada", time_zone=zone))
    clock.moment = datetime(2026, 3, 2, hour, tzinfo=UTC)

    assert greeting in client.get("/today").text


def test_a_newcomer_sees_one_sentence_and_no_charts(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    for _ in range(3):
        factories.fact(session, bank)

    page = client.get("/today").text

    assert "Begin with 2 facts, about 1 minute." in page
    assert page.count('class="button main"') == 1
    assert "<svg" not in page


def test_settings_that_allow_nothing_new_are_named(client: FlaskClient, session: Session) -> None:
    factories.fact(session)
    factories.log_in(client, factories.user(session, new_per_day=0))
    assert "Your settings allow no new facts a day" in client.get("/today").text


def test_without_a_bank_there_is_nothing_to_begin(client: FlaskClient, ada: User) -> None:
    del ada
    page = client.get("/today").text

    assert "no bank is loaded" in page
    assert "Study now" not in page


def test_one_sentence_says_what_today_holds(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock
) -> None:
    for _ in range(2):
        learned(session, ada, bank)
    for _ in range(3):
        factories.fact(session, bank)
    clock.advance(days=2)

    page = client.get("/today").text

    assert "2 facts are due and 2 are new, about 1 minute." in page
    assert page.count('class="button main"') == 1
    assert 'name="minutes" value="3"' in page


def test_only_due_facts_are_named_when_none_is_new(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock
) -> None:
    learned(session, ada, bank)
    clock.advance(days=2)

    assert "1 fact is due, about 1 minute." in client.get("/today").text


def test_only_new_facts_are_named_when_none_is_due(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock
) -> None:
    learned(session, ada, bank)
    factories.fact(session, bank)
    clock.advance(days=1)

    assert "1 new fact waits, about 1 minute." in client.get("/today").text


def test_a_day_that_is_done_says_when_facts_come_back(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    learned(session, ada, bank)

    page = client.get("/today").text

    assert "Nothing is due now. 1 fact comes back on Wed 4 Mar." in page
    assert "Study now" not in page


def test_a_learner_whose_only_fact_is_suspended_has_nothing_due(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    one = learned(session, ada, bank)
    set_flags(session, ada.id, one.fact_id, suspended=True, set_aside_until=None)

    page = client.get("/today").text

    assert "Nothing is due." in page
    assert "Nothing comes back in the next two weeks" in page


def test_facts_in_their_steps_are_due_and_named(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    desk(session, ada, bank).answer(at(0))
    one = client.get("/today").text
    desk(session, ada, bank).answer(at(0, 9, 1))
    two = client.get("/today").text

    assert "1 fact is due" in one
    assert "1 of them is being learned and comes back at 09:10." in one
    assert "2 of them are being learned; the first comes back at 09:10." in two


@pytest.mark.parametrize("reason", ["suspended", "set aside", "read", "retired"])
def test_what_is_not_asked_is_not_due(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock, reason: str
) -> None:
    one = learned(session, ada, bank)
    learned(session, ada, bank)
    clock.advance(days=2)
    if reason == "suspended":
        set_flags(session, ada.id, one.fact_id, suspended=True, set_aside_until=None)
    elif reason == "set aside":
        set_flags(session, ada.id, one.fact_id, suspended=False, set_aside_until=on(3))
    elif reason == "read":
        token = factories.csrf_token(client.get(f"/facts/{one.fact_id}"))
        client.post(f"/facts/{one.fact_id}/read", data={"csrf_token": token})
    else:
        session.get_one(Card, (ada.id, one.fact_id)).fact.retired_at = at(1)

    assert "1 fact is due" in client.get("/today").text


def test_a_backlog_is_counted_up_to_the_limit_of_the_day(
    client: FlaskClient, session: Session, bank: Bank, clock: FakeClock
) -> None:
    ada = factories.user(session, reviews_per_day=2)
    factories.log_in(client, ada)
    for _ in range(4):
        learned(session, ada, bank)
    clock.advance(days=2)

    assert "2 facts are due" in client.get("/today").text


def test_the_numbers_are_those_that_practice_then_offers(
    client: FlaskClient, session: Session, bank: Bank, clock: FakeClock
) -> None:
    ada = factories.user(session, reviews_per_day=2, new_per_day=3)
    factories.log_in(client, ada)
    for _ in range(4):
        learned(session, ada, bank)
    first, second, *_ = [factories.fact(session, bank) for _ in range(5)]
    for one, other in ((first, second), (second, first)):
        session.add(FactApart(fact_id=one.id, other_id=other.id))
    clock.advance(days=2)
    before = client.get("/today")

    client.post("/study/start", data={"csrf_token": factories.csrf_token(before)})

    assert "2 facts are due and 3 are new" in before.text
    assert "2 facts are due and 3 are new" in client.get("/today").text


def test_new_facts_begun_today_count_against_the_day(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    learned(session, ada, bank)
    for _ in range(3):
        factories.fact(session, bank)

    assert "1 new fact waits" in client.get("/today").text


def test_banks_fill_up_along_the_line_of_time(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    learned(session, ada, bank)
    factories.fact(session, bank)
    factories.fact(session, factories.bank(session, part=1, title="The beginning"))

    page = client.get("/today").text

    assert page.index("The beginning") < page.index("The twilight")
    assert "not started" in page
    assert "1 of 2 remembered" in page
    assert "13 parts of the series have no bank yet." in page


def test_the_next_two_weeks_are_a_chart_with_a_table(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    learned(session, ada, bank)
    late = learned(session, ada, bank)
    set_flags(session, ada.id, late.fact_id, suspended=False, set_aside_until=on(5))

    page = client.get("/today").text

    assert "2 facts come back in the next two weeks" in page
    assert page.count('<rect class="ink"') == 2
    assert '<th scope="row">Saturday 7 March 2026</th>' in page


def test_the_calendar_counts_days_and_leads_to_their_answers(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    learned(session, ada, bank)

    page = client.get("/today").text

    assert "You studied on 1 day of the last year" in page
    assert '<a href="/progress/answers?day=2026-03-02">2</a>' in page
    assert page.count('class="level-1"') == 2  # the year, and its last weeks


@pytest.mark.parametrize("path", ["/today", "/progress", "/progress/answers"])
def test_pages_cost_no_more_with_more_facts(
    client: FlaskClient,
    session: Session,
    ada: User,
    bank: Bank,
    count_queries: list[str],
    path: str,
) -> None:
    learned(session, ada, bank)
    client.get(path)
    count_queries.clear()
    client.get(path)
    few = len(count_queries)
    for _ in range(5):
        learned(session, ada, bank)
        factories.fact(session)
    session.commit()
    count_queries.clear()

    client.get(path)

    assert len(count_queries) <= few + 2  # whether new facts are kept apart is asked if there are


@pytest.mark.parametrize("path", ["/today", "/progress", "/progress/answers"])
def test_figures_are_closed_to_strangers(client: FlaskClient, path: str) -> None:
    assert client.get(path).location.startswith("/log-in")


def test_progress_begins_with_an_invitation(client: FlaskClient, ada: User) -> None:
    del ada
    page = client.get("/progress").text

    assert "It begins with your first answers." in page
    assert "<svg" not in page


def test_what_was_kept_waits_for_facts_to_come_back(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    learned(session, ada, bank)

    page = client.get("/progress").text

    assert "What you kept shows here once facts have come back to you" in page
    assert f"When you were sure you were right 100{PERCENT} of the time" in page
    assert "You remember 1 of 1 facts, 0 of them strongly" in page
    assert "1 fact comes back in the next 30 days" in page


def test_only_first_tries_at_remembered_facts_count_as_kept(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock
) -> None:
    forgotten, known = learned(session, ada, bank), learned(session, ada, bank)
    forgotten.answer(at(2), WRONG_WORDS, certainty=Certainty.NOT_SURE)
    forgotten.answer(at(2, 9, 10))
    known.answer(at(2))
    known.answer(at(2, 12))
    begun = desk(session, ada, bank)
    begun.answer(at(1))
    begun.answer(at(2))
    clock.advance(days=2, hours=4)

    page = client.get("/progress").text

    assert f"You kept 50{PERCENT} of what you were asked last month" in page
    assert f"50{PERCENT} of 2" in page
    assert "too few to build on" in page


def test_tries_of_long_ago_are_told_as_such(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock
) -> None:
    learned(session, ada, bank).answer(at(2))
    clock.advance(days=40)

    page = client.get("/progress").text

    assert f"You kept 100{PERCENT} of what you were asked in the last three months" in page
    assert "no answers yet" in page


def test_expected_and_actual_recall_stand_side_by_side(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock
) -> None:
    learned(session, ada, bank).answer(at(2), WRONG_WORDS)
    clock.advance(days=2, hours=4)

    page = client.get("/progress").text

    assert f"The schedule expected 91{PERCENT} and you kept 0{PERCENT}" in page
    assert "90 to 95 %" in page


def test_certainty_is_held_against_what_was_right(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    desk(session, ada, bank).answer(at(0), WRONG_WORDS, certainty=Certainty.NOT_SURE)

    page = client.get("/progress").text

    assert "You have not been sure of an answer yet" in page
    assert f"0{PERCENT} of 1" in page
    assert "/progress/answers?certainty=not-sure&amp;since=2025-12-03" in page


def test_states_lead_to_the_list_of_their_facts(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    learned(session, ada, bank)

    page = client.get("/progress").text

    assert '<a href="/banks/part-15/facts?state=remembered">1 remembered</a>' in page
    assert "0 strong" in page


def test_answers_are_listed_and_filtered(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    one = desk(session, ada, bank)
    one.answer(at(0), RIGHT_CHOICE)
    one.answer(at(1), WRONG_WORDS, certainty=Certainty.NOT_SURE)
    learned(session, factories.user(session), bank)

    every = client.get("/progress/answers").text
    of_day = client.get("/progress/answers?day=2026-03-02").text
    since = client.get("/progress/answers?since=2026-03-03").text
    unsure = client.get("/progress/answers?certainty=not-sure").text

    assert "2 answers" in every
    assert every.index("wrong, not sure") < every.index("right, sure")
    assert ("1 answer<" in of_day, "Who signed the orders?" in of_day) == (True, True)
    assert ("1 answer<" in since, "Which body signed the orders?" in since) == (True, True)
    assert ("1 answer<" in unsure, "Which body signed the orders?" in unsure) == (True, True)
    assert "There are none." in client.get("/progress/answers?day=2020-01-01").text


@pytest.mark.parametrize("query", ["day=yesterday", "certainty=very", "page=-1"])
def test_a_filter_of_answers_that_makes_no_sense_is_shown_again(
    client: FlaskClient, ada: User, query: str
) -> None:
    del ada
    assert client.get(f"/progress/answers?{query}").status_code == 422


def test_many_answers_come_in_pages(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    one = desk(session, ada, bank)
    for minute in range(51):
        one.answer(at(0, 9, minute), RIGHT_CHOICE)

    first = client.get("/progress/answers?certainty=sure").text

    assert first.count('class="fact-link"') == 50
    assert "/progress/answers?page=2&amp;certainty=sure" in first
    assert "Page 2 of 2" in client.get("/progress/answers?page=2").text


def test_a_share_of_part_marks_is_told_in_percent(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    one = desk(session, ada, bank)
    one.answer(at(0), WRONG_WORDS)
    review = one.log()[0]
    review.share = 0.67

    assert f"67{PERCENT} right, sure" in client.get("/progress/answers").text
