"""The page of one fact: what it shows before and after it is read, and what it remembers."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Cloze, Flashcard, Gap
from quizapp.domain.rating import Certainty
from quizapp.memory.corrections import void
from quizapp.memory.learners import learner_by_id
from quizapp.memory.services import set_flags
from quizapp.models import Bank, Card, Fact, Note, Reading, Review, Source, User
from tests import factories
from tests.conftest import FakeClock
from tests.db.answering import RIGHT_CHOICE, WRONG_WORDS, Desk, at, on

STATEMENT = "The committee signed the orders."


@pytest.fixture
def ada(client: FlaskClient, session: Session) -> User:
    ada = factories.user(session)
    factories.log_in(client, ada)
    return ada


@pytest.fixture
def bank(session: Session) -> Bank:
    return factories.bank(session, part=15)


@pytest.fixture
def fact(session: Session, bank: Bank) -> Fact:
    return factories.fact(session, bank, statement=STATEMENT, why="It claimed the last word.")


@pytest.fixture
def desk(session: Session, ada: User, fact: Fact) -> Desk:
    return Desk(session, learner_by_id(session, ada.id), fact)


def shown(client: FlaskClient, fact: Fact) -> str:
    page = client.get(f"/facts/{fact.id}")
    assert page.status_code == 200
    return page.text


def read(client: FlaskClient, fact: Fact) -> Any:
    token = factories.csrf_token(client.get(f"/facts/{fact.id}"))
    return client.post(f"/facts/{fact.id}/read", data={"csrf_token": token})


def readings(session: Session) -> list[tuple[int, Any]]:
    rows = session.scalars(select(Reading)).all()
    return [(row.fact_id, row.study_day) for row in rows]


def test_a_fact_that_was_not_met_hides_what_it_says(
    client: FlaskClient, ada: User, fact: Fact
) -> None:
    del ada
    page = shown(client, fact)

    assert STATEMENT not in page
    assert "It claimed the last word." not in page
    assert "Read ahead" in page


def test_looking_at_the_page_writes_nothing(
    client: FlaskClient, session: Session, ada: User, fact: Fact
) -> None:
    del ada
    shown(client, fact)
    assert readings(session) == []


def test_reading_ahead_is_recorded_and_shows_the_fact(
    client: FlaskClient, session: Session, ada: User, fact: Fact
) -> None:
    del ada
    answer = read(client, fact)

    assert answer.location == f"/facts/{fact.id}"
    assert readings(session) == [(fact.id, on(0))]
    assert session.scalars(select(Review)).all() == []
    page = shown(client, fact)
    assert STATEMENT in page
    assert "You read this today" in page


def test_reading_twice_counts_once(
    client: FlaskClient, session: Session, ada: User, fact: Fact
) -> None:
    del ada
    token = factories.csrf_token(client.get(f"/facts/{fact.id}"))
    for _ in range(2):
        client.post(f"/facts/{fact.id}/read", data={"csrf_token": token})

    assert readings(session) == [(fact.id, on(0))]


def test_what_was_read_yesterday_is_hidden_again(
    client: FlaskClient, ada: User, fact: Fact, clock: FakeClock
) -> None:
    del ada
    read(client, fact)
    clock.advance(days=1)

    assert STATEMENT not in shown(client, fact)


def test_reading_makes_the_list_show_the_statement(
    client: FlaskClient, ada: User, bank: Bank, fact: Fact, clock: FakeClock
) -> None:
    del ada
    read(client, fact)
    clock.advance(days=1)

    assert STATEMENT in client.get(f"/banks/{bank.text_id}/facts?search=orders").text


def test_reading_needs_a_token(client: FlaskClient, ada: User, fact: Fact) -> None:
    del ada
    assert client.post(f"/facts/{fact.id}/read").status_code == 400


def test_reading_is_closed_to_strangers(client: FlaskClient, fact: Fact) -> None:
    assert client.post(f"/facts/{fact.id}/read").status_code == 401


def test_a_fact_answered_today_is_open_and_not_recorded_as_read(
    client: FlaskClient, session: Session, desk: Desk, fact: Fact
) -> None:
    desk.answer(at(0))
    page = shown(client, fact)

    token = factories.csrf_token(client.get("/today"))
    client.post(f"/facts/{fact.id}/read", data={"csrf_token": token})

    assert STATEMENT in page
    assert "You read this today" not in page
    assert readings(session) == []


def test_a_fact_met_before_shows_its_history_but_not_what_it_says(
    client: FlaskClient, desk: Desk, fact: Fact, clock: FakeClock
) -> None:
    desk.learn()
    clock.advance(days=1)

    page = shown(client, fact)

    assert STATEMENT not in page
    assert "Which body signed the orders?" not in page
    assert "Show the fact" in page
    assert "2 answers" in page
    assert "right, sure" in page
    assert "You would remember it for about 2 days" in page
    assert "It is remembered. It comes back tomorrow." in page


def test_only_questions_that_were_answered_are_shown(
    client: FlaskClient, desk: Desk, fact: Fact
) -> None:
    desk.answer(at(0), RIGHT_CHOICE)

    page = shown(client, fact)

    assert "Who signed the orders?" in page
    assert "The committee" in page
    assert "Which body signed the orders?" not in page


def test_gaps_and_flashcards_are_shown_as_they_ask(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    fact = factories.fact(
        session,
        bank,
        Cloze(id="gap", text="The {who} signed.", mode="typed", gaps={"who": Gap(accept=["men"])}),
        Flashcard(id="card", front="The front", back="The back"),
    )
    learner = learner_by_id(session, ada.id)
    desk = Desk(session, learner, fact)
    for version_id in (desk.choice_id, desk.short_id):
        desk.answer(
            at(0), WRONG_WORDS, question_version_id=version_id, certainty=Certainty.DONT_KNOW
        )

    page = shown(client, fact)

    assert "The ... signed." in page
    assert "The men signed." in page
    assert "The front" in page
    assert "The back" in page


def test_sources_date_and_people_are_shown_with_the_fact(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    session.add(
        Source(
            bank_id=bank.id,
            text_id="book",
            title="The Bolsheviks Come to Power",
            author="Alexander Rabinowitch",
            partisan=False,
            further=False,
        )
    )
    fact = factories.fact(
        session,
        bank,
        date="1917-10-21",
        people='["Trotsky"]',
        cites='[{"paragraph": 23}, {"source": "book", "page": "241", "via": "article"}]',
    )
    read(client, fact)

    page = shown(client, fact)

    assert "Part 15, ¶23; its note: Rabinowitch, The Bolsheviks Come to Power, p. 241" in page
    assert "21 October 1917 (Old Style) · Trotsky" in page


@pytest.mark.parametrize(
    ("calendar", "date", "text"),
    [
        ("Gregorian", "1871-03-18", "18 March 1871"),
        ("Old Style", "1917-09/1917-10", "September 1917 – October 1917 (Old Style)"),
        ("Julian", "1649", "1649 (Julian)"),
    ],
    ids=["a Gregorian day", "a stretch", "a year"],
)
def test_a_date_names_its_calendar(
    client: FlaskClient, session: Session, ada: User, calendar: str, date: str, text: str
) -> None:
    del ada
    fact = factories.fact(session, factories.bank(session, calendar=calendar), date=date)
    read(client, fact)

    assert text in shown(client, fact)


def test_answers_that_were_taken_back_are_marked(
    client: FlaskClient, desk: Desk, fact: Fact, session: Session
) -> None:
    review = desk.answer(at(0), WRONG_WORDS)
    void(session, desk.learner, review.review_id, "undone", at(0, 10))

    page = shown(client, fact)

    assert "taken back" in page
    assert "A fact you have not met yet" in page


def test_an_answer_that_moved_nothing_says_so(
    client: FlaskClient, desk: Desk, fact: Fact, clock: FakeClock
) -> None:
    desk.learn()
    desk.answer(at(0, 12))
    clock.advance(days=1)

    assert "no change" in shown(client, fact)


def test_times_are_those_of_the_learner(client: FlaskClient, session: Session, bank: Bank) -> None:
    traveller = factories.user(session, time_zone="Asia/Tokyo")
    factories.log_in(client, traveller)
    fact = factories.fact(session, bank)
    learner = learner_by_id(session, traveller.id)
    Desk(session, learner, fact).answer(at(0))

    page = shown(client, fact)

    assert "2 Mar 2026, 18:00" in page
    assert "It comes back at 18:10." in page


def test_the_curve_tells_no_chance_within_the_study_day(
    client: FlaskClient, desk: Desk, fact: Fact, clock: FakeClock
) -> None:
    desk.learn()
    same_day = shown(client, fact)
    clock.advance(days=2)
    later = shown(client, fact)

    assert '<th scope="row">today</th>' not in same_day
    assert '<th scope="row">tomorrow</th>' in same_day
    assert '<th scope="row">today</th><td class="number">91\N{NARROW NO-BREAK SPACE}%' in later


def test_a_curve_runs_through_all_days_of_answers(
    client: FlaskClient, desk: Desk, fact: Fact, clock: FakeClock
) -> None:
    desk.learn()
    desk.answer(at(2), WRONG_WORDS)
    desk.answer(at(2, 9, 10))
    desk.answer(at(4))
    clock.advance(days=5)

    page = shown(client, fact)

    assert page.count("<circle") == 3
    assert page.count('class="lost"') == 1
    assert page.count('class="line"') == 3
    assert page.count('class="line ahead"') == 1


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({"suspended": True, "set_aside_until": None}, "It is suspended: it is not asked."),
        (
            {"suspended": False, "set_aside_until": on(3)},
            "It is set aside and can be asked again on Thu 5 Mar.",
        ),
        ({"suspended": False, "set_aside_until": on(0)}, "It comes back on Wed 4 Mar."),
    ],
    ids=["suspended", "set aside", "set aside until now"],
)
def test_the_page_says_why_a_fact_is_not_asked(
    client: FlaskClient,
    session: Session,
    desk: Desk,
    fact: Fact,
    flags: dict[str, Any],
    words: str,
) -> None:
    desk.learn()
    set_flags(session, desk.learner.id, fact.id, **flags)

    assert words in shown(client, fact)


def test_a_due_fact_says_so(client: FlaskClient, desk: Desk, fact: Fact, clock: FakeClock) -> None:
    desk.learn()
    clock.advance(days=3)

    assert "It is due today." in shown(client, fact)


def test_a_new_fact_that_was_set_aside_says_so(
    client: FlaskClient, session: Session, desk: Desk, fact: Fact
) -> None:
    set_flags(session, desk.learner.id, fact.id, suspended=False, set_aside_until=on(1))
    aside = shown(client, fact)
    set_flags(session, desk.learner.id, fact.id, suspended=False, set_aside_until=None)

    assert "It is set aside and can be asked again tomorrow." in aside
    assert "It is set aside" not in shown(client, fact)


@pytest.mark.parametrize(
    ("stability_days", "words"),
    [
        (0.3, "less than a day"),
        (59, "about 59 days"),
        (400, "about 13 months"),
        (1000, "about 3 years"),
    ],
)
def test_how_long_a_fact_would_be_remembered_is_told_in_words(
    client: FlaskClient,
    session: Session,
    desk: Desk,
    fact: Fact,
    stability_days: float,
    words: str,
) -> None:
    desk.learn()
    card = session.get_one(Card, (desk.learner.id, fact.id))
    session.refresh(card)
    card.stability_days = stability_days

    assert f"You would remember it for {words}<" in shown(client, fact)


def test_a_note_is_shown_with_the_fact_only(
    client: FlaskClient, session: Session, ada: User, fact: Fact
) -> None:
    session.add(Note(learner_id=ada.id, fact_id=fact.id, text="My words", written_at=at(0)))
    hidden = shown(client, fact)
    read(client, fact)

    assert "My words" not in hidden
    assert "<textarea" not in hidden
    assert "My words" in shown(client, fact)


def test_notes_of_others_are_not_shown(
    client: FlaskClient, session: Session, ada: User, fact: Fact
) -> None:
    del ada
    other = factories.user(session)
    session.add(Note(learner_id=other.id, fact_id=fact.id, text="My words", written_at=at(0)))
    read(client, fact)

    assert "My words" not in shown(client, fact)


def test_answers_of_others_are_not_shown(
    client: FlaskClient, session: Session, ada: User, fact: Fact
) -> None:
    del ada
    Desk(session, factories.learner(session), fact).learn()

    page = shown(client, fact)

    assert "Your answers" not in page
    assert "A fact you have not met yet" in page


def test_a_retired_fact_keeps_its_page(
    client: FlaskClient, session: Session, desk: Desk, fact: Fact
) -> None:
    desk.learn()
    fact.retired_at = at(0)
    session.flush()

    page = shown(client, fact)

    assert "This fact was taken out of its bank." in page
    assert STATEMENT in page


def test_old_answers_are_folded_away(client: FlaskClient, desk: Desk, fact: Fact) -> None:
    for minute in range(0, 44, 4):
        desk.answer(at(0, 9, minute))

    page = shown(client, fact)

    assert "11 answers" in page
    assert "Earlier answers" in page


@pytest.mark.parametrize("path", ["/facts/99", "/facts/0", "/facts/99999999999999999999"])
def test_a_fact_that_is_not_there_is_not_found(client: FlaskClient, ada: User, path: str) -> None:
    del ada
    assert client.get(path).status_code == 404


def test_reading_a_fact_that_is_not_there_is_not_found(client: FlaskClient, ada: User) -> None:
    del ada
    token = factories.csrf_token(client.get("/account"))
    assert client.post("/facts/99/read", data={"csrf_token": token}).status_code == 404


def test_the_page_costs_no_more_with_more_answers(
    client: FlaskClient, desk: Desk, fact: Fact, session: Session, count_queries: list[str]
) -> None:
    desk.learn()
    client.get(f"/facts/{fact.id}")
    count_queries.clear()
    client.get(f"/facts/{fact.id}")
    few = len(count_queries)
    for day in range(2, 12):
        desk.answer(at(day), RIGHT_CHOICE)
    session.commit()
    count_queries.clear()

    client.get(f"/facts/{fact.id}")

    assert len(count_queries) <= few
