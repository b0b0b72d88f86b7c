"""What pages of banks and facts show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

import msgspec
from sqlalchemy import Row, and_, exists, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from quizapp.domain import bank_files
from quizapp.domain.bank_files import Calendar, Cite, question_from_json
from quizapp.domain.errors import BankNotFoundError, FactNotFoundError
from quizapp.domain.searching import matches
from quizapp.memory.progress import strength_of_card
from quizapp.memory.sight import met
from quizapp.models import (
    Bank,
    Card,
    Fact,
    Note,
    Question,
    QuestionVersion,
    Reading,
    Review,
    Source,
    Theme,
)


@dataclass(frozen=True, slots=True)
class BankLine:
    """A bank in a list, with its number of facts."""

    text_id: str
    part: int | None
    title: str
    period: str
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFilter:
    """Which facts of a bank to list; None for any."""

    theme: str | None = None  # its text id
    kind: str | None = None
    state: str | None = None  # a `Strength`
    search: str = ""


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact in a list; its statement only if the learner may see it."""

    id: int
    theme: str
    kind: str
    strength: str
    statement: str | None
    suspended: bool


class Opened(Enum):
    """Why a learner may see on a study day what a fact says."""

    ANSWERED = auto()
    READ = auto()
    NO = auto()


def bank_lines(session: Session) -> list[BankLine]:
    """Return every bank with its facts counted, the parts of the series first, in order."""
    rows = session.execute(
        select(Bank.text_id, Bank.part, Bank.title, Bank.period, func.count(Fact.id))
        .outerjoin(Fact, and_(Fact.bank_id == Bank.id, Fact.retired_at.is_(None)))
        .where(Bank.retired_at.is_(None))
        .group_by(Bank.id)
        .order_by(Bank.part.is_(None), Bank.part, Bank.title, Bank.id)
    )
    return [BankLine(*row) for row in rows]


def bank_by_text_id(session: Session, text_id: str) -> Bank:
    """Return a bank with its themes."""
    statement = (
        select(Bank)
        .where(Bank.text_id == text_id, Bank.retired_at.is_(None))
        .options(selectinload(Bank.themes))
    )
    found = session.scalar(statement)
    if found is None:
        raise BankNotFoundError
    return found


def fact_lines(
    session: Session, learner_id: int, bank_id: int, wanted: FactFilter
) -> list[FactLine]:
    """Return the facts of a bank that a filter lets through, in bank order.

    The statement of a fact that the learner neither answered nor read is left out, and not
    searched: it would answer the fact's questions.
    """
    strength = strength_of_card().label("strength")
    statement = (
        select(Fact, strength, met(learner_id).label("met"), Card.suspended)
        .join(Fact.theme)
        .outerjoin(Card, and_(Card.fact_id == Fact.id, Card.learner_id == learner_id))
        .where(Fact.bank_id == bank_id, Fact.retired_at.is_(None))
        .order_by(Fact.position, Fact.id)
        .options(contains_eager(Fact.theme))
    )
    for column, name in (
        (Theme.text_id, wanted.theme),
        (Fact.kind, wanted.kind),
        (strength, wanted.state),
    ):
        if name is not None:
            statement = statement.where(column == name)
    if wanted.search:
        statement = statement.where(met(learner_id))
    return [
        FactLine(
            id=row.Fact.id,
            theme=row.Fact.theme.title,
            kind=row.Fact.kind,
            strength=row.strength,
            statement=row.Fact.statement if row.met else None,
            suspended=bool(row.suspended),
        )
        for row in session.execute(statement)
        if matches(wanted.search, row.Fact.statement)
    ]


def fact_by_id(session: Session, fact_id: int) -> Fact:
    """Return a fact with its theme and its bank."""
    statement = (
        select(Fact)
        .where(Fact.id == fact_id)
        .join(Fact.theme)
        .join(Fact.bank)
        .options(contains_eager(Fact.theme), contains_eager(Fact.bank))
    )
    found = session.scalar(statement)
    if found is None:
        raise FactNotFoundError
    return found


def cites_of(fact: Fact) -> list[Cite]:
    """Return where a fact is said."""
    return msgspec.json.decode(fact.cites, type=list[Cite])


def people_of(fact: Fact) -> list[str]:
    """Return the people whom a fact names."""
    return msgspec.json.decode(fact.people, type=list[str])


def calendar_of(bank: Bank) -> Calendar:
    """Return the calendar of a bank's dates."""
    calendar: Calendar = msgspec.convert(bank.calendar, Calendar)
    return calendar


def sources_of(session: Session, bank_id: int) -> Mapping[str, bank_files.Source]:
    """Return the sources of a bank by their text ids."""
    rows = session.scalars(select(Source).where(Source.bank_id == bank_id))
    return {
        row.text_id: bank_files.Source(
            id=row.text_id,
            title=row.title,
            author=row.author,
            year=row.year,
            publisher=row.publisher,
            url=row.url,
            partisan=row.partisan,
        )
        for row in rows
    }


def questions_seen(session: Session, learner_id: int, fact_id: int) -> list[bank_files.Question]:
    """Return the questions of a fact that the learner answered, as they are asked now."""
    contents = session.scalars(
        select(QuestionVersion.content)
        .join(QuestionVersion.question)
        .where(
            Question.fact_id == fact_id,
            QuestionVersion.number == Question.version,
            Question.id.in_(
                select(QuestionVersion.question_id)
                .join(Review, Review.question_version_id == QuestionVersion.id)
                .where(Review.learner_id == learner_id, Review.fact_id == fact_id)
            ),
        )
        .order_by(Question.position, Question.id)
    )
    return [question_from_json(content) for content in contents]


def reviews_of(session: Session, learner_id: int, fact_id: int) -> Sequence[Row[Review, str]]:
    """Return every answer of a learner to a fact with its type of question, the newest first."""
    return session.execute(
        select(Review, Question.type)
        .join(Review.question_version)
        .join(QuestionVersion.question)
        .where(Review.learner_id == learner_id, Review.fact_id == fact_id)
        .order_by(Review.study_day.desc(), Review.answered_at.desc(), Review.id.desc())
    ).all()


def card_of(session: Session, learner_id: int, fact_id: int) -> Card | None:
    """Return a learner's card of a fact, if there is one."""
    return session.get(Card, (learner_id, fact_id))


def note_of(session: Session, learner_id: int, fact_id: int) -> str:
    """Return a learner's note on a fact; an empty text if there is none."""
    note = session.get(Note, (learner_id, fact_id))
    return "" if note is None else note.text


def opened(session: Session, learner_id: int, fact_id: int, today: date) -> Opened:
    """Return why a fact need not be hidden on a study day, if it need not."""
    answered = exists().where(
        Review.learner_id == learner_id,
        Review.fact_id == fact_id,
        Review.study_day == today,
        Review.voided_at.is_(None),
    )
    read = exists().where(
        Reading.learner_id == learner_id, Reading.fact_id == fact_id, Reading.study_day == today
    )
    row = session.execute(select(answered, read)).one()
    if row[0]:
        return Opened.ANSWERED
    return Opened.READ if row[1] else Opened.NO
