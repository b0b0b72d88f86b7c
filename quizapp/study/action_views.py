"""What a learner says of facts and questions beside answering them."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp import clock
from quizapp.db import db
from quizapp.study import services
from quizapp.study.blueprint import bp
from quizapp.study.forms import NoteForm, ReportForm
from quizapp.study.posted import needed_id, own_path
from quizapp.web.access import learner


@bp.post("/study/told")
def told() -> ResponseReturnValue:
    """Note that a new fact was read, to ask it later in the sitting."""
    session = db.session()
    services.tell(session, learner(), needed_id("fact_id"), clock.now())
    session.commit()
    return redirect(url_for("study.sitting"), 303)


@bp.post("/study/suspend")
def suspend() -> ResponseReturnValue:
    """Ask a fact no more, or ask it again."""
    session = db.session()
    suspended = request.form.get("suspended", "1") == "1"
    fact_id = needed_id("fact_id")
    services.suspend(session, learner(), fact_id, suspended=suspended)
    session.commit()
    flash(
        _("This fact is not asked any more. You can change that on its page.")
        if suspended
        else _("This fact is asked again."),
        "success",
    )
    return redirect(after_card_change(fact_id), 303)


@bp.post("/study/set-aside")
def set_aside() -> ResponseReturnValue:
    """Ask a fact no more before the next study day."""
    session = db.session()
    fact_id = needed_id("fact_id")
    services.set_aside(session, learner(), fact_id, clock.now())
    session.commit()
    flash(_("This fact is set aside until tomorrow."), "success")
    return redirect(after_card_change(fact_id), 303)


@bp.post("/facts/<id:fact_id>/note")
def note(fact_id: int) -> ResponseReturnValue:
    """Keep a private note on a fact."""
    session, form = db.session(), NoteForm()
    if form.validate():
        services.write_note(session, learner(), fact_id, form.note.data or "", clock.now())
        session.commit()
        flash(_("Your note is kept."), "success")
    else:
        flash(_("That note is too long; it was not kept. Shorten it and send it again."), "error")
    return redirect(
        own_path(request.form.get("back")) or url_for("banks.fact", fact_id=fact_id), 303
    )


@bp.post("/study/report")
def report() -> ResponseReturnValue:
    """Pass on a fault that the learner found in a question."""
    session, form = db.session(), ReportForm()
    if form.validate():
        services.report(
            session,
            learner(),
            needed_id("version"),
            form.reason.data,
            form.note.data or "",
            clock.now(),
        )
        session.commit()
        flash(_("Thank you. The people who keep the questions will see this."), "success")
    else:
        flash(_("Choose what is wrong with the question; nothing was sent yet."), "error")
    return redirect(own_path(request.form.get("back")) or url_for("study.sitting"), 303)


def after_card_change(fact_id: int) -> str:
    """Return where to go after a flag was set: back to where it was asked for."""
    if request.form.get("from") == "fact":
        return url_for("banks.fact", fact_id=fact_id)
    return url_for("study.sitting")
