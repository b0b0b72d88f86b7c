"""The page of people and terms of all banks."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from quizapp import clock
from quizapp.banks import queries
from quizapp.banks.blueprint import bp
from quizapp.banks.glossary_pages import glossary
from quizapp.banks.overview_forms import GlossaryForm
from quizapp.db import db
from quizapp.web import words
from quizapp.web.access import learner


@bp.get("/glossary", endpoint="glossary")
def glossary_page() -> ResponseReturnValue:
    """List people and terms with where they occur; what was not met is only counted."""
    session, who = db.session(), learner()
    form = GlossaryForm(request.args, banks=queries.bank_lines(session))
    is_valid = form.validate()
    search = form.search.data or "" if is_valid else ""
    part = form.chosen_part if is_valid else None
    found = glossary(session, who.id, who.study_day(clock.now()), part=part, search=search)
    return render_template(
        "banks/glossary.html",
        form=form,
        glossary=found,
        strengths=words.STRENGTHS,
        is_filtered=bool(search or part),
        search=search,
        part=part,
    ), 200 if is_valid else 422
