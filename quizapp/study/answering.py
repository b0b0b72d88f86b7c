"""Answers of practice: from a form to the log."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.domain.answers import Answer, Typed, answer_as_json, answer_from_json, is_blank
from quizapp.domain.bank_files import Explain, Flashcard, Question
from quizapp.domain.errors import (
    BlankAnswerError,
    MalformedAnswerError,
    QuestionNotFoundError,
    ReviewNotFoundError,
)
from quizapp.domain.hints import as_asked, has_hint
from quizapp.domain.presentation import Fields, answer_from_fields, shuffle
from quizapp.domain.rating import Certainty, Rating
from quizapp.memory import queries as memory_queries
from quizapp.memory.learners import Learner
from quizapp.memory.queries import Asked
from quizapp.memory.services import Recorded, Submission, record, recorded
from quizapp.models import Reveal
from quizapp.study import derived, queries
from quizapp.study.services import QuestionPage

CLIENT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONGEST_ANSWER = timedelta(minutes=30)  # a form left open longer tells nothing about the learner


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What comes with every answer: which form it was, and how it was sent."""

    client_id: str
    version_id: int
    card_revision: int
    certainty: Certainty
    hint_used: bool
    shown_at: datetime | None
    fields: Fields
    is_again: bool = False  # asked outside the queue, because the learner wanted to


def answer(
    session: Session, learner: Learner, form: Form, *, secret: str, now: datetime
) -> Recorded | Reveal:
    """Store an answer: marked at once, or kept for the learner's own rating.

    The same form sent again gets the first reply. Raises `BlankAnswerError` for nothing entered.
    """
    asked = _asked(session, learner, form, now)
    if asked.review_id is not None:
        return first_reply(session, learner, asked.review_id)
    dont_know = form.certainty is Certainty.DONT_KNOW
    if isinstance(asked.question, Flashcard | Explain):
        waiting = queries.reveal(session, learner.id, form.client_id)
        if not dont_know:
            return waiting or _reveal(session, learner, asked, form, secret, now)
        if waiting is not None:
            session.delete(waiting)  # the learner went back and did not know after all
    submission = Submission(
        client_id=form.client_id,
        question_version_id=form.version_id,
        card_revision=form.card_revision,
        answer=Typed("") if dont_know else answer_in(asked.question, form, secret),
        certainty=form.certainty,
        hint_used=form.hint_used,
        milliseconds=milliseconds(form.shown_at, now),
    )
    return _stored(session, learner, submission, now, asked)


def rate(
    session: Session, learner: Learner, client_id: str, rating: Rating, now: datetime
) -> Recorded:
    """Record an answer that was revealed, with the learner's own rating; once."""
    waiting = queries.reveal(session, learner.id, client_id)
    if waiting is None:
        return _rated_before(session, learner, client_id)
    submission = Submission(
        client_id=client_id,
        question_version_id=waiting.question_version_id,
        card_revision=waiting.card_revision,
        answer=answer_from_json(waiting.answered),
        certainty=Certainty(waiting.certainty),
        hint_used=waiting.hint_used,
        milliseconds=waiting.milliseconds,
        own_rating=rating,
    )
    result = _stored(session, learner, submission, now)
    session.delete(waiting)
    return result


def first_reply(session: Session, learner: Learner, review_id: int) -> Recorded:
    """Return an answer as it stands now, with what was corrected since.

    Raises `ReviewNotFoundError` if it is not the learner's, or was taken back.
    """
    standing = queries.standing_answer(session, learner.id, review_id)
    if standing is None:
        raise ReviewNotFoundError
    return recorded(session, learner, standing)


def question_again(
    session: Session, learner: Learner, form: Form, trouble: str, *, secret: str, now: datetime
) -> QuestionPage:
    """Return a question as its form showed it, with what was entered and why it was not taken."""
    asked = _asked(session, learner, form, now)
    question = asked.question
    rng = shuffle(secret, form.client_id, form.version_id)
    page, hint = as_asked(question, rng, with_hint=form.hint_used)
    return QuestionPage(
        client_id=form.client_id,
        fact_id=asked.fact_id,
        version_id=form.version_id,
        card_revision=form.card_revision,
        heading=queries.told(session, learner.id, asked.fact_id).heading,
        shown=page,
        hint=hint,
        has_hint=has_hint(question),
        with_hint=form.hint_used,
        is_own=isinstance(question, Flashcard | Explain),
        is_again=form.is_again,
        entered=form.fields,
        trouble=trouble,
    )


def milliseconds(shown_at: datetime | None, now: datetime) -> int | None:
    """Return how long an answer took; None if that is not known or cannot be."""
    if shown_at is None or not timedelta(0) <= now - shown_at <= LONGEST_ANSWER:
        return None
    return int((now - shown_at) / timedelta(milliseconds=1))


def checked_client_id(text: str) -> str:
    """Return a client id as forms send it; raises `MalformedAnswerError` for anything else."""
    if not CLIENT_ID.fullmatch(text):
        raise MalformedAnswerError
    return text


def answer_in(question: Question, form: Form, secret: str) -> Answer:
    """Return what was answered, as marking takes it; raises `BlankAnswerError` for nothing."""
    rng = shuffle(secret, form.client_id, form.version_id)
    page, _ = as_asked(question, rng, with_hint=form.hint_used)
    given = answer_from_fields(question, page, form.fields)
    if is_blank(given):
        raise BlankAnswerError
    return given


def _stored(
    session: Session,
    learner: Learner,
    submission: Submission,
    now: datetime,
    asked: Asked | None = None,
) -> Recorded:
    """Add an answer to the log, and see to how its fact is asked next."""
    result = record(session, learner, submission, now, asked)
    derived.prepare(session, learner, result, now)
    return result


def _asked(session: Session, learner: Learner, form: Form, now: datetime) -> Asked:
    asked = memory_queries.asked(
        session,
        learner.id,
        learner.fuzz_seed,
        version_id=form.version_id,
        client_id=checked_client_id(form.client_id),
        today=learner.study_day(now),
    )
    if asked is None:
        raise QuestionNotFoundError
    return asked


def _reveal(
    session: Session, learner: Learner, asked: Asked, form: Form, secret: str, now: datetime
) -> Reveal:
    """Keep an answer before the right one is shown."""
    waiting = Reveal(
        learner_id=learner.id,
        client_id=form.client_id,
        fact_id=asked.fact_id,
        question_version_id=form.version_id,
        answered=answer_as_json(answer_in(asked.question, form, secret)),
        certainty=form.certainty.value,
        hint_used=form.hint_used,
        milliseconds=milliseconds(form.shown_at, now),
        card_revision=form.card_revision,
        revealed_at=now,
    )
    session.add(waiting)
    return waiting


def _rated_before(session: Session, learner: Learner, client_id: str) -> Recorded:
    review_id = queries.review_id_of(session, learner.id, client_id)
    if review_id is None:
        raise ReviewNotFoundError
    return first_reply(session, learner, review_id)
