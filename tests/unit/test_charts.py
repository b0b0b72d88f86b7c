from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.figures import Share
from quizapp.domain.forgetting import Memory, stretches
from quizapp.domain.series import PARTS
from quizapp.memory.progress import NOTHING, Tally, added
from quizapp.web.charts import (
    LABEL_PIXELS,
    LEAST_BAR_PIXELS,
    LEAST_SPAN,
    PLOT_PIXELS,
    Named,
    across_time,
    bars,
    calendar,
    curve,
    days_in_bars,
    segments,
    share_bar,
    span,
)
from quizapp.web.paging import paged
from quizapp.web.words import percent

MONDAY = date(2026, 3, 2)
counts = st.lists(st.integers(0, 1000), max_size=40)


def named(count: int) -> Named:
    return Named(("M", "2"), "Monday", count, MONDAY)


def test_the_highest_bar_fills_the_plot_and_stands_on_the_baseline() -> None:
    half, whole, none = bars([named(5), named(10), named(0)])

    assert (half.height, whole.height, none.height) == (PLOT_PIXELS / 2, PLOT_PIXELS, 0)
    assert whole.top == LABEL_PIXELS
    assert half.top + half.height == LABEL_PIXELS + PLOT_PIXELS
    assert (half.number, none.number) == ("5", "")


@given(counts)
def test_bars_stay_inside_the_drawing_and_do_not_overlap(found: list[int]) -> None:
    drawn = bars([named(count) for count in found])

    assert all(bar.left >= 0 and bar.left + bar.width <= 100.01 for bar in drawn)
    assert all(one.left + one.width <= other.left for one, other in pairwise(drawn))
    assert all(bar.height >= LEAST_BAR_PIXELS for bar in drawn if bar.named.count)


def test_of_many_bars_only_the_highest_has_its_number_and_mondays_their_names() -> None:
    days = [(MONDAY + timedelta(days=ahead), 1) for ahead in range(30)]
    days[3] = (days[3][0], 7)

    drawn = days_in_bars(days, lambda day: (f"{day:%a}", str(day.day), day.isoformat()))

    assert [bar.number for bar in drawn if bar.number] == ["7"]
    assert [bar.named.names for bar in drawn if bar.named.names != ("", "")] == [
        ("Mon", "2"),
        ("Mon", "9"),
        ("Mon", "16"),
        ("Mon", "23"),
        ("Mon", "30"),
    ]


def test_a_tally_becomes_segments_without_empty_ones() -> None:
    found = segments(Tally(new=5, learning=1, strong=4))

    assert [(one.name, one.left, one.width) for one in found] == [
        ("strong", 0.0, 40.0),
        ("learning", 40.0, 10.0),
    ]
    assert segments(NOTHING) == []


def test_tallies_add_up() -> None:
    whole = added([Tally(new=1, learning=2), Tally(new=3, remembered=4, strong=5)])

    assert whole == Tally(new=4, learning=2, remembered=4, strong=5)
    assert (whole.total, whole.kept, whole.begun) == (15, 9, 11)


def test_a_calendar_ends_with_today_and_begins_on_a_monday() -> None:
    wednesday = MONDAY + timedelta(days=2)
    found = calendar({wednesday: 25, MONDAY: 1}, wednesday, 2, lambda day: f"{day:%b}")

    assert len(found.cells) == 10
    assert found.cells[0].on == MONDAY - timedelta(days=7)
    assert (found.cells[-1].on, found.cells[-1].level) == (wednesday, 3)
    assert [cell.level for cell in found.cells[-3:]] == [1, 0, 3]
    assert found.months == [(0, "Mar")]


def test_parts_lie_on_the_line_of_time_in_their_order() -> None:
    places = [span(part) for part in PARTS]

    assert all(one.width >= LEAST_SPAN and one.left + one.width <= 100 for one in places)
    assert across_time(1640) < across_time(1789) < across_time(1917) < 100
    assert [one.has_tail for one in places].count(True) == 1


def test_a_curve_has_its_future_apart() -> None:
    today, until = MONDAY + timedelta(days=5), MONDAY + timedelta(days=10)
    lines = stretches([Memory(MONDAY, 2.0, 0.15)], until)

    found = curve(lines, [(MONDAY, True)], today, until)

    assert found.today == 50.0
    assert found.today_anchor == "middle"
    assert found.lines[0].split()[-1] == found.ahead.split()[0]
    assert found.ahead.split()[-1].startswith("1000.0,")
    assert found.answers == [(0.0, True)]


def test_a_curve_that_begins_today_has_no_past() -> None:
    lines = stretches([Memory(MONDAY, 2.0, 0.15)], MONDAY + timedelta(days=10))

    found = curve(lines, [(MONDAY, False)], MONDAY, MONDAY + timedelta(days=10))

    assert found.lines == []
    assert (found.today, found.today_anchor) == (0.0, "begin")


def test_a_share_of_nothing_has_no_bar() -> None:
    assert share_bar("sure", Share(0, 0), "none").width == 0
    assert share_bar("sure", Share(9, 10), "9 of 10", 0.5).mark == 50.0


@pytest.mark.parametrize(
    ("number", "rows", "place"),
    [(1, [1, 2], (1, 2)), (2, [3], (2, 2)), (9, [3], (2, 2)), (None, [1, 2], (1, 2))],
    ids=["the first", "the last", "beyond", "none named"],
)
def test_lists_come_in_pages(number: int | None, rows: list[int], place: tuple[int, int]) -> None:
    page = paged([1, 2, 3], number, 2)

    assert page.rows == rows
    assert (page.number, page.pages, page.total) == (*place, 3)


def test_pages_know_their_neighbours() -> None:
    first, last, only = paged([1, 2], 1, 1), paged([1, 2], 2, 1), paged([1], 1, 1)

    assert (first.earlier, first.later) == (None, 2)
    assert (last.earlier, last.later) == (1, None)
    assert (only.earlier, only.later) == (None, None)


def test_percent_stays_on_one_line() -> None:
    assert percent(0.914) == "91\N{NARROW NO-BREAK SPACE}%"
