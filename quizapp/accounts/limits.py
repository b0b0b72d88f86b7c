"""How often secrets may be tried and accounts be made, by address and by account."""

from typing import Any

from flask import Response, current_app, request
from flask_limiter.util import get_remote_address

from quizapp.accounts.names import log_in_key
from quizapp.memory.learners import token_hash
from quizapp.web.forms import clean_text
from quizapp.web.limits import limiter

MALFORMED = 422


def by_address() -> Any:
    """Return a decorator for pages that check a secret: so many tries from one address."""
    return limiter.limit(_tries, methods=["POST"])


def by_name() -> Any:
    """Return a decorator for pages that take a log-in name: so many tries with one name."""
    return limiter.limit(_tries, methods=["POST"], key_func=_posted_name)


def new_accounts() -> Any:
    """Return a decorator for pages that make accounts; a form with mistakes does not count."""
    return limiter.limit(
        _sign_ups, methods=["POST"], key_func=get_remote_address, deduct_when=_was_well_formed
    )


def _tries() -> str:
    return f"{current_app.config['LOG_INS_PER_MINUTE']} per minute"


def _sign_ups() -> str:
    return f"{current_app.config['SIGN_UPS_PER_HOUR']} per hour"


def _posted_name() -> str:
    name = clean_text(request.form.get("log_in_name", "")) or ""
    return token_hash(log_in_key(name))  # as long for every name


def _was_well_formed(response: Response) -> bool:
    return response.status_code != MALFORMED
