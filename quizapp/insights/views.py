"""Pages of what a learner remembers: today, progress, and the answers behind the figures."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quizapp import clock
from quizapp.db import db
from quizapp.insights.answer_pages import answer_lines
from quizapp.insights.forms import AnswerFilterForm
from quizapp.insights.progress_pages import progress_page
from quizapp.insights.queries import AnswerFilter
from quizapp.insights.today_pages import today_page
from quizapp.web.access import learner

bp = Blueprint("insights", __name__)


@bp.get("/today")
def today() -> ResponseReturnValue:
    """Say what the study day holds, and show how far the learner is."""
    page = today_page(db.session(), learner(), clock.now())
    return render_template("insights/today.html", page=page)


@bp.get("/progress")
def progress() -> ResponseReturnValue:
    """Show what was kept, what is coming, and how far both can be trusted."""
    page = progress_page(db.session(), learner(), clock.now())
    return render_template("insights/progress.html", page=page)


@bp.get("/progress/answers")
def answers() -> ResponseReturnValue:
    """List the answers behind a figure, each with its fact."""
    form = AnswerFilterForm(request.args)
    is_valid = form.validate()
    wanted = _wanted(form) if is_valid else AnswerFilter()
    number = form.page.data if is_valid else None
    page = answer_lines(db.session(), learner(), wanted, number)
    chosen = {
        "day": wanted.day and wanted.day.isoformat(),
        "since": wanted.since and wanted.since.isoformat(),
        "certainty": wanted.certainty,
    }
    body = render_template("insights/answers.html", form=form, page=page, chosen=chosen)
    return body, 200 if is_valid else 422


def _wanted(form: AnswerFilterForm) -> AnswerFilter:
    return AnswerFilter(
        day=form.day.data, since=form.since.data, certainty=form.certainty.data or None
    )
