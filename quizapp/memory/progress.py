"""How much of each bank and theme a learner knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, selectinload

from quizapp.domain.strength import STRONG_FROM_DAYS, Strength
from quizapp.models import Bank, Card, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many facts a learner has of each strength."""

    new: int = 0
    learning: int = 0
    remembered: int = 0
    strong: int = 0

    @property
    def total(self) -> int:
        """How many facts there are."""
        return self.new + self.learning + self.remembered + self.strong

    @property
    def kept(self) -> int:
        """How many are remembered, strong ones among them."""
        return self.remembered + self.strong

    @property
    def begun(self) -> int:
        """How many were answered at least once."""
        return self.total - self.new

    def of(self, strength: Strength) -> int:
        """Return how many facts have a strength."""
        return int(getattr(self, strength.value))


NOTHING = Tally()


def banks_with_themes(session: Session) -> Sequence[Bank]:
    """Return every bank with its themes, the parts of the series first, in order."""
    statement = (
        select(Bank)
        .where(Bank.retired_at.is_(None))
        .order_by(Bank.part.is_(None), Bank.part, Bank.title, Bank.id)
        .options(selectinload(Bank.themes))
    )
    return session.scalars(statement).all()


def strength_of_card() -> ColumnElement[str]:
    """Return the rule of `domain.strength.strength` as SQL, over a joined card or none."""
    return case(
        (Card.state.in_(("learning", "relearning")), Strength.LEARNING.value),
        (
            and_(Card.state == "review", Card.stability_days >= STRONG_FROM_DAYS),
            Strength.STRONG.value,
        ),
        (Card.state == "review", Strength.REMEMBERED.value),
        else_=Strength.NEW.value,
    )


def theme_tallies(session: Session, learner_id: int) -> Mapping[int, Tally]:
    """Return what a learner knows of each theme by its id, retired facts left out.

    A theme without facts has no entry. All banks together cost one query.
    """
    strength = strength_of_card().label("strength")
    rows = session.execute(
        select(Fact.theme_id, strength, func.count())
        .outerjoin(Card, and_(Card.fact_id == Fact.id, Card.learner_id == learner_id))
        .where(Fact.retired_at.is_(None))
        .group_by(Fact.theme_id, strength)
    )
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for theme_id, name, facts in rows:
        counts[theme_id][name] = facts
    return {theme_id: Tally(**found) for theme_id, found in counts.items()}


def added(tallies: Iterable[Tally]) -> Tally:
    """Return several tallies as one."""
    every = list(tallies)
    return Tally(**{name: sum(tally.of(name) for tally in every) for name in Strength})
