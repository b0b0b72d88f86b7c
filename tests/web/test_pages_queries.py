"""What the study pages cost, in statements sent to the database."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Question
from tests import factories
from tests.answer_forms import CHOICE, EXPLAIN, FLASHCARD, MATCH, SHORT
from tests.conftest import FakeClock
from tests.web.study_pages import (
    FRAGMENT,
    answer_form,
    asked,
    question_form,
    sitter,
    start,
)

MOST_OF_AN_ANSWER = 14


def cost(sent: list[str], client: FlaskClient, address: str) -> int:
    sent.clear()
    assert client.get(address).status_code == 200
    return len(sent)


@pytest.mark.parametrize("question", [CHOICE, SHORT, MATCH], ids=lambda q: q.id)
def test_an_answer_and_the_next_question_cost_few_statements(
    client: FlaskClient, session: Session, count_queries: list[str], question: Question
) -> None:
    sitter(client, session)
    for _ in range(3):
        asked(session, question)
    form = answer_form(start(client), question)
    session.commit()
    count_queries.clear()
    reply = client.post("/study/answer", data=form, headers=FRAGMENT)
    assert '<template id="following">' in reply.text
    assert len(count_queries) <= MOST_OF_AN_ANSWER, count_queries


@pytest.mark.parametrize("question", [FLASHCARD, EXPLAIN], ids=lambda q: q.id)
def test_a_reveal_and_its_rating_cost_few_statements(
    client: FlaskClient, session: Session, count_queries: list[str], question: Question
) -> None:
    sitter(client, session)
    for _ in range(3):
        asked(session, question)
    form = question_form(start(client)) | {"text": "words"}
    count_queries.clear()
    page = client.post("/study/answer", data=form, headers=FRAGMENT)
    assert len(count_queries) <= MOST_OF_AN_ANSWER, count_queries
    rating = question_form(page) | {"rating": "3"}
    count_queries.clear()
    client.post("/study/rate", data=rating, headers=FRAGMENT)
    assert len(count_queries) <= MOST_OF_AN_ANSWER + 3, count_queries


def test_study_pages_cost_the_same_with_many_facts_as_with_few(
    client: FlaskClient, session: Session, count_queries: list[str], clock: FakeClock
) -> None:
    sitter(client, session, new_per_day=50)
    costs = []
    for _ in range(2):
        for _ in range(15):
            asked(session, SHORT, CHOICE)
        page = start(client)
        pages = [cost(count_queries, client, "/study")]
        client.post("/study/answer", data=question_form(page) | {"certainty": "dont-know"})
        pages += [
            cost(count_queries, client, "/study/feedback/1"),
            cost(count_queries, client, "/study/again/1"),
            cost(count_queries, client, "/study/end"),
        ]
        costs.append(pages)
        clock.advance(minutes=30)
    assert costs[0] == costs[1]


def test_the_end_costs_the_same_however_much_was_answered(
    client: FlaskClient, session: Session, count_queries: list[str], clock: FakeClock
) -> None:
    sitter(client, session)
    for _ in range(8):
        asked(session, SHORT)
    start(client)
    costs = []
    for _ in range(8):
        form = question_form(client.get("/study")) | {"certainty": "dont-know"}
        client.post("/study/answer", data=form)
        clock.advance(seconds=1)
        costs.append(cost(count_queries, client, "/study/end"))
    assert len(set(costs)) == 1


def test_beginning_a_sitting_costs_the_same_with_many_facts_as_with_few(
    client: FlaskClient, session: Session, count_queries: list[str]
) -> None:
    costs = []
    for facts in (3, 40):
        sitter(client, session, new_per_day=50)
        bank = factories.bank(session, part=facts)
        for _ in range(facts):
            factories.fact(session, bank, SHORT)
        session.commit()
        count_queries.clear()
        start(client)
        costs.append(len(count_queries))
    assert costs[0] == costs[1]


def test_the_try_out_costs_the_same_with_many_facts_as_with_few(
    client: FlaskClient, session: Session, count_queries: list[str]
) -> None:
    costs = []
    for _ in range(2):
        for _ in range(20):
            asked(session, SHORT)
        session.commit()
        with client.session_transaction() as cookie:
            cookie.pop("try_out", None)
        costs.append(cost(count_queries, client, "/try"))
    assert costs[0] == costs[1]
