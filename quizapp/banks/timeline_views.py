"""The page of all dated facts along time."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from quizapp import clock
from quizapp.banks import queries
from quizapp.banks.blueprint import bp
from quizapp.banks.overview_forms import ZOOMS, TimelineForm
from quizapp.banks.timeline_pages import timeline_page
from quizapp.banks.timeline_queries import events
from quizapp.db import db
from quizapp.web import words
from quizapp.web.access import learner


@bp.get("/timeline")
def timeline() -> ResponseReturnValue:
    """Show a stretch of time, from centuries down to days; what was not met has no words."""
    session, who = db.session(), learner()
    form = TimelineForm(request.args, banks=queries.bank_lines(session))
    is_valid = form.validate()
    part = form.chosen_part if is_valid else None
    found = events(session, who.id, who.study_day(clock.now()), part)
    page = timeline_page(
        found,
        form.chosen_window if is_valid else None,
        form.chosen_zoom if is_valid else None,
    )
    return render_template(
        "banks/timeline.html",
        form=form,
        page=page,
        part=part,
        zooms=ZOOMS,
        strengths=words.STRENGTHS,
    ), 200 if is_valid else 422
