"""What a browser keeps of a log-in, and addresses that are handed out."""

from datetime import timedelta

from flask import current_app, request, url_for
from flask import session as cookie
from flask_login import login_user
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.urls import iri_to_uri

from quizapp import clock
from quizapp.accounts import services
from quizapp.memory.learners import learner_by_id, token_hash
from quizapp.settings import Settings
from quizapp.web.access import LoggedIn
from quizapp.web.forms import clean_text

TRY_OUT = "try_out"  # answers of a stranger, until they make an account
TOKEN = "_user_id"  # noqa: S105  # where Flask-Login keeps the token, not a token
MOST_OF_BROWSER = 200  # characters of what it calls itself


def settings() -> Settings:
    """Return the settings of the app."""
    found: Settings = current_app.extensions["settings"]
    return found


def begin_log_in(session: Session, user_id: int) -> LoggedIn:
    """Give this browser a new log-in in place of the one it has. The view commits."""
    if TOKEN in cookie:
        services.forget_token(session, cookie[TOKEN])
    token = services.start_log_in(
        session,
        user_id,
        browser=(clean_text(request.user_agent.string) or "")[:MOST_OF_BROWSER],
        now=clock.now(),
        lasts=timedelta(days=settings().LOG_IN_DAYS),
    )
    return LoggedIn(learner_by_id(session, user_id), token)


def remember(logged_in: LoggedIn) -> None:
    """Let the cookie hold a log-in that is committed, and nothing from before it."""
    forget()
    login_user(logged_in)
    cookie.permanent = True


def forget() -> None:
    """Clear the cookie of all but what a stranger answered."""
    kept = {TRY_OUT: cookie[TRY_OUT]} if TRY_OUT in cookie else {}
    cookie.clear()
    cookie.update(kept)


def this_token_hash() -> str:
    """Return the hash of the token in this browser's cookie."""
    return token_hash(cookie[TOKEN])


def own_page(path: str | None, method: str = "GET") -> str | None:
    """Return the endpoint of a path on this site, or None where it leads elsewhere or nowhere."""
    path = clean_text(path)
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path:
        return None
    if any(ord(character) <= ord(" ") for character in path):
        return None
    adapter = current_app.create_url_adapter(request)
    try:
        return (
            adapter.match(path.partition("?")[0].partition("#")[0], method)[0] if adapter else None
        )
    except (HTTPException, RequestRedirect):
        return None


def next_page() -> str:
    """Return where to go on: the page of ours that was asked for, or today."""
    wanted = request.values.get("next")
    return iri_to_uri(wanted) if wanted and own_page(wanted) else url_for("insights.today")


def link_address(token: str) -> str:
    """Return the whole address of a one-time link."""
    path = url_for("accounts.one_time_link", token=token)
    base = settings().PUBLIC_URL or request.host_url
    return base.rstrip("/") + path
