"""How a person wants to study: settings, and what they cost in minutes a day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.accounts import services
from quizapp.domain.planning import minutes_a_day
from quizapp.domain.scheduling import Rules as SchedulingRules
from quizapp.models import Rules

PRESETS = (0.80, 0.85, 0.90, 0.95)  # shares of recall that have a name
SEED = 1  # the same estimate each time the page is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduling:
    """The settings that change when facts come back; each change makes a row of rules."""

    desired_retention: float  # 0.70 to 0.97
    learning_steps: tuple[int, ...]  # minutes
    relearning_steps: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """The settings that are columns of the person."""

    new_per_day: int
    reviews_per_day: int
    time_zone: str
    rollover_hour: int
    path: str  # "beginning" or "mixed"
    interleave: bool
    tell_first: bool
    theme: str
    rating_buttons: int
    letter_keys: bool


def save_habits(session: Session, user_id: int, chosen: Habits) -> None:
    """Keep a person's settings."""
    person = services.person(session, user_id)
    for name in Habits.__slots__:
        setattr(person, name, getattr(chosen, name))
    session.flush()


def save_scheduling(session: Session, learner_id: int, chosen: Scheduling, now: datetime) -> Rules:
    """Make these the learner's current rules; they act from the next answer on.

    The rules until now stay, because reviews name them; the same combination is used again.
    """
    current = session.scalars(
        select(Rules).where(Rules.learner_id == learner_id, Rules.is_current)
    ).one()
    if _combination(current) == _wanted(chosen, current.weights_id):
        return current
    session.execute(
        update(Rules).where(Rules.learner_id == learner_id).values(is_current=False)
    )  # before another becomes current: the table allows one
    return _made_current(session, learner_id, chosen, current.weights_id, now)


def minutes_by_retention(
    rules: SchedulingRules, *, facts: int, new_per_day: int, seconds_per_answer: float
) -> Mapping[float, float]:
    """Return the minutes a day to expect for each named share of recall, and for the current one.

    0 for all where nothing new is begun.
    """
    return {
        share: minutes_a_day(
            rules=replace(rules, desired_retention=share),
            facts=facts,
            new_per_day=new_per_day,
            seconds_per_answer=seconds_per_answer,
            rng=Random(SEED),  # noqa: S311  # an estimate, not a secret
        )
        for share in sorted({*PRESETS, rules.desired_retention})
    }


def _made_current(
    session: Session, learner_id: int, chosen: Scheduling, weights_id: int, now: datetime
) -> Rules:
    wanted = _wanted(chosen, weights_id)
    known = session.scalars(select(Rules).where(Rules.learner_id == learner_id).order_by(Rules.id))
    rules = next((row for row in known if _combination(row) == wanted), None)
    if rules is None:
        rules = Rules(learner_id=learner_id, made_at=now, **wanted)
        session.add(rules)
    rules.is_current = True
    session.flush()
    return rules


def _combination(rules: Rules) -> Mapping[str, object]:
    return {
        "weights_id": rules.weights_id,
        "desired_retention": rules.desired_retention,
        "learning_steps": rules.learning_steps,
        "relearning_steps": rules.relearning_steps,
    }


def _wanted(chosen: Scheduling, weights_id: int) -> Mapping[str, object]:
    return {
        "weights_id": weights_id,
        "desired_retention": chosen.desired_retention,
        "learning_steps": services.steps_as_text(chosen.learning_steps),
        "relearning_steps": services.steps_as_text(chosen.relearning_steps),
    }
