"""What the study pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Cite, Demand, Question, Source, question_from_json
from quizapp.domain.citations import source_lines
from quizapp.domain.selection import Form
from quizapp.memory.pausing import in_no_paused_bank
from quizapp.memory.queries import CARD_COLUMNS, NO_CARD, CardRow, card_from_row
from quizapp.memory.statements import Lean, change, query
from quizapp.models import Card, Fact, Note, Reveal, Review, Sitting
from quizapp.models import Source as SourceRow

FORMS = Lean(
    f"""
    SELECT q.id AS question_id, q.demand, v.id AS version_id, v.content,
        q.retired_at IS NOT NULL AS is_derived, t.title AS theme_title,
        b.title AS bank_title, b.part, b.calendar, {CARD_COLUMNS}
    FROM question q
    JOIN question_version v ON v.question_id = q.id AND v.number = q.version
    JOIN fact f ON f.id = q.fact_id
    JOIN theme t ON t.id = f.theme_id
    JOIN bank b ON b.id = f.bank_id
    LEFT JOIN card c ON c.learner_id = :learner_id AND c.fact_id = f.id
    LEFT JOIN derived_ask d ON d.learner_id = c.learner_id AND d.fact_id = c.fact_id
        AND d.card_revision = c.revision AND d.question_version_id = v.id
        AND NOT EXISTS (SELECT 1 FROM bank n WHERE n.loaded_at > d.made_at)
    WHERE q.fact_id = :fact_id AND (q.retired_at IS NULL OR d.fact_id IS NOT NULL)
    ORDER BY q.position, q.id
    """
)
OPEN_SITTING = Lean(
    """
    SELECT id, started_at, study_day, facts_wanted, minutes, bank_id, theme_id, has_backlog
    FROM sitting WHERE learner_id = :learner_id AND ended_at IS NULL
    ORDER BY started_at DESC LIMIT 1
    """
)
END_SITTINGS = change(
    """
    UPDATE sitting SET ended_at = :ended_at WHERE learner_id = :learner_id AND ended_at IS NULL
    """
)
FEEDBACK = query(
    """
    SELECT f.id AS fact_id, f.statement, f.why, f.cites, f.bank_id, b.part, b.calendar,
        b.title AS bank_title, t.title AS theme_title, n.text AS note
    FROM fact f JOIN bank b ON b.id = f.bank_id JOIN theme t ON t.id = f.theme_id
    LEFT JOIN note n ON n.fact_id = f.id AND n.learner_id = :learner_id
    WHERE f.id = :fact_id
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactForms:
    """A fact's questions as they are asked now, with the learner's card."""

    fact_id: int
    heading: str  # the part, if any, and the theme
    card: CardRow
    versions: dict[int, int]  # the current version of each question
    forms: Sequence[Form]
    contents: dict[int, str]
    derived_id: int | None  # a question made from this and other facts, which is to be asked

    def question(self, question_id: int) -> Question:
        """Return one of the questions."""
        return question_from_json(self.contents[question_id])


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a page tells of a fact."""

    fact_id: int
    heading: str
    statement: str
    why: str
    calendar: str
    sources: list[str]
    note: str


def open_sitting(session: Session, learner_id: int) -> Row[Any] | None:
    """Return the sitting that a learner has not ended, the newest first."""
    return OPEN_SITTING.first(session, {"learner_id": learner_id})


def last_sitting(session: Session, learner_id: int) -> Sitting | None:
    """Return the sitting that a learner began last."""
    statement = (
        select(Sitting)
        .where(Sitting.learner_id == learner_id)
        .order_by(Sitting.started_at.desc(), Sitting.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def fact_forms(session: Session, learner_id: int, fact_id: int) -> FactForms | None:
    """Return the ways to ask a fact, or None if there is none left."""
    rows = FORMS.all(session, {"learner_id": learner_id, "fact_id": fact_id})
    if all(row.is_derived for row in rows):
        return None
    first = rows[0]
    return FactForms(
        fact_id=fact_id,
        heading=heading(first.part, first.bank_title, first.theme_title),
        card=NO_CARD if first.revision is None else card_from_row(first),
        versions={row.question_id: row.version_id for row in rows},
        forms=[Form(row.question_id, Demand(row.demand)) for row in rows if not row.is_derived],
        contents={row.question_id: row.content for row in rows},
        derived_id=next((row.question_id for row in rows if row.is_derived), None),
    )


def told(session: Session, learner_id: int, fact_id: int) -> Told:
    """Return what a page tells of a fact that is known to exist."""
    row = session.execute(FEEDBACK, {"learner_id": learner_id, "fact_id": fact_id}).one()
    return told_from_row(session, row)


def told_from_row(session: Session, row: Row[Any]) -> Told:
    """Return what a row tells of its fact."""
    return Told(
        fact_id=row.fact_id,
        heading=heading(row.part, row.bank_title, row.theme_title),
        statement=row.statement,
        why=row.why,
        calendar=row.calendar,
        sources=_sources(session, row),
        note=row.note or "",
    )


def heading(part: int | None, bank_title: str, theme_title: str) -> str:
    """Return the small line above a question: where in the series it belongs."""
    return f"Part {part} · {theme_title}" if part else f"{bank_title} · {theme_title}"


def reveal(session: Session, learner_id: int, client_id: str) -> Reveal | None:
    """Return an answer that waits for the learner's own rating."""
    return session.get(Reveal, (learner_id, client_id))


def pending_reveal(session: Session, learner_id: int) -> Reveal | None:
    """Return the oldest answer that waits for the learner's own rating."""
    statement = (
        select(Reveal)
        .where(Reveal.learner_id == learner_id)
        .order_by(Reveal.revealed_at, Reveal.client_id)
        .limit(1)
    )
    return session.scalar(statement)


def answers_since(
    session: Session, learner_id: int, since: datetime
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the unvoided answers of a learner since a moment, oldest first, with their facts."""
    statement = (
        select(Review.fact_id, Review.rating, Review.study_day, Card.introduced_on, Fact.statement)
        .join(Fact, Fact.id == Review.fact_id)
        .join(Card, (Card.learner_id == Review.learner_id) & (Card.fact_id == Review.fact_id))
        .where(
            Review.learner_id == learner_id,
            Review.answered_at >= since,
            Review.voided_at.is_(None),
        )
        .order_by(Review.answered_at, Review.id)
    )
    return session.execute(statement).all()


def facts_answered(session: Session, learner_id: int, since: datetime) -> int:
    """Return how many facts were answered since a moment, as the queue counts them."""
    statement = select(func.count(Review.fact_id.distinct())).where(
        Review.learner_id == learner_id,
        Review.answered_at >= since,
        Review.affects_schedule,
        Review.voided_at.is_(None),
    )
    return session.scalar(statement) or 0


def next_due(session: Session, learner_id: int, today: date) -> tuple[date | None, datetime | None]:
    """Return the first study day on which a fact is due, and the first open step.

    What is suspended, retired, in a paused bank or set aside beyond today is left out.
    """
    is_asked = and_(
        Card.learner_id == learner_id,
        Card.suspended.is_(False),
        or_(Card.set_aside_until.is_(None), Card.set_aside_until <= today),
        Fact.retired_at.is_(None),
        in_no_paused_bank(learner_id),
    )
    cards = (
        select(func.min(Card.due_on)).join(Card.fact).where(is_asked, Card.step_due_at.is_(None))
    )
    steps = select(func.min(Card.step_due_at)).join(Card.fact).where(is_asked)
    return session.scalar(cards), session.scalar(steps)


def last_answer_id(session: Session, learner_id: int, since: datetime) -> int | None:
    """Return the newest answer that practice gave since a moment and that was not taken back.

    The moment of answering counts: a row that corrects an older answer is not the last one.
    """
    statement = (
        select(Review.id)
        .where(
            Review.learner_id == learner_id,
            Review.answered_at >= since,
            Review.kind == "practice",
            Review.voided_at.is_(None),
        )
        .order_by(Review.answered_at.desc(), Review.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def standing_answer(session: Session, learner_id: int, review_id: int) -> int | None:
    """Return an answer, or the one that stands in its place; None if it was taken back."""
    found: int | None = review_id
    while found is not None:
        row = session.execute(
            select(Review.voided_at, Review.replaced_by_id).where(
                Review.learner_id == learner_id, Review.id == found
            )
        ).one_or_none()
        if row is None or row.voided_at is None:
            return None if row is None else found
        found = row.replaced_by_id
    return None


def review_id_of(session: Session, learner_id: int, client_id: str) -> int | None:
    """Return the answer that came with a client id, voided or not."""
    statement = select(Review.id).where(
        Review.learner_id == learner_id, Review.client_id == client_id
    )
    return session.scalar(statement)


def note(session: Session, learner_id: int, fact_id: int) -> Note | None:
    """Return a learner's note on a fact."""
    return session.get(Note, (learner_id, fact_id))


def _sources(session: Session, row: Row[Any]) -> list[str]:
    cites = msgspec.json.decode(row.cites, type=list[Cite])
    named = {cite.source for cite in cites if cite.source}
    return source_lines(cites, _named_sources(session, row.bank_id, named), row.part)


def _named_sources(session: Session, bank_id: int, named: set[str]) -> dict[str, Source]:
    """Return sources of a bank by their text ids; most facts name none, which costs no query."""
    if not named:
        return {}
    found = session.scalars(
        select(SourceRow).where(SourceRow.bank_id == bank_id, SourceRow.text_id.in_(named))
    )
    return {
        source.text_id: Source(
            id=source.text_id,
            title=source.title,
            author=source.author,
            year=source.year,
            publisher=source.publisher,
            url=source.url,
        )
        for source in found
    }
