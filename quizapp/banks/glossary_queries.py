"""What the glossary is made from: facts with their people, and what terms are called."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Short
from quizapp.memory.progress import strength_of_card
from quizapp.memory.sight import Sight, sight
from quizapp.models import Bank, Card, Fact, Question, QuestionVersion, Theme

TERM_KINDS = ("concept", "organisation", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryFact:
    """A fact that has people or explains a term; its statement only if it may be seen."""

    id: int
    bank_text_id: str
    bank_title: str
    part: int | None
    theme_id: int
    theme: str
    kind: str
    people: Sequence[str]
    strength: str  # a `Strength`
    sight: Sight
    statement: str | None

    @property
    def is_term(self) -> bool:
        """Whether it explains a concept, an organisation or a place."""
        return self.kind in TERM_KINDS


def glossary_facts(
    session: Session, learner_id: int, today: date, part: int | None = None
) -> list[GlossaryFact]:
    """Return the facts of one part, or of all banks, in the order of parts and of their files."""
    statement = (
        select(
            Fact.id,
            Bank.text_id.label("bank_text_id"),
            Bank.title.label("bank_title"),
            Bank.part,
            Fact.theme_id,
            Theme.title.label("theme"),
            Fact.kind,
            Fact.people,
            Fact.statement,
            strength_of_card().label("strength"),
            sight(learner_id, today).label("sight"),
        )
        .select_from(Fact)
        .join(Fact.bank)
        .join(Fact.theme)
        .outerjoin(Card, and_(Card.fact_id == Fact.id, Card.learner_id == learner_id))
        .where(Fact.retired_at.is_(None), Bank.retired_at.is_(None))
        .where(or_(Fact.people != "[]", Fact.kind.in_(TERM_KINDS)))
        .order_by(Bank.part.is_(None), Bank.part, Bank.title, Bank.id, Fact.position, Fact.id)
    )
    if part is not None:
        statement = statement.where(Bank.part == part)
    return [
        GlossaryFact(
            id=row.id,
            bank_text_id=row.bank_text_id,
            bank_title=row.bank_title,
            part=row.part,
            theme_id=row.theme_id,
            theme=row.theme,
            kind=row.kind,
            people=json.loads(row.people),
            strength=row.strength,
            sight=Sight(row.sight),
            statement=row.statement if row.sight == Sight.SHOWN else None,
        )
        for row in session.execute(statement)
    ]


def short_answers(session: Session, fact_ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    """Return what each fact's short questions take as their first answer, as asked now."""
    rows = session.execute(
        select(Question.fact_id, QuestionVersion.content)
        .join(QuestionVersion.question)
        .where(
            Question.fact_id.in_(fact_ids),
            Question.type == "short",
            Question.retired_at.is_(None),
            QuestionVersion.number == Question.version,
        )
        .order_by(Question.fact_id, Question.position, Question.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for fact_id, content in rows:
        found[fact_id].append(msgspec.json.decode(content, type=Short).accept[0])
    return found
