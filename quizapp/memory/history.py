"""What a learner remembered of one fact after each answer to it."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from quizapp.domain.rating import Rating
from quizapp.domain.scheduling import Schedule
from quizapp.memory import queries
from quizapp.memory.projection import NOTHING, extended


class Remembered(NamedTuple):
    """The schedule of a card after one answer, and how fast the chance of recall falls by it."""

    answered_on: date  # a study day
    rating: Rating
    schedule: Schedule
    decay: float  # of the formulas by which the answer was scheduled


def remembered_after_each(
    session: Session, learner_id: int, fact_id: int, now: datetime
) -> list[Remembered]:
    """Return a card's schedule after each answer that moved it, as a replay of the log gives."""
    key = queries.fuzz_key(session, learner_id, fact_id)
    state, states = NOTHING, []
    for row in queries.reviews_of_fact(session, learner_id, fact_id, now):
        answer = queries.logged_answer(row)
        state = extended(state, answer, key)
        if answer.affects_schedule and state.schedule is not None:
            states.append(
                Remembered(
                    answer.study_day, answer.rating, state.schedule, answer.rules.formulas.decay
                )
            )
    return states
