"""What administrators read: reports about questions, and versions. No answers of anybody."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from quizapp.accounts.exporting import prompt_of
from quizapp.models import Bank, Fact, Question, QuestionReport, QuestionVersion

QUESTIONS_ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Reported:
    """A question in which faults were reported, with what was said."""

    bank: str
    fact: str
    fact_id: int
    prompt: str
    version: int
    times: int
    last_at: datetime
    reports: Sequence[QuestionReport]


def reported_questions(session: Session, page: int) -> Sequence[Reported]:
    """Return a page of reported questions, those with most reports first; pages begin at 1."""
    rows = session.execute(
        _counts().limit(QUESTIONS_ON_A_PAGE).offset((page - 1) * QUESTIONS_ON_A_PAGE)
    ).all()
    said: dict[int, list[QuestionReport]] = {row.version_id: [] for row in rows}
    for report in session.scalars(
        select(QuestionReport)
        .where(QuestionReport.question_version_id.in_(said))
        .order_by(QuestionReport.reported_at.desc(), QuestionReport.id.desc())
    ):
        said[report.question_version_id].append(report)
    return [_reported(row, said[row.version_id]) for row in rows]


def reported_count(session: Session) -> int:
    """Return how many questions were reported."""
    distinct = func.count(QuestionReport.question_version_id.distinct())
    return session.scalar(select(distinct)) or 0


def versions(session: Session, app_name: str) -> Mapping[str, str]:
    """Return the versions of what runs here, by name."""
    dialect = session.get_bind().dialect
    database = ".".join(map(str, dialect.server_version_info or ()))
    return {
        app_name: metadata.version("quizapp"),
        "Python": platform.python_version(),
        {"sqlite": "SQLite"}.get(dialect.name, dialect.name): database,
    }


def _counts() -> Any:
    times = func.count(QuestionReport.id).label("times")
    last_at = func.max(QuestionReport.reported_at).label("last_at")
    return (
        select(
            QuestionVersion.id.label("version_id"),
            QuestionVersion.number,
            QuestionVersion.content,
            Fact.id.label("fact_id"),
            Fact.text_id.label("fact"),
            Bank.title.label("bank"),
            times,
            last_at,
        )
        .join(QuestionReport, QuestionReport.question_version_id == QuestionVersion.id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(Fact, Fact.id == Question.fact_id)
        .join(Bank, Bank.id == Fact.bank_id)
        .group_by(QuestionVersion.id, Fact.id, Bank.id)
        .order_by(times.desc(), last_at.desc(), QuestionVersion.id)
    )


def _reported(row: Row[Any], reports: Sequence[QuestionReport]) -> Reported:
    return Reported(
        bank=row.bank,
        fact=row.fact,
        fact_id=row.fact_id,
        prompt=prompt_of(row.content),
        version=row.number,
        times=row.times,
        last_at=row.last_at,
        reports=reports,
    )
