"""The one place that reads the time."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import current_app

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the present moment, aware and in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the moment by the app's clock. Views and commands call this; nothing else does."""
    clock: Clock = current_app.extensions["clock"]
    return clock()
