"""From a marked answer to one of FSRS's four ratings."""

from enum import IntEnum, StrEnum

from quizapp.domain.bank_files import Demand

LEAST_SHARE_REMEMBERED = 0.75  # an answer less right than this counts as wrong


class Rating(IntEnum):
    """How well a fact was remembered, as FSRS has it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Certainty(StrEnum):
    """What the learner said of the answer when giving it."""

    SURE = "sure"
    NOT_SURE = "not-sure"
    DONT_KNOW = "dont-know"  # given instead of an answer


def rate(*, share: float, certainty: Certainty, demand: Demand, hint_used: bool) -> Rating:
    """Return the rating that a marked answer gives.

    `share` is how much of the answer is right, from 0 to 1; a near miss has share 0,
    a slip of spelling share 1. Easy is never given: only the learner can say so.
    """
    if not 0 <= share <= 1:
        msg = f"a share of {share} is not between 0 and 1"
        raise ValueError(msg)
    if share < LEAST_SHARE_REMEMBERED or certainty is Certainty.DONT_KNOW:
        return Rating.AGAIN
    if share < 1 or hint_used or _may_be_a_guess(certainty, demand):
        return Rating.HARD
    return Rating.GOOD


def is_confident_error(share: float, certainty: Certainty) -> bool:
    """Return whether the learner was sure of an answer that counts as wrong.

    `share` is how much of the answer is right, from 0 to 1.
    """
    return share < LEAST_SHARE_REMEMBERED and certainty is Certainty.SURE


def _may_be_a_guess(certainty: Certainty, demand: Demand) -> bool:
    """Return whether a right answer may be luck: not sure, and what to choose from was shown."""
    return certainty is Certainty.NOT_SURE and demand <= Demand.RECONSTRUCT
