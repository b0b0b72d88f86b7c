"""A learner's days, in zones whose clocks do what clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.study_days import day_starts_at, study_day

BERLIN = ZoneInfo("Europe/Berlin")
SAMOA = ZoneInfo("Pacific/Apia")
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",  # put its clocks back at a minute past midnight
    "America/Asuncion",
    "Africa/Cairo",
    "Antarctica/Troll",  # moves its clocks by two hours
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # moves them by half an hour
    "Pacific/Apia",  # skipped a day
    "Pacific/Kiritimati",
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
hours = st.integers(0, 23)
moments = st.datetimes(datetime(1985, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # as Hypothesis asks


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 15, 2, 59, 59, tzinfo=UTC), date(2026, 1, 14)),
        (datetime(2026, 1, 15, 3, 0, tzinfo=UTC), date(2026, 1, 15)),
        (datetime(2026, 1, 15, 23, 30, tzinfo=UTC), date(2026, 1, 15)),
        (datetime(2026, 3, 29, 1, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 2, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 2, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 3, 0, tzinfo=UTC), date(2026, 10, 25)),
    ],
    ids=["before 4", "at 4", "after midnight", "before 4 in spring", "at 4 in spring",
         "before 4 in autumn", "at 4 in autumn"],
)  # fmt: skip
def test_a_study_day_begins_at_four_by_the_clock_in_berlin(moment: datetime, day: date) -> None:
    assert study_day(moment, BERLIN) == day


@pytest.mark.parametrize(
    ("day", "zone", "hour", "moment"),
    [
        (date(2026, 1, 15), "Europe/Berlin", 4, datetime(2026, 1, 15, 3, tzinfo=UTC)),
        (date(2026, 7, 15), "Europe/Berlin", 4, datetime(2026, 7, 15, 2, tzinfo=UTC)),
        (date(2026, 3, 29), "Europe/Berlin", 2, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (date(2026, 10, 25), "Europe/Berlin", 2, datetime(2026, 10, 25, 0, tzinfo=UTC)),
        (date(2026, 1, 15), "Asia/Kathmandu", 0, datetime(2026, 1, 14, 18, 15, tzinfo=UTC)),
    ],
    ids=["winter", "summer", "the hour is skipped", "the hour comes twice", "a quarter hour off"],
)
def test_a_study_day_has_its_first_moment(
    day: date, zone: str, hour: int, moment: datetime
) -> None:
    assert day_starts_at(day, ZoneInfo(zone), hour) == moment


@given(moment=moments, zone=zones, hour=hours)
def test_a_moment_lies_within_its_study_day(moment: datetime, zone: ZoneInfo, hour: int) -> None:
    day = study_day(moment, zone, hour)
    assert day_starts_at(day, zone, hour) <= moment
    assert moment < day_starts_at(day + timedelta(days=1), zone, hour)


@given(moment=moments, hours_later=st.floats(0, 72), zone=zones, hour=hours)
def test_a_study_day_never_runs_backwards(
    moment: datetime, hours_later: float, zone: ZoneInfo, hour: int
) -> None:
    later = moment + timedelta(hours=hours_later)
    assert study_day(moment, zone, hour) <= study_day(later, zone, hour)


@given(day=st.dates(date(1985, 1, 1), date(2037, 1, 1)), zone=zones, hour=hours)
def test_a_study_day_begins_with_itself(day: date, zone: ZoneInfo, hour: int) -> None:
    start = day_starts_at(day, zone, hour)
    skipped = (zone, day) == (SAMOA, date(2011, 12, 30))
    assert study_day(start, zone, hour) == day + timedelta(days=skipped)
    assert study_day(start - timedelta(microseconds=1), zone, hour) < day


def test_clocks_put_back_over_the_roll_over_do_not_bring_yesterday_back() -> None:
    troll = ZoneInfo("Antarctica/Troll")  # at 3 the clocks go back to 1
    rolled_over = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # half past 2 there
    put_back = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # half past 1 there
    assert study_day(rolled_over, troll, 2) == study_day(put_back, troll, 2) == date(2026, 10, 25)


def test_the_day_that_samoa_skipped_is_no_study_day() -> None:
    start = datetime(2011, 12, 28, 20, tzinfo=UTC)
    days = {study_day(start + timedelta(hours=hour), SAMOA) for hour in range(72)}
    assert date(2011, 12, 30) not in days
    assert {date(2011, 12, 29), date(2011, 12, 31)} <= days


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        study_day(datetime(2026, 1, 15), BERLIN)  # noqa: DTZ001  # naive on purpose
