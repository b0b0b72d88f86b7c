"""What the study pages' forms and addresses send, as types; nonsense is refused in words."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import current_app, request

from quizapp.domain.errors import MalformedAnswerError
from quizapp.domain.rating import Certainty, Rating
from quizapp.study import answering
from quizapp.study.answering import Form
from quizapp.study.page_types import AskedForm
from quizapp.web.converters import LARGEST_ID
from quizapp.web.forms import clean_text


def asked_form() -> AskedForm:
    """Return which form is asked for: a new one, or one that gets a hint."""
    client_id = request.args.get("form", "")
    if not answering.CLIENT_ID.fullmatch(client_id):
        return AskedForm(new_client_id(), secret())
    return AskedForm(client_id, secret(), with_hint="hint" in request.args)


def posted_form(fields: Any) -> Form:
    """Return what came with an answer; raises `MalformedAnswerError` for what no form sends."""
    try:
        certainty = Certainty(fields.get("certainty", "sure"))
    except ValueError as error:
        raise MalformedAnswerError from error
    entered: Mapping[str, list[str]] = {
        name: [clean_text(text) or "" for text in texts] for name, texts in fields.lists()
    }
    return Form(
        client_id=fields.get("client_id", ""),
        version_id=needed_id("version"),
        card_revision=posted_id("revision") or 0,
        certainty=certainty,
        hint_used=fields.get("hint") == "1",
        shown_at=moment(fields.get("shown_at", "")),
        fields=entered,
        is_again=fields.get("again") == "1",
    )


def posted_rating() -> Rating:
    """Return the rating in a form."""
    try:
        return Rating(int(request.form.get("rating", "")))
    except ValueError as error:
        raise MalformedAnswerError from error


def posted_id(name: str) -> int | None:
    """Return an id in a form; None if there is none that a table could hold."""
    text = request.form.get(name, "")
    if not text.isascii() or not text.isdigit():
        return None
    number = int(text) if len(text) < len(str(LARGEST_ID)) else 0
    return number or None


def needed_id(name: str) -> int:
    """Return an id in a form that must have it."""
    found = posted_id(name)
    if found is None:
        raise MalformedAnswerError
    return found


def own_path(text: str | None) -> str | None:
    """Return a path of this site, or None for anything else.

    Browsers leave out tabs and line ends and take a backslash for a slash, so that a path with
    any of them may lead elsewhere.
    """
    if not text or not text.startswith("/") or text.startswith("//"):
        return None
    return None if "\\" in text or any(sign <= " " for sign in text) else text


def moment(text: str) -> datetime | None:
    """Return the moment in milliseconds since 1970, as forms carry it; None for nonsense."""
    if not text.isascii() or not text.isdigit() or len(text) > len("9999999999999"):
        return None
    return datetime.fromtimestamp(int(text) / 1000, UTC)


def wants_fragment() -> bool:
    """Return whether a script asks, which puts the answer into the page that is open."""
    return request.headers.get("X-Fragment") == "1"


def new_client_id() -> str:
    """Return an id for a form, so that sending it twice counts once."""
    return str(uuid4())


def secret() -> str:
    """Return the key that shuffles options."""
    key: str = current_app.config["SECRET_KEY"]
    return key
