"""What no form sends: each gets a status and a sentence, and nothing is half-written."""

import io
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.models import Card, Note, QuestionReport, Reveal, Review
from tests.answer_forms import CHOICE, CLOZE_CHOSEN, EXPLAIN, MATCH, MULTIPLE, ORDER, SHORT
from tests.factories import csrf_token
from tests.web.study_pages import (
    FRAGMENT,
    answer_form,
    asked,
    question_form,
    reviews,
    sitter,
    start,
    words,
)

TWENTY_DIGITS = "9" * 20
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=cut"
ACTIONS = (
    "/study/answer",
    "/study/rate",
    "/study/undo",
    "/study/rating",
    "/study/right",
    "/study/told",
    "/study/suspend",
    "/study/set-aside",
    "/study/report",
    "/study/start",
)


def rows(session: Session) -> list[int]:
    """Return how many rows each table has that a study page writes."""
    session.expire_all()
    tables = (Review, Card, Reveal, Note, QuestionReport)
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


@pytest.fixture
def page(client: FlaskClient, session: Session) -> TestResponse:
    """The page of a short question in an open sitting."""
    sitter(client, session)
    asked(session, SHORT)
    return start(client)


def token(client: FlaskClient) -> str:
    return csrf_token(client.get("/account"))


@pytest.mark.parametrize(
    "changed",
    [
        {"version": TWENTY_DIGITS},
        {"version": "-1"},
        {"version": "0"},
        {"version": "1.5"},
        {"version": "１"},  # a digit that is none of ours
        {"version": ""},
        {"version": "1\0"},
        {"client_id": ""},
        {"client_id": "x"},
        {"client_id": "\0" * 36},
        {"client_id": "0C9F2A52-3F6B-4C1E-9C65-5F1D9A3D7C11"},
        {"certainty": "certain"},
        {"certainty": ""},
        {"certainty": "sure\0"},
    ],
    ids=str,
)
def test_an_answer_with_a_malformed_field_is_refused(
    client: FlaskClient, session: Session, page: TestResponse, changed: dict[str, Any]
) -> None:
    reply = client.post("/study/answer", data=answer_form(page, SHORT, **changed))
    assert reply.status_code == 400
    assert "That answer does not fit the question. Nothing was stored" in words(reply)
    assert rows(session) == [0] * 5


@pytest.mark.parametrize("name", ["version", "client_id"])
def test_an_answer_with_a_missing_field_is_refused(
    client: FlaskClient, session: Session, page: TestResponse, name: str
) -> None:
    form = answer_form(page, SHORT)
    del form[name]
    assert client.post("/study/answer", data=form).status_code == 400
    assert rows(session) == [0] * 5


@pytest.mark.parametrize(
    "changed",
    [
        {"revision": TWENTY_DIGITS},
        {"revision": "x"},
        {"shown_at": TWENTY_DIGITS},
        {"shown_at": "x"},
        {"shown_at": "-5"},
        {"shown_at": "9999999999999"},
        {"hint": "yes"},
        {"again": "\0"},
    ],
    ids=str,
)
def test_what_is_only_said_beside_an_answer_does_not_hinder_it(
    client: FlaskClient, session: Session, page: TestResponse, changed: dict[str, Any]
) -> None:
    reply = client.post("/study/answer", data=answer_form(page, SHORT, **changed))
    assert reply.status_code == 303
    [review] = reviews(session)
    assert review.share == 1
    if "shown_at" in changed:
        assert review.milliseconds is None


def test_a_question_that_does_not_exist_is_not_found(
    client: FlaskClient, session: Session, page: TestResponse
) -> None:
    for version in ("999999", "9" * 18):
        reply = client.post("/study/answer", data=answer_form(page, SHORT, version=version))
        assert reply.status_code == 404
        assert "This question does not exist." in words(reply)
    assert rows(session) == [0] * 5


@pytest.mark.parametrize(
    ("question", "entered"),
    [
        (CHOICE, {"option": "4"}),
        (CHOICE, {"option": ["0", "1"]}),
        (CHOICE, {"option": "x\0"}),
        (CHOICE, {"option": TWENTY_DIGITS}),
        (MULTIPLE, {"option": ["0", "9"]}),
        (ORDER, {"rank-0": "9"}),
        (ORDER, {"rank-0": "first"}),
        (MATCH, {"right-0": "99"}),
        (CLOZE_CHOSEN, {"gap-house": "Smolny"}),
    ],
    ids=lambda value: getattr(value, "id", str(value)),
)
def test_what_the_form_does_not_offer_is_refused(
    client: FlaskClient, session: Session, question: Any, entered: dict[str, Any]
) -> None:
    sitter(client, session)
    asked(session, question)
    form = question_form(start(client)) | entered
    reply = client.post("/study/answer", data=form)
    assert reply.status_code == 400
    assert "That answer does not fit the question." in words(reply)
    reply = client.post("/study/answer", data=form, headers=FRAGMENT)
    assert reply.status_code == 400
    assert rows(session) == [0] * 5


def test_nul_is_left_out_of_what_is_typed(
    client: FlaskClient, session: Session, page: TestResponse
) -> None:
    form = answer_form(page, SHORT, text="Revolutionary\0 Committee")
    assert client.post("/study/answer", data=form).status_code == 303
    [review] = reviews(session)
    assert (review.share, "Revolutionary Committee" in review.answered) == (1, True)


@pytest.mark.parametrize("typed", ["%ED%A0%80", "%FF%FE", "%C3", "%00%ED%BF%BF", "%"])
def test_bytes_that_are_no_text_are_stored_as_something_that_is(
    client: FlaskClient, session: Session, page: TestResponse, typed: str
) -> None:
    form = urlencode(question_form(page) | {"certainty": "sure"}) + f"&text=Soviet+{typed}"
    reply = client.post("/study/answer", data=form, content_type=URLENCODED)
    assert reply.status_code == 303
    [review] = reviews(session)
    review.answered.encode()
    assert client.get(reply.location).status_code == 200


def test_a_body_that_is_no_text_is_refused(
    client: FlaskClient, session: Session, page: TestResponse
) -> None:
    form = urlencode(question_form(page)).encode() + b"&text=\xff\xfe"
    reply = client.post("/study/answer", data=form, content_type=URLENCODED)
    assert 400 <= reply.status_code < 500
    assert rows(session) == [0] * 5


def test_a_text_of_600_kilobytes_is_too_much(
    client: FlaskClient, session: Session, page: TestResponse
) -> None:
    form = answer_form(page, SHORT, text="x" * 600_000)
    parts = [
        f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in form.items()
    ]
    multipart = {"data": "".join(parts) + "--cut--\r\n", "content_type": MULTIPART}
    for sent in ({"data": form}, multipart):
        reply = client.post("/study/answer", **sent)
        assert reply.status_code == 413
        assert "That is more text than fits. Nothing was stored" in words(reply)
    assert rows(session) == [0] * 5


def test_a_long_text_that_fits_is_kept_as_far_as_there_is_room(
    client: FlaskClient, session: Session
) -> None:
    sitter(client, session)
    asked(session, EXPLAIN)
    form = question_form(start(client)) | {"text": "x" * 400_000}
    assert client.post("/study/answer", data=form).status_code == 303
    [waiting] = session.scalars(select(Reveal))
    assert 10_000 <= len(waiting.answered) < 10_100


def test_a_foreign_token_shows_the_answer_again(
    client: FlaskClient, session: Session, page: TestResponse
) -> None:
    reply = client.post("/study/answer", data=answer_form(page, SHORT, csrf_token="foreign"))
    assert reply.status_code == 400
    assert "Please send this again" in words(reply)
    assert "Revolutionary Committee" in words(reply)
    assert rows(session) == [0] * 5


@pytest.mark.parametrize("address", ACTIONS)
def test_without_a_token_nothing_is_done(
    client: FlaskClient, session: Session, page: TestResponse, address: str
) -> None:
    assert client.post(address, data=answer_form(page, SHORT, csrf_token="")).status_code == 400
    assert rows(session) == [0] * 5


@pytest.mark.parametrize("address", ACTIONS)
def test_an_empty_form_is_refused_in_words(
    client: FlaskClient, session: Session, page: TestResponse, address: str
) -> None:
    del page
    reply = client.post(address, data={"csrf_token": token(client)})
    assert reply.status_code in {303, 400, 404}
    assert rows(session) == [0] * 5


@pytest.mark.parametrize("address", ACTIONS)
@pytest.mark.parametrize("nonsense", [TWENTY_DIGITS, "\0", "-1", "1e9", "'; DROP TABLE review; --"])
def test_nonsense_in_every_field_is_refused_in_words(
    client: FlaskClient, session: Session, page: TestResponse, address: str, nonsense: str
) -> None:
    del page
    names = (
        "client_id",
        "version",
        "review_id",
        "fact_id",
        "rating",
        "reason",
        "suspended",
        "bank_id",
        "theme_id",
        "facts",
        "minutes",
        "back",
    )
    form = dict.fromkeys(names, nonsense) | {"csrf_token": token(client)}
    reply = client.post(address, data=form)
    assert reply.status_code in {303, 400, 404}
    assert rows(session) == [0] * 5


@pytest.mark.parametrize(
    "address",
    [
        f"/study/feedback/{TWENTY_DIGITS}",
        "/study/feedback/0",
        "/study/feedback/x",
        f"/study/again/{TWENTY_DIGITS}",
        "/study/again/0",
        "/study/reveal/%00",
        "/study/reveal/%ED%A0%80",
        f"/study/reveal/{'x' * 3000}",
        "/try/5",
        f"/try/{TWENTY_DIGITS}",
    ],
)
def test_an_address_that_names_nothing_is_not_found(
    client: FlaskClient, session: Session, address: str
) -> None:
    sitter(client, session)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("form", ["%00", "%ED%A0%80", "x" * 3000, TWENTY_DIGITS, ""])
def test_a_malformed_form_in_an_address_is_passed_over(
    client: FlaskClient, session: Session, page: TestResponse, form: str
) -> None:
    assert client.get(f"/study?form={form}&hint=1").status_code == 200
    reply = client.post("/study/answer", data=answer_form(page, SHORT))
    review_id = reviews(session)[0].id
    assert client.get(f"/study/feedback/{review_id}?form={form}").status_code == 200
    assert reply.status_code == 303


def test_a_file_in_place_of_a_text_is_a_blank_answer(
    client: FlaskClient, session: Session, page: TestResponse
) -> None:
    form = answer_form(page, SHORT, text=(io.BytesIO(b"words"), "answer.txt"))
    assert client.post("/study/answer", data=form).status_code == 422
    assert rows(session) == [0] * 5


def test_an_answer_as_json_is_refused(
    client: FlaskClient, session: Session, page: TestResponse
) -> None:
    form = answer_form(page, SHORT)
    headers = {"X-CSRFToken": form["csrf_token"]}
    assert client.post("/study/answer", json=form, headers=headers).status_code == 400
    assert rows(session) == [0] * 5


@pytest.mark.parametrize("address", ACTIONS)
def test_what_writes_is_not_done_by_a_link(
    client: FlaskClient, session: Session, address: str
) -> None:
    sitter(client, session)
    assert client.get(address).status_code == 405
