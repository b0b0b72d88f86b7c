"""Five questions for a stranger: what was asked and answered is in the signed cookie only."""

from collections.abc import MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import uuid4

from sqlalchemy import Row
from sqlalchemy.orm import Session

from quizapp.domain.answers import Answer, Filled, Typed, answer_as_json, answer_from_json
from quizapp.domain.bank_files import Calendar, Question, question_from_json
from quizapp.domain.errors import QuestionNotFoundError, RuleError
from quizapp.domain.marking import Marked
from quizapp.domain.rating import LEAST_SHARE_REMEMBERED, Certainty
from quizapp.memory.learners import Learner
from quizapp.memory.services import Submission, marked_as, record
from quizapp.study import try_out_queries
from quizapp.study.answering import Form, answer_in

COOKIE_KEY = "try_out"
QUESTIONS = 5
LONGEST_TEXT = 120  # characters of a typed answer that the cookie has room for


@dataclass(frozen=True, slots=True, kw_only=True)
class TryOutQuestion:
    """A question of the try-out, as it was or will be asked."""

    version_id: int
    client_id: str
    fact_id: int
    question: Question
    calendar: Calendar
    row: Row[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TryOutAnswer:
    """An answer kept in the cookie."""

    version_id: int
    client_id: str
    answer: str  # JSON
    certainty: Certainty
    answered_at: datetime


def begin(session: Session, cookie: MutableMapping[str, Any], rng: Random) -> None:
    """Choose five questions of different facts, unless that was done before.

    They are chosen anew if some are gone, and with none to choose from the cookie stays as it is.
    """
    kept = [version_id for version_id, _ in cookie.get(COOKIE_KEY, {}).get("asks", [])]
    if kept and try_out_queries.known_versions(session, kept) == len(kept):
        return
    found = list(try_out_queries.candidates(session))
    rng.shuffle(found)
    by_fact = {row.fact_id: row.version_id for row in found}
    chosen = list(by_fact.values())[:QUESTIONS]
    asks = [[version, str(uuid4())] for version in chosen]
    cookie.pop(COOKIE_KEY, None)
    if asks:
        cookie[COOKIE_KEY] = {"asks": asks, "answers": []}


def asked_count(cookie: MutableMapping[str, Any]) -> int:
    """Return how many questions were chosen: five, or fewer where there are no more."""
    return len(cookie.get(COOKIE_KEY, {}).get("asks", []))


def asked(session: Session, cookie: MutableMapping[str, Any], place: int) -> TryOutQuestion | None:
    """Return the question at a place, from 0; None beyond the last."""
    asks = cookie.get(COOKIE_KEY, {}).get("asks", [])
    if not 0 <= place < len(asks):
        return None
    version_id, client_id = asks[place]
    row = try_out_queries.question(session, version_id)
    if row is None:
        raise QuestionNotFoundError
    return TryOutQuestion(
        version_id=version_id,
        client_id=client_id,
        fact_id=row.fact_id,
        question=question_from_json(row.content),
        calendar=row.calendar,
        row=row,
    )


def answers(cookie: MutableMapping[str, Any]) -> list[TryOutAnswer]:
    """Return the answers given so far."""
    kept = cookie.get(COOKIE_KEY, {}).get("answers", [])
    asks = cookie.get(COOKIE_KEY, {}).get("asks", [])
    return [
        TryOutAnswer(
            version_id=ask[0],
            client_id=ask[1],
            answer=answer,
            certainty=Certainty(certainty),
            answered_at=datetime.fromtimestamp(seconds, UTC),
        )
        for ask, (answer, certainty, seconds) in zip(asks, kept, strict=False)
    ]


def keep_answer(
    session: Session, cookie: MutableMapping[str, Any], form: Form, *, secret: str, now: datetime
) -> int:
    """Keep the answer to the next question in the cookie and return its place, from 0.

    One sent twice is kept once.
    """
    given = answers(cookie)
    places = [place for place, old in enumerate(given) if old.client_id == form.client_id]
    if places:
        return places[0]
    question = asked(session, cookie, len(given))
    if question is None or question.client_id != form.client_id:
        raise QuestionNotFoundError
    if form.certainty is Certainty.DONT_KNOW:
        answer = answer_as_json(Typed(""))
    else:
        answer = answer_as_json(_short(answer_in(question.question, form, secret)))
    kept = cookie[COOKIE_KEY]
    kept["answers"].append([answer, form.certainty.value, int(now.timestamp())])
    cookie[COOKIE_KEY] = dict(kept)  # a new object, so that the cookie is written
    return len(given)


def marked(question: TryOutQuestion, answer: TryOutAnswer) -> Marked:
    """Return an answer of the cookie, marked."""
    return marked_as(
        question.question,
        answer_from_json(answer.answer),
        question.calendar,
        answer.certainty,
    )


def right_count(session: Session, cookie: MutableMapping[str, Any]) -> int:
    """Return how many answers of the cookie are right."""
    found = 0
    for place, answer in enumerate(answers(cookie)):
        question = asked(session, cookie, place)
        if question is not None:
            found += marked(question, answer).share >= LEAST_SHARE_REMEMBERED
    return found


def keep_for_learner(
    session: Session, learner: Learner, cookie: MutableMapping[str, Any], now: datetime
) -> None:
    """Write the answers of a stranger who signed up to the log, once and with their own times.

    One that no longer fits its question, whose bank was replaced since, is left out.
    """
    for answer in answers(cookie):
        submission = Submission(
            client_id=answer.client_id,
            question_version_id=answer.version_id,
            card_revision=0,
            answer=answer_from_json(answer.answer),
            certainty=answer.certainty,
        )
        with suppress(RuleError):
            record(session, learner, submission, min(answer.answered_at, now))
    cookie.pop(COOKIE_KEY, None)


def _short(answer: Answer) -> Answer:
    """Return an answer cut to what the cookie has room for."""
    match answer:
        case Typed(text):
            return Typed(text[:LONGEST_TEXT])
        case Filled(gaps):
            longest = LONGEST_TEXT // max(1, len(gaps))
            return Filled({name: text[:longest] for name, text in gaps.items()})
    return answer
