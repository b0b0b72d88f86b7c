"""What the lists of parts and banks show, worked out before any template sees it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizapp.banks.queries import BankLine
from quizapp.domain.series import PARTS, Part
from quizapp.memory.progress import NOTHING, Tally, added
from quizapp.models import Bank, Theme
from quizapp.web import charts

FACTS_PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the series on the line of time, with its bank if one is loaded."""

    part: Part
    span: charts.Span
    bank: BankLine | None


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme and what the learner knows of it."""

    theme: Theme
    tally: Tally
    segments: Sequence[charts.Segment]


@dataclass(frozen=True, slots=True)
class BankProgress:
    """A bank and what the learner knows of it, theme by theme."""

    bank: Bank
    tally: Tally
    segments: Sequence[charts.Segment]
    themes: Sequence[ThemeLine]
    is_paused: bool


def part_lines(banks: Iterable[BankLine]) -> tuple[list[PartLine], list[BankLine]]:
    """Return the parts of the series with their banks, and the banks that belong to none."""
    every = list(banks)
    by_part = {bank.part: bank for bank in every if bank.part is not None}
    parts = [PartLine(part, charts.span(part), by_part.get(part.number)) for part in PARTS]
    shown = {id(line.bank) for line in parts}
    return parts, [bank for bank in every if id(bank) not in shown]


def bank_progress(
    bank: Bank, tallies: Mapping[int, Tally], paused: Collection[int] = ()
) -> BankProgress:
    """Return what a learner knows of a bank; themes without facts are left out."""
    themes = [
        ThemeLine(theme, tallies[theme.id], charts.segments(tallies[theme.id]))
        for theme in bank.themes
        if theme.id in tallies
    ]
    tally = added(line.tally for line in themes) if themes else NOTHING
    return BankProgress(bank, tally, charts.segments(tally), themes, bank.id in paused)
