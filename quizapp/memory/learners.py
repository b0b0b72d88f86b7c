"""The person who studies, as every page and rule needs it, from one query."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.scheduling import Rules
from quizapp.domain.study_days import study_day
from quizapp.memory.projection import rules_from_row
from quizapp.memory.statements import Lean, query

_COLUMNS = """
    u.id, u.display_name, u.is_administrator, u.time_zone, u.rollover_hour, u.fuzz_seed,
    u.new_per_day, u.reviews_per_day, u.path, u.interleave, u.tell_first, u.rating_buttons,
    u.letter_keys, u.theme,
    r.id AS rules_id, r.desired_retention, r.learning_steps, r.relearning_steps, w.numbers
"""
_JOINS = """
    JOIN rules r ON r.learner_id = u.id AND r.is_current
    JOIN weights w ON w.id = r.weights_id
"""
_BY_LOG_IN = Lean(
    f"""
        SELECT {_COLUMNS}, l.token_hash, l.expires_at
        FROM log_in l JOIN "user" u ON u.id = l.user_id {_JOINS}
        WHERE l.token_hash = :token_hash
        """
)
_BY_ID = query(f'SELECT {_COLUMNS} FROM "user" u {_JOINS} WHERE u.id = :learner_id')


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """Who studies, with the settings that pages and rules go by."""

    id: int
    display_name: str
    is_administrator: bool
    time_zone: str
    rollover_hour: int
    fuzz_seed: int
    new_per_day: int
    reviews_per_day: int
    path: str  # "beginning" or "mixed"
    interleave: bool
    tell_first: bool
    rating_buttons: int
    letter_keys: bool
    theme: str
    rules_id: int
    rules: Rules

    @property
    def zone(self) -> ZoneInfo:
        """The learner's time zone."""
        return ZoneInfo(self.time_zone)

    def study_day(self, moment: datetime) -> date:
        """Return the learner's study day at a moment."""
        return study_day(moment, self.zone, self.rollover_hour)


def token_hash(token: str) -> str:
    """Return what the table keeps of a token, so that a stolen database logs nobody in."""
    return hashlib.sha256(token.encode()).hexdigest()


def learner_by_log_in(session: Session, token_hash: str, now: datetime) -> Learner | None:
    """Return who is logged in by a token, or None if the log-in was ended or is too old."""
    row = _BY_LOG_IN.first(session, {"token_hash": token_hash})
    return None if row is None or row.expires_at <= now else _learner(row)


def learner_by_id(session: Session, learner_id: int) -> Learner:
    """Return a learner who is known to exist."""
    return _learner(session.execute(_BY_ID, {"learner_id": learner_id}).one())


def _learner(row: Any) -> Learner:
    rules = rules_from_row(
        row.numbers, row.desired_retention, row.learning_steps, row.relearning_steps
    )
    return Learner(
        id=row.id,
        display_name=row.display_name,
        is_administrator=bool(row.is_administrator),
        time_zone=row.time_zone,
        rollover_hour=row.rollover_hour,
        fuzz_seed=row.fuzz_seed,
        new_per_day=row.new_per_day,
        reviews_per_day=row.reviews_per_day,
        path=row.path,
        interleave=bool(row.interleave),
        tell_first=bool(row.tell_first),
        rating_buttons=row.rating_buttons,
        letter_keys=bool(row.letter_keys),
        theme=row.theme,
        rules_id=row.rules_id,
        rules=rules,
    )
