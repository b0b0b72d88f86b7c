"""What the list of answers shows, worked out before the template sees it."""

from dataclasses import dataclass
from typing import Any

from flask_babel import format_datetime
from sqlalchemy import Row
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import question_from_json
from quizapp.domain.bank_texts import prompt
from quizapp.insights import queries
from quizapp.insights.queries import AnswerFilter
from quizapp.memory.learners import Learner
from quizapp.web import words
from quizapp.web.paging import Page, placed

ANSWERS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer, in words."""

    when: str  # in the learner's zone
    fact_id: int
    prompt: str
    theme: str
    question_type: str
    how_it_went: str
    rating: str


def answer_lines(
    session: Session, learner: Learner, wanted: AnswerFilter, number: int | None
) -> Page[AnswerLine]:
    """Return one page of a learner's answers, the newest first."""
    total = queries.count_answers(session, learner.id, wanted)
    number, pages = placed(total, number, ANSWERS_PER_PAGE)
    rows = queries.answers_of(
        session,
        learner.id,
        wanted,
        limit=ANSWERS_PER_PAGE,
        offset=(number - 1) * ANSWERS_PER_PAGE,
    )
    return Page([_line(row, learner) for row in rows], number, pages, total)


def _line(row: Row[*tuple[Any, ...]], learner: Learner) -> AnswerLine:
    answered_at = row.answered_at.astimezone(learner.zone)
    return AnswerLine(
        when=format_datetime(answered_at, "d MMM yyyy, HH:mm", rebase=False),
        fact_id=row.fact_id,
        prompt=prompt(question_from_json(row.content)),
        theme=row.theme,
        question_type=str(words.QUESTION_TYPES[row.type]),
        how_it_went=words.how_it_went(row.share, row.certainty),
        rating=str(words.RATINGS[row.rating]),
    )
