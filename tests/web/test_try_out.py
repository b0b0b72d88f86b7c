"""Five questions for a stranger, kept in the signed cookie until there is an account."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.domain.bank_files import Question
from quizapp.models import QuestionVersion, Review, User
from tests import factories
from tests.answer_forms import (
    CHOICE,
    CLOZE_CHOSEN,
    CLOZE_TYPED,
    DATE,
    EXPLAIN,
    FLASHCARD,
    MATCH,
    MULTIPLE,
    ORDER,
    SHORT,
    TRUE_FALSE,
)
from tests.conftest import FakeClock
from tests.factories import csrf_token
from tests.web.study_pages import (
    FRAGMENT,
    answer_form,
    asked,
    form_shown,
    kind_of,
    question_form,
    reviews,
    sitter,
    words,
)

BY_TYPE: dict[str, Question] = {
    "choice": CHOICE,
    "multiple": MULTIPLE,
    "true-false": TRUE_FALSE,
    "short": SHORT,
    "cloze": CLOZE_CHOSEN,
    "order": ORDER,
    "match": MATCH,
}


def shipped(session: Session, *questions: Question) -> None:
    """Add a fact for each question, all in one shipped bank."""
    for question in questions or tuple(BY_TYPE.values()):
        asked(session, question)
    session.commit()


def send(
    client: FlaskClient, page: TestResponse, *, right: bool = True, **given: Any
) -> TestResponse:
    form = answer_form(page, BY_TYPE[kind_of(page)], right=right, **given)
    return client.post("/try", data=form)


def sign_up(client: FlaskClient, name: str = "emma") -> TestResponse:
    form = {
        "csrf_token": csrf_token(client.get("/sign-up")),
        "log_in_name": name,
        "display_name": name.title(),
        "password": "correct horse battery",
        "time_zone": "Europe/Berlin",
    }
    return client.post("/sign-up", data=form)


def test_a_stranger_answers_five_questions_and_nothing_is_stored(
    client: FlaskClient, session: Session
) -> None:
    shipped(session)
    versions = set()
    for place in range(5):
        page = client.get("/try")
        assert page.status_code == 200
        assert f'max="5" value="{place}"' in page.text
        versions.add(question_form(page)["version"])
        reply = send(client, page, right=place % 2 == 0)
        assert (reply.status_code, reply.location) == (303, f"/try/{place}")
        told = client.get(reply.location)
        assert ("Not right" in words(told)) == (place % 2 == 1)
        assert "Part 15, ¶1" in words(told)
        assert "Comes back" not in words(told)
        assert "Undo" not in words(told)
        assert "I was right" not in words(told)
    assert len(versions) == 5
    assert client.get("/try").location == "/try/end"
    end = words(client.get("/try/end"))
    assert "You knew 3 of 5" in end
    assert "Go on with the questions" not in end
    assert reviews(session) == []


def test_a_question_of_the_try_out_holds_no_answer(client: FlaskClient, session: Session) -> None:
    shipped(session, SHORT, CHOICE)
    for _ in range(2):
        page = client.get("/try")
        for hidden in ("Revolutionary", "Milrevcom", "garrison", "had not met", "Reason"):
            assert hidden not in page.text
        send(client, page)


def test_the_same_five_are_asked_whenever_the_page_is_loaded(
    client: FlaskClient, session: Session
) -> None:
    shipped(session)
    first, again = (question_form(client.get("/try")) for _ in range(2))
    assert first["client_id"] == again["client_id"]
    assert first["version"] == again["version"]


def test_a_double_send_is_kept_once_and_gets_the_same_reply(
    client: FlaskClient, session: Session
) -> None:
    shipped(session)
    page = client.get("/try")
    first = send(client, page)
    send(client, client.get("/try"))
    again = send(client, page, right=False)
    assert (again.status_code, again.location) == (first.status_code, first.location)
    assert "Not right" not in words(client.get(again.location))
    assert "You knew 2 of 2" in words(client.get("/try/end"))
    assert "Go on with the questions" in words(client.get("/try/end"))


@pytest.mark.parametrize("question", [ORDER, SHORT, CHOICE], ids=lambda q: q.id)
def test_a_blank_answer_shows_the_question_again(
    client: FlaskClient, session: Session, question: Question
) -> None:
    shipped(session, question)
    page = client.get("/try")
    again = client.post("/try", data=question_form(page))
    assert again.status_code == 422
    assert "Nothing was answered yet." in words(again)
    assert form_shown(again) == form_shown(page)
    reply = client.post("/try", data=question_form(page), headers=FRAGMENT)
    assert reply.status_code == 422
    assert "<" not in reply.text
    assert send(client, again).location == "/try/0"


def test_an_uneven_order_keeps_its_places(client: FlaskClient, session: Session) -> None:
    shipped(session, ORDER)
    ranks: dict[str, Any] = {"rank-0": "2", "rank-1": "2", "rank-2": "", "rank-3": ""}
    again = send(client, client.get("/try"), **ranks)
    assert again.status_code == 422
    assert again.text.count("<option selected>2") == 2


def test_a_script_gets_the_feedback_and_the_next_question(
    client: FlaskClient, session: Session
) -> None:
    shipped(session, SHORT, CHOICE)
    page = client.get("/try")
    form = answer_form(page, BY_TYPE[kind_of(page)])
    reply = client.post("/try", data=form, headers=FRAGMENT)
    told, following = reply.text.split('<template id="following">')
    assert "Right" in told
    assert 'action="/try"' in following
    assert 'value="1"' in following


def test_not_knowing_is_an_answer(client: FlaskClient, session: Session) -> None:
    shipped(session, SHORT)
    page = client.get("/try")
    reply = client.post("/try", data=question_form(page) | {"certainty": "dont-know"})
    told = words(client.get(reply.location))
    assert "Now you have seen it" in told
    assert "Revolutionary Committee" in told


def test_only_shipped_questions_that_mark_themselves_are_asked(
    client: FlaskClient, session: Session
) -> None:
    shipped(session, FLASHCARD, EXPLAIN, SHORT)
    factories.fact(session, factories.bank(session), CHOICE)
    retired = factories.bank(session, part=3, retired_at=factories.BEGINNING)
    factories.fact(session, retired, CHOICE)
    page = client.get("/try")
    assert kind_of(page) == "short"
    assert 'max="1" value="0"' in page.text
    send(client, page)
    assert client.get("/try").location == "/try/end"
    assert "Go on with the questions" not in words(client.get("/try/end"))


def test_each_question_is_of_another_fact(client: FlaskClient, session: Session) -> None:
    asked(session, SHORT, CHOICE, TRUE_FALSE)
    session.commit()
    send(client, client.get("/try"))
    assert client.get("/try").location == "/try/end"


def test_without_banks_there_is_nothing_to_try_until_they_are_loaded(
    client: FlaskClient, session: Session
) -> None:
    assert client.get("/try").location == "/try/end"
    assert "Nothing to try yet" in words(client.get("/try/end"))
    shipped(session)
    assert client.get("/try").status_code == 200


def test_questions_that_are_gone_are_chosen_anew(client: FlaskClient, session: Session) -> None:
    shipped(session, SHORT)
    client.get("/try")
    version = session.scalars(select(QuestionVersion)).one()
    version.id = 77
    session.commit()
    page = client.get("/try")
    assert question_form(page)["version"] == "77"


def test_the_answer_to_another_question_is_not_taken(client: FlaskClient, session: Session) -> None:
    shipped(session)
    form = answer_form(page := client.get("/try"), BY_TYPE[kind_of(page)])
    assert client.post("/try", data=form | {"client_id": str(uuid4())}).status_code == 404
    assert client.get("/try/0").location == "/try"
    assert client.get("/try/9").status_code == 404


def test_a_question_is_not_answered_before_it_was_asked(
    client: FlaskClient, session: Session
) -> None:
    shipped(session)
    token = csrf_token(client.get("/log-in"))
    form = {"csrf_token": token, "client_id": str(uuid4()), "version": "1", "text": "x"}
    assert client.post("/try", data=form).status_code == 404


def test_a_forged_form_is_not_taken(client: FlaskClient, session: Session) -> None:
    shipped(session)
    form = answer_form(page := client.get("/try"), BY_TYPE[kind_of(page)])
    assert client.post("/try", data=form | {"csrf_token": "x"}).status_code == 400


def test_a_stranger_s_answers_are_limited(client: FlaskClient, session: Session) -> None:
    shipped(session)
    form = answer_form(page := client.get("/try"), BY_TYPE[kind_of(page)])
    statuses = [client.post("/try", data=form).status_code for _ in range(61)]
    assert statuses == [303] * 60 + [429]


@pytest.mark.parametrize("text", ["😀" * 4000, "".join(chr(0x4E00 + n) for n in range(5000))])
def test_long_answers_fit_into_the_cookie(client: FlaskClient, session: Session, text: str) -> None:
    shipped(session, SHORT, SHORT, CLOZE_TYPED, CLOZE_TYPED, CLOZE_TYPED)
    for _ in range(5):
        form = question_form(client.get("/try"))
        entered = {"text": text, "gap-body": text, "gap-month": text}
        reply = client.post("/try", data=form | entered)
        cookie = re.match(r"session=([^;]*)", reply.headers["Set-Cookie"])
        assert cookie
        assert len(cookie[1]) < 4000
    assert "You knew 0 of 5" in words(client.get("/try/end"))


def test_sign_up_writes_the_answers_once_with_their_own_times(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    shipped(session)
    moments = []
    for right in (True, False):
        moments.append(clock.moment)
        send(client, client.get("/try"), right=right)
        clock.advance(minutes=3)
    assert sign_up(client).status_code == 200
    found = reviews(session)
    assert [review.answered_at for review in found] == moments
    assert [review.rating for review in found][1] == 1
    assert {review.time_zone for review in found} == {"Europe/Berlin"}
    assert all(review.affects_schedule for review in found)
    client.post("/log-out", data={"csrf_token": csrf_token(client.get("/account"))})
    sign_up(client, "frieda")
    assert len(session.scalars(select(User)).all()) == 2
    assert len(session.scalars(select(Review)).all()) == 2


def test_a_sign_up_on_the_next_day_keeps_the_study_day_of_the_answers(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    shipped(session, SHORT)
    send(client, client.get("/try"))
    day = clock.moment.date()
    clock.advance(days=1)
    sign_up(client)
    assert [review.study_day for review in reviews(session)] == [day]
    assert clock.moment.date() - day == timedelta(1)


def test_an_answer_whose_question_is_gone_does_not_hinder_a_sign_up(
    client: FlaskClient, session: Session
) -> None:
    shipped(session, SHORT, DATE)
    send(client, client.get("/try"))
    version = session.scalars(select(QuestionVersion).order_by(QuestionVersion.id)).first()
    assert version is not None
    version.id = 77
    session.commit()
    assert sign_up(client).status_code == 200
    assert reviews(session) == []


def test_who_is_logged_in_may_try_too(client: FlaskClient, session: Session) -> None:
    sitter(client, session)
    shipped(session, SHORT)
    assert send(client, client.get("/try")).location == "/try/0"
    assert reviews(session) == []
