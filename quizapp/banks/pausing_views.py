"""Pausing a bank, and going on with it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp import clock
from quizapp.banks import services
from quizapp.banks.blueprint import bp
from quizapp.db import db
from quizapp.web.access import learner


@bp.post("/banks/<text_id>/pause")
def pause(text_id: str) -> ResponseReturnValue:
    """Ask nothing more of a bank until it is resumed."""
    session = db.session()
    bank = services.pause_bank(session, learner(), text_id, clock.now())
    session.commit()
    flash(_("“%(title)s” is paused. What you remember of it is kept.", title=bank.title), "success")
    return redirect(url_for("banks.index"), 303)


@bp.post("/banks/<text_id>/resume")
def resume(text_id: str) -> ResponseReturnValue:
    """Ask of a paused bank again."""
    session = db.session()
    bank = services.resume_bank(session, learner(), text_id)
    session.commit()
    flash(_("“%(title)s” is asked again.", title=bank.title), "success")
    return redirect(url_for("banks.index"), 303)
