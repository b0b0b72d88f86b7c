"""Dated facts along time: how long they last, which unit they belong to, and in what order."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.bank_dates import Ymd
from quizapp.domain.bank_files import Calendar
from quizapp.domain.timeline import (
    Dated,
    Scale,
    Unit,
    Window,
    Zoom,
    dated,
    dated_text,
    natural_zoom,
    neighbours,
    scale,
    ticks,
    unit_at,
    unit_text,
    units_around,
    view,
    whole,
    window,
    with_calendar,
)

CALENDARS: tuple[Calendar, ...] = ("Old Style", "Gregorian", "Julian")
years = st.integers(1, 2100)
written = st.one_of(
    years.map(lambda year: f"{year:03}"),
    st.builds(lambda year, month: f"{year:03}-{month:02}", years, st.integers(1, 12)),
    st.builds(
        lambda year, month, day: f"{year:03}-{month:02}-{day:02}",
        years,
        st.integers(1, 12),
        st.integers(1, 28),
    ),
)
zooms = st.sampled_from(Zoom)


@dataclass(frozen=True)
class Event:
    name: str
    when: Dated


def event(text: str, calendar: Calendar = "Gregorian") -> Event:
    when = dated(text, calendar)
    assert when is not None
    return Event(text, when)


def seen(begins: str, ends: str = "") -> Window:
    found = window(begins, ends)
    assert found is not None
    return found


events = st.lists(st.builds(event, written, st.sampled_from(CALENDARS)), max_size=12)


@pytest.mark.parametrize(
    ("text", "first", "last", "begins"),
    [
        ("1917-10-21", (1917, 10, 21), (1917, 10, 21), Zoom.DAY),
        ("1917-02", (1917, 2, 1), (1917, 2, 28), Zoom.MONTH),
        ("862", (862, 1, 1), (862, 12, 31), Zoom.YEAR),
        ("1629-03/1640-04", (1629, 3, 1), (1640, 4, 30), Zoom.MONTH),
        ("1642/1642-10-23", (1642, 1, 1), (1642, 10, 23), Zoom.YEAR),
    ],
)
def test_a_date_covers_all_days_that_fit_it(text: str, first: Ymd, last: Ymd, begins: Zoom) -> None:
    assert dated(text, "Gregorian") == Dated(first, last, begins, "Gregorian")


@pytest.mark.parametrize("text", ["1917-02-29", "1917-13", "1918/1917"])
def test_a_day_that_does_not_exist_is_no_date(text: str) -> None:
    assert dated(text, "Gregorian") is None


def test_old_style_days_are_counted_where_they_truly_lie() -> None:
    old, new = event("1917-10-25", "Old Style"), event("1917-11-07")
    assert old.when.days == new.when.days


@pytest.mark.parametrize(
    ("text", "calendar", "is_mixed", "words"),
    [
        ("1917-10-21", "Old Style", False, "21 October 1917 (Old Style)"),
        ("1917-10-21", "Old Style", True, "21 October 1917 (Old Style)"),
        ("1649", "Julian", False, "1649 (Julian)"),
        ("1871-03-18", "Gregorian", False, "18 March 1871"),
        ("1871-03-18", "Gregorian", True, "18 March 1871 (New Style)"),
        ("1870/1871-05", "Gregorian", False, "1870 – May 1871"),
    ],
)
def test_a_date_in_words_names_its_calendar(
    text: str, calendar: Calendar, *, is_mixed: bool, words: str
) -> None:
    assert dated_text(text, calendar, is_mixed=is_mixed) == words


def test_a_year_of_no_calendar_names_none() -> None:
    assert with_calendar("1917", None, is_mixed=True) == "1917"


@pytest.mark.parametrize(
    ("begins", "ends", "found"),
    [
        ("1917", "", ((1917, 1, 1), (1917, 12, 31))),
        ("1917-10", "", ((1917, 10, 1), (1917, 10, 31))),
        ("1600", "1699", ((1600, 1, 1), (1699, 12, 31))),
        ("1900-02-29", "", ((1900, 2, 29), (1900, 2, 29))),
    ],
    ids=["a year", "a month", "a century", "a leap day of the Julian calendar"],
)
def test_a_window_is_named_by_its_ends(begins: str, ends: str, found: tuple[Ymd, Ymd]) -> None:
    assert window(begins, ends) == Window(*found)


@pytest.mark.parametrize(("begins", "ends"), [("1917", "1916"), ("1917-02-30", ""), ("000", "")])
def test_a_window_that_does_not_exist_is_none(begins: str, ends: str) -> None:
    assert window(begins, ends) is None


@pytest.mark.parametrize(
    ("zoom", "begins", "ends", "words", "calendar"),
    [
        (Zoom.CENTURY, "1900", "1999", "1900–1999", None),
        (Zoom.DECADE, "1910", "1919", "1910–1919", None),
        (Zoom.YEAR, "1917", "1917", "1917", None),
        (Zoom.MONTH, "1917-10", "1917-10", "October 1917", "Old Style"),
        (Zoom.DAY, "1917-10-25", "1917-10-25", "25 October 1917", "Old Style"),
    ],
)
def test_a_day_lies_in_one_unit_of_each_length(
    zoom: Zoom, begins: str, ends: str, words: str, calendar: Calendar | None
) -> None:
    unit = unit_at((1917, 10, 25), zoom, "Old Style")
    assert (unit.begins, unit.ends, unit_text(unit), unit.calendar) == (
        begins,
        ends,
        words,
        calendar,
    )


def test_there_is_no_year_nought() -> None:
    assert unit_at((62, 5, 1), Zoom.CENTURY).window == Window((1, 1, 1), (99, 12, 31))


def test_a_year_is_placed_as_a_gregorian_one() -> None:
    year = unit_at((1917, 10, 25), Zoom.YEAR, "Old Style")
    month = unit_at((1917, 1, 1), Zoom.MONTH, "Old Style")
    assert month.day - year.day == 13


@pytest.mark.parametrize(
    ("text", "zoom"),
    [
        ("800/1999", Zoom.CENTURY),
        ("1900/1999", Zoom.DECADE),
        ("1640/1649", Zoom.YEAR),
        ("1917", Zoom.MONTH),
        ("1917-02/1917-10", Zoom.MONTH),
        ("1917-10", Zoom.DAY),
        ("1917-10-25", Zoom.DAY),
    ],
)
def test_a_window_is_divided_into_the_next_shorter_units(text: str, zoom: Zoom) -> None:
    assert natural_zoom(seen(*text.split("/"))) is zoom


def test_all_time_is_divided_into_centuries() -> None:
    assert natural_zoom(None) is Zoom.CENTURY


def test_what_lies_around_a_window_is_named_from_the_longest() -> None:
    around = units_around(seen("1917-10"))
    assert [unit_text(unit) for unit in around] == [
        "1900–1999",
        "1910–1919",
        "1917",
        "October 1917",
    ]


def test_a_view_has_what_is_under_way_what_is_loose_and_the_rest() -> None:
    names = ["1917-10-25", "1917-09/1917-11", "1917-10", "1917-10-06", "1917-11-01", "1916"]
    found = view(map(event, names), seen("1917-10"), Zoom.DAY)
    assert [one.name for one in found.under_way] == ["1917-09/1917-11"]
    assert [one.name for one in found.loose] == ["1917-10"]
    assert [(unit_text(group.unit), len(group.items)) for group in found.groups] == [
        ("6 October 1917", 1),
        ("25 October 1917", 1),
    ]
    assert len(found.items) == 4


def test_the_same_month_of_two_calendars_is_two_groups_in_true_order() -> None:
    found = view(
        [event("1905-01-09", "Old Style"), event("1905-01-20"), event("1905-01-05")],
        seen("1905"),
        Zoom.MONTH,
    )
    assert found.calendars == ["Gregorian", "Old Style"]
    assert [(group.unit.begins, group.unit.calendar) for group in found.groups] == [
        ("1905-01", "Gregorian"),
        ("1905-01", "Old Style"),
    ]
    assert [one.name for one in found.groups[0].items] == ["1905-01-05", "1905-01-20"]


def test_a_year_holds_both_calendars_in_true_order() -> None:
    found = view([event("1905-01-09", "Old Style"), event("1905-01-20")], None, Zoom.YEAR)
    [group] = found.groups
    assert [one.name for one in group.items] == ["1905-01-20", "1905-01-09"]


def test_the_next_units_with_an_event_are_found_over_gaps() -> None:
    every = [event(text) for text in ("1905-10", "1912", "1917-02", "1917-10", "1939")]
    earlier, later = neighbours(every, seen("1917-02"))
    assert earlier is not None
    assert later is not None
    assert (earlier.begins, later.begins) == ("1905-10", "1917-10")


@pytest.mark.parametrize("text", ["1917", "1917-02/1917-03", "1642/1917"])
def test_nothing_lies_beside_the_only_unit_or_beside_a_window_that_is_none(text: str) -> None:
    assert neighbours([event("1917")], seen(*text.split("/"))) == (None, None)


def test_a_line_of_time_goes_from_0_to_1() -> None:
    line = Scale(100, 200)
    assert [line.place(day) for day in (50, 100, 125, 200, 999)] == [0, 0, 0.25, 1, 1]
    assert Scale(7, 7).place(7) == 0


def test_the_line_of_a_window_holds_its_days_in_every_calendar() -> None:
    line = scale(seen("1917-10"), ["Gregorian", "Old Style"])
    assert line.last - line.first == 30 + 13


def test_the_whole_of_some_events_is_full_centuries() -> None:
    assert whole([event("862"), event("1917-10")]) == Window((800, 1, 1), (1999, 12, 31))
    assert whole([]) is None


@pytest.mark.parametrize(
    ("text", "written_below"),
    [
        ("1917", ["1917-01", "1917-04", "1917-07", "1917-10"]),
        ("1600/1699", ["1600", "1620", "1640", "1660", "1680"]),
        ("1917-10", ["1917-10-01", "1917-10-08", "1917-10-15", "1917-10-22", "1917-10-29"]),
        ("1917-12-31", ["1917-12-31"]),
    ],
)
def test_a_few_units_are_written_below_the_line(text: str, written_below: list[str]) -> None:
    assert [unit.begins for unit in ticks(seen(*text.split("/")), 5)] == written_below


@given(text=written, calendar=st.sampled_from(CALENDARS), zoom=zooms)
def test_a_date_lies_in_the_unit_of_its_first_day(
    text: str, calendar: Calendar, zoom: Zoom
) -> None:
    when = event(text, calendar).when
    unit = unit_at(when.first, zoom, calendar)
    assert unit.first <= when.first <= unit.last
    again = seen(unit.begins, unit.ends)
    assert again.first == unit.first
    assert units_around(again)[-1].begins == unit.begins
    assert when.days[0] <= when.days[1]


@given(every=events, begins=written, zoom=zooms)
def test_a_view_shows_each_event_that_touches_it_once(
    every: list[Event], begins: str, zoom: Zoom
) -> None:
    looked_at = seen(begins)
    touching = [
        one
        for one in every
        if one.when.first <= looked_at.last and one.when.last >= looked_at.first
    ]
    found = view(every, looked_at, zoom)
    assert sorted(map(id, found.items)) == sorted(map(id, touching))


@given(every=events, zoom=zooms)
def test_all_time_shows_everything_and_units_in_order(every: list[Event], zoom: Zoom) -> None:
    found = view(every, None, zoom)
    assert sorted(map(id, found.items)) == sorted(map(id, every))
    units: list[Unit] = [group.unit for group in found.groups]
    assert [unit.day for unit in units] == sorted(unit.day for unit in units)
    assert len(set(units)) == len(units)


@given(begins=written, most=st.integers(1, 10))
def test_no_more_is_written_below_than_has_room(begins: str, most: int) -> None:
    assert 1 <= len(ticks(seen(begins), most)) <= most


@given(every=events, begins=written)
def test_the_units_beside_a_window_do_not_touch_it(every: list[Event], begins: str) -> None:
    looked_at = seen(begins)
    earlier, later = neighbours(every, looked_at)
    assert earlier is None or earlier.last < looked_at.first
    assert later is None or later.first > looked_at.last
