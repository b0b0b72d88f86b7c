"""What a learner's log and cards say, counted in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.figures import Expected, Share
from quizapp.domain.rating import LEAST_SHARE_REMEMBERED, Rating
from quizapp.memory.pausing import in_no_paused_bank
from quizapp.models import Card, Fact, Question, QuestionVersion, Review, Sitting, Theme


@dataclass(frozen=True, slots=True)
class Tries:
    """First tries at remembered facts: by what was expected, and how many were kept lately."""

    expected: Sequence[Expected]
    lately: Share

    @property
    def all(self) -> Share:
        """How many were kept in all."""
        return Share(
            sum(row.kept for row in self.expected), sum(row.answers for row in self.expected)
        )


def first_tries(
    session: Session, learner_id: int, *, since: date, lately_since: date, now: datetime
) -> Tries:
    """Return how first tries of study days at remembered facts went, since a study day."""
    log = _log(learner_id, now).subquery()
    kept = log.c.rating > Rating.AGAIN
    lately = log.c.study_day >= lately_since
    percent = cast(log.c.recall_expected * 100, Integer).label("percent")
    rows = session.execute(
        select(
            percent,
            func.sum(log.c.recall_expected).label("expected"),
            func.count().filter(kept).label("kept"),
            func.count().label("answers"),
            func.count().filter(and_(lately, kept)).label("kept_lately"),
            func.count().filter(lately).label("answers_lately"),
        )
        .where(log.c.was_remembered, log.c.recall_expected.is_not(None), log.c.study_day >= since)
        .group_by(percent)
        .order_by(percent)
    ).all()
    expected = [
        Expected(percent=row.percent, expected=row.expected, kept=row.kept, answers=row.answers)
        for row in rows
    ]
    recent = Share(sum(row.kept_lately for row in rows), sum(row.answers_lately for row in rows))
    return Tries(expected, recent)


def answers_marked_anew(session: Session, learner_id: int) -> int:
    """Return how many answers count anew by a corrected key since the last sitting began."""
    last_sitting = (
        select(func.max(Sitting.started_at))
        .where(Sitting.learner_id == learner_id)
        .scalar_subquery()
    )
    statement = select(func.count()).where(
        Review.learner_id == learner_id,
        Review.void_reason == "key corrected",
        Review.voided_at > last_sitting,
    )
    return session.scalar(statement) or 0


def _log(learner_id: int, now: datetime) -> Select[Any]:
    """Return the answers that moved cards, each with whether its fact was out of its steps.

    It was if the answer before gave a later day to come back on.
    """
    before = func.lag(Review.due_on > Review.study_day).over(
        partition_by=Review.fact_id, order_by=(Review.study_day, Review.answered_at, Review.id)
    )
    return select(
        Review.study_day, Review.rating, Review.recall_expected, before.label("was_remembered")
    ).where(
        Review.learner_id == learner_id,
        Review.voided_at.is_(None),
        Review.affects_schedule,
        or_(Review.counts_from.is_(None), Review.counts_from <= now),
    )


def right_by_certainty(session: Session, learner_id: int, since: date) -> Mapping[str, Share]:
    """Return how many answers were right, by how certain the learner was of them."""
    is_right = Review.share >= LEAST_SHARE_REMEMBERED
    rows = session.execute(
        select(Review.certainty, func.count().filter(is_right), func.count())
        .where(
            Review.learner_id == learner_id, Review.study_day >= since, Review.voided_at.is_(None)
        )
        .group_by(Review.certainty)
    )
    return {certainty: Share(right, answers) for certainty, right, answers in rows}


def answers_by_day(session: Session, learner_id: int, since: date) -> Mapping[date, int]:
    """Return the number of answers of each study day that has any, since one."""
    rows = session.execute(
        select(Review.study_day, func.count().label("answers"))
        .where(
            Review.learner_id == learner_id, Review.study_day >= since, Review.voided_at.is_(None)
        )
        .group_by(Review.study_day)
    )
    return {row.study_day: row.answers for row in rows}


def has_answered(session: Session, learner_id: int) -> bool:
    """Return whether a learner ever answered anything."""
    statement = select(Review.id).where(Review.learner_id == learner_id).limit(1)
    return session.scalar(statement) is not None


def due_after(session: Session, learner_id: int, today: date) -> list[tuple[date, int]]:
    """Return the later study days on which facts come back, and how many on each, in order.

    A fact that was set aside comes back when that ends, if it would be due before.
    """
    comes_on = case(
        (Card.set_aside_until > Card.due_on, Card.set_aside_until), else_=Card.due_on
    ).label("comes_on")
    rows = session.execute(
        select(comes_on, func.count())
        .join(Fact, Fact.id == Card.fact_id)
        .where(
            Card.learner_id == learner_id,
            Card.suspended.is_(False),
            Card.due_on.is_not(None),
            Fact.retired_at.is_(None),
            in_no_paused_bank(learner_id),
            comes_on > today,
        )
        .group_by(comes_on)
        .order_by(comes_on)
    )
    return [(day, facts) for day, facts in rows if day is not None]


def steps_after(session: Session, learner_id: int, now: datetime) -> Sequence[datetime]:
    """Return the moments from now on at which facts in their steps come back, the next first."""
    statement = (
        select(Card.step_due_at)
        .join(Fact, Fact.id == Card.fact_id)
        .where(
            Card.learner_id == learner_id,
            Card.step_due_at > now,
            Card.suspended.is_(False),
            Fact.retired_at.is_(None),
            in_no_paused_bank(learner_id),
        )
        .order_by(Card.step_due_at)
    )
    return [moment for moment in session.scalars(statement) if moment is not None]


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """Which answers to list; None for any."""

    day: date | None = None
    since: date | None = None
    certainty: str | None = None


def count_answers(session: Session, learner_id: int, wanted: AnswerFilter) -> int:
    """Return how many unvoided answers a filter lets through."""
    statement = select(func.count(Review.id)).where(*_conditions(learner_id, wanted))
    return session.scalar(statement) or 0


def answers_of(
    session: Session, learner_id: int, wanted: AnswerFilter, *, limit: int, offset: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return some unvoided answers with what was asked, the newest first."""
    statement = (
        select(
            Review.answered_at,
            Review.share,
            Review.certainty,
            Review.rating,
            Review.fact_id,
            QuestionVersion.content,
            Question.type,
            Theme.title.label("theme"),
        )
        .join(Review.question_version)
        .join(QuestionVersion.question)
        .join(Fact, Fact.id == Review.fact_id)
        .join(Fact.theme)
        .where(*_conditions(learner_id, wanted))
        .order_by(Review.answered_at.desc(), Review.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return session.execute(statement).all()


def _conditions(learner_id: int, wanted: AnswerFilter) -> list[ColumnElement[bool]]:
    conditions = [Review.learner_id == learner_id, Review.voided_at.is_(None)]
    if wanted.day is not None:
        conditions.append(Review.study_day == wanted.day)
    if wanted.since is not None:
        conditions.append(Review.study_day >= wanted.since)
    if wanted.certainty is not None:
        conditions.append(Review.certainty == wanted.certainty)
    return conditions
