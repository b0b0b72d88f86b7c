"""Correcting the log: rows are voided and replaced, never changed, and their facts replayed."""

from dataclasses import replace
from datetime import date, datetime
from itertools import takewhile
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import Row
from sqlalchemy.orm import Session

from quizapp.domain.answers import answer_from_json, translated
from quizapp.domain.bank_files import Demand, Question, question_from_json
from quizapp.domain.errors import ReviewNotFoundError
from quizapp.domain.marking import mark
from quizapp.domain.rating import Certainty, Rating, rate
from quizapp.memory import queries
from quizapp.memory.learners import Learner
from quizapp.memory.projection import extended, projected
from quizapp.memory.services import replay


def void(session: Session, learner: Learner, review_id: int, reason: str, now: datetime) -> int:
    """Take an answer out of the count, replay its fact and return the fact's id."""
    row = _standing(session, learner, review_id)
    _void_row(session, learner.id, review_id, reason, None, now)
    replay(session, learner.id, row.fact_id, now)
    fact_id: int = row.fact_id
    return fact_id


def change_rating(
    session: Session, learner: Learner, review_id: int, rating: Rating, now: datetime
) -> int:
    """Let the learner's own rating stand instead; return the id of the row that replaces it."""
    row = _standing(session, learner, review_id)
    change = {"rating": rating.value, "rated_by": "learner"}
    return _replace_row(session, learner.id, row, change, "rating changed", now)


def overrule(session: Session, learner: Learner, review_id: int, now: datetime) -> int:
    """Take the learner's word that an answer was right; return the id of the new row."""
    row = _standing(session, learner, review_id)
    certainty = Certainty(row.certainty)
    if certainty is Certainty.DONT_KNOW:
        certainty = Certainty.NOT_SURE
    rating = rate(
        share=1.0, certainty=certainty, demand=Demand(row.demand), hint_used=row.hint_used
    )
    change = {"rating": rating.value, "rated_by": "learner", "share": 1.0}
    return _replace_row(session, learner.id, row, change, "overruled", now)


def restore(session: Session, learner: Learner, review_id: int, now: datetime) -> int:
    """Take back a changed rating or an overruling; return the id of the new row.

    It says again what the row said in whose place the learner's own word was put.
    """
    row = _standing(session, learner, review_id)
    before = queries.replaced_review(session, learner.id, row.fact_id, review_id)
    if before is None or row.rated_by != "learner":
        raise ReviewNotFoundError
    change = {name: getattr(before, name) for name in ("rating", "rated_by", "share")}
    return _replace_row(session, learner.id, row, change, "restored", now)


def correct_key(session: Session, version_id: int, corrected: Question, now: datetime) -> int:
    """Mark every answer to a question version by a corrected key; return how many changed.

    What learners said themselves stands. Options are found by their text, since a corrected
    question may list them in another order.
    """
    changed = 0
    rows = session.execute(queries.REVIEWS_OF_VERSION, {"version_id": version_id}).all()
    for row in rows:
        old = question_from_json(row.content)
        answer = translated(answer_from_json(row.answered), old, corrected)
        certainty, demand = Certainty(row.certainty), Demand(row.demand)
        if answer is None or certainty is Certainty.DONT_KNOW:
            continue
        share = mark(corrected, answer, row.calendar).share
        rating = rate(share=share, certainty=certainty, demand=demand, hint_used=row.hint_used)
        if (share, rating) != (row.share, row.rating):
            change = {"rating": rating.value, "share": share}
            _replace_row(session, row.learner_id, row, change, "key corrected", now)
            changed += 1
    return changed


def _standing(session: Session, learner: Learner, review_id: int) -> Row[Any]:
    """Return a row of the learner's log that was neither taken back nor replaced."""
    row = queries.review(session, learner.id, review_id)
    if row is None or not row.stands:
        raise ReviewNotFoundError
    return row


def _void_row(
    session: Session,
    learner_id: int,
    review_id: int,
    reason: str,
    replaced_by_id: int | None,
    now: datetime,
) -> None:
    values = {
        "learner_id": learner_id,
        "review_id": review_id,
        "reason": reason,
        "replaced_by_id": replaced_by_id,
        "now": now,
    }
    session.execute(queries.VOID_REVIEW, values).one()


def _replace_row(
    session: Session,
    learner_id: int,
    row: Row[Any],
    change: dict[str, Any],
    reason: str,
    now: datetime,
) -> int:
    """Void a row, append its successor and replay the fact; return the successor's id.

    The successor keeps question version, moment and study day, and so its place in the replay.
    """
    values = {name: getattr(row, name) for name in queries.REVIEW_VALUES}
    values |= change | {
        "learner_id": learner_id,
        "due_on": _due_on(session, learner_id, row, change, now),
        "client_id": str(uuid5(NAMESPACE_OID, f"replaces review {row.id}")),
    }
    new_id: int = queries.ADD_REVIEW.one(session, values).id
    _void_row(session, learner_id, row.id, reason, new_id, now)
    replay(session, learner_id, row.fact_id, now)
    return new_id


def _due_on(
    session: Session, learner_id: int, row: Row[Any], change: dict[str, Any], now: datetime
) -> date | None:
    """Return the due day that a row gives once it is changed; None where it does not move."""
    if not row.affects_schedule:
        return None
    key = queries.fuzz_key(session, learner_id, row.fact_id)
    rows = queries.reviews_of_fact(session, learner_id, row.fact_id, now)
    earlier = takewhile(lambda other: other.id != row.id, rows)
    before = projected(map(queries.logged_answer, earlier), key)
    share = change.get("share", row.share)
    answer = replace(queries.logged_answer(row), rating=Rating(change["rating"]), share=share)
    schedule = extended(before, answer, key).schedule
    return None if schedule is None else schedule.due_on
