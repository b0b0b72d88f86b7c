"""From the log to the state: folding the answers to one fact, oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, reduce

import msgspec

from quizapp.domain.bank_files import Demand
from quizapp.domain.rating import Certainty, Rating, is_confident_error
from quizapp.domain.scheduling import Given, Rules, Schedule, after_answer, fuzz_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedAnswer:
    """What a replay needs to know of one row of the log."""

    study_day: date
    answered_at: datetime
    rating: Rating
    share: float
    certainty: Certainty
    question_id: int
    demand: Demand
    affects_schedule: bool
    rules: Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """What the log says of one learner and one fact; `schedule` is None for a new fact."""

    schedule: Schedule | None = None
    reviews: int = 0
    last_question_id: int | None = None
    introduced_on: date | None = None
    last_answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FuzzKey:
    """What makes a learner's fuzz for a fact the same in every replay."""

    learner_seed: int
    fact_key: str  # the text ids of bank and fact

    def unit(self, reviews_before: int) -> float:
        """Return where in its range the fuzz of the next answer is, in [0, 1)."""
        return fuzz_unit(self.learner_seed, self.fact_key, reviews_before)


NOTHING = Projection()


def given(answer: LoggedAnswer, key: FuzzKey, reviews_before: int) -> Given:
    """Return a logged answer as the scheduler takes it."""
    return Given(
        rating=answer.rating,
        study_day=answer.study_day,
        answered_at=answer.answered_at,
        may_leave_steps=answer.demand >= Demand.RECONSTRUCT,
        confident_error=answer.rating is Rating.AGAIN
        and is_confident_error(answer.share, answer.certainty),
        fuzz=key.unit(reviews_before),
    )


def moves(schedule: Schedule | None, study_day: date) -> bool:
    """Return whether an answer on a study day moves the schedule that it meets.

    The first try of a study day does, and so does one inside the steps.
    """
    if schedule is None or schedule.last_review_on < study_day:
        return True
    return schedule.step_due_at is not None


def extended(before: Projection, answer: LoggedAnswer, key: FuzzKey) -> Projection:
    """Return the state after one more answer, which must not be older than the last.

    An answer that does not affect the schedule leaves the state as it was; so does one that was
    the first of its study day, or inside the steps, until a late arrival or a correction came.
    """
    if not answer.affects_schedule or not moves(before.schedule, answer.study_day):
        return before
    return Projection(
        schedule=after_answer(before.schedule, given(answer, key, before.reviews), answer.rules),
        reviews=before.reviews + 1,
        last_question_id=answer.question_id,
        introduced_on=before.introduced_on or answer.study_day,
        last_answered_at=answer.answered_at,
    )


def projected(
    answers: Iterable[LoggedAnswer], key: FuzzKey, before: Projection = NOTHING
) -> Projection:
    """Return the state after answers to a fact, given in the order of a replay."""
    return reduce(lambda state, answer: extended(state, answer, key), answers, before)


@lru_cache(maxsize=1024)
def rules_from_row(
    numbers: str, desired_retention: float, learning_steps: str, relearning_steps: str
) -> Rules:
    """Return the scheduler's rules as a row of `rules`, with its weights, holds them."""
    return Rules(
        weights=tuple(msgspec.json.decode(numbers, type=list[float])),
        desired_retention=desired_retention,
        learning_steps_minutes=steps_from_text(learning_steps),
        relearning_steps_minutes=steps_from_text(relearning_steps),
    )


def steps_from_text(text: str) -> tuple[int, ...]:
    """Return steps in minutes, as "1 10" or "" hold them."""
    return tuple(int(minutes) for minutes in text.split())
