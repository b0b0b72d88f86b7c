"""Who may come in: every page is closed to strangers unless `PUBLIC` names it."""

from flask import Flask, Response, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

from quizapp import clock
from quizapp.db import begin_writing, db
from quizapp.memory.learners import Learner, learner_by_log_in, token_hash

WRITING = {"POST", "PUT", "PATCH", "DELETE"}
STATIC = frozenset({"static", "bootstrap.static"})
PUBLIC = STATIC | {
    "banks.home",
    "health.healthz",
    "accounts.log_in",
    "accounts.sign_up",
    "accounts.recover",
    "accounts.mail_link",
    "accounts.one_time_link",
    "study.try_out",
    "study.try_out_answer",
    "study.try_out_feedback",
    "study.try_out_end",
}
# Hashing a password takes too long to hold the write lock: these begin to write by themselves.
HASHING = {
    "accounts.log_in",
    "accounts.sign_up",
    "accounts.recover",
    "accounts.one_time_link",
    "accounts.profile",
    "accounts.change_password",
    "accounts.new_recovery_phrase",
    "accounts.delete",
}
# What a person types here is shown again after a log-in that has expired.
RESUMABLE = {"study.answer", "study.note", "study.report"}

# Answered again and again: a token that was right is given back instead of being signed anew.
ANSWERS = {"study.answer", "study.rate"}

csrf = CSRFProtect()
login_manager = LoginManager()
login_manager.session_protection = None  # ends log-ins of phones that change networks


class LoggedIn(UserMixin):
    """Who is logged in, and by which token."""

    def __init__(self, learner: Learner, token: str) -> None:
        self.learner = learner
        self.token = token

    def get_id(self) -> str:
        """Return what the session cookie keeps: the log-in's token, not the person's id."""
        return self.token


def learner() -> Learner:
    """Return who is logged in; only pages that are not public may ask."""
    who: Learner = current_user.learner
    return who


@login_manager.user_loader
def load_user(token: str) -> LoggedIn | None:
    """Return who is logged in by the token of a session cookie."""
    found = learner_by_log_in(db.session(), token_hash(token), clock.now())
    return None if found is None else LoggedIn(found, token)


def begin() -> None:
    """Take the write lock first, before anything is read, where the request will write."""
    if request.method in WRITING and request.endpoint not in HASHING:
        begin_writing(db.session())


def let_in() -> ResponseReturnValue | None:
    """Stop strangers at every page that is not public, and forged forms at every other."""
    if request.endpoint in STATIC:
        return None
    if request.endpoint not in PUBLIC and not current_user.is_authenticated:
        return stranger()
    if request.method in WRITING:
        csrf.protect()
        if request.endpoint in ANSWERS:
            g.csrf_token = request.form.get("csrf_token")  # the next form needs no new one
    return None


def stranger() -> ResponseReturnValue:
    """Send a stranger to the log-in; a form that was typed comes back afterwards."""
    if request.routing_exception is not None:  # no such page, or not by this method
        raise request.routing_exception
    if request.method in WRITING:
        pending = request.form if request.endpoint in RESUMABLE else None
        return log_in_page(pending), 401
    return redirect(url_for("accounts.log_in", next=request.full_path.rstrip("?")))


def log_in_page(pending: object) -> str:
    """Return the log-in page that a form met whose log-in had expired."""
    return render_template(
        "accounts/expired.html", pending=pending, action=request.path if pending else None
    )


def show_csrf_error(error: CSRFError) -> ResponseReturnValue:
    """Show a form again that was made in another log-in, with what was typed in it."""
    del error
    db.session.rollback()
    pending = request.form if request.endpoint in RESUMABLE else None
    return render_template("errors/other_log_in.html", pending=pending, action=request.path), 400


def keep_private(response: Response) -> Response:
    """Tell caches to keep nothing that was made for one person."""
    if request.endpoint not in STATIC:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def init_app(app: Flask) -> None:
    """Guard every page of the app."""
    csrf.init_app(app)
    login_manager.init_app(app)
    app.before_request(begin)
    app.before_request(let_in)
    app.after_request(keep_private)
    app.register_error_handler(CSRFError, show_csrf_error)
    app.jinja_env.globals["log_in_is_kept"] = lambda: bool(session.permanent)
