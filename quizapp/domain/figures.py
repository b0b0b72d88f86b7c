"""Figures about a learner's answers, each with the number of answers behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

FEWEST_ANSWERS = 10  # under them a figure is shown in grey
BAND_STARTS = (0, 50, 70, 80, 85, 90, 95)  # percent of expected recall


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some answers were right or remembered."""

    count: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.of:
            msg = f"{self.count} of {self.of}"
            raise ValueError(msg)

    @property
    def share(self) -> float | None:
        """The share from 0 to 1; None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def is_thin(self) -> bool:
        """Whether there are too few answers to build on."""
        return self.of < FEWEST_ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Answers that were expected to be right with the same chance, to a percent."""

    percent: int  # from 0 to 100, rounded down
    expected: float  # the sum of the chances
    kept: int  # how many were remembered
    answers: int


@dataclass(frozen=True, slots=True)
class Band:
    """What was expected and what came of answers with about the same chance."""

    starts_percent: int
    ends_percent: int
    expected: float  # their mean chance, from 0 to 1
    kept: Share


def bands(found: Iterable[Expected]) -> list[Band]:
    """Return expected and actual recall in bands of the expected; empty ones are left out.

    A band holds what starts at its own beginning and ends before the next; the last ends at 100.
    """
    every = list(found)
    limits = [*BAND_STARTS, 101]
    rows = []
    for starts, ends in pairwise(limits):
        inside = [row for row in every if starts <= row.percent < ends]
        answers = sum(row.answers for row in inside)
        if answers:
            kept = Share(sum(row.kept for row in inside), answers)
            mean = sum(row.expected for row in inside) / answers
            rows.append(Band(starts, min(ends, 100), mean, kept))
    return rows
