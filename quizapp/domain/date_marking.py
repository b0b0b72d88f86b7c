"""Marking of dates: days, months and years, in the Julian and the Gregorian calendar.

"Old Style" is the Julian calendar. Days are counted as Julian day numbers, in which one day
is one number whatever the calendar.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from rapidfuzz.distance import OSA

from quizapp.domain.answers import Verdict
from quizapp.domain.bank_files import Calendar
from quizapp.domain.text_folding import plain, word_set

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_READ_CHARACTERS = 300  # a longer text is no date
_LAST_YEAR = 9999
_LETTERS_WITH_A_SLIP = 6  # shorter names of months must be spelt right
_YEAR_DIGITS = (3, 4)
_PARTS_OF_A_DATE = 3  # a day, a month and a year

_MONTH_OF = {name.casefold(): place for place, name in enumerate(MONTHS, 1)}
_MONTH_OF |= {name[:3]: place for name, place in tuple(_MONTH_OF.items())} | {"sept": 9}
_NEW_STYLE = re.compile(r"\b(?:n ?s|new ?style|gregorian)\b")
_OLD_STYLE = re.compile(r"\b(?:o ?s|old ?style|julian)\b")
_FILLERS = word_set(
    "the of on in it was is i think st nd rd th a year month day calendar date style "
    "monday tuesday wednesday thursday friday saturday sunday"
)


class Precision(IntEnum):
    """How exact a date is."""

    YEAR = 1
    MONTH = 2
    DAY = 3


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it was written, with what was left out as None; it need not exist."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    calendar: Calendar | None = None
    has_slip: bool = False  # the month is misspelt

    @property
    def precision(self) -> Precision:
        """How exact it is."""
        if self.day is not None:
            return Precision.DAY
        return Precision.YEAR if self.month is None else Precision.MONTH


def julian_day_number(year: int, month: int, day: int, calendar: Calendar) -> int:
    """Return the number of a day from 1 January 4713 BC (Julian), which is 0.

    Years are those after Christ. The day may lie outside its month: it is counted on.
    Source: C. Toendering, "Frequently asked questions about calendars", Julian day number.
    """
    early = (14 - month) // 12  # 1 in January and February: years are counted from March
    years = year + 4800 - early
    days = day + (153 * (month + 12 * early - 3) + 2) // 5 + 365 * years + years // 4
    if calendar == "Gregorian":
        return days - years // 100 + years // 400 - 32045
    return days - 32083


def span_of(date: WrittenDate, calendar: Calendar) -> range | None:
    """Return the Julian day numbers that a date with a year covers; None if it does not exist."""
    year, month = date.year, date.month
    if year is None or not 1 <= year <= _LAST_YEAR:
        return None
    if month is None:
        return range(
            julian_day_number(year, 1, 1, calendar), julian_day_number(year + 1, 1, 1, calendar)
        )
    if not 1 <= month <= len(MONTHS):
        return None
    after = (year + month // 12, month % 12 + 1)
    days = range(
        julian_day_number(year, month, 1, calendar), julian_day_number(*after, 1, calendar)
    )
    if date.day is None:
        return days
    return days[date.day - 1 : date.day] if 1 <= date.day <= len(days) else None


def date_from_file(answer: str) -> WrittenDate:
    """Return a date written as a bank file has it: "1917-10-21", "1917-10" or "1917"."""
    year, month, day = (*map(int, answer.split("-")), None, None)[:_PARTS_OF_A_DATE]
    return WrittenDate(year, month, day)


def date_text(answer: str) -> str:
    """Return a bank file's date in words: "21 October 1917"; as it is if there is no such month."""
    date = date_from_file(answer)
    if date.month is None or not 1 <= date.month <= len(MONTHS):
        return answer
    return " ".join(f"{date.day or ''} {MONTHS[date.month - 1]} {date.year}".split())


def date_verdict(text: str, answer: str, calendar: Calendar, tolerance_days: int = 0) -> Verdict:
    """Mark a typed date by an answer that is in `calendar`.

    RIGHT, or SLIP with a misspelt month, needs a date at least as exact as the answer of which
    at least half lies within it: a month of one calendar lies in two of the other.
    `tolerance_days` widens an answer that is a day, both ways. NEAR is a date that would be
    right in the other calendar. A year left out is the answer's, unless a year is asked.
    """
    asked = date_from_file(answer)
    target = span_of(asked, calendar)
    written = date_from_text(text, asked.year or 0)
    if target is None or written is None or written.precision < asked.precision:
        return Verdict.WRONG
    if asked.day is not None:
        target = range(target.start - tolerance_days, target.stop + tolerance_days)
    named = written.calendar or calendar
    if any(_lies_within(span, target) for span in _readings(written, asked, named, calendar)):
        return Verdict.SLIP if written.has_slip else Verdict.RIGHT
    other = _other(named)
    if any(_lies_within(span, target) for span in _readings(written, asked, other, calendar)):
        return Verdict.NEAR
    return Verdict.WRONG


def date_from_text(text: str, answer_year: int = 0) -> WrittenDate | None:
    """Return the one date that an English text names, None if there is none or more than one.

    Numbers alone are read day first, unless only month first is possible. A year of two
    digits is read in the century of `answer_year`.
    """
    if len(text.strip()) > _READ_CHARACTERS:
        return None
    spaced = " ".join(re.findall(r"[0-9]+|[^\W\d_]+", plain(text)))
    is_new, is_old = _NEW_STYLE.search(spaced), _OLD_STYLE.search(spaced)
    if is_new and is_old:
        return None
    rest = _OLD_STYLE.sub(" ", _NEW_STYLE.sub(" ", spaced)).split()
    date = _date_from_words([word for word in rest if word not in _FILLERS], answer_year)
    if date is None or not (is_new or is_old):
        return date
    return replace(date, calendar="Gregorian" if is_new else "Julian")


def _readings(
    written: WrittenDate, asked: WrittenDate, calendar: Calendar, own: Calendar
) -> Iterator[range]:
    """Yield the spans of a written date; in the other calendar New Year may lie between."""
    year = asked.year or 0
    crosses = (calendar == "Gregorian") != (own == "Gregorian")
    left_out = range(year - 1, year + 2) if crosses else [year]
    if written.year is None and asked.month is None:
        return
    for candidate in left_out if written.year is None else [written.year]:
        span = span_of(replace(written, year=candidate), calendar)
        if span is not None:
            yield span


def _lies_within(span: range, target: range) -> bool:
    common = min(span.stop, target.stop) - max(span.start, target.start)
    return 2 * common >= len(span)


def _other(calendar: Calendar) -> Calendar:
    return "Julian" if calendar == "Gregorian" else "Gregorian"


def _date_from_words(parts: list[str], answer_year: int) -> WrittenDate | None:
    numbers = [part for part in parts if part[0].isdigit()]
    names = [part for part in parts if not part[0].isdigit()]
    if not names:
        return _date_from_numbers(numbers, answer_year)
    month = _month_of(names[0])
    if month is None or len(names) > 1:
        return None
    date = _day_and_year(numbers)
    slip = names[0] not in _MONTH_OF
    return date and replace(date, month=month, has_slip=slip)


def _month_of(name: str) -> int | None:
    """Return the month of a name, its usual abbreviation or the name with a slip."""
    if name in _MONTH_OF or len(name) < _LETTERS_WITH_A_SLIP:
        return _MONTH_OF.get(name)
    return next(
        (
            place
            for place, month in enumerate(MONTHS, 1)
            if len(month) >= _LETTERS_WITH_A_SLIP and OSA.distance(name, month.casefold()) == 1
        ),
        None,
    )


def _day_and_year(numbers: list[str]) -> WrittenDate | None:
    """Return what stands beside the name of a month: a day, a year, both, or nothing."""
    years = [int(number) for number in numbers if len(number) in _YEAR_DIGITS]
    days = [int(number) for number in numbers if len(number) < min(_YEAR_DIGITS)]
    if len(years) + len(days) != len(numbers) or len(years) > 1 or len(days) > 1:
        return None
    return WrittenDate(year=next(iter(years), None), day=next(iter(days), None))


def _date_from_numbers(numbers: list[str], answer_year: int) -> WrittenDate | None:
    if not numbers or len(numbers) > _PARTS_OF_A_DATE or max(map(len, numbers)) > max(_YEAR_DIGITS):
        return None
    values = [int(number) for number in numbers]
    if len(numbers[0]) in _YEAR_DIGITS:
        year, month, day = (*values, None, None)[:_PARTS_OF_A_DATE]
        return WrittenDate(year, month, day)
    if len(numbers) == _PARTS_OF_A_DATE:
        year = values[2] if len(numbers[2]) in _YEAR_DIGITS else _full_year(values[2], answer_year)
        return _day_first(values[0], values[1], year)
    if len(numbers[-1]) in _YEAR_DIGITS:
        return WrittenDate(year=values[1], month=values[0])
    return _day_first(values[0], values[1], None) if len(numbers) > 1 else None


def _day_first(day: int, month: int, year: int | None) -> WrittenDate:
    if month > len(MONTHS) >= day:
        day, month = month, day
    return WrittenDate(year=year, month=month, day=day)


def _full_year(two_digits: int, answer_year: int) -> int:
    return answer_year // 100 * 100 + two_digits
