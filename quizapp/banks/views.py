"""Pages of the series, its banks and their facts."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from quizapp import clock
from quizapp.banks import (
    glossary_views,
    pages,
    pausing_views,
    queries,
    report_views,
    services,
    timeline_views,
)
from quizapp.banks.blueprint import bp
from quizapp.banks.fact_pages import fact_page
from quizapp.banks.forms import FactFilterForm
from quizapp.banks.queries import FactFilter
from quizapp.db import db
from quizapp.domain.series import TITLE
from quizapp.memory.pausing import paused_bank_ids
from quizapp.memory.progress import banks_with_themes, theme_tallies
from quizapp.web import charts, words
from quizapp.web.access import learner
from quizapp.web.paging import paged

__all__ = ["bp", "glossary_views", "pausing_views", "report_views", "timeline_views"]


@bp.get("/")
def home() -> ResponseReturnValue:
    """Say what this is, with the series on a line of time; learners go to their own day."""
    if current_user.is_authenticated:
        return redirect(url_for("insights.today"))
    parts, others = pages.part_lines(queries.bank_lines(db.session()))
    return render_template(
        "banks/home.html", series=TITLE, parts=parts, others=others, years=charts.AXIS
    )


@bp.get("/banks")
def index() -> ResponseReturnValue:
    """List the banks, with what the learner knows of each theme."""
    session = db.session()
    tallies = theme_tallies(session, learner().id)
    paused = paused_bank_ids(session, learner().id)
    banks = [pages.bank_progress(bank, tallies, paused) for bank in banks_with_themes(session)]
    return render_template("banks/index.html", banks=banks)


@bp.get("/banks/<text_id>/facts")
def facts(text_id: str) -> ResponseReturnValue:
    """List a bank's facts; what the learner has not met shows no statement."""
    session = db.session()
    bank = queries.bank_by_text_id(session, text_id)
    form = FactFilterForm(request.args, themes=bank.themes)
    is_valid = form.validate()
    wanted = _wanted(form) if is_valid else FactFilter()
    lines = queries.fact_lines(session, learner().id, bank.id, wanted)
    page = paged(lines, form.page.data if is_valid else 1, pages.FACTS_PER_PAGE)
    return render_template(
        "banks/facts.html",
        bank=bank,
        form=form,
        page=page,
        kinds=words.KINDS,
        strengths=words.STRENGTHS,
        is_filtered=wanted != FactFilter(),
        chosen={name: text for name, text in form.data.items() if text and name != "page"},
    ), 200 if is_valid else 422


@bp.get("/facts/<id:fact_id>")
def fact(fact_id: int) -> ResponseReturnValue:
    """Show a fact: what the learner remembers of it, and, once it was asked or read, what it is."""
    page = fact_page(db.session(), learner(), fact_id, clock.now())
    return render_template("banks/fact.html", page=page, kinds=words.KINDS)


@bp.post("/facts/<id:fact_id>/read")
def read_ahead(fact_id: int) -> ResponseReturnValue:
    """Record that the learner reads a fact today, and show it."""
    session = db.session()
    services.read_fact(session, learner(), fact_id, clock.now())
    session.commit()
    return redirect(url_for("banks.fact", fact_id=fact_id))


def _wanted(form: FactFilterForm) -> FactFilter:
    return FactFilter(
        theme=form.theme.data or None,
        kind=form.kind.data or None,
        state=form.state.data or None,
        search=form.search.data or "",
    )
