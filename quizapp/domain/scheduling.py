"""When a fact is asked again: FSRS-6 on whole study days, with steps, fuzz and ordered ratings."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct, structs

from quizapp.domain.fsrs import (
    DEFAULT_DECAY,
    DEFAULT_WEIGHTS,
    Formulas,
    fall,
    formulas_for,
    interval_days,
    retrievability,
)
from quizapp.domain.rating import Rating

__all__ = [
    "DEFAULT_DECAY",
    "DEFAULT_WEIGHTS",
    "CardState",
    "Given",
    "Rules",
    "Schedule",
    "after_answer",
    "fuzz_unit",
    "interval_days",
    "outcomes",
    "retrievability",
]

# From so many days on fuzz reaches so many days either way, and for each further day so much more.
FUZZ_REACHES = ((20.0, 2.975, 0.05), (7.0, 1.675, 0.1), (2.5, 1.0, 0.15))
# A wait longer than another by so much stays longer by two days or more, whatever fuzz does.
APART_SHARE, APART_DAYS = 1.06, 5


class CardState(StrEnum):
    """Where a card is in its life."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


AGAIN, HARD, GOOD, EASY = Rating  # on Python 3.11 `Rating.GOOD` takes longer than a power
LEARNING, REVIEW, RELEARNING = CardState


class Schedule(Struct, frozen=True, kw_only=True, gc=False):
    """What a card remembers and when its fact is asked again.

    A struct rather than a dataclass: making one takes a tenth of the time, which is most of
    what an answer costs here. `msgspec.structs.replace` makes a changed copy.
    """

    stability_days: float  # above 0
    difficulty: float  # from 1 to 10
    state: CardState
    step: int | None  # which step, from 0; None outside steps
    due_on: date  # a study day; inside steps that of the last answer
    step_due_at: datetime | None  # None outside steps
    last_review_on: date  # a study day
    lapses: int
    next_day: bool  # wrong and sure: due the next study day, once out of its steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a learner's cards are scheduled."""

    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    desired_retention: float = 0.9
    learning_steps_minutes: tuple[int, ...] = (1, 10)
    relearning_steps_minutes: tuple[int, ...] = (10,)
    max_interval_days: int = 36500
    formulas: Formulas = field(init=False, repr=False, compare=False)
    waits_in_stabilities: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        steps = (*self.learning_steps_minutes, *self.relearning_steps_minutes)
        if not 0 < self.desired_retention < 1:
            msg = f"a desired retention of {self.desired_retention} is not between 0 and 1"
            raise ValueError(msg)
        if self.max_interval_days < 1 or any(minutes <= 0 for minutes in steps):
            msg = f"a longest interval of {self.max_interval_days} days, steps of {steps} minutes"
            raise ValueError(msg)
        formulas = formulas_for(self.weights)
        object.__setattr__(self, "formulas", formulas)
        waits = fall(self.desired_retention, formulas.decay) / formulas.factor
        object.__setattr__(self, "waits_in_stabilities", waits)


class Given(Struct, frozen=True, kw_only=True, gc=False):
    """An answer, as the schedule sees it."""

    rating: Rating
    study_day: date
    answered_at: datetime
    may_leave_steps: bool = True  # False: the question was too easy to end the steps
    confident_error: bool = False  # wrong and sure, on the first try of the study day
    fuzz: float | None = None  # where in the range of fuzz, in [0, 1); None for no fuzz

    def __post_init__(self) -> None:
        if self.confident_error and self.rating != AGAIN:
            msg = f"an answer rated {self.rating.name} is no confident error"
            raise ValueError(msg)


def after_answer(card: Schedule | None, given: Given, rules: Rules) -> Schedule:
    """Return the schedule of a card after an answer; `card` is None for a new fact.

    Only the first answer of a study day and those inside steps belong here. Raises ValueError
    for an answer from a study day before the last one.

    Source of the steps: py-fsrs 6.3.2, `Scheduler.review_card`.
    """
    rating = given.rating
    if card is not None and card.state == REVIEW and rating != AGAIN:
        return _after_recall(card, given, rules)
    step: int | None
    if card is None:
        stabilities_days, difficulty = rules.formulas.first(rating)
        state, at_step, lapses, next_day = LEARNING, 0, 0, given.confident_error
    else:
        stabilities_days, difficulty = _memory(card, given, rules.formulas)
        state, at_step, lapses = card.state, card.step or 0, card.lapses
        next_day = given.confident_error or card.next_day
    if state == REVIEW:
        state, lapses = RELEARNING, lapses + 1
    learning = state == LEARNING
    steps_minutes = rules.learning_steps_minutes if learning else rules.relearning_steps_minutes
    lowest = _lowest_that_leaves(at_step, len(steps_minutes), given) if steps_minutes else HARD
    place = rating - HARD  # of its stability; -1, for Again, finds the only one
    if steps_minutes and rating < lowest:
        due_on, step = given.study_day, _next_step(at_step, len(steps_minutes), rating)
        step_due_at = given.answered_at + _delay(steps_minutes, step, rating)
    else:
        days = 1
        if not next_day:
            days = _interval_days(stabilities_days, place, lowest - HARD, card, given.fuzz, rules)
        due_on = given.study_day + _days(days)
        state, step, step_due_at, next_day = REVIEW, None, None, False
    return Schedule(
        stability_days=stabilities_days[place],
        difficulty=difficulty,
        state=state,
        step=step,
        due_on=due_on,
        step_due_at=step_due_at,
        last_review_on=given.study_day,
        lapses=lapses,
        next_day=next_day,
    )


def outcomes(card: Schedule | None, given: Given, rules: Rules) -> dict[Rating, Schedule]:
    """Return what each of the four ratings would give, the rating of `given` being ignored.

    Only Again can be a confident error.
    """
    return {
        rating: after_answer(
            card,
            structs.replace(
                given,
                rating=rating,
                confident_error=given.confident_error and rating == AGAIN,
            ),
            rules,
        )
        for rating in Rating
    }


def fuzz_unit(learner_seed: int, fact_key: str, review_count: int) -> float:
    """Return a number in [0, 1) that is the same for the same inputs, on every machine."""
    text = f"{learner_seed}:{review_count}:{fact_key}"
    digest = blake2b(text.encode(), digest_size=8).digest()
    return (int.from_bytes(digest) >> 11) / 2**53  # as many bits as a float holds


def _after_recall(card: Schedule, given: Given, rules: Rules) -> Schedule:
    """Return the schedule of a remembered fact that was recalled: no steps, the usual case."""
    stabilities_days, difficulty = _memory(card, given, rules.formulas)
    place = given.rating - HARD
    days = _interval_days(stabilities_days, place, 0, card, given.fuzz, rules)
    return Schedule(
        stability_days=stabilities_days[place],
        difficulty=difficulty,
        state=REVIEW,
        step=None,
        due_on=given.study_day + _days(days),
        step_due_at=None,
        last_review_on=given.study_day,
        lapses=card.lapses,
        next_day=False,
    )


def _memory(card: Schedule, given: Given, formulas: Formulas) -> tuple[tuple[float, ...], float]:
    """Return the stabilities, as `Formulas` has them, and the difficulty after an answer."""
    before_days, difficulty = card.stability_days, card.difficulty
    elapsed_days = (given.study_day - card.last_review_on).days
    if elapsed_days < 0:
        msg = f"an answer of {given.study_day} after one of {card.last_review_on}"
        raise ValueError(msg)
    after = formulas.next_difficulty(difficulty, given.rating)
    if given.rating == AGAIN:
        return formulas.forgotten(before_days, difficulty, elapsed_days), after
    if elapsed_days == 0:
        return formulas.recalled_same_day(before_days), after
    return formulas.recalled(before_days, difficulty, elapsed_days), after


def _lowest_that_leaves(step: int, count: int, given: Given) -> Rating:
    """Return the lowest rating but Again that ends the steps, of which there are `count`.

    `step` lies beyond them if there were more when the card came to it.
    """
    if step < count - 1 or not given.may_leave_steps:
        return EASY
    return GOOD if step == count - 1 else HARD


def _next_step(step: int, count: int, rating: Rating) -> int:
    """Return the step to which an answer leads that does not end the steps."""
    if rating == AGAIN:
        return 0
    if rating == GOOD:
        step += 1
    return step if step < count else count - 1


def _delay(steps_minutes: tuple[int, ...], step: int, rating: Rating) -> timedelta:
    """Return the wait until a step: its own, but half-way to the next for Hard at the first."""
    if rating != HARD or step > 0:
        return _minutes(steps_minutes[step])
    if len(steps_minutes) == 1:
        return _minutes(steps_minutes[0] * 1.5)
    return _minutes((steps_minutes[0] + steps_minutes[1]) / 2)


@lru_cache(maxsize=4096)
def _days(count: int) -> timedelta:
    """Return a wait of whole days; making one anew takes longer than to look it up."""
    return timedelta(count)


@lru_cache(maxsize=1024)
def _minutes(count: float) -> timedelta:
    """Return a wait of minutes, not made anew each time either."""
    return timedelta(minutes=count)


def _interval_days(
    stabilities_days: tuple[float, ...],
    place: int,
    lowest_place: int,
    card: Schedule | None,
    fuzz: float | None,
    rules: Rules,
) -> int:
    """Return the days until the next review, for the stability at `place`.

    A rating waits at least a day longer than the one below, down to the lowest that leaves,
    unless that is more than the longest interval. Those far apart do so by themselves, save
    that first stabilities need not be in order.
    """
    waits, max_days = rules.waits_in_stabilities, rules.max_interval_days
    raw_days = stabilities_days[place] * waits
    if raw_days > max_days:
        raw_days = float(max_days)
    days = round(raw_days) if fuzz is None else _fuzzed_days(raw_days, fuzz, card, max_days)
    least_days = 1
    if place > lowest_place:
        below_days = stabilities_days[place - 1] * waits
        if card is None or raw_days < below_days * APART_SHARE + APART_DAYS:
            least_days += _interval_days(
                stabilities_days, place - 1, lowest_place, card, fuzz, rules
            )
    return days if days >= least_days else min(least_days, max_days)


def _fuzzed_days(raw_days: float, fuzz: float, card: Schedule | None, max_days: int) -> int:
    """Return an interval moved at random by a day and a share of it; under 2.5 days it stays.

    `fuzz` in [0, 1) says where in the range. An interval that grew beyond the last one is not
    moved below that. Source: Anki, rslib/src/scheduler/states/fuzz.rs.
    """
    reach_days = _fuzz_reach_days(raw_days)
    if not reach_days:
        return round(raw_days)
    lower = round(raw_days - reach_days)  # 2 or more, as 2.5 days reach a day either way
    above = round(raw_days + reach_days) + 1
    if above > max_days:
        above = max_days + 1
    days = lower + int(fuzz * (above - lower))
    last_days = (card.due_on - card.last_review_on).days if card else 0
    return last_days if days < last_days < round(raw_days) else days


def _fuzz_reach_days(raw_days: float) -> float:
    """Return how far fuzz may move an interval either way; 0 for one under 2.5 days."""
    for start_days, reach_days, share in FUZZ_REACHES:
        if raw_days >= start_days:
            return reach_days + share * (raw_days - start_days)
    return 0.0
