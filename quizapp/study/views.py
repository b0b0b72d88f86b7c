"""The pages of practice; what goes beside them comes with this module."""

from datetime import datetime

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp import clock
from quizapp.db import db
from quizapp.domain.errors import (
    BankPausedError,
    BlankAnswerError,
    ReviewNotFoundError,
    RuleError,
    UnevenOrderError,
)
from quizapp.domain.study_days import day_starts_at
from quizapp.memory import corrections
from quizapp.memory.learners import Learner
from quizapp.memory.queue import Scope
from quizapp.memory.services import Recorded, recorded
from quizapp.models import Reveal
from quizapp.study import (
    action_views,
    answered_pages,
    answering,
    pages,
    queries,
    services,
    try_out_views,
)
from quizapp.study.answering import Form
from quizapp.study.blueprint import bp
from quizapp.study.forms import StartForm
from quizapp.study.page_types import AskedForm
from quizapp.study.posted import (
    asked_form,
    needed_id,
    new_client_id,
    posted_form,
    posted_rating,
    secret,
    wants_fragment,
)
from quizapp.web.access import learner
from quizapp.web.errors import sentence, status_of

__all__ = ["action_views", "bp", "try_out_views"]


@bp.post("/study/start")
def start() -> ResponseReturnValue:
    """Begin a sitting, over everything or one bank or theme, in facts or in minutes."""
    form = StartForm()
    if not form.validate():
        flash(_("That sitting could not be started. Nothing was changed."), "error")
        return redirect(url_for("insights.today"), 303)
    session, now = db.session(), clock.now()
    try:
        services.start_sitting(
            session,
            learner(),
            Scope(bank_id=form.bank_id.data, theme_id=form.theme_id.data),
            facts_wanted=form.facts.data or current_app.config["FACTS_PER_SITTING"],
            minutes=form.minutes.data,
            now=now,
        )
    except BankPausedError as error:
        session.rollback()
        page = render_template("study/paused.html", message=sentence(error), bank=error.values)
        return page, status_of(error)
    session.commit()
    return redirect(url_for("study.sitting"), 303)


@bp.get("/study")
def sitting() -> ResponseReturnValue:
    """Show what comes next in the open sitting."""
    session, who = db.session(), learner()
    waiting = queries.pending_reveal(session, who.id)
    if waiting is not None:
        return redirect(url_for("study.reveal", client_id=waiting.client_id))
    page = pages.next_page(session, who, clock.now(), asked_form())
    if page is None:
        return redirect(url_for("study.end"))
    return render_template("study/page.html", page=page)


@bp.get("/study/again/<id:fact_id>")
def again(fact_id: int) -> ResponseReturnValue:
    """Ask a fact because the learner wants to, whatever the queue says."""
    page = pages.again_page(db.session(), learner(), fact_id, clock.now(), asked_form())
    return render_template("study/page.html", page=page)


@bp.post("/study/answer")
def answer() -> ResponseReturnValue:
    """Store an answer and show its feedback, as a page or as what takes the question's place."""
    session, form = db.session(), posted_form(request.form)
    try:
        result = answering.answer(session, learner(), form, secret=secret(), now=clock.now())
    except (BlankAnswerError, UnevenOrderError) as error:
        return show_again(form, error)
    if isinstance(result, Reveal):
        session.commit()
        return show_reveal(result.client_id)
    return show_feedback(result)


@bp.get("/study/reveal/<client_id>")
def reveal(client_id: str) -> ResponseReturnValue:
    """Show the right answer beside one that the learner judges; its feedback once that is done."""
    session, who = db.session(), learner()
    if not answering.CLIENT_ID.fullmatch(client_id):
        raise ReviewNotFoundError
    page = answered_pages.reveal_page(session, who, client_id, clock.now())
    if page is None:
        review_id = queries.review_id_of(session, who.id, client_id)
        if review_id is None:
            raise ReviewNotFoundError
        return redirect(url_for("study.feedback", review_id=review_id))
    return render_template("study/page.html", page=page)


@bp.post("/study/rate")
def rate() -> ResponseReturnValue:
    """Record the learner's own rating of a revealed answer."""
    session = db.session()
    client_id = answering.checked_client_id(request.form.get("client_id", ""))
    result = answering.rate(session, learner(), client_id, posted_rating(), clock.now())
    return show_feedback(result)


@bp.get("/study/feedback/<id:review_id>")
def feedback(review_id: int) -> ResponseReturnValue:
    """Show an answer beside the right one, as often as it is asked for."""
    session, who = db.session(), learner()
    result = answering.first_reply(session, who, review_id)
    page = answered_pages.feedback_page(session, who, result, clock.now(), shown_as(result))
    return render_template("study/page.html", page=page)


@bp.post("/study/undo")
def undo() -> ResponseReturnValue:
    """Take an answer back, the last one of the sitting if none is named, and ask again."""
    session, now, who = db.session(), clock.now(), learner()
    review_id = needed_id("review_id") if "review_id" in request.form else last_answer(who, now)
    fact_id = corrections.void(session, who, review_id, "undone", now)
    session.commit()
    flash(_("That answer is taken back."), "success")
    return redirect(url_for("study.again", fact_id=fact_id), 303)


@bp.post("/study/rating")
def change_rating() -> ResponseReturnValue:
    """Let the learner's own rating of an answer stand."""
    session, who = db.session(), learner()
    review_id = corrections.change_rating(
        session, who, needed_id("review_id"), posted_rating(), clock.now()
    )
    return show_feedback(recorded(session, who, review_id))


@bp.post("/study/right")
def overrule() -> ResponseReturnValue:
    """Take the learner's word that an answer was right."""
    session, who = db.session(), learner()
    review_id = corrections.overrule(session, who, needed_id("review_id"), clock.now())
    return show_feedback(recorded(session, who, review_id))


@bp.get("/study/end")
def end() -> ResponseReturnValue:
    """Show how the sitting went and when the next answer is due."""
    page = pages.end_page(db.session(), learner(), clock.now())
    return render_template("study/end.html", page=page)


@bp.post("/study/leave")
def leave() -> ResponseReturnValue:
    """End the sitting before it is over."""
    session = db.session()
    services.end_sitting(session, learner(), clock.now())
    session.commit()
    return redirect(url_for("study.end"), 303)


def show_again(form: Form, error: RuleError) -> ResponseReturnValue:
    """Answer with the question again, with what was entered and why it was not taken."""
    if wants_fragment():
        raise error  # its sentence is shown beside the form that is open
    session, now = db.session(), clock.now()
    session.rollback()  # nothing was written, and others may write meanwhile
    page = pages.page_again(session, learner(), form, sentence(error), now, secret())
    return render_template("study/page.html", page=page), status_of(error)


def show_reveal(client_id: str) -> ResponseReturnValue:
    """Answer with the reveal of an answer that is stored now."""
    if not wants_fragment():
        return redirect(url_for("study.reveal", client_id=client_id), 303)
    page = answered_pages.reveal_page(db.session(), learner(), client_id, clock.now())
    return render_template("study/fragment.html", page=page)


def show_feedback(result: Recorded) -> ResponseReturnValue:
    """Commit, and answer with the feedback to what is stored then, and with what comes next.

    The next question is read in the transaction that stored the answer, which saves a second one.
    """
    session, who, now = db.session(), learner(), clock.now()
    shown_form = request.form.get("form") or request.form.get("client_id")
    if not wants_fragment():
        session.commit()
        address = url_for("study.feedback", review_id=result.review_id, form=shown_form)
        return redirect(address, 303)
    following = pages.next_page(session, who, now, AskedForm(new_client_id(), secret()))
    page = answered_pages.feedback_page(
        session,
        who,
        result,
        now,
        shown_as(result, shown_form),
        following.progress if following else None,
    )
    session.commit()
    return render_template("study/fragment.html", page=page, following=following)


def shown_as(result: Recorded, client_id: str | None = None) -> AskedForm:
    """Return the form in which an answered question was shown, for its order of options."""
    named = client_id or request.args.get("form") or result.client_id
    return AskedForm(named, secret(), with_hint=result.hint_used)


def last_answer(who: Learner, now: datetime) -> int:
    """Return the last answer of the open sitting, or of the study day if none is open."""
    session = db.session()
    row = queries.open_sitting(session, who.id)
    since = (
        row.started_at if row else day_starts_at(who.study_day(now), who.zone, who.rollover_hour)
    )
    found = queries.last_answer_id(session, who.id, since)
    if found is None:
        raise ReviewNotFoundError
    return found
