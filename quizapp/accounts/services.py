"""What people do with accounts: make them, log in and out, change and delete them."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.accounts import queries
from quizapp.accounts.names import log_in_key
from quizapp.accounts.queries import Credentials
from quizapp.domain.errors import (
    ConflictError,
    LastAdministratorError,
    LinkNotFoundError,
    LogInNotFoundError,
    NameTakenError,
    PersonNotFoundError,
)
from quizapp.domain.scheduling import DEFAULT_WEIGHTS
from quizapp.domain.scheduling import Rules as DefaultRules
from quizapp.memory.learners import token_hash
from quizapp.models import LogIn, OneTimeLink, Rules, User, Weights

FUZZ_SEED_BITS = 31
TOKEN_BYTES = 32
ADMINISTRATOR_LINK_LASTS = timedelta(days=7)
PASSWORD_LINK_LASTS = timedelta(days=1)  # an administrator has to pass it on
MAILED_LINK_LASTS = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """Who makes an account, as checked by a form or a command."""

    log_in_name: str
    display_name: str
    password_hash: str
    recovery_hash: str
    email: str | None = None
    time_zone: str = "UTC"


def sign_up(session: Session, account: NewAccount, now: datetime) -> User:
    """Make an account with the default settings and rules.

    Raises `NameTakenError` where somebody has the log-in name, in whatever case.
    """
    person = User(
        log_in_name=account.log_in_name,
        log_in_key=log_in_key(account.log_in_name),
        display_name=account.display_name or account.log_in_name,
        email=account.email or None,
        password_hash=account.password_hash,
        recovery_hash=account.recovery_hash,
        time_zone=account.time_zone,
        created_at=now,
        fuzz_seed=secrets.randbits(FUZZ_SEED_BITS),
    )
    session.add(person)
    try:
        session.flush()
    except IntegrityError as error:
        raise NameTakenError from error
    session.add(_first_rules(person.id, _default_weights(session, now), now))
    session.flush()
    return person


def confirmed(session: Session, seen: Credentials) -> User:
    """Return the person whose password or phrase was checked before the write lock was held.

    Raises `ConflictError` where the credentials changed in between.
    """
    if seen.user_id is None or queries.credentials_of(session, seen.user_id) != seen:
        raise ConflictError
    return person(session, seen.user_id)


def person(session: Session, user_id: int) -> User:
    """Return a person. Raises `PersonNotFoundError`."""
    found = queries.user(session, user_id)
    if found is None:
        raise PersonNotFoundError
    return found


def start_log_in(
    session: Session, user_id: int, *, browser: str, now: datetime, lasts: timedelta
) -> str:
    """Log a person in and return the token for the cookie; log-ins that have expired go."""
    session.execute(delete(LogIn).where(LogIn.expires_at <= now))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        LogIn(
            token_hash=token_hash(token),
            user_id=user_id,
            created_at=now,
            expires_at=now + lasts,
            browser=browser,
        )
    )
    session.flush()
    return token


def end_log_in(session: Session, user_id: int, ended_hash: str) -> None:
    """End one of a person's log-ins. Raises `LogInNotFoundError`."""
    ended = session.execute(
        delete(LogIn)
        .where(LogIn.token_hash == ended_hash, LogIn.user_id == user_id)
        .returning(LogIn.token_hash)
    ).all()
    if not ended:
        raise LogInNotFoundError


def forget_token(session: Session, token: str) -> None:
    """End the log-in that a cookie held, if it still is one."""
    session.execute(delete(LogIn).where(LogIn.token_hash == token_hash(token)))


def end_all_log_ins(session: Session, user_id: int) -> None:
    """End all of a person's log-ins."""
    session.execute(delete(LogIn).where(LogIn.user_id == user_id))


def rename(session: Session, whose: User, display_name: str, email: str | None) -> None:
    """Change a person's name on pages and e-mail; without a name the log-in name is shown."""
    whose.display_name = display_name or whose.log_in_name
    whose.email = email
    session.flush()


def set_password(session: Session, whose: User, password_hash: str) -> None:
    """Give a person a new password; all log-ins and links to set one end."""
    whose.password_hash = password_hash
    end_all_log_ins(session, whose.id)
    session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.user_id == whose.id, OneTimeLink.purpose == "password"
        )
    )
    session.flush()


def first_administrator_link(session: Session, now: datetime) -> str | None:
    """Return the token of a link that makes whoever opens it first the administrator.

    None where there is an administrator. Those made before and not used work no more.
    """
    if queries.administrator_count(session):
        return None
    session.execute(delete(OneTimeLink).where(OneTimeLink.purpose == "administrator"))
    return _add_link(session, "administrator", None, now + ADMINISTRATOR_LINK_LASTS)


def password_link(session: Session, user_id: int, now: datetime, lasts: timedelta) -> str:
    """Return the token of a link with which a person sets a new password."""
    session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at <= now))
    return _add_link(session, "password", user_id, now + lasts)


def working_link(session: Session, token: str, now: datetime) -> OneTimeLink:
    """Return the link that a token opens. Raises `LinkNotFoundError`."""
    found = queries.link(session, token_hash(token), now)
    if found is None:
        raise LinkNotFoundError
    return found


def use_link(session: Session, token: str, now: datetime) -> None:
    """Use a link up. Raises `LinkNotFoundError` where that was done already."""
    session.delete(working_link(session, token, now))
    session.flush()


def promote(session: Session, user_id: int) -> User:
    """Make a person an administrator."""
    promoted = person(session, user_id)
    promoted.is_administrator = True
    session.flush()
    return promoted


def demote(session: Session, user_id: int) -> User:
    """Let a person be an administrator no more. Raises `LastAdministratorError`."""
    demoted = person(session, user_id)
    _check_another_administrator(session, demoted)
    demoted.is_administrator = False
    session.flush()
    return demoted


def delete_account(session: Session, whose: User) -> None:
    """Delete a person and all that is theirs. Raises `LastAdministratorError`.

    The rows of other tables go with the person's: every foreign key to it cascades.
    """
    _check_another_administrator(session, whose)
    session.execute(delete(User).where(User.id == whose.id))
    session.expire_all()


def _add_link(session: Session, purpose: str, user_id: int | None, expires_at: datetime) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        OneTimeLink(
            token_hash=token_hash(token), purpose=purpose, user_id=user_id, expires_at=expires_at
        )
    )
    session.flush()
    return token


def _check_another_administrator(session: Session, leaving: User) -> None:
    if leaving.is_administrator and queries.administrator_count(session) == 1:
        raise LastAdministratorError


def _default_weights(session: Session, now: datetime) -> int:
    """Return the id of the shipped weights, stored when first needed."""
    found = session.scalar(
        select(Weights.id).where(Weights.learner_id.is_(None)).order_by(Weights.id.desc()).limit(1)
    )
    if found is not None:
        return found
    shipped = Weights(
        algorithm="FSRS-6", numbers=json.dumps(DEFAULT_WEIGHTS), made_at=now, fitted_on=0
    )
    session.add(shipped)
    session.flush()
    return shipped.id


def _first_rules(learner_id: int, weights_id: int, now: datetime) -> Rules:
    default = DefaultRules()
    return Rules(
        learner_id=learner_id,
        weights_id=weights_id,
        desired_retention=default.desired_retention,
        learning_steps=steps_as_text(default.learning_steps_minutes),
        relearning_steps=steps_as_text(default.relearning_steps_minutes),
        is_current=True,
        made_at=now,
    )


def steps_as_text(minutes: tuple[int, ...]) -> str:
    """Return steps as the table keeps them."""
    return " ".join(map(str, minutes))
