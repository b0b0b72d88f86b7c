"""How much a study day still asks, counted by the queue's own statements; nothing is chosen."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.memory import queue_queries as queries
from quizapp.memory.learners import Learner
from quizapp.memory.new_facts import count_new


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many facts are left to ask on a study day."""

    due: int  # those in their steps among them
    new: int


def day_counts(session: Session, learner: Learner, now: datetime) -> DayCounts:
    """Return how many facts practice will ask for the rest of the study day.

    They are those that `memory.queue.prepare_day` would list; counting them lists nothing.
    """
    today = learner.study_day(now)
    values = queries.values(learner.id, today, None, None)
    return DayCounts(_due(session, learner, values), count_new(session, learner, values))


def _due(session: Session, learner: Learner, values: dict[str, object]) -> int:
    values = values | {"since": None, "shift": 0, "limit": 0}
    has_list = session.execute(queries.HAS_DUE_LIST, values).scalar_one()
    rows = (queries.QUEUE_OF_LIST if has_list else queries.QUEUE).all(session, values)
    steps = len([row for row in rows if row.part == "step"])
    due = next((int(row.number) for row in rows if row.part == "due"), 0)
    if has_list:
        return steps + due
    answered = next(row for row in rows if row.part == "answered")
    left = max(learner.reviews_per_day - int(answered.fact_id - answered.number), 0)
    return steps + min(left, due)
