"""Dated facts along time: which century, decade, year, month or day they belong to.

Every date is kept in the calendar of its bank. Days are compared as Julian day numbers, so that
the order is the true one across calendars; years, months and days bear the names that their own
calendar gives them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from quizapp.domain.bank_dates import MONTHS_IN_YEAR, Ymd, day_range, days_in_month
from quizapp.domain.bank_files import Calendar
from quizapp.domain.date_marking import date_text, julian_day_number

DECEMBER = 12


class Zoom(StrEnum):
    """How long a piece of time is that the timeline is divided into, the longest first."""

    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"

    @property
    def rank(self) -> int:
        """How fine it is, from 0, the century, to 4, the day."""
        return tuple(Zoom).index(self)

    @property
    def finer(self) -> "Zoom":
        """The next finer one; a day is divided no further."""
        return tuple(Zoom)[min(self.rank + 1, len(Zoom) - 1)]


YEARS_OF = {Zoom.CENTURY: 100, Zoom.DECADE: 10, Zoom.YEAR: 1}


@dataclass(frozen=True, slots=True)
class Dated:
    """When something was, in its own calendar: from the first to the last day that fit.

    `begins` is how exact its beginning is: to a year, a month or a day.
    """

    first: Ymd
    last: Ymd
    begins: Zoom
    calendar: Calendar

    @property
    def days(self) -> tuple[int, int]:
        """Its first and last day as Julian day numbers."""
        return (
            julian_day_number(*self.first, self.calendar),
            julian_day_number(*self.last, self.calendar),
        )


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time to look at, both days included, in whatever calendar a date has."""

    first: Ymd
    last: Ymd


@dataclass(frozen=True, slots=True)
class Unit:
    """A century, decade, year, month or day.

    Months and days belong to a calendar. Longer ones do not, and have the calendar None: dates
    of several calendars stand in one year, each by the year that its own calendar counts.
    """

    zoom: Zoom
    first: Ymd
    last: Ymd
    calendar: Calendar | None

    @property
    def window(self) -> Window:
        """The stretch of time that it is."""
        return Window(self.first, self.last)

    @property
    def begins(self) -> str:
        """What its beginning is called in addresses: "1917", "1917-10" or "1917-10-25"."""
        return _written(self.first, self.zoom)

    @property
    def ends(self) -> str:
        """What its end is called; the same as its beginning, but for centuries and decades."""
        return _written(self.last, self.zoom)

    @property
    def day(self) -> int:
        """Its first day as a Julian day number; a year is taken as Gregorian."""
        return julian_day_number(*self.first, self.calendar or "Gregorian")


class HasDate(Protocol):
    """Anything that was at some time."""

    @property
    def when(self) -> Dated:
        """When it was."""


T = TypeVar("T", bound=HasDate)


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """What lies in one unit, the earliest first."""

    unit: Unit
    items: Sequence[T]


@dataclass(frozen=True, slots=True)
class View(Generic[T]):
    """What lies in a window: what had begun before, what is dated less exactly, and the rest."""

    under_way: Sequence[T]
    loose: Sequence[T]  # begins in the window, but is dated more roughly than its units
    groups: Sequence[Group[T]]
    calendars: Sequence[Calendar]  # of all of these, in alphabetical order

    @property
    def items(self) -> list[T]:
        """Everything in it."""
        return [
            *self.under_way,
            *self.loose,
            *(one for group in self.groups for one in group.items),
        ]


def dated(text: str, calendar: Calendar) -> Dated | None:
    """Return when `1917-10-21`, `1917-10`, `1917` or a stretch `1917-10/1917-11` is.

    None if there is no such day, or the stretch ends before it begins.
    """
    found = day_range(text, calendar)
    if found is None:
        return None
    begins, _, _ = text.partition("/")
    exact = (Zoom.YEAR, Zoom.MONTH, Zoom.DAY)[begins.count("-")]
    return Dated(*found, exact, calendar)


def dated_text(text: str, calendar: Calendar, *, is_mixed: bool = False) -> str:
    """Return a date of a bank file in words, "21 October 1917 (Old Style)", or a stretch.

    A Gregorian date names its calendar, as New Style, only beside dates of other calendars.
    """
    begins, _, ends = text.partition("/")
    words = date_text(begins) + (f" \N{EN DASH} {date_text(ends)}" if ends else "")
    return with_calendar(words, calendar, is_mixed=is_mixed)


def with_calendar(words: str, calendar: Calendar | None, *, is_mixed: bool) -> str:
    """Return a date in words with the name of its calendar where it must be said."""
    if calendar is None or (calendar == "Gregorian" and not is_mixed):
        return words
    return f"{words} ({calendar_name(calendar)})"


def calendar_name(calendar: Calendar) -> str:
    """Return what a calendar is called beside another."""
    return "New Style" if calendar == "Gregorian" else calendar


def unit_text(unit: Unit) -> str:
    """Return what a unit is called, without its calendar: "1910-1919", "1917", "October 1917"."""
    if unit.zoom in {Zoom.CENTURY, Zoom.DECADE}:
        return f"{unit.first[0]}\N{EN DASH}{unit.last[0]}"
    return date_text(unit.begins)


def window(begins: str, ends: str = "") -> Window | None:
    """Return the window from one day, month or year to another, or of one alone.

    None if there is no such day, or it ends before it begins.
    """
    found = day_range(f"{begins}/{ends or begins}", "Julian")  # has every leap day there is
    return Window(*found) if found else None


def unit_at(day: Ymd, zoom: Zoom, calendar: Calendar | None = None) -> Unit:
    """Return the unit in which a day lies; the calendar is kept for months and days only."""
    year, month, _ = day
    if zoom in YEARS_OF:
        years = YEARS_OF[zoom]
        start = year // years * years
        return Unit(zoom, (max(1, start), 1, 1), (start + years - 1, DECEMBER, 31), None)
    if zoom is Zoom.MONTH:
        last = days_in_month(year, month, calendar or "Julian")
        return Unit(zoom, (year, month, 1), (year, month, last), calendar)
    return Unit(zoom, day, day, calendar)


def units_around(seen: Window) -> list[Unit]:
    """Return the units that hold a whole window, the longest first; none if it is too long."""
    around = []
    for zoom in Zoom:
        unit = unit_at(seen.first, zoom)
        if seen.last > unit.last:
            break
        around.append(unit)
    return around


def natural_zoom(seen: Window | None) -> Zoom:
    """Return into what a window is best divided: the century for all time, months for a year."""
    around = units_around(seen) if seen else []
    return around[-1].zoom.finer if around else Zoom.CENTURY


def view(items: Iterable[T], seen: Window | None, zoom: Zoom) -> View[T]:
    """Return what lies in a window, divided into units; all of it if there is no window.

    What has no part in the window is left out. Order is by the first day, then the last, then
    that of `items`. Months and days of different calendars are different units.
    """
    inside = sorted((one for one in items if _overlaps(one.when, seen)), key=lambda o: o.when.days)
    under_way = [one for one in inside if seen and one.when.first < seen.first]
    begun = [one for one in inside if not seen or one.when.first >= seen.first]
    loose = [one for one in begun if one.when.begins.rank < zoom.rank]
    exact = [one for one in begun if one.when.begins.rank >= zoom.rank]
    by_unit: dict[Unit, list[T]] = defaultdict(list)
    for one in exact:
        by_unit[unit_at(one.when.first, zoom, one.when.calendar)].append(one)
    return View(
        under_way,
        loose,
        [Group(unit, by_unit[unit]) for unit in sorted(by_unit, key=_unit_order)],
        sorted({one.when.calendar for one in inside}),
    )


def neighbours(items: Iterable[HasDate], seen: Window) -> tuple[Unit | None, Unit | None]:
    """Return the units as long as a window in which something begins, next before and behind it.

    None where there is none, and for a window that is no century, decade, year, month or day.
    """
    around = units_around(seen)
    if not around or around[-1].window != seen:
        return None, None
    zoom = around[-1].zoom
    starts = [one.when.first for one in items if one.when.begins.rank >= zoom.rank]
    earlier = max((day for day in starts if day < seen.first), default=None)
    later = min((day for day in starts if day > seen.last), default=None)
    return earlier and unit_at(earlier, zoom), later and unit_at(later, zoom)


@dataclass(frozen=True, slots=True)
class Scale:
    """A line of time between two Julian day numbers."""

    first: int
    last: int

    def place(self, day: int) -> float:
        """Return where a day lies, from 0 to 1; days outside lie at the nearer end."""
        share = (day - self.first) / max(1, self.last - self.first)
        return min(1.0, max(0.0, share))


def scale(seen: Window, calendars: Collection[Calendar]) -> Scale:
    """Return the line of a window: it holds the window's days in each of the calendars.

    There is at least one calendar.
    """
    return Scale(
        min(julian_day_number(*seen.first, calendar) for calendar in calendars),
        max(julian_day_number(*seen.last, calendar) for calendar in calendars),
    )


def whole(items: Iterable[HasDate]) -> Window | None:
    """Return the centuries in which anything begins, as one window; None for nothing."""
    starts = [one.when.first for one in items]
    if not starts:
        return None
    first = unit_at(min(starts), Zoom.CENTURY).first
    return Window(first, unit_at(max(starts), Zoom.CENTURY).last)


def ticks(seen: Window, most: int) -> list[Unit]:
    """Return units that begin in a window, at most so many, evenly spread, to be written on it."""
    zoom = natural_zoom(seen)
    units, day = [], seen.first
    while day <= seen.last:
        unit = unit_at(day, zoom)
        units.append(unit)
        day = _day_after(unit.last)
    step = -(-len(units) // most)
    return units[::step]


def _overlaps(date: Dated, seen: Window | None) -> bool:
    return seen is None or (date.first <= seen.last and date.last >= seen.first)


def _unit_order(unit: Unit) -> tuple[int, str]:
    return unit.day, unit.calendar or ""


def _day_after(day: Ymd) -> Ymd:
    """Return the day after one, which ends a month where the Julian calendar ends it."""
    year, month, number = day
    if number < days_in_month(year, month, "Julian"):
        return year, month, number + 1
    return (year, month + 1, 1) if month < MONTHS_IN_YEAR else (year + 1, 1, 1)


def _written(day: Ymd, zoom: Zoom) -> str:
    year, month, number = day
    if zoom in YEARS_OF:
        return f"{year:03}"
    return f"{year:03}-{month:02}" + ("" if zoom is Zoom.MONTH else f"-{number:02}")
