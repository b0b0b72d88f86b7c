"""How well a fact is known, in the four words that learners see."""

from enum import StrEnum

STRONG_FROM_DAYS = 21.0


class Strength(StrEnum):
    """What a learner has of a fact, the least first."""

    NEW = "new"
    LEARNING = "learning"
    REMEMBERED = "remembered"
    STRONG = "strong"


def strength(state: str | None, stability_days: float | None) -> Strength:
    """Return how well a fact is known, by the state and stability of its card.

    A fact without a card has neither and is new, like one whose every answer was undone.
    One in its steps is being learned, however stable it was before; any other is remembered,
    and strong from 21 days of stability on.
    """
    if state is None or state == "new":
        return Strength.NEW
    if state in {"learning", "relearning"}:
        return Strength.LEARNING
    if stability_days is not None and stability_days >= STRONG_FROM_DAYS:
        return Strength.STRONG
    return Strength.REMEMBERED
