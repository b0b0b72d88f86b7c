"""What the timeline shows, worked out before the template sees it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from quizapp.banks.timeline_queries import Event
from quizapp.domain import timeline
from quizapp.domain.timeline import Scale, Unit, View, Window, Zoom
from quizapp.memory.sight import Sight

LISTED = 15  # a piece of time with more is opened by zooming in, if it can be divided
COLUMNS = 72  # of dots, side by side on the line of time
DOT_STEP_PIXELS = 6  # from one dot up to the next
AXIS_PIXELS = 18  # below the dots, for the years
MOST_PIXELS = 120  # of a column of dots
MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """An event that may be seen, with its date in words."""

    event: Event
    when: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """Events of one theme that may not be seen: how many, and why."""

    part: int | None
    bank_title: str
    theme: str
    unmet: int
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One piece of time, with its events or only with how many there are."""

    heading: str
    key: str  # of its heading
    unit: Unit | None  # what to zoom into; none if it is divided no further
    opens: str  # the same in words
    events: int
    known: int  # of these, remembered or strong
    unmet: int
    lines: Sequence[Line]
    hidden: Sequence[Hidden]
    is_listed: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """An event on the line of time: across in percent, down in pixels."""

    left: float
    top: float
    name: str  # a `Strength`, or "unmet"


@dataclass(frozen=True, slots=True)
class Tick:
    """What is written below the line of time."""

    left: float
    text: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The line of time as a drawing."""

    dots: Sequence[Dot]
    ticks: Sequence[Tick]
    base: float  # pixels from above to the line
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A stretch of time and what is in it."""

    heading: str
    zoom: Zoom
    window: tuple[str, str] | None  # as addresses have it
    path: Sequence[tuple[str, Unit]]  # longer stretches around it, the longest first
    earlier: tuple[str, Unit] | None
    later: tuple[str, Unit] | None
    events: int
    unmet: int
    calendars: Sequence[str]  # what each is called in this view
    under_way: Section | None
    loose: Section | None
    sections: Sequence[Section]
    strip: Strip | None


def timeline_page(events: Sequence[Event], seen: Window | None, zoom: Zoom | None) -> Timeline:
    """Return what a stretch of time holds, or all time; `zoom` is None for what fits."""
    zoom = zoom or timeline.natural_zoom(seen)
    view = timeline.view(events, seen, zoom)
    is_mixed = len(view.calendars) > 1
    around = timeline.units_around(seen) if seen else []
    is_unit = bool(around) and around[-1].window == seen
    earlier, later = timeline.neighbours(events, seen) if seen else (None, None)
    return Timeline(
        heading=_heading(seen, around),
        zoom=zoom,
        window=_address(seen, around),
        path=[(timeline.unit_text(one), one) for one in (around[:-1] if is_unit else around)],
        earlier=_named(earlier),
        later=_named(later),
        events=len(view.items),
        unmet=sum(event.sight is Sight.UNMET for event in view.items),
        calendars=[timeline.calendar_name(name) for name in view.calendars]
        if is_mixed
        else [name for name in view.calendars if name != "Gregorian"],
        under_way=_under_way(view.under_way, is_mixed=is_mixed),
        loose=_loose(view.loose, zoom, is_mixed=is_mixed),
        sections=[_section(group, is_mixed=is_mixed) for group in view.groups],
        strip=_strip(view, seen or timeline.whole(events), is_mixed=is_mixed),
    )


def _named(unit: Unit | None) -> tuple[str, Unit] | None:
    return None if unit is None else (timeline.unit_text(unit), unit)


def _heading(seen: Window | None, around: Sequence[Unit]) -> str:
    if seen is None:
        return str(gettext("All time"))
    if around and around[-1].window == seen:
        return timeline.unit_text(around[-1])
    begins, ends = _ends(seen)
    return timeline.dated_text(f"{begins}/{ends}", "Gregorian")


def _address(seen: Window | None, around: Sequence[Unit]) -> tuple[str, str] | None:
    if seen is None:
        return None
    if around and around[-1].window == seen:
        return around[-1].begins, around[-1].ends
    return _ends(seen)


def _ends(seen: Window) -> tuple[str, str]:
    """Return the first and the last day of a window, or their years if it is of whole years."""
    zoom = Zoom.YEAR if seen.first[1:] == (1, 1) and seen.last[1:] == (12, 31) else Zoom.DAY
    return timeline.unit_at(seen.first, zoom).begins, timeline.unit_at(seen.last, zoom).ends


def _under_way(events: Sequence[Event], *, is_mixed: bool) -> Section | None:
    if not events:
        return None
    return _listed(gettext("Already under way"), "under-way", events, is_mixed=is_mixed)


def _loose(events: Sequence[Event], zoom: Zoom, *, is_mixed: bool) -> Section | None:
    if not events:
        return None
    heading = gettext("Day not given") if zoom is Zoom.DAY else gettext("Month not given")
    return _listed(heading, "loose", events, is_mixed=is_mixed)


def _section(group: timeline.Group[Event], *, is_mixed: bool) -> Section:
    unit = group.unit
    text = timeline.unit_text(unit)
    heading = timeline.with_calendar(text, unit.calendar, is_mixed=is_mixed)
    key = f"{unit.begins}-{(unit.calendar or 'any').lower().replace(' ', '-')}"
    may_open = unit.zoom is not Zoom.DAY
    is_listed = len(group.items) <= LISTED or not may_open
    return _listed(
        heading,
        key,
        group.items,
        is_mixed=is_mixed,
        unit=unit if may_open else None,
        opens=text,
        is_listed=is_listed,
    )


def _listed(
    heading: str,
    key: str,
    events: Sequence[Event],
    *,
    is_mixed: bool,
    unit: Unit | None = None,
    opens: str = "",
    is_listed: bool = True,
) -> Section:
    return Section(
        heading=heading,
        key=key,
        unit=unit,
        opens=opens,
        events=len(events),
        known=sum(event.strength in {"remembered", "strong"} for event in events),
        unmet=sum(event.sight is Sight.UNMET for event in events),
        lines=_lines(events, is_mixed=is_mixed) if is_listed else [],
        hidden=_hidden(events) if is_listed else [],
        is_listed=is_listed,
    )


def _lines(events: Iterable[Event], *, is_mixed: bool) -> list[Line]:
    return [
        Line(event, timeline.dated_text(event.date, event.when.calendar, is_mixed=is_mixed))
        for event in events
        if event.sight is Sight.SHOWN
    ]


def _hidden(events: Iterable[Event]) -> list[Hidden]:
    """Return what may not be seen, theme by theme, in the order of the first of each."""
    found: dict[tuple[int | None, str, str], Counter[Sight]] = defaultdict(Counter)
    for event in events:
        if event.sight is not Sight.SHOWN:
            found[event.part, event.bank_title, event.theme][event.sight] += 1
    return [
        Hidden(*theme, sights[Sight.UNMET], sights[Sight.DUE]) for theme, sights in found.items()
    ]


def _strip(view: View[Event], seen: Window | None, *, is_mixed: bool) -> Strip | None:
    """Return a column of dots for each short piece of time; what began before stands first.

    None for an empty stretch.
    """
    if seen is None or not view.items:
        return None
    line = timeline.scale(seen, view.calendars)
    columns: dict[int, list[Event]] = defaultdict(list)
    for event in view.items:
        columns[_column(line.place(event.when.days[0]))].append(event)
    highest = max(map(len, columns.values()))
    step = min(DOT_STEP_PIXELS, MOST_PIXELS / highest)
    base = round(step * highest + DOT_STEP_PIXELS, 1)
    dots = [
        Dot(_left(column), round(base - step * (place + 0.75), 1), _dot_name(event))
        for column, inside in sorted(columns.items())
        for place, event in enumerate(sorted(inside, key=_dot_order))
    ]
    return Strip(dots, _ticks(seen, line, view, is_mixed=is_mixed), base, base + AXIS_PIXELS)


def _ticks(seen: Window, line: Scale, view: View[Event], *, is_mixed: bool) -> list[Tick]:
    """Return what is written below; months and days only where one calendar counts them."""
    units = timeline.ticks(seen, MOST_TICKS)
    if is_mixed and units[0].zoom is Zoom.DAY:
        return []
    return [
        Tick(
            round(
                100 * line.place(timeline.unit_at(unit.first, unit.zoom, view.calendars[0]).day), 2
            ),
            _short_text(unit),
        )
        for unit in units
    ]


def _short_text(unit: Unit) -> str:
    """Return what is written below the line for a unit: a year, a month or a day of a month."""
    if unit.zoom is Zoom.DAY:
        return str(unit.first[2])
    return timeline.unit_text(unit).split()[0][:3] if unit.zoom is Zoom.MONTH else unit.begins


def _column(share: float) -> int:
    return min(COLUMNS - 1, int(share * COLUMNS))


def _left(column: int) -> float:
    return round(100 * (column + 0.5) / COLUMNS, 2)


def _dot_order(event: Event) -> int:
    """Put what is known best at the bottom of its column."""
    return ("strong", "remembered", "learning", "new", "unmet").index(_dot_name(event))


def _dot_name(event: Event) -> str:
    return "unmet" if event.sight is Sight.UNMET else event.strength
