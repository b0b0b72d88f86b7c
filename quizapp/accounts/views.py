"""Log-in, sign-up and log-out; the other pages about accounts come with this module."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from quizapp.accounts import (
    account_views,
    data_views,
    passwords,
    people_views,
    queries,
    recovery_views,
    services,
    settings_views,
)
from quizapp.accounts.blueprint import bp
from quizapp.accounts.browser import (
    begin_log_in,
    forget,
    next_page,
    own_page,
    remember,
    settings,
    this_token_hash,
)
from quizapp.accounts.forms import LogInForm, SignUpForm
from quizapp.accounts.limits import by_address, by_name, new_accounts
from quizapp.accounts.signing_up import signed_up
from quizapp.db import begin_writing, db
from quizapp.web.access import RESUMABLE, LoggedIn, learner

__all__ = ["account_views", "bp", "data_views", "people_views", "recovery_views", "settings_views"]

PENDING = "pending-"  # in front of the names of what was typed before the log-in had expired


@bp.route("/log-in", methods=["GET", "POST"])
@by_address()
@by_name()
def log_in() -> ResponseReturnValue:
    """Log a person in, and go on with what they were about to see or send."""
    form = LogInForm()
    pending = _pending(form)
    if request.method == "GET":
        return redirect(next_page()) if current_user.is_authenticated else _log_in_page()
    logged_in = _logged_in(form)
    if logged_in is None:
        return _log_in_page(form.log_in_name.data, pending, form.resume_action.data), 422
    go_on = next_page()
    remember(logged_in)
    if pending:
        return render_template(
            "accounts/resume.html", pending=pending, action=form.resume_action.data
        )
    return redirect(go_on, 303)


@bp.route("/sign-up", methods=["GET", "POST"])
@new_accounts()
@by_name()
def sign_up() -> ResponseReturnValue:
    """Make an account; its recovery phrase is shown once."""
    if current_user.is_authenticated:
        return redirect(next_page(), 303)
    form = SignUpForm()
    if request.method == "POST" and form.validate():
        page = signed_up(form)
        if page is not None:
            return page
        return render_template("accounts/sign_up.html", form=form), 409
    return render_template("accounts/sign_up.html", form=form), 422 if form.errors else 200


@bp.post("/log-out")
def log_out() -> ResponseReturnValue:
    """Log out in this browser."""
    session = db.session()
    services.end_log_in(session, learner().id, this_token_hash())
    session.commit()
    forget()
    flash(_("You are logged out."), "success")
    return redirect(url_for("banks.home"), 303)


@bp.post("/log-out-everywhere")
def log_out_everywhere() -> ResponseReturnValue:
    """Log out in all browsers."""
    session = db.session()
    services.end_all_log_ins(session, learner().id)
    session.commit()
    forget()
    flash(_("You are logged out in all browsers."), "success")
    return redirect(url_for("banks.home"), 303)


def _logged_in(form: LogInForm) -> LoggedIn | None:
    """Return the committed log-in of whoever a form names, or None where that is not right."""
    session = db.session()
    seen = queries.credentials_of_name(session, form.log_in_name.data or "")
    session.rollback()  # ends the reading: hashing takes long
    memory_kib = settings().ARGON2_MEMORY_KIB
    checked = passwords.check(seen.password_hash, form.password.data or "", memory_kib)
    if not checked.right:
        return None
    begin_writing(session)
    person = services.confirmed(session, seen)
    if checked.new_hash:
        person.password_hash = checked.new_hash
    logged_in = begin_log_in(session, person.id)
    session.commit()
    return logged_in


def _pending(form: LogInForm) -> MultiDict[str, str] | None:
    """Return what was typed before the log-in had expired, if it can be sent again."""
    if own_page(form.resume_action.data, "POST") not in RESUMABLE:
        return None
    return MultiDict(
        (name.removeprefix(PENDING), text)
        for name, text in request.form.items(multi=True)
        if name.startswith(PENDING)
    )


def _log_in_page(
    entered_name: str = "",
    pending: MultiDict[str, str] | None = None,
    action: str | None = None,
) -> str:
    return render_template(
        "accounts/expired.html" if pending else "accounts/log_in.html",
        entered_name=entered_name,
        is_wrong=request.method == "POST",
        pending=pending,
        action=action,
    )
