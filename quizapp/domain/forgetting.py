"""The forgetting curve of one fact: how its chance of recall fell, and how it will fall."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from quizapp.domain.scheduling import retrievability

POINTS_PER_STRETCH = 60  # most that draw the curve between two answers, but for its end
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Memory:
    """What was remembered after the last answer of a study day."""

    answered_on: date
    stability_days: float
    decay: float

    def chance(self, on: date) -> float | None:
        """Return the chance of recall on a later study day, in [0, 1]; None up to the day itself.

        Within a study day the formula says less than a constant would, so nothing is said.
        """
        elapsed_days = (on - self.answered_on).days
        if elapsed_days < 1:
            return None
        return retrievability(elapsed_days, self.stability_days, self.decay)


@dataclass(frozen=True, slots=True)
class Point:
    """The chance of recall on a study day, in [0, 1]."""

    on: date
    chance: float


def stretches(memories: Sequence[Memory], until: date) -> list[list[Point]]:
    """Return the curve in stretches, one after each day of answers, that nothing joins.

    A stretch begins on the day after the answers and ends on the day of the next ones, the last
    one on `until`; each has both ends and few enough points to draw.
    `memories` are in the order of their days, one for each; none give no stretch.
    """
    if not memories:
        return []
    last = Memory(until, memories[-1].stability_days, memories[-1].decay)
    return [
        list(_stretch(memory, following.answered_on))
        for memory, following in pairwise([*memories, last])
    ]


def _stretch(memory: Memory, until: date) -> Iterator[Point]:
    days = (until - memory.answered_on).days
    every = max(1, math.ceil(days / POINTS_PER_STRETCH))
    for elapsed_days in sorted({*range(1, days, every), days} if days > 0 else ()):
        chance = retrievability(elapsed_days, memory.stability_days, memory.decay)
        yield Point(memory.answered_on + elapsed_days * ONE_DAY, chance)
