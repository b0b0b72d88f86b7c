"""Days, months and years as bank files write them, in either calendar."""

from calendar import isleap

Ymd = tuple[int, int, int]
"""A day as year, month and day of its own calendar."""

MONTHS_IN_YEAR = 12
FEBRUARY = 2
_SHORT_MONTHS = (4, 6, 9, 11)


def day_range(text: str, calendar: str) -> tuple[Ymd, Ymd] | None:
    """Return the first and last day of `1917-10-21`, `1917-10`, `1917` or `1917-10/1917-11`.

    None if there is no such day, or the stretch ends before it begins. `calendar` is that of
    the bank; every fourth year is a leap year in "Old Style" and "Julian".
    """
    begins, _, ends = text.partition("/")
    first, last = _bounds(begins, calendar), _bounds(ends or begins, calendar)
    if first is None or last is None or last[1] < first[0]:
        return None
    return first[0], last[1]


def days_in_month(year: int, month: int, calendar: str) -> int:
    """Return how many days a month has, 28 to 31."""
    if month == FEBRUARY:
        leaps = isleap(year) if calendar == "Gregorian" else year % 4 == 0
        return 29 if leaps else 28
    return 30 if month in _SHORT_MONTHS else 31


def _bounds(text: str, calendar: str) -> tuple[Ymd, Ymd] | None:
    """Return the first and last day of a day, month or year, or None if there is none."""
    year, *rest = (int(number) for number in text.split("-"))
    month = rest[0] if rest else None
    if year == 0 or (month is not None and not 1 <= month <= MONTHS_IN_YEAR):
        return None
    if month is None:
        return (year, 1, 1), (year, 12, 31)
    longest = days_in_month(year, month, calendar)
    if len(rest) == 1:
        return (year, month, 1), (year, month, longest)
    day = rest[1]
    return ((year, month, day), (year, month, day)) if 1 <= day <= longest else None
