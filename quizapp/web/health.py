"""Whether the app is well, for whoever watches it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from quizapp.db import db

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say whether the app and its database answer; nothing else is told to strangers."""
    try:
        db.session.execute(text("SELECT 1"))
    except OperationalError:
        return {"app": "ok", "database": "does not answer"}, 503
    return {"app": "ok", "database": "ok"}
