"""The learner's own days: dates in their time zone that begin at their roll-over hour."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ROLLOVER_HOUR = 4
ONE_DAY = timedelta(days=1)


def study_day(moment: datetime, zone: ZoneInfo, rollover_hour: int = ROLLOVER_HOUR) -> date:
    """Return the study day to which a moment belongs: the last one that has begun.

    `moment` is aware; `rollover_hour` is from 0 to 23. As time goes on the day never runs
    backwards, even where clocks are put back over the roll-over hour; a date that a zone
    skipped altogether is never returned.
    """
    if moment.tzinfo is None:
        msg = f"{moment} has no time zone"
        raise ValueError(msg)
    day = moment.astimezone(zone).date() + ONE_DAY
    while moment < day_starts_at(day, zone, rollover_hour):
        day -= ONE_DAY
    return day


def day_starts_at(day: date, zone: ZoneInfo, rollover_hour: int = ROLLOVER_HOUR) -> datetime:
    """Return the moment, in UTC, at which a study day begins.

    Where clocks show the roll-over hour twice, the first counts; where they skip it, the day
    begins as long after the last roll-over as if they had not.
    """
    return datetime.combine(day, time(rollover_hour), tzinfo=zone).astimezone(UTC)
