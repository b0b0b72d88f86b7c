"""What tests of the study pages share: reading a question from its page, and answering it."""

import re
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.domain.bank_files import Question
from quizapp.domain.presentation import Shown, ShownGap
from quizapp.models import Bank, Fact, Review, User
from tests import factories
from tests.answer_forms import right_fields, wrong_fields
from tests.factories import csrf_token, log_in

FRAGMENT = {"X-Fragment": "1"}


def sitter(client: FlaskClient, session: Session, **given: Any) -> User:
    """Return a learner who is logged in."""
    user = factories.user(session, **given)
    log_in(client, user)
    return user


def asked(session: Session, *questions: Question, **given: Any) -> Fact:
    """Add a fact of a shipped bank that is asked by these questions."""
    bank = session.scalar(select(Bank)) or factories.bank(session, part=15)
    return factories.fact(session, bank, *questions, **given)


def start(client: FlaskClient, **fields: Any) -> TestResponse:
    """Begin a sitting and return its first page."""
    form = {"csrf_token": csrf_token(client.get("/account"))} | fields
    return client.post("/study/start", data=form, follow_redirects=True)


def question_form(page: TestResponse | str) -> dict[str, Any]:
    """Return the hidden fields of the question on a page."""
    text = page if isinstance(page, str) else page.text
    form = re.search(r'<form class="(?:question|rate)".*?</form>', text, re.DOTALL)
    assert form, text
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    return {unescape(name): unescape(value) for name, value in found}


def form_shown(page: TestResponse) -> dict[str, Any]:
    """Return the hidden fields that tell which form it is; the token may be another each second."""
    form = question_form(page)
    del form["csrf_token"]
    return form


def kind_of(page: TestResponse) -> str:
    """Return the type of the question on a page."""
    found = re.search(r'<form class="question"[^>]*data-type="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def shown_on(page: TestResponse) -> Shown:
    """Return the question on a page, read from its HTML as a person reads it."""
    kind, text = kind_of(page), page.text
    rights = re.search(r'<select[^>]*id="right-0".*?</select>', text, re.DOTALL)
    options = (
        re.findall(r'<label class="option">.*?<span>(.*?)</span>', text, re.DOTALL)
        or re.findall(r'<label for="rank-\d+">(.*?)</label>', text)
        or _options(rights[0] if rights else "")
    )
    return Shown(
        type=kind,
        prompt="",
        options=tuple(map(unescape, options)),
        lefts=tuple(map(unescape, re.findall(r'<label for="right-\d+">(.*?)</label>', text))),
        pieces=tuple(_gaps(text)),
    )


def answer_form(
    page: TestResponse, question: Question, *, right: bool = True, **given: Any
) -> dict[str, Any]:
    """Return the form on a page, filled in rightly or wrongly and sent as sure."""
    fields = (right_fields if right else wrong_fields)(question, shown_on(page))
    return {"certainty": "sure", **question_form(page), **fields, **given}


def send(
    client: FlaskClient, page: TestResponse, question: Question, *, right: bool = True, **given: Any
) -> TestResponse:
    """Answer the question on a page and return the reply, which is a redirect."""
    form = answer_form(page, question, right=right, **given)
    return client.post("/study/answer", data=form)


def feedback(
    client: FlaskClient, page: TestResponse, question: Question, *, right: bool = True, **given: Any
) -> TestResponse:
    """Answer the question on a page and return the page with its feedback."""
    reply = send(client, page, question, right=right, **given)
    assert reply.status_code == 303, reply.text
    return client.get(reply.location)


def reviews(session: Session) -> list[Review]:
    """Return the whole log, as it is now in the table."""
    fresh = select(Review).order_by(Review.id).execution_options(populate_existing=True)
    return list(session.scalars(fresh))


def words(page: TestResponse) -> str:
    """Return what a page says, without its tags and with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def _options(select_box: str) -> list[str]:
    return re.findall(r'<option value="\d+"[^>]*>(.*?)</option>', select_box)


def _gaps(text: str) -> list[ShownGap]:
    found = re.findall(
        r'<(?:select|input) class="entry" name="gap-([^"]+)"[^>]*>(.*?)</span>', text, re.DOTALL
    )
    return [ShownGap(name, tuple(map(unescape, _options(inner)))) for name, inner in found]
