"""A question made from facts, as a learner meets it on the pages."""

from random import Random

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.domain.bank_files import Order, question_from_json
from quizapp.memory.checking import check_memory
from quizapp.models import DerivedAsk, Fact, QuestionVersion, User
from quizapp.study.derived import CHANCE
from tests import factories
from tests.answer_forms import SHORT
from tests.conftest import FakeClock
from tests.factories import csrf_token
from tests.web.study_pages import (
    FRAGMENT,
    answer_form,
    feedback,
    kind_of,
    question_form,
    reviews,
    send,
    sitter,
    start,
    words,
)

TOWNS = {"03": "Vienna", "05": "Dresden", "07": "Milan", "09": "Cologne"}
MONTHS = {"03": "March", "05": "May", "07": "July", "09": "September"}


@pytest.fixture
def facts(session: Session) -> list[Fact]:
    """What happened in four towns in March, May, July and September 1848."""
    bank = factories.bank(session, part=8, calendar="Gregorian")
    return [
        factories.fact(
            session,
            bank,
            SHORT,
            statement=f"In {MONTHS[month]} 1848 the people of {town} built barricades.",
            date=f"1848-{month}",
        )
        for month, town in TOWNS.items()
    ]


def kind_made(seed: int, fact_id: int) -> str | None:
    """Return which of the two kinds the lots try first, after the fact's first answer."""
    rng = Random(f"{seed}/{fact_id}/1/derived")
    if rng.random() >= CHANCE:
        return None
    kinds = ["timeline", "who-was-who", "before-or-after"]
    rng.shuffle(kinds)
    return next(kind for kind in kinds if kind != "who-was-who")


def learner_of(client: FlaskClient, session: Session, fact: Fact, kind: str) -> User:
    """Log in a learner without steps whose lots ask a fact by one kind of question."""
    seed = next(n for n in range(1000) if kind_made(n, fact.id) == kind)
    return sitter(client, session, fuzz_seed=seed, learning_steps="", relearning_steps="")


def learn(client: FlaskClient, facts: list[Fact]) -> None:
    """Answer every fact rightly for the first time."""
    page = start(client)
    for _ in facts:
        send(client, page, SHORT)
        page = client.get("/study", follow_redirects=True)


def shown_again(
    client: FlaskClient, session: Session, clock: FakeClock, facts: list[Fact], kind: str
) -> TestResponse:
    """Return the page that asks the last of the facts, three days after all were learned."""
    learner_of(client, session, facts[3], kind)
    learn(client, facts)
    clock.advance(days=3)
    start(client)
    return client.get(f"/study/again/{facts[3].id}")


def version_on(session: Session, page: TestResponse) -> QuestionVersion:
    return session.get_one(QuestionVersion, int(question_form(page)["version"]))


def test_a_timeline_is_asked_answered_explained_and_taken_back(
    client: FlaskClient, session: Session, clock: FakeClock, facts: list[Fact]
) -> None:
    page = shown_again(client, session, clock, facts, "timeline")
    assert kind_of(page) == "order"
    assert "Put these events in order, the earliest first." in words(page)
    assert "The people of Cologne built barricades" in words(page)
    assert not any(month in words(page) for month in MONTHS.values())
    version = version_on(session, page)
    question = question_from_json(version.content)
    assert isinstance(question, Order)

    answered = feedback(client, page, question)
    assert "In order, they date from" in words(answered)
    assert "September 1848" in words(answered)
    review = reviews(session)[-1]
    assert (review.question_version_id, review.fact_id) == (version.id, facts[3].id)
    assert (review.share, review.rating, review.affects_schedule) == (1, 3, True)
    assert check_memory(session, clock.moment, repair=False).is_fine

    form = {"csrf_token": csrf_token(answered), "review_id": review.id}
    undone = client.post("/study/undo", data=form, follow_redirects=True)
    assert "That answer is taken back." in words(undone)
    assert reviews(session)[-1].voided_at is not None
    assert check_memory(session, clock.moment, repair=False).is_fine


def test_a_pair_is_asked_and_a_wrong_choice_is_answered(
    client: FlaskClient, session: Session, clock: FakeClock, facts: list[Fact]
) -> None:
    page = shown_again(client, session, clock, facts, "before-or-after")
    assert kind_of(page) == "choice"
    assert "Both fell in the same month" in words(page)
    question = question_from_json(version_on(session, page).content)
    answered = feedback(client, page, question, right=False)
    assert "This came second. The first dates from" in words(answered)
    assert reviews(session)[-1].rating == 1


def test_a_wrong_order_counts_by_the_pairs_that_are_right(
    client: FlaskClient, session: Session, clock: FakeClock, facts: list[Fact]
) -> None:
    page = shown_again(client, session, clock, facts, "timeline")
    question = question_from_json(version_on(session, page).content)
    feedback(client, page, question, right=False)
    assert (reviews(session)[-1].share, reviews(session)[-1].rating) == (0, 1)


def test_reading_the_pages_writes_nothing(
    client: FlaskClient,
    session: Session,
    clock: FakeClock,
    facts: list[Fact],
    count_queries: list[str],
) -> None:
    page = shown_again(client, session, clock, facts, "timeline")
    prepared = session.scalars(select(DerivedAsk.question_version_id)).all()
    count_queries.clear()
    for address in ("/study", f"/study/again/{facts[3].id}", "/today", f"/facts/{facts[3].id}"):
        client.get(address)
    assert not [sent for sent in count_queries if sent.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert version_on(session, client.get(f"/study/again/{facts[3].id}")).id in prepared
    assert version_on(session, page).id in prepared


def test_with_a_script_the_next_question_may_be_a_derived_one(
    client: FlaskClient, session: Session, clock: FakeClock, facts: list[Fact]
) -> None:
    learner_of(client, session, facts[3], "timeline")
    learn(client, facts)
    clock.advance(days=3)
    page, kinds = start(client), []
    for _ in facts:
        kinds.append(kind_of(page))
        question = question_from_json(version_on(session, page).content)
        form = answer_form(page, question)
        reply = client.post("/study/answer", data=form, headers=FRAGMENT)
        assert reply.status_code == 200
        page = client.get("/study", follow_redirects=True)
    assert "order" in kinds
    assert check_memory(session, clock.moment, repair=False).is_fine


def test_an_answer_sent_twice_counts_once(
    client: FlaskClient, session: Session, clock: FakeClock, facts: list[Fact]
) -> None:
    page = shown_again(client, session, clock, facts, "timeline")
    question = question_from_json(version_on(session, page).content)
    form = answer_form(page, question)
    first = client.post("/study/answer", data=form)
    again = client.post("/study/answer", data=form)
    assert first.location == again.location
    assert len(reviews(session)) == len(facts) + 1


def test_the_page_of_the_fact_and_the_export_show_what_was_asked(
    client: FlaskClient, session: Session, clock: FakeClock, facts: list[Fact]
) -> None:
    page = shown_again(client, session, clock, facts, "timeline")
    send(client, page, question_from_json(version_on(session, page).content))
    fact_page = client.get(f"/facts/{facts[3].id}")
    assert "Put these events in order" in words(fact_page)
    assert "Put these events in order" in client.get("/account/data.json").text
