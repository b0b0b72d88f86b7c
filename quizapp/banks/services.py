"""What a learner does with facts and banks outside practice: reading and pausing them."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.banks import queries
from quizapp.banks.queries import Opened
from quizapp.memory.learners import Learner
from quizapp.models import Bank, PausedBank, Reading


def read_fact(session: Session, learner: Learner, fact_id: int, now: datetime) -> None:
    """Record that a learner reads a fact, once for a study day.

    It is no review, but the fact is not asked again on that day. One that was answered that day
    is not recorded: its answer is known already, and its steps go on.
    """
    fact = queries.fact_by_id(session, fact_id)
    today = learner.study_day(now)
    if queries.opened(session, learner.id, fact.id, today) is not Opened.NO:
        return
    session.add(Reading(learner_id=learner.id, fact_id=fact.id, study_day=today, read_at=now))
    session.flush()


def pause_bank(session: Session, learner: Learner, text_id: str, now: datetime) -> Bank:
    """Ask a learner nothing more of a bank until it is resumed, and return it."""
    bank = queries.bank_by_text_id(session, text_id)
    if session.get(PausedBank, (learner.id, bank.id)) is None:
        session.add(PausedBank(learner_id=learner.id, bank_id=bank.id, paused_at=now))
        session.flush()
    return bank


def resume_bank(session: Session, learner: Learner, text_id: str) -> Bank:
    """Ask a learner of a bank again, and return it; what was not paused stays as it is."""
    bank = queries.bank_by_text_id(session, text_id)
    paused = session.get(PausedBank, (learner.id, bank.id))
    if paused is not None:
        session.delete(paused)
        session.flush()
    return bank
