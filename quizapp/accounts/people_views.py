"""Pages for administrators: people, reports about questions, versions."""

import math

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp import clock
from quizapp.accounts import administration as reading
from quizapp.accounts import queries, services
from quizapp.accounts.blueprint import bp
from quizapp.accounts.browser import link_address, settings
from quizapp.db import db
from quizapp.memory.learners import Learner
from quizapp.web.access import learner
from quizapp.web.forms import clean_text

LAST_PAGE = 1_000_000
MOST_IN_SEARCH = 100


def administrator() -> Learner:
    """Return who is logged in; anybody but an administrator is stopped here."""
    who = learner()
    if not who.is_administrator:
        abort(403)
    return who


@bp.get("/administration")
def administration() -> ResponseReturnValue:
    """Show what administrators can do, and what runs here."""
    administrator()
    session = db.session()
    return render_template(
        "accounts/administration.html",
        people=queries.people_count(session, ""),
        reported=reading.reported_count(session),
        versions=reading.versions(session, settings().APP_NAME),
    )


@bp.get("/administration/people")
def people() -> ResponseReturnValue:
    """List people, by name and in pages."""
    who = administrator()
    session = db.session()
    search = (clean_text(request.args.get("q")) or "")[:MOST_IN_SEARCH]
    count = queries.people_count(session, search)
    page = _page()
    return render_template(
        "accounts/people.html",
        people=queries.people(session, search, page),
        count=count,
        search=search,
        page=page,
        pages=_pages(count, queries.PEOPLE_ON_A_PAGE),
        zone=who.zone,
    )


@bp.post("/administration/people/<id:user_id>/promote")
def promote(user_id: int) -> ResponseReturnValue:
    """Make a person an administrator."""
    administrator()
    session = db.session()
    name = services.promote(session, user_id).display_name
    session.commit()
    flash(_("%(name)s is an administrator now.", name=name), "success")
    return redirect(url_for("accounts.people"), 303)


@bp.post("/administration/people/<id:user_id>/demote")
def demote(user_id: int) -> ResponseReturnValue:
    """Let a person be an administrator no more; never the last one."""
    who = administrator()
    session = db.session()
    name = services.demote(session, user_id).display_name
    session.commit()
    flash(_("%(name)s is an administrator no more.", name=name), "success")
    own = user_id == who.id
    return redirect(url_for("accounts.account" if own else "accounts.people"), 303)


@bp.post("/administration/people/<id:user_id>/link")
def password_link(user_id: int) -> ResponseReturnValue:
    """Make a link with which a person sets a new password, and show it once."""
    administrator()
    session = db.session()
    person = services.person(session, user_id)
    name = person.display_name
    token = services.password_link(session, user_id, clock.now(), services.PASSWORD_LINK_LASTS)
    session.commit()
    return render_template("accounts/password_link.html", name=name, address=link_address(token))


@bp.get("/administration/reports")
def reports() -> ResponseReturnValue:
    """List the questions in which faults were reported."""
    who = administrator()
    session = db.session()
    count = reading.reported_count(session)
    page = _page()
    return render_template(
        "accounts/reports.html",
        reported=reading.reported_questions(session, page),
        count=count,
        page=page,
        pages=_pages(count, reading.QUESTIONS_ON_A_PAGE),
        zone=who.zone,
    )


def _page() -> int:
    """Return the number of the page asked for, 1 where that is no number."""
    asked = request.args.get("page", 1, type=int)
    return min(max(asked, 1), LAST_PAGE)


def _pages(count: int, on_a_page: int) -> int:
    return max(1, math.ceil(count / on_a_page))
