"""How long a learner takes for an answer."""

from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models import Review

USUAL_SECONDS = 8.0  # an answer takes, until a learner's own answers say otherwise
ANSWERS_LOOKED_AT = 200


def seconds_per_answer(session: Session, learner_id: int) -> float:
    """Return a learner's usual time for an answer: the median of the last ones."""
    statement = (
        select(Review.milliseconds)
        .where(Review.learner_id == learner_id, Review.milliseconds.is_not(None))
        .order_by(Review.id.desc())
        .limit(ANSWERS_LOOKED_AT)
    )
    found = [taken for taken in session.scalars(statement) if taken is not None]
    return median(found) / 1000 if found else USUAL_SECONDS
