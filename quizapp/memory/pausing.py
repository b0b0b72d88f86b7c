"""Banks that learners have paused: nothing of them is asked, and nothing is forgotten of them."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from quizapp.models import Fact, PausedBank


def paused_bank_ids(session: Session, learner_id: int) -> frozenset[int]:
    """Return the banks that a learner has paused."""
    return frozenset(
        session.scalars(select(PausedBank.bank_id).where(PausedBank.learner_id == learner_id))
    )


def in_no_paused_bank(learner_id: int) -> ColumnElement[bool]:
    """Return whether a fact's bank is not paused by a learner, as SQL over the fact."""
    return Fact.bank_id.not_in(
        select(PausedBank.bank_id).where(PausedBank.learner_id == learner_id)
    )
