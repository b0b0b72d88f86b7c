"""A person's own data: taken out, or deleted."""

from collections.abc import Callable, Iterator

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp import clock
from quizapp.accounts import exporting, queries, services
from quizapp.accounts.blueprint import bp
from quizapp.accounts.browser import forget, settings
from quizapp.accounts.confirming import wrong_password
from quizapp.accounts.forms import ConfirmForm
from quizapp.accounts.limits import by_address
from quizapp.db import begin_writing, db
from quizapp.web.access import learner

KINDS = {"json": "application/json", "csv": "text/csv"}


@bp.get("/account/data.json")
def data_json() -> ResponseReturnValue:
    """Return everything that belongs to a person."""
    who, now = learner().id, clock.now()
    return _download(lambda session: exporting.as_json(session, who, now), "json")


@bp.get("/account/data.csv")
def data_csv() -> ResponseReturnValue:
    """Return a person's answers as a table."""
    who = learner().id
    return _download(lambda session: exporting.reviews_as_csv(session, who), "csv")


@bp.route("/account/delete", methods=["GET", "POST"])
@by_address()
def delete() -> ResponseReturnValue:
    """Delete an account and all that is in it, after its password."""
    form = ConfirmForm()
    if request.method == "GET":
        return render_template("accounts/delete.html", form=form)
    session = db.session()
    seen = queries.credentials_of(session, learner().id)
    session.rollback()  # ends the reading: hashing takes long
    if wrong_password(form.current_password, seen):
        return render_template("accounts/delete.html", form=form), 422
    begin_writing(session)
    services.delete_account(session, services.confirmed(session, seen))
    session.commit()
    forget()
    flash(_("Your account and all that was in it are deleted."), "success")
    return redirect(url_for("banks.home"), 303)


def _download(pieces: Callable[[Session], Iterator[str]], ending: str) -> Response:
    name = settings().APP_NAME.lower().replace(" ", "-")
    answer = Response(_streamed(db.engine, pieces), mimetype=KINDS[ending])
    filename = f"{name}-{clock.now():%Y-%m-%d}.{ending}"
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    return answer


def _streamed(engine: Engine, pieces: Callable[[Session], Iterator[str]]) -> Iterator[str]:
    """Yield pieces from a session of their own: that of the request ends before they are sent."""
    with Session(engine) as session:
        yield from pieces(session)
