"""The dated facts of all banks."""

from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Calendar
from quizapp.domain.timeline import Dated, dated
from quizapp.memory.progress import strength_of_card
from quizapp.memory.sight import Sight, sight
from quizapp.models import Bank, Card, Fact, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated fact; its statement only if the learner may see it."""

    id: int
    part: int | None
    bank_title: str
    theme: str
    date: str  # as its file has it
    when: Dated
    strength: str  # a `Strength`
    sight: Sight
    statement: str | None


def events(session: Session, learner_id: int, today: date, part: int | None = None) -> list[Event]:
    """Return the dated facts of one part, or of all banks, in the order of parts and files.

    One whose date does not exist is left out.
    """
    statement = (
        select(
            Fact.id,
            Bank.part,
            Bank.title.label("bank_title"),
            Bank.calendar,
            Theme.title.label("theme"),
            Fact.date,
            Fact.statement,
            strength_of_card().label("strength"),
            sight(learner_id, today).label("sight"),
        )
        .select_from(Fact)
        .join(Fact.bank)
        .join(Fact.theme)
        .outerjoin(Card, and_(Card.fact_id == Fact.id, Card.learner_id == learner_id))
        .where(Fact.date.is_not(None), Fact.retired_at.is_(None), Bank.retired_at.is_(None))
        .order_by(Bank.part.is_(None), Bank.part, Bank.title, Bank.id, Fact.position, Fact.id)
    )
    if part is not None:
        statement = statement.where(Bank.part == part)
    found = []
    for row in session.execute(statement):
        calendar: Calendar = msgspec.convert(row.calendar, Calendar)
        when = dated(row.date, calendar)
        if when is not None:
            found.append(
                Event(
                    id=row.id,
                    part=row.part,
                    bank_title=row.bank_title,
                    theme=row.theme,
                    date=row.date,
                    when=when,
                    strength=row.strength,
                    sight=Sight(row.sight),
                    statement=row.statement if row.sight == Sight.SHOWN else None,
                )
            )
    return found
