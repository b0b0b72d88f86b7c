"""The blueprint on which all pages about accounts are."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from flask_babel import format_date, format_datetime

bp = Blueprint("accounts", __name__)


@bp.record_once
def keep_hooks(state: BlueprintSetupState) -> None:
    """Make the list of what is called with each new account, before it is committed.

    `create_app` adds to it: each takes the session, the learner, the cookie and the moment.
    """
    state.app.extensions.setdefault("after_sign_up", [])


@bp.app_template_filter("moment_in")
def moment_in(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment as a person in a time zone writes it."""
    return str(format_datetime(moment.astimezone(zone), "d MMMM y, HH:mm", rebase=False))


@bp.app_template_filter("day_in")
def day_in(moment: datetime, zone: ZoneInfo) -> str:
    """Return the date of a moment where a person is."""
    return str(format_date(moment.astimezone(zone).date(), "d MMMM y"))
