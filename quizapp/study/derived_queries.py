"""The facts that a learner has met, as company in a question, and where such questions are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Demand
from quizapp.domain.derived import NEARBY_YEARS, MetFact
from quizapp.memory.statements import Lean

POSITION = 1000  # behind every written question of a fact

# A fact stands in several rows, one for each that it is kept apart from.
_MET = Lean(
    f"""
    SELECT f.id, f.bank_id, f.kind, f.statement, f.why, f.date, f.people, b.calendar, a.other_id
    FROM fact g
    JOIN bank h ON h.id = g.bank_id
    JOIN bank b ON b.calendar = h.calendar AND b.retired_at IS NULL
    JOIN fact f ON f.bank_id = b.id AND f.retired_at IS NULL
    JOIN card c ON c.learner_id = :learner_id AND c.fact_id = f.id AND c.state <> 'new'
    LEFT JOIN fact_apart a ON a.fact_id = f.id
    WHERE g.id = :fact_id AND (g.date IS NOT NULL OR g.people <> '[]')
        AND f.kind IN ('event', 'person')
        AND (f.bank_id = g.bank_id OR abs(
            CAST(substr(f.date, 1, 4) AS INTEGER) - CAST(substr(g.date, 1, 4) AS INTEGER)
        ) <= {NEARBY_YEARS})
        AND b.id NOT IN (SELECT p.bank_id FROM paused_bank p WHERE p.learner_id = :learner_id)
    ORDER BY f.id, a.other_id
    """
)
_ADD_QUESTION = Lean(
    f"""
    INSERT INTO question (fact_id, text_id, type, demand, position, version, retired_at)
    VALUES (:fact_id, :text_id, :type, :demand, {POSITION}, 1, :now)
    ON CONFLICT (fact_id, text_id) DO UPDATE SET position = excluded.position
    RETURNING id
    """
)
_ADD_VERSION = Lean(
    """
    INSERT INTO question_version (question_id, number, content, made_at)
    VALUES (:question_id, 1, :content, :now)
    ON CONFLICT (question_id, number) DO UPDATE SET number = excluded.number
    RETURNING id
    """
)
_ASK = Lean(
    """
    INSERT INTO derived_ask (learner_id, fact_id, question_version_id, card_revision, made_at)
    VALUES (:learner_id, :fact_id, :version_id, :card_revision, :now)
    ON CONFLICT (learner_id, fact_id) DO UPDATE SET
        question_version_id = excluded.question_version_id,
        card_revision = excluded.card_revision, made_at = excluded.made_at
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedForm:
    """A question made from facts, as it is stored."""

    fact_id: int
    text_id: str
    type: str
    demand: Demand
    content: str


def met_facts(session: Session, learner_id: int, fact_id: int) -> list[MetFact]:
    """Return the events and people that may stand beside a fact, itself among them.

    They are those the learner has answered, of the fact's bank or near it in time, with dates
    of the same calendar; none for a fact with neither a date nor people.
    """
    found: dict[int, tuple[Any, set[int]]] = {}
    for row in _MET.all(session, {"learner_id": learner_id, "fact_id": fact_id}):
        _, apart = found.setdefault(row.id, (row, set()))
        if row.other_id is not None:
            apart.add(row.other_id)
    return [_met_fact(row, apart) for row, apart in found.values()]


def keep(
    session: Session, learner_id: int, form: DerivedForm, card_revision: int, now: datetime
) -> None:
    """Store a question, retired so that it is never drawn, and ask it next at this revision."""
    values: dict[str, Any] = {
        "learner_id": learner_id,
        "fact_id": form.fact_id,
        "text_id": form.text_id,
        "type": form.type,
        "demand": form.demand.value,
        "content": form.content,
        "card_revision": card_revision,
        "now": now,
    }
    values["question_id"] = _ADD_QUESTION.one(session, values).id
    values["version_id"] = _ADD_VERSION.one(session, values).id
    _ASK.all(session, values)


def _met_fact(row: Any, apart: set[int]) -> MetFact:
    return MetFact(
        id=row.id,
        bank_id=row.bank_id,
        kind=row.kind,
        statement=row.statement,
        why=row.why,
        date=row.date,
        calendar=row.calendar,
        people=msgspec.json.decode(row.people, type=tuple[str, ...]),
        apart=frozenset(apart),
    )
