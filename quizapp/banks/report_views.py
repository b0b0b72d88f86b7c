"""The report on the quality of the banks, for administrators."""

from flask import render_template
from flask.typing import ResponseReturnValue

from quizapp.banks import report_queries as queries
from quizapp.banks.blueprint import bp
from quizapp.db import db
from quizapp.domain.bank_stats import bank_stats
from quizapp.domain.errors import NotAllowedError
from quizapp.domain.guessing import longest_option, shared_words, within
from quizapp.web.access import learner


@bp.get("/administration/banks")
def report() -> ResponseReturnValue:
    """Show what each bank holds and how well guessing does in it."""
    if not learner().is_administrator:
        raise NotAllowedError
    banks = queries.banks_in_use(db.session())
    lines = [
        (bank, bank_stats(bank), [("longest", longest_option(bank)), ("words", shared_words(bank))])
        for bank in banks
    ]
    return render_template("banks/report.html", lines=lines, within=within)
