"""Where the marks of charts go. Templates draw what is worked out here and do no sums.

Places across are in percent of the drawing's width, so that a chart fits every screen and its
text keeps its size; places down are in pixels.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quizapp.domain.figures import Share
from quizapp.domain.forgetting import Point
from quizapp.domain.series import Part, place
from quizapp.domain.strength import Strength
from quizapp.memory.progress import Tally

PLOT_PIXELS = 96  # from the baseline up to the highest mark
LABEL_PIXELS = 20  # above a mark, for its number
BAR_SHARE = 0.7  # of a bar's place, the rest being the gap
LEAST_BAR_PIXELS = 2
MOST_NUMBERED = 14  # bars, so that their numbers fit on a phone
CURVE_WIDTH = 1000  # the curve's own units across; it is stretched to its place
CURVE_HEIGHT = 100
EDGE_PERCENT = 8
CELL_PIXELS = 12  # a day of the calendar, with its gap
LEVELS = (1, 10, 25, 50)  # the least answers of each shade of the calendar
DAYS_IN_WEEK = 7
LINE_BEGINS = 8.0  # percent across: before it is what reaches back beyond the first year
LINE_ENDS = 99.0
LEAST_SPAN = 0.8  # percent, so that seven weeks can be seen among three centuries


@dataclass(frozen=True, slots=True)
class Named:
    """A count with its name: in two short lines, and in full."""

    names: tuple[str, str]
    title: str
    count: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a chart, with its number above and its name below."""

    left: float
    width: float
    middle: float
    top: float
    height: float
    number: str  # the count, where there is room for it
    named: Named


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareBar:
    """A share of answers, as a bar and in words."""

    name: str
    width: float
    mark: float | None
    words: str
    is_thin: bool  # too few answers to build on
    key: str  # what leads to the answers behind it; empty if nothing does


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar that is divided among the four strengths."""

    name: str
    left: float
    width: float
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the calendar: where it is, and its shade from 0, no answers, to 4."""

    left: int
    top: int
    level: int
    on: date
    count: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weeks side by side, the newest last, each from Monday down to Sunday."""

    cells: Sequence[Cell]
    months: Sequence[tuple[int, str]]  # where a month begins, and its name
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Curve:
    """The chance of recall along time, as lines and as the places of what is marked on it."""

    lines: Sequence[str]  # points of polylines, in units of `CURVE_WIDTH` and `CURVE_HEIGHT`
    ahead: str  # the one that lies in the future
    today: float
    today_anchor: str  # of its label: "begin" at the left edge, else "middle"
    answers: Sequence[tuple[float, bool]]  # where, and whether it was remembered


@dataclass(frozen=True, slots=True)
class Span:
    """Where a part of the series lies on the line of time."""

    left: float
    width: float
    has_tail: bool


def span(part: Part) -> Span:
    """Return where a part lies on the line of time."""
    left, right = across_time(part.starts), across_time(part.ends)
    return Span(left, round(max(LEAST_SPAN, right - left), 3), part.has_tail)


def across_time(year: float) -> float:
    """Return the place of a year on the line of time."""
    return round(LINE_BEGINS + place(year) * (LINE_ENDS - LINE_BEGINS), 3)


AXIS = tuple(  # the years written along the line of time
    (year, across_time(year)) for year in (1640, 1700, 1750, 1800, 1850, 1917)
)


def bars(named: Sequence[Named]) -> list[Bar]:
    """Return a bar for each count; the highest fills the plot.

    Where there are too many to number them all, only the highest bear their numbers.
    """
    highest = max((one.count for one in named), default=0) or 1
    place = 100 / max(1, len(named))
    return [
        _bar(one, highest, place, index, is_numbered=len(named) <= MOST_NUMBERED)
        for index, one in enumerate(named)
    ]


def _bar(one: Named, highest: int, place: float, index: int, *, is_numbered: bool) -> Bar:
    height = max(LEAST_BAR_PIXELS, PLOT_PIXELS * one.count / highest) if one.count else 0
    return Bar(
        left=round(place * (index + (1 - BAR_SHARE) / 2), 3),
        width=round(place * BAR_SHARE, 3),
        middle=round(place * (index + 0.5), 3),
        top=round(LABEL_PIXELS + PLOT_PIXELS - height, 1),
        height=round(height, 1),
        number=str(one.count) if one.count and (is_numbered or one.count == highest) else "",
        named=one,
    )


def days_in_bars(
    counts: Sequence[tuple[date, int]], day_name: Callable[[date], tuple[str, str, str]]
) -> list[Bar]:
    """Return a bar for each day; of many days only the Mondays bear their names below.

    `day_name` gives two short lines and the name in full.
    """
    is_short = len(counts) <= MOST_NUMBERED
    named = []
    for day, count in counts:
        first, second, title = day_name(day)
        names = (first, second) if is_short or day.weekday() == 0 else ("", "")
        named.append(Named(names, title, count, day))
    return bars(named)


def share_bar(
    name: str, share: Share, words: str, expected: float | None = None, key: str = ""
) -> ShareBar:
    """Return a share as a bar from left to right, with a mark where it was expected to end."""
    return ShareBar(
        name=name,
        width=round(100 * (share.share or 0), 2),
        mark=None if expected is None else round(100 * expected, 2),
        words=words,
        is_thin=share.is_thin,
        key=key,
    )


def segments(tally: Tally) -> list[Segment]:
    """Return the shares of a tally side by side, the strongest first, new facts left blank."""
    left, found = 0.0, []
    for strength in (Strength.STRONG, Strength.REMEMBERED, Strength.LEARNING):
        count = tally.of(strength)
        width = 100 * count / (tally.total or 1)
        if count:
            found.append(Segment(strength.value, round(left, 3), round(width, 3), count))
        left += width
    return found


def calendar(
    answers: Mapping[date, int], today: date, weeks: int, month_name: Callable[[date], str]
) -> Calendar:
    """Return the days of the last weeks, that of `today` the last, as far as they have come."""
    first = today - timedelta(days=today.weekday() + DAYS_IN_WEEK * (weeks - 1))
    days = [first + timedelta(days=ahead) for ahead in range((today - first).days + 1)]
    cells = [
        Cell(
            left=CELL_PIXELS * ((day - first).days // DAYS_IN_WEEK),
            top=CELL_PIXELS * day.weekday(),
            level=sum(answers.get(day, 0) >= least for least in LEVELS),
            on=day,
            count=answers.get(day, 0),
        )
        for day in days
    ]
    months = [(cell.left, month_name(cell.on)) for cell in cells if cell.on.day == 1]
    return Calendar(cells, months, CELL_PIXELS * weeks, CELL_PIXELS * DAYS_IN_WEEK)


def curve(
    lines: Sequence[Sequence[Point]], answers: Sequence[tuple[date, bool]], today: date, until: date
) -> Curve:
    """Return the places of a forgetting curve between its first answer and `until`.

    The last line is the one after the newest answer; what of it lies after today is apart.
    """
    first = answers[0][0]
    days = max(1, (until - first).days)

    def across(day: date) -> float:
        return round(100 * (day - first).days / days, 3)

    def joined(points: Iterable[Point]) -> str:
        return " ".join(
            f"{across(point.on) * CURVE_WIDTH / 100:.1f},{CURVE_HEIGHT * (1 - point.chance):.2f}"
            for point in points
        )

    past = [joined(point for point in line if point.on <= today) for line in lines]
    return Curve(
        lines=[line for line in past if line],
        ahead=joined(point for point in lines[-1] if point.on >= today),
        today=across(today),
        today_anchor="middle" if across(today) > EDGE_PERCENT else "begin",
        answers=[(across(day), remembered) for day, remembered in answers],
    )
