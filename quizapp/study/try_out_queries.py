"""What the try-out asks: questions of shipped banks that mark themselves."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from quizapp.memory.statements import query
from quizapp.models import QuestionVersion

CANDIDATES = query(
    """
    SELECT f.id AS fact_id, v.id AS version_id FROM question q
    JOIN question_version v ON v.question_id = q.id AND v.number = q.version
    JOIN fact f ON f.id = q.fact_id
    JOIN bank b ON b.id = f.bank_id
    WHERE q.type IN ('choice', 'true-false', 'cloze', 'short', 'order', 'match', 'multiple')
        AND q.retired_at IS NULL AND f.retired_at IS NULL AND b.retired_at IS NULL
        AND b.part IS NOT NULL
    ORDER BY v.id
    """
)
QUESTION = query(
    """
    SELECT v.content, f.id AS fact_id, f.why, f.cites, f.statement, f.bank_id, b.part,
        b.calendar, b.title AS bank_title, t.title AS theme_title, '' AS note
    FROM question_version v JOIN question q ON q.id = v.question_id
    JOIN fact f ON f.id = q.fact_id JOIN theme t ON t.id = f.theme_id
    JOIN bank b ON b.id = f.bank_id
    WHERE v.id = :version_id AND b.part IS NOT NULL
    """
)


def candidates(session: Session) -> Sequence[Row[Any]]:
    """Return the shipped questions that mark themselves, each with its fact."""
    return session.execute(CANDIDATES).all()


def known_versions(session: Session, version_ids: Sequence[int]) -> int:
    """Return how many of some question versions there are."""
    statement = select(func.count(QuestionVersion.id)).where(QuestionVersion.id.in_(version_ids))
    return session.scalar(statement) or 0


def question(session: Session, version_id: int) -> Row[Any] | None:
    """Return a shipped question with what its feedback tells, or None if there is none."""
    return session.execute(QUESTION, {"version_id": version_id}).one_or_none()
