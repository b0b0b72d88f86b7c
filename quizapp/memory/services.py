"""Writing the log and keeping the cards true to it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from quizapp.domain.answers import (
    Answer,
    Verdict,
    answer_as_json,
    answer_from_json,
)
from quizapp.domain.bank_files import Calendar, Question
from quizapp.domain.errors import QuestionNotFoundError, ReviewNotFoundError
from quizapp.domain.marking import Marked, mark
from quizapp.domain.rating import Certainty, Rating, rate
from quizapp.domain.scheduling import Schedule, retrievability
from quizapp.memory import queries
from quizapp.memory.learners import Learner
from quizapp.memory.projection import LoggedAnswer, Projection, extended, moves, projected
from quizapp.memory.queries import Asked, CardRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """An answer as it came with its form."""

    client_id: str
    question_version_id: int
    card_revision: int
    answer: Answer
    certainty: Certainty
    hint_used: bool = False
    milliseconds: int | None = None
    own_rating: Rating | None = None  # of a flashcard or explanation
    kind: str = "practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An answer that is in the log, as its reply shows it."""

    review_id: int
    client_id: str
    asked: Asked
    answer: Answer
    marked: Marked
    certainty: Certainty
    rating: Rating
    hint_used: bool
    affects_schedule: bool
    due_on: date | None
    study_day: date
    answered_at: datetime
    schedule: Schedule | None  # of the card, after the answer


def record(
    session: Session,
    learner: Learner,
    submission: Submission,
    answered_at: datetime,
    asked: Asked | None = None,
) -> Recorded:
    """Mark an answer, add it to the log and move its card; the same client id counts once.

    An answer given to an older form of the card, or again on a study day outside the steps, or
    after the fact was read that day, is logged but does not move the schedule. One given before
    the last that counted arrives late: it takes its place, and those after it are replayed.
    """
    if asked is None:
        asked = _asked(session, learner, submission, learner.study_day(answered_at))
    if asked.review_id is not None:
        return recorded(session, learner, asked.review_id)
    marked, rating = _rated(asked, submission)
    before, later = _around(session, learner, asked, answered_at)
    answer = _logged(learner, asked, submission, marked, rating, answered_at, before.schedule)
    then = extended(before, answer, asked.fuzz_key)
    after = projected(later, asked.fuzz_key, then)
    recall = expected_recall(before.schedule, answer.study_day, learner)
    added = queries.ADD_REVIEW.one(
        session,
        {
            "learner_id": learner.id,
            "fact_id": asked.fact_id,
            "question_version_id": asked.version_id,
            "kind": submission.kind,
            "answered": answer_as_json(submission.answer),
            "share": answer.share,
            "certainty": submission.certainty.value,
            "hint_used": submission.hint_used,
            "rating": rating.value,
            "rated_by": "marking" if submission.own_rating is None else "learner",
            "answered_at": answered_at,
            "study_day": answer.study_day,
            "time_zone": learner.time_zone,
            "milliseconds": submission.milliseconds,
            "recall_expected": recall if answer.affects_schedule else None,
            "due_on": then.schedule.due_on if then.schedule and answer.affects_schedule else None,
            "affects_schedule": answer.affects_schedule,
            "counts_from": None,
            "rules_id": learner.rules_id,
            "card_revision": submission.card_revision,
            "client_id": submission.client_id,
        },
    )
    if answer.affects_schedule:
        _write_card(session, learner.id, asked.fact_id, after)
    return Recorded(
        review_id=added.id,
        client_id=submission.client_id,
        asked=asked,
        answer=submission.answer,
        marked=marked,
        certainty=submission.certainty,
        rating=rating,
        hint_used=submission.hint_used,
        affects_schedule=answer.affects_schedule,
        due_on=after.schedule.due_on if after.schedule else None,
        study_day=answer.study_day,
        answered_at=answered_at,
        schedule=after.schedule,
    )


def recorded(session: Session, learner: Learner, review_id: int) -> Recorded:
    """Return an answer that was recorded before, as its reply showed it."""
    row = queries.review(session, learner.id, review_id)
    if row is None:
        raise ReviewNotFoundError
    asked = _found(
        queries.asked(
            session,
            learner.id,
            learner.fuzz_seed,
            version_id=row.question_version_id,
            client_id=row.client_id,
            today=row.study_day,
        )
    )
    certainty, answer = Certainty(row.certainty), answer_from_json(row.answered)
    schedule = asked.card.projection.schedule
    return Recorded(
        review_id=review_id,
        client_id=row.client_id,
        asked=asked,
        answer=answer,
        marked=marked_as(asked.question, answer, asked.calendar, certainty),
        certainty=certainty,
        rating=Rating(row.rating),
        hint_used=row.hint_used,
        affects_schedule=row.affects_schedule,
        due_on=schedule.due_on if schedule else None,
        study_day=row.study_day,
        answered_at=row.answered_at,
        schedule=schedule,
    )


def marked_as(
    question: Question, answer: Answer, calendar: Calendar, certainty: Certainty
) -> Marked:
    """Return an answer as marked; *I don't know* is wrong without a note."""
    if certainty is Certainty.DONT_KNOW:
        return Marked(share=0.0, verdict=Verdict.WRONG, notes=(), parts=())
    return mark(question, answer, calendar)


def expected_recall(schedule: Schedule | None, on: date, learner: Learner) -> float | None:
    """Return the chance of recall on a study day; None when new or within a study day."""
    if schedule is None or on <= schedule.last_review_on:
        return None
    elapsed_days = (on - schedule.last_review_on).days
    return retrievability(elapsed_days, schedule.stability_days, learner.rules.formulas.decay)


def replay(session: Session, learner_id: int, fact_id: int, now: datetime) -> Projection:
    """Rebuild a card from the log and return what it now says."""
    key = queries.fuzz_key(session, learner_id, fact_id)
    rows = queries.reviews_of_fact(session, learner_id, fact_id, now)
    projection = projected(map(queries.logged_answer, rows), key)
    _write_card(session, learner_id, fact_id, projection)
    return projection


def set_flags(
    session: Session,
    learner_id: int,
    fact_id: int,
    *,
    suspended: bool,
    set_aside_until: date | None,
) -> None:
    """Say whether and from when a fact may be asked."""
    values = {
        "learner_id": learner_id,
        "fact_id": fact_id,
        "suspended": suspended,
        "set_aside_until": set_aside_until,
    }
    session.execute(queries.FLAG_CARD, values)


def _asked(session: Session, learner: Learner, submission: Submission, today: date) -> Asked:
    return _found(
        queries.asked(
            session,
            learner.id,
            learner.fuzz_seed,
            version_id=submission.question_version_id,
            client_id=submission.client_id,
            today=today,
        )
    )


def _found(asked: Asked | None) -> Asked:
    if asked is None:
        raise QuestionNotFoundError
    return asked


def _rated(asked: Asked, submission: Submission) -> tuple[Marked, Rating]:
    marked = marked_as(asked.question, submission.answer, asked.calendar, submission.certainty)
    if submission.own_rating is not None:
        return marked, submission.own_rating
    rating = rate(
        share=marked.share,
        certainty=submission.certainty,
        demand=asked.demand,
        hint_used=submission.hint_used,
    )
    return marked, rating


def _around(
    session: Session, learner: Learner, asked: Asked, answered_at: datetime
) -> tuple[Projection, list[LoggedAnswer]]:
    """Return the state that an answer meets, and the answers that come after it if it is late."""
    if not _arrives_late(asked.card, answered_at):
        return asked.card.projection, []
    place = (learner.study_day(answered_at), answered_at)
    rows = queries.reviews_of_fact(session, learner.id, asked.fact_id, answered_at)
    answers = [*map(queries.logged_answer, rows)]
    later = [answer for answer in answers if (answer.study_day, answer.answered_at) > place]
    return projected(answers[: len(answers) - len(later)], asked.fuzz_key), later


def _arrives_late(card: CardRow, answered_at: datetime) -> bool:
    last = card.projection.last_answered_at
    return last is not None and answered_at < last


def _logged(
    learner: Learner,
    asked: Asked,
    submission: Submission,
    marked: Marked,
    rating: Rating,
    answered_at: datetime,
    before: Schedule | None,
) -> LoggedAnswer:
    """Return an answer as a replay takes it; its study day is never before the last one."""
    today = learner.study_day(answered_at)
    if before is not None:
        today = max(today, before.last_review_on)
    is_current = submission.card_revision == asked.card.revision and not asked.was_read_today
    own = submission.own_rating
    return LoggedAnswer(
        study_day=today,
        answered_at=answered_at,
        rating=rating,
        share=marked.share if own is None else float(own is not Rating.AGAIN),
        certainty=submission.certainty,
        question_id=asked.question_id,
        demand=asked.demand,
        affects_schedule=is_current and moves(before, today),
        rules=learner.rules,
    )


def _write_card(session: Session, learner_id: int, fact_id: int, projection: Projection) -> None:
    queries.WRITE_CARD.all(
        session,
        {
            "learner_id": learner_id,
            "fact_id": fact_id,
            **queries.card_values(projection),
        },
    )
