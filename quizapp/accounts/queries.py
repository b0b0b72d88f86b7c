"""What pages about accounts read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from quizapp.accounts.names import log_in_key
from quizapp.models import Fact, LogIn, OneTimeLink, Review, User

PEOPLE_ON_A_PAGE = 50
SECONDS_PER_ANSWER = 8.0  # until the learner's own are known
ANSWERS_TIMED = 200  # how many of the last answers tell the learner's own time
FACTS_UNKNOWN = 100  # for estimates while no bank is loaded


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is needed to decide whether somebody is who they say."""

    user_id: int | None = None
    password_hash: str | None = None
    recovery_hash: str | None = None
    email: str | None = None


NOBODY = Credentials()


def credentials_of_name(session: Session, name: str) -> Credentials:
    """Return the credentials that belong to a log-in name; empty ones where nobody has it."""
    return _credentials(session, User.log_in_key == log_in_key(name))


def credentials_of(session: Session, user_id: int) -> Credentials:
    """Return the credentials of a person."""
    return _credentials(session, User.id == user_id)


def user(session: Session, user_id: int) -> User | None:
    """Return a person, or None if there is none with this id."""
    return session.get(User, user_id)


def user_by_name(session: Session, name: str) -> User | None:
    """Return who has a log-in name, or None."""
    return session.scalar(select(User).where(User.log_in_key == log_in_key(name)))


def log_ins_of(session: Session, user_id: int, now: datetime) -> Sequence[LogIn]:
    """Return a person's log-ins that have not expired, the newest first."""
    return session.scalars(
        select(LogIn)
        .where(LogIn.user_id == user_id, LogIn.expires_at > now)
        .order_by(LogIn.created_at.desc(), LogIn.token_hash)
    ).all()


def link(session: Session, token_hash: str, now: datetime) -> OneTimeLink | None:
    """Return a one-time link that still works, or None."""
    return session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == token_hash, OneTimeLink.expires_at > now
        )
    )


def administrator_count(session: Session) -> int:
    """Return how many administrators there are."""
    return session.scalar(select(func.count()).where(User.is_administrator)) or 0


def people(session: Session, search: str, page: int) -> Sequence[User]:
    """Return a page of people whose name contains `search`, by log-in name; pages begin at 1."""
    return session.scalars(
        select(User)
        .where(_named_like(search))
        .order_by(User.log_in_key)
        .limit(PEOPLE_ON_A_PAGE)
        .offset((page - 1) * PEOPLE_ON_A_PAGE)
    ).all()


def people_count(session: Session, search: str) -> int:
    """Return how many people have a name that contains `search`."""
    return session.scalar(select(func.count()).select_from(User).where(_named_like(search))) or 0


def everyone(session: Session) -> Sequence[User]:
    """Return all people, by log-in name."""
    return session.scalars(select(User).order_by(User.log_in_key)).all()


def fact_count(session: Session) -> int:
    """Return how many facts there are to learn; a guess while no bank is loaded."""
    count = session.scalar(select(func.count()).select_from(Fact).where(Fact.retired_at.is_(None)))
    return count or FACTS_UNKNOWN


def seconds_per_answer(session: Session, learner_id: int) -> float:
    """Return the median time of a learner's last answers, in seconds; a guess before the first."""
    milliseconds = session.scalars(
        select(Review.milliseconds)
        .where(
            Review.learner_id == learner_id,
            Review.milliseconds.is_not(None),
            Review.voided_at.is_(None),
        )
        .order_by(Review.study_day.desc(), Review.id.desc())
        .limit(ANSWERS_TIMED)
    ).all()
    return median(filter(None, milliseconds)) / 1000 if any(milliseconds) else SECONDS_PER_ANSWER


def _credentials(session: Session, condition: ColumnElement[bool]) -> Credentials:
    row = session.execute(
        select(User.id, User.password_hash, User.recovery_hash, User.email).where(condition)
    ).one_or_none()
    return NOBODY if row is None else Credentials(*row)


def _named_like(search: str) -> ColumnElement[bool]:
    return or_(
        User.log_in_key.contains(log_in_key(search), autoescape=True),
        User.display_name.icontains(search.strip(), autoescape=True),
    )
