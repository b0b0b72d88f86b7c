"""Marking of dates in both calendars."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.answers import Verdict
from quizapp.domain.bank_files import Calendar
from quizapp.domain.date_marking import (
    WrittenDate,
    date_from_text,
    date_text,
    date_verdict,
    julian_day_number,
    span_of,
)

CALENDARS: tuple[Calendar, ...] = ("Old Style", "Julian", "Gregorian")
RIGHT, SLIP, NEAR, WRONG = Verdict.RIGHT, Verdict.SLIP, Verdict.NEAR, Verdict.WRONG


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("21 October 1917", RIGHT),
        ("October 21, 1917", RIGHT),
        ("the 21st of October", RIGHT),
        ("It was on Sunday, 21st October 1917.", RIGHT),
        ("1917 October 21", RIGHT),
        ("21.10.1917", RIGHT),
        ("21/10/1917", RIGHT),
        ("10/21/1917", RIGHT),
        ("21.10.17", RIGHT),
        ("21/10", RIGHT),
        ("1917-10-21", RIGHT),
        ("21 Oct", RIGHT),
        ("21 OCT. 1917", RIGHT),
        ("\uff12\uff11 October", RIGHT),
        ("21 Octobre 1917", SLIP),
        ("21 October O.S.", RIGHT),
        ("21 October 1917 (Julian calendar)", RIGHT),
        ("3 November 1917 NS", RIGHT),
        ("3 Nov (n.s.)", RIGHT),
        ("3 November 1917, New Style", RIGHT),
        ("3 November, Gregorian", RIGHT),
        ("3 November 1917", NEAR),
        ("3 November 1917 OS", NEAR),
        ("21 October 1917 NS", NEAR),
        ("22 October 1917", WRONG),
        ("21 October 1918", WRONG),
        ("21 October OS, 3 November NS", WRONG),
        ("October 1917", WRONG),
        ("October", WRONG),
        ("1917", WRONG),
        ("21", WRONG),
        ("", WRONG),
        ("20 or 21 October", WRONG),
        ("21-22 October", WRONG),
        ("21 22 1917", WRONG),
        ("1917-13-21", WRONG),
        ("31 February 1917", WRONG),
        ("0 October 1917", WRONG),
        ("21 October 0000", WRONG),
        ("21 October or November", WRONG),
        ("21 Octxyer", WRONG),
        ("21 Otc", WRONG),
        ("1916 1917 October", WRONG),
        ("12345 October", WRONG),
        ("19171021", WRONG),
        ("1 2 3 4", WRONG),
        ("9" * 400, WRONG),
        ("\u0000\ud800\U0001f600", WRONG),
    ],
)
def test_a_day_is_read_in_many_forms(text: str, expected: Verdict) -> None:
    assert date_verdict(text, "1917-10-21", "Old Style") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("October 1917", RIGHT),
        ("in Oct.", RIGHT),
        ("10/1917", RIGHT),
        ("1917-10", RIGHT),
        ("31 October", RIGHT),
        ("7 November 1917 NS", RIGHT),
        ("7 November 1917", NEAR),
        ("October 1917 NS", RIGHT),  # 18 of its 31 days
        ("November 1917 NS", WRONG),  # 13 of its 30 days
        ("November 1917", WRONG),
        ("October 1916", WRONG),
        ("1917", WRONG),
    ],
)
def test_a_month_takes_the_month_and_its_days(text: str, expected: Verdict) -> None:
    assert date_verdict(text, "1917-10", "Old Style") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1917", RIGHT),
        ("in the year 1917", RIGHT),
        ("1917 NS", RIGHT),
        ("October 1917", RIGHT),
        ("1 January 1917", RIGHT),
        ("5 January 1918 NS", RIGHT),
        ("5 January 1918", NEAR),
        ("1918", WRONG),
        ("October", WRONG),
        ("21 October", WRONG),
        ("17", WRONG),
    ],
)
def test_a_year_takes_any_date_in_it_that_names_it(text: str, expected: Verdict) -> None:
    assert date_verdict(text, "1917", "Old Style") is expected


@pytest.mark.parametrize(
    ("text", "answer", "calendar", "tolerance_days", "expected"),
    [
        ("23 October", "1917-10-21", "Old Style", 2, RIGHT),
        ("19 October", "1917-10-21", "Old Style", 2, RIGHT),
        ("24 October", "1917-10-21", "Old Style", 2, WRONG),
        ("October", "1917-10-21", "Old Style", 40, WRONG),
        ("15 November", "1917-10", "Old Style", 5, WRONG),
        ("7 January 1918 NS", "1917-12-25", "Old Style", 0, RIGHT),
        ("7 January NS", "1917-12-25", "Old Style", 0, RIGHT),
        ("7 January", "1917-12-25", "Old Style", 0, NEAR),
        ("30 January", "1649-01-30", "Julian", 0, RIGHT),
        ("9 February 1649 New Style", "1649-01-30", "Julian", 0, RIGHT),
        ("14 July", "1789-07-14", "Gregorian", 0, RIGHT),
        ("3 July 1789 OS", "1789-07-14", "Gregorian", 0, RIGHT),
        ("29 February 1900", "1900-02-29", "Old Style", 0, RIGHT),
        ("29 February 1900", "1900-02-28", "Gregorian", 0, WRONG),
        ("28.2.00", "1900-02-28", "Gregorian", 0, RIGHT),
        ("988", "988", "Julian", 0, RIGHT),
        ("31 February 1917", "1917-02-31", "Gregorian", 0, WRONG),
        ("1917-13", "1917-13", "Gregorian", 0, WRONG),
        ("0000", "0000", "Gregorian", 0, WRONG),
        ("5 March", "1953-03-05", "Gregorian", 0, RIGHT),
    ],
)
def test_dates_are_marked_in_their_calendar(
    text: str, answer: str, calendar: Calendar, tolerance_days: int, expected: Verdict
) -> None:
    assert date_verdict(text, answer, calendar, tolerance_days) is expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ((1917, 10, 25), (1917, 11, 7)),
        ((1582, 10, 5), (1582, 10, 15)),
        ((1649, 1, 30), (1649, 2, 9)),
        ((1700, 2, 28), (1700, 3, 10)),
        ((1700, 2, 29), (1700, 3, 11)),
        ((1900, 2, 29), (1900, 3, 13)),
        ((300, 2, 28), (300, 2, 28)),
    ],
)
def test_one_day_has_one_number_in_both_calendars(
    old: tuple[int, int, int], new: tuple[int, int, int]
) -> None:
    assert julian_day_number(*old, "Julian") == julian_day_number(*new, "Gregorian")


def test_day_numbers_begin_where_astronomers_begin_them() -> None:
    assert julian_day_number(2000, 1, 1, "Gregorian") == 2_451_545


@given(day=st.dates())
def test_gregorian_days_are_counted_as_python_counts_them(day: date) -> None:
    from_epoch = julian_day_number(day.year, day.month, day.day, "Gregorian") - 1_721_426
    assert date.min + timedelta(days=from_epoch) == day


@given(year=st.integers(1, 9999), month=st.integers(1, 12), calendar=st.sampled_from(CALENDARS))
def test_months_fill_their_year(year: int, month: int, calendar: Calendar) -> None:
    days = span_of(WrittenDate(year, month), calendar)
    whole = span_of(WrittenDate(year), calendar)
    assert days is not None
    assert whole is not None
    assert set(days) <= set(whole)
    assert 28 <= len(days) <= 31
    assert span_of(WrittenDate(year, month, len(days) + 1), calendar) is None


@given(day=st.dates(min_value=date(1000, 1, 1)), calendar=st.sampled_from(CALENDARS))
def test_a_day_is_right_as_the_file_and_as_words_have_it(day: date, calendar: Calendar) -> None:
    answer = day.isoformat()
    assert date_verdict(answer, answer, calendar) is Verdict.RIGHT
    assert date_verdict(date_text(answer).upper(), answer, calendar) is Verdict.RIGHT


@given(text=st.text(max_size=60) | st.text("0123456789 ./-octns", max_size=20))
def test_any_text_is_marked_and_always_alike(text: str) -> None:
    verdict = date_verdict(text, "1917-10-21", "Old Style")
    assert verdict is date_verdict(text, "1917-10-21", "Old Style")


def test_a_date_in_words_is_as_exact_as_the_file_has_it() -> None:
    assert date_text("1917-10-21") == "21 October 1917"
    assert date_text("1917-10") == "October 1917"
    assert date_text("1917") == "1917"
    assert date_text("1917-13") == "1917-13"


def test_what_was_left_out_is_left_open() -> None:
    assert date_from_text("21 Oct NS") == WrittenDate(None, 10, 21, "Gregorian")
    assert date_from_text("then") is None
