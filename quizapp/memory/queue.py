"""The queue: what a learner may be asked on a study day, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from quizapp.domain.scheduling import retrievability
from quizapp.domain.selection import (
    DayTally,
    DueCard,
    day_list,
    early_step,
    is_turn_of_new,
    shuffle_shift,
    step_to_ask,
)
from quizapp.memory import queue_queries as queries
from quizapp.memory.learners import Learner
from quizapp.memory.new_facts import choose_new

TOLD_WAIT = timedelta(minutes=1)  # from being shown a new fact to being asked it


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a sitting is about: everything, one bank, or one theme."""

    bank_id: int | None = None
    theme_id: int | None = None


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingState:
    """What the queue needs to know of a sitting."""

    scope: Scope
    started_at: datetime
    facts_wanted: int
    has_backlog: bool


@dataclass(frozen=True, slots=True)
class NewFact:
    """A new fact chosen for today, and when it was told if it was."""

    fact_id: int
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What is left of a study day within a scope, and how far the sitting is."""

    today: date
    now: datetime
    steps: list[DueCard]
    due: list[DueCard]  # the first of those due, in the order they are asked
    due_left: int  # all of those due
    new: list[NewFact]
    due_done: int
    new_done: int
    in_sitting: int  # facts answered in this sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """What comes next: a fact to ask or to tell, or none and when there will be one today."""

    fact_id: int | None
    is_told: bool = False  # to be shown, not asked
    waits_until: datetime | None = None  # a step that comes later than may be asked now
    answered: int = 0  # facts answered in the sitting
    wanted: int = 0


def queue(session: Session, learner: Learner, sitting: SittingState, now: datetime) -> Queue:
    """Return what is left of a learner's study day."""
    today = learner.study_day(now)
    values = queries.values(learner.id, today, sitting.scope.bank_id, sitting.scope.theme_id)
    values |= {
        "since": sitting.started_at,
        "shift": shuffle_shift(learner.fuzz_seed, today),
        "limit": learner.new_per_day,
    }
    in_order = queries.QUEUE if learner.interleave else queries.QUEUE_BY_BANK
    statement = queries.QUEUE_OF_LIST if sitting.has_backlog else in_order
    parts: dict[str, list[Any]] = {"answered": [], "step": [], "due": [], "new": []}
    for row in statement.all(session, values):
        parts[row.part].append(row)
    [answered] = parts["answered"]
    due_done = answered.fact_id - answered.number
    due_left = parts["due"][0].number if parts["due"] else 0
    if not sitting.has_backlog:
        due_left = min(due_left, max(learner.reviews_per_day - due_done, 0))
    new_left = max(learner.new_per_day - answered.number, 0)
    return Queue(
        today=today,
        now=now,
        steps=[_card(row) for row in parts["step"]],
        due=[_card(row) for row in parts["due"][:due_left]],
        due_left=due_left,
        new=[NewFact(row.fact_id, row.step_due_at) for row in parts["new"][:new_left]],
        due_done=due_done,
        new_done=answered.number,
        in_sitting=answered.in_sitting,
    )


def upcoming(queue: Queue, sitting: SittingState, *, tell_first: bool) -> Upcoming:
    """Return what comes next: open steps, then due and new facts in turn, then early steps.

    When the sitting has asked the facts it was to ask, only their steps are finished.
    """
    wanted = max(sitting.facts_wanted - queue.in_sitting, 0)
    steps = [card for card in queue.steps if wanted or card.in_sitting]
    fact_id, is_told = _next_fact(queue, steps, wanted, tell_first=tell_first)
    waiting = min((c.step_due_at for c in steps if c.step_due_at is not None), default=None)
    return Upcoming(
        fact_id=fact_id,
        is_told=is_told,
        waits_until=waiting if fact_id is None else None,
        answered=queue.in_sitting,
        wanted=sitting.facts_wanted,
    )


def prepare_day(session: Session, learner: Learner, scope: Scope, now: datetime) -> bool:
    """Choose today's new facts, and, with a backlog, today's due ones; return if there is one.

    What was chosen earlier in the study day stays chosen.
    """
    today = learner.study_day(now)
    values = queries.values(learner.id, today, scope.bank_id, scope.theme_id)
    _list(session, values, "new", choose_new(session, learner, values))
    return _choose_due(session, learner, today)


def _card(row: Any) -> DueCard:
    return DueCard(
        fact_id=row.fact_id,
        step_due_at=row.step_due_at,
        last_review_on=row.last_review_on,
        in_sitting=bool(row.in_sitting),
    )


def _next_fact(
    queue: Queue, steps: Sequence[DueCard], wanted: int, *, tell_first: bool
) -> tuple[int | None, bool]:
    """Return the fact that comes next, and whether it is told rather than asked.

    `wanted` is how many facts the sitting still has room for.
    """
    step = step_to_ask(steps, queue.today, queue.now)
    if step is not None:
        return step.fact_id, False
    if wanted:
        fact_id, is_told = _due_or_new(queue, wanted, tell_first=tell_first)
        if fact_id is not None:
            return fact_id, is_told
    early = early_step(steps, queue.now)
    return (None if early is None else early.fact_id), False


def _due_or_new(queue: Queue, wanted: int, *, tell_first: bool) -> tuple[int | None, bool]:
    """Return a due or a new fact; no more are told than the sitting can ask."""
    told = [fact for fact in queue.new if fact.told_at is not None]
    ready = [f for f in told if f.told_at is not None and f.told_at + TOLD_WAIT <= queue.now]
    has_room = not tell_first or len(told) < wanted
    untold = [fact for fact in queue.new if fact.told_at is None] if has_room else []
    if ready:
        return ready[0].fact_id, False
    tally = DayTally(
        due_done=queue.due_done,
        due_left=queue.due_left,
        new_done=queue.new_done + len(told),
        new_left=len(untold),
    )
    if is_turn_of_new(tally):
        return untold[0].fact_id, tell_first
    if queue.due:
        return queue.due[0].fact_id, False
    return (told[0].fact_id if told else None), False


def _choose_due(session: Session, learner: Learner, today: date) -> bool:
    """List the due facts of a day with a backlog over everything; return if it is such a day."""
    values = queries.values(learner.id, today, None, None)
    if session.execute(queries.HAS_DUE_LIST, values).scalar_one():
        return True
    rows = session.execute(queries.BACKLOG, values).all()
    answered = session.execute(queries.ANSWERED_TODAY, values | {"since": None}).one()
    left = learner.reviews_per_day - (answered.fact_id - answered.number)
    if len(rows) <= left:
        return False
    decay = learner.rules.formulas.decay
    recall = [
        (
            row.fact_id,
            retrievability((today - row.last_review_on).days, row.stability_days, decay),
        )
        for row in rows
    ]
    _list(session, values, "due", day_list(recall, max(left, 0)))
    return True


def _list(session: Session, values: dict[str, Any], kind: str, fact_ids: Sequence[int]) -> None:
    rows = [
        {
            "learner_id": values["learner_id"],
            "study_day": values["today"],
            "fact_id": fact_id,
            "kind": kind,
            "position": position,
        }
        for position, fact_id in enumerate(fact_ids, 1)
    ]
    if rows:
        session.execute(queries.ADD_TO_LIST, rows)
