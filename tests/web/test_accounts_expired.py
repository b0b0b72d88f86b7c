"""What was typed when the log-in had expired comes back after the next one."""

import re
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.models import Fact, Note
from tests import factories
from tests.factories import csrf_token, log_in
from tests.web.test_accounts import PASSWORD, person

TEXT = 'The "Committee" <of> Łódź & all\nsecond line'


def hidden_fields(page: TestResponse) -> dict[str, str]:
    """Return the hidden fields of the first form of a page."""
    form = re.search(r"<form.*?</form>", page.text, re.DOTALL)
    assert form
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    return {unescape(name): unescape(text) for name, text in found}


def action(page: TestResponse) -> str:
    found = re.search(r'<form method="post" action="([^"]+)"', page.text)
    assert found
    return found[1]


def expired_note(client: FlaskClient, fact: Fact) -> TestResponse:
    """Send a note with a log-in that was ended in between."""
    token = csrf_token(client.get("/log-in"))
    form = {"note": TEXT, "back": "/today", "log_in_name": "a clash", "csrf_token": token}
    return client.post(f"/facts/{fact.id}/note", data=form)


def test_an_answer_that_meets_an_expired_log_in_is_sent_after_the_next(
    client: FlaskClient, session: Session
) -> None:
    user = person(session)
    fact = factories.fact(session)
    page = expired_note(client, fact)
    assert page.status_code == 401
    assert session.scalars(select(Note)).all() == []

    form = hidden_fields(page) | {"log_in_name": user.log_in_name, "password": PASSWORD}
    page = client.post(action(page), data=form)
    assert page.status_code == 200
    assert "You are logged in again" in page.text
    assert session.scalars(select(Note)).all() == []

    form = hidden_fields(page)
    assert form["note"] == TEXT
    assert form["log_in_name"] == "a clash"
    assert client.post(action(page), data=form).location == "/today"
    [note] = session.scalars(select(Note))
    assert (note.learner_id, note.fact_id, note.text) == (user.id, fact.id, TEXT)


def test_a_wrong_password_in_between_loses_nothing(client: FlaskClient, session: Session) -> None:
    user = person(session)
    fact = factories.fact(session)
    page = expired_note(client, fact)
    form = hidden_fields(page) | {"log_in_name": user.log_in_name, "password": "not the river"}
    page = client.post(action(page), data=form)
    assert page.status_code == 422
    assert "do not belong together" in page.text
    form = hidden_fields(page) | {"log_in_name": user.log_in_name, "password": PASSWORD}
    page = client.post(action(page), data=form)
    assert hidden_fields(page)["note"] == TEXT
    assert action(page) == f"/facts/{fact.id}/note"


def test_the_log_in_shows_what_was_typed(client: FlaskClient, session: Session) -> None:
    page = expired_note(client, factories.fact(session))
    assert "The &#34;Committee&#34; &lt;of&gt; Łódź &amp; all" in page.text
    assert "What you entered is kept here" in page.text


def test_what_was_typed_is_sent_only_to_pages_that_take_it(
    client: FlaskClient, session: Session
) -> None:
    user = person(session)
    for wanted in ("https://example.org/", "//example.org", "/account/delete", "/no/page", ""):
        form = {
            "csrf_token": csrf_token(client.get("/log-in")),
            "log_in_name": user.log_in_name,
            "password": PASSWORD,
            "resume_action": wanted,
            "pending-note": TEXT,
        }
        answer = client.post("/log-in", data=form)
        assert (answer.status_code, answer.location) == (303, "/today")
        with client.session_transaction() as cookie:
            cookie.clear()


def test_other_forms_are_not_shown_again(client: FlaskClient) -> None:
    token = csrf_token(client.get("/log-in"))
    form = {"current_password": "secret river", "csrf_token": token}
    page = client.post("/account/delete", data=form)
    assert page.status_code == 401
    assert "secret river" not in page.text
    assert "Nothing was changed" in page.text


def test_a_form_of_another_log_in_is_shown_again(client: FlaskClient, session: Session) -> None:
    log_in(client, person(session))
    fact = factories.fact(session)
    form = {"note": TEXT, "csrf_token": "of another"}
    page = client.post(f"/facts/{fact.id}/note", data=form)
    assert page.status_code == 400
    assert hidden_fields(page)["note"] == TEXT
    answer = client.post(action(page), data=hidden_fields(page))
    assert answer.status_code == 303
    assert session.scalars(select(Note.text)).one() == TEXT
