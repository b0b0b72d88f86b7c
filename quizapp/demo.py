"""A year of study by invented learners, made by the app's own services from a seed.

It is there to look at every page full; nothing in it is anybody's data.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp import clock
from quizapp.accounts.passwords import hashed
from quizapp.accounts.services import NewAccount, promote, sign_up
from quizapp.banks.reading import QUESTIONS
from quizapp.db import begin_writing, db
from quizapp.domain.answer_key import accepted_forms, wrong_answers
from quizapp.domain.answers import Answer, Revealed, Typed
from quizapp.domain.bank_files import Explain, Flashcard, Question
from quizapp.domain.rating import Certainty, Rating
from quizapp.domain.scheduling import Schedule
from quizapp.memory.learners import Learner, learner_by_id
from quizapp.memory.queue import EVERYTHING
from quizapp.memory.services import Submission, expected_recall, record
from quizapp.models import User
from quizapp.serving import prepare
from quizapp.settings import Settings
from quizapp.study import queries, services

PASSWORD = "demo demo demo"  # noqa: S105  # of invented people, in a database made to be looked at
SEED = 1917


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented: how long, how often and how well they study."""

    name: str
    days: int  # since the first sitting
    diligence: float  # chance of a sitting on a day
    talent: float  # chance of knowing a new fact
    facts: int  # asked in a sitting


PEOPLE = (
    Person("Ada", 365, 0.75, 0.45, 14),
    Person("Bruno", 200, 0.45, 0.35, 18),
    Person("Chen", 60, 0.9, 0.6, 20),
    Person("Dora", 6, 0.8, 0.3, 10),
)


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Fill an empty database with invented learners and a year of their answers."""
    session, now = db.session(), clock.now()
    prepare(QUESTIONS, None)
    if session.scalar(select(User.id).limit(1)) is not None:
        click.echo("The database has people in it already; nothing was added.")
        return
    session.rollback()  # what was read; each of those below writes
    settings: Settings = current_app.extensions["settings"]
    secret = hashed(PASSWORD, settings.ARGON2_MEMORY_KIB)
    for number, person in enumerate(PEOPLE):
        rng = Random(SEED + number)  # noqa: S311  # the same year at every run is the point
        begin_writing(session)
        added = sign_up(session, _account(person, secret), now - timedelta(days=person.days))
        if number == 0:
            promote(session, added.id)
        session.commit()
        learner = learner_by_id(session, added.id)
        session.rollback()
        count = _study(session, learner, person, now, rng)
        click.echo(f"{person.name}: {count} answers. Log in as {person.name.lower()}.")
    click.echo(f"The password of all of them is “{PASSWORD}”.")


def _account(person: Person, secret: str) -> NewAccount:
    return NewAccount(
        log_in_name=person.name.lower(),
        display_name=person.name,
        password_hash=secret,
        recovery_hash=secret,
        time_zone="Europe/London",
    )


def _study(session: Session, learner: Learner, person: Person, now: datetime, rng: Random) -> int:
    """Let a learner sit down on some days until now; return how many answers that gave."""
    count = 0
    for days_ago in range(person.days, -1, -1):
        if rng.random() > person.diligence:
            continue
        begun = now - timedelta(days=days_ago, minutes=rng.randint(40, 400))
        begin_writing(session)
        count += sum(1 for _ in _sitting(session, learner, person, begun, rng))
        session.commit()
    return count


def _sitting(
    session: Session, learner: Learner, person: Person, begun: datetime, rng: Random
) -> Iterator[None]:
    """Answer one sitting's questions, and yield once for each."""
    services.start_sitting(
        session, learner, EVERYTHING, facts_wanted=person.facts, minutes=None, now=begun
    )
    moment = begun
    while True:
        row = queries.open_sitting(session, learner.id)
        following = services.next_up(session, learner, row, moment) if row is not None else None
        if following is None or following.fact_id is None:
            break
        taken = timedelta(seconds=rng.uniform(3, 20))
        moment += taken
        _answer(session, learner, person, following.fact_id, moment, taken, rng)
        yield
    services.end_sitting(session, learner, moment)


def _answer(
    session: Session,
    learner: Learner,
    person: Person,
    fact_id: int,
    moment: datetime,
    taken: timedelta,
    rng: Random,
) -> None:
    client_id = str(UUID(int=rng.getrandbits(128)))
    page = services.question_page(session, learner, fact_id, client_id=client_id, secret="demo")  # noqa: S106  # shuffles options of invented answers
    forms = queries.fact_forms(session, learner.id, fact_id)
    if forms is None:
        return
    [question_id] = [q for q, version in forms.versions.items() if version == page.version_id]
    question = forms.question(question_id)
    knows = rng.random() < _chance(learner, forms.card.projection.schedule, person, moment)
    is_own = isinstance(question, Flashcard | Explain)
    own = (Rating.GOOD if knows else Rating.AGAIN) if is_own else None
    given = _given(question, rng, knows=knows)
    submission = Submission(
        client_id=client_id,
        question_version_id=page.version_id,
        card_revision=page.card_revision,
        answer=given or Typed(""),
        certainty=_certainty(rng, knows=knows) if given else Certainty.DONT_KNOW,
        milliseconds=int(taken.total_seconds() * 1000),
        own_rating=own,
    )
    record(session, learner, submission, moment)


def _chance(learner: Learner, schedule: Schedule | None, person: Person, moment: datetime) -> float:
    """Return the chance that somebody knows a fact: by the forgetting curve, once it was met."""
    if schedule is None:
        return person.talent
    recall = expected_recall(schedule, learner.study_day(moment), learner)
    return 0.9 if recall is None else recall


def _given(question: Question, rng: Random, *, knows: bool) -> Answer | None:
    """Return a right or a wrong answer; None where no wrong one can be told beforehand."""
    if isinstance(question, Flashcard):
        return Revealed()
    if isinstance(question, Explain):
        return Typed(question.model if knows else "I am not sure.")
    if knows:
        return next(iter(accepted_forms(question)))
    wrong = list(wrong_answers(question))
    return rng.choice(wrong) if wrong else None


def _certainty(rng: Random, *, knows: bool) -> Certainty:
    if knows:
        return Certainty.SURE if rng.random() < 0.8 else Certainty.NOT_SURE  # noqa: PLR2004  # as people do
    return rng.choice((Certainty.DONT_KNOW, Certainty.NOT_SURE, Certainty.NOT_SURE, Certainty.SURE))
