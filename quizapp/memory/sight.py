"""What a learner may see of facts in lists, so that what will be asked is not given away."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, exists, not_, or_, select, tuple_
from sqlalchemy.orm import Session

from quizapp.models import Bank, Card, Fact, Reading, Review, Theme

NO_SEE = "[]"


class Sight(StrEnum):
    """Whether a fact is shown."""

    SHOWN = "shown"
    DUE = "due"  # met, and waiting to be asked today: to show it would answer it
    UNMET = "unmet"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFact:
    """Another fact that one names; its statement only if the learner may see it."""

    id: int
    part: int | None
    bank_title: str
    theme: str
    sight: Sight
    statement: str | None


def met(learner_id: int) -> ColumnElement[bool]:
    """Return whether the learner has answered or read a fact, as SQL over the fact."""
    return or_(
        exists().where(
            Review.fact_id == Fact.id,
            Review.learner_id == learner_id,
            Review.voided_at.is_(None),
        ),
        exists().where(Reading.fact_id == Fact.id, Reading.learner_id == learner_id),
    )


def sight(learner_id: int, today: date) -> ColumnElement[str]:
    """Return what a learner may see of a fact on a study day, as SQL over the fact and its card.

    A fact that was answered or read today is shown: it is not asked again before tomorrow, but
    in its steps, in which it was just seen.
    """
    waits = and_(
        Card.due_on <= today,
        not_(Card.suspended),
        or_(Card.set_aside_until.is_(None), Card.set_aside_until <= today),
        or_(Card.last_review_on.is_(None), Card.last_review_on < today),
        not_(
            exists().where(
                Reading.fact_id == Fact.id,
                Reading.learner_id == learner_id,
                Reading.study_day == today,
            )
        ),
    )
    return case(
        (not_(met(learner_id)), Sight.UNMET.value),
        (waits, Sight.DUE.value),
        else_=Sight.SHOWN.value,
    )


def see_also(session: Session, learner_id: int, see: str, today: date) -> list[SeenFact]:
    """Return the facts that a fact names, in its order; those that are not there are left out.

    `see` is the fact's JSON list of `part-NN/fact-id`. An empty one costs no query.
    """
    if see == NO_SEE:
        return []
    parts = [text_id.partition("/") for text_id in json.loads(see)]
    named = [(bank, fact) for bank, _, fact in parts]
    rows = session.execute(
        select(
            Bank.text_id.label("bank_text_id"),
            Fact.text_id,
            Fact.id,
            Bank.part,
            Bank.title.label("bank_title"),
            Theme.title.label("theme"),
            Fact.statement,
            sight(learner_id, today).label("sight"),
        )
        .select_from(Fact)
        .join(Fact.bank)
        .join(Fact.theme)
        .outerjoin(Card, and_(Card.fact_id == Fact.id, Card.learner_id == learner_id))
        .where(
            tuple_(Bank.text_id, Fact.text_id).in_(named),
            Fact.retired_at.is_(None),
            Bank.retired_at.is_(None),
        )
    )
    found = {
        (row.bank_text_id, row.text_id): SeenFact(
            id=row.id,
            part=row.part,
            bank_title=row.bank_title,
            theme=row.theme,
            sight=Sight(row.sight),
            statement=row.statement if row.sight == Sight.SHOWN else None,
        )
        for row in rows
    }
    return [found[key] for key in dict.fromkeys(named) if key in found]
