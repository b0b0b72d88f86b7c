"""Errors as people see them: what happened, that nothing was lost, and what to do."""

from http import HTTPStatus

from flask import Flask, render_template, request
from flask_babel import LazyString, lazy_gettext
from werkzeug.exceptions import HTTPException

from quizapp.db import db
from quizapp.domain.errors import (
    BankNotFoundError,
    BankPausedError,
    BlankAnswerError,
    ConflictError,
    FactNotFoundError,
    LastAdministratorError,
    LinkNotFoundError,
    LogInNotFoundError,
    MalformedAnswerError,
    NameTakenError,
    NotAllowedError,
    NotFoundError,
    PersonNotFoundError,
    QuestionNotFoundError,
    ReviewNotFoundError,
    RuleError,
    UnevenOrderError,
)

STATUS: dict[type[RuleError], HTTPStatus] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    NotAllowedError: HTTPStatus.FORBIDDEN,
    ConflictError: HTTPStatus.CONFLICT,
    BlankAnswerError: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnevenOrderError: HTTPStatus.UNPROCESSABLE_ENTITY,
}

SENTENCES: dict[type[RuleError], LazyString] = {
    RuleError: lazy_gettext("That did not work. Nothing was changed."),
    NotFoundError: lazy_gettext(
        "There is no such page. Nothing was lost; go back and choose another link."
    ),
    NotAllowedError: lazy_gettext("This is not yours to change. Nothing was changed."),
    ConflictError: lazy_gettext(
        "Something changed in between. Nothing was lost; load the page again."
    ),
    MalformedAnswerError: lazy_gettext(
        "That answer does not fit the question. Nothing was stored; go back and answer again."
    ),
    UnevenOrderError: lazy_gettext(
        "Each place must be given once. Nothing was stored yet; set the places and send again."
    ),
    BlankAnswerError: lazy_gettext(
        "Nothing was answered yet. Answer the question, or press “I don’t know”."
    ),
    QuestionNotFoundError: lazy_gettext(
        "This question does not exist. Nothing was stored; go on with your next question."
    ),
    ReviewNotFoundError: lazy_gettext(
        "That answer was already taken back or replaced. Your other answers are safe."
    ),
    FactNotFoundError: lazy_gettext(
        "There is no such fact. It may have been removed; your answers are kept."
    ),
    NameTakenError: lazy_gettext("Somebody has this log-in name already. Choose another."),
    LastAdministratorError: lazy_gettext(
        "There must be one administrator at least. Nothing was changed; "
        "make somebody else an administrator first."
    ),
    PersonNotFoundError: lazy_gettext("There is no such person. The account may be deleted."),
    LogInNotFoundError: lazy_gettext("This log-in has ended already. Nothing was changed."),
    LinkNotFoundError: lazy_gettext(
        "This link was used already, or is too old. Nothing was changed; ask for a new one."
    ),
    BankNotFoundError: lazy_gettext("There is no such bank. Choose one from the list of banks."),
    BankPausedError: lazy_gettext(
        "You have paused “%(title)s”, so nothing of it is asked. "
        "Nothing is lost: resume it, and you go on where you were."
    ),
}

HTTP_SENTENCES: dict[int, LazyString] = {
    400: lazy_gettext(
        "The browser sent something this page does not understand. "
        "Nothing was changed; go back and try again."
    ),
    401: lazy_gettext("You are not logged in. Nothing was lost; log in and go on."),
    403: lazy_gettext("This page is not yours to see."),
    404: lazy_gettext("There is no such page. Nothing was lost; go back to where you were."),
    405: lazy_gettext("This address does not take that kind of request. Nothing was changed."),
    413: lazy_gettext(
        "That is more text than fits. Nothing was stored; shorten it and send it again."
    ),
    429: lazy_gettext("That was tried too often. Nothing was lost; wait a minute and try again."),
    500: lazy_gettext(
        "Something broke on our side. What was saved before is safe; try again in a moment."
    ),
}


def sentence(error: RuleError) -> str:
    """Return the sentence of the nearest class that has one, with the error's values in it."""
    nearest = next(kind for kind in type(error).__mro__ if kind in SENTENCES)
    return str(SENTENCES[nearest]) % error.values


def status_of(error: RuleError) -> HTTPStatus:
    """Return the HTTP status of an error, 400 unless its class says otherwise."""
    return next(
        (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), HTTPStatus.BAD_REQUEST
    )


def show_rule_error(error: RuleError) -> tuple[str, int]:
    """Undo what was not committed, and show what the rule says."""
    db.session.rollback()
    status = status_of(error)
    if request.headers.get("X-Fragment") == "1":  # a script shows it beside the open form
        return sentence(error), status
    return render_template("errors/error.html", status=status, message=sentence(error)), status


def show_http_error(error: HTTPException) -> tuple[str, int]:
    """Show an error of HTTP in friendly words."""
    db.session.rollback()
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    general = HTTPStatus.INTERNAL_SERVER_ERROR if ours else HTTPStatus.BAD_REQUEST
    message = HTTP_SENTENCES.get(status, HTTP_SENTENCES[general])
    return render_template("errors/error.html", status=status, message=message), status


def init_app(app: Flask) -> None:
    """Show every error of the app in words."""
    app.register_error_handler(RuleError, show_rule_error)
    app.register_error_handler(HTTPException, show_http_error)
