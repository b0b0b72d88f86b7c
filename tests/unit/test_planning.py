"""What study will cost in minutes, and when facts are due."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.planning import expected_minutes, facts_in_minutes, forecast, minutes_a_day
from quizapp.domain.scheduling import Rules

TODAY = date(2026, 3, 2)


def minutes(facts: int = 100, new_per_day: int = 10, seed: int = 1, **rules: float) -> float:
    return minutes_a_day(
        rules=Rules(**rules),  # type: ignore[arg-type]  # one number by name
        facts=facts,
        new_per_day=new_per_day,
        seconds_per_answer=12.0,
        rng=Random(seed),
    )


def test_to_remember_more_takes_more_minutes() -> None:
    found = [minutes(desired_retention=retention) for retention in (0.7, 0.8, 0.9, 0.95, 0.97)]
    assert found == sorted(set(found))


def test_a_hundred_facts_take_about_two_minutes_a_day() -> None:
    assert 1 < minutes() < 3


def test_the_same_seed_gives_the_same_minutes() -> None:
    assert minutes(seed=5) == minutes(seed=5)
    assert minutes(seed=5) == pytest.approx(minutes(seed=6), rel=0.2)


def test_many_facts_are_judged_by_a_sample() -> None:
    assert minutes(facts=5000, new_per_day=5000) == pytest.approx(
        50 * minutes(new_per_day=100), rel=0.15
    )


def test_facts_that_will_not_be_begun_cost_nothing() -> None:
    assert minutes(facts=10_000, new_per_day=1) == minutes(facts=120, new_per_day=1)


@pytest.mark.parametrize(
    ("facts", "new_per_day", "horizon_days"), [(0, 10, 120), (100, 0, 120), (100, 10, 0)]
)
def test_nothing_to_begin_takes_no_time(facts: int, new_per_day: int, horizon_days: int) -> None:
    found = minutes_a_day(
        rules=Rules(),
        facts=facts,
        new_per_day=new_per_day,
        seconds_per_answer=12.0,
        horizon_days=horizon_days,
        rng=Random(1),
    )
    assert found == 0


def test_on_the_first_day_a_new_fact_takes_about_two_and_a_half_answers() -> None:
    found = minutes_a_day(
        rules=Rules(),
        facts=1000,
        new_per_day=1000,
        seconds_per_answer=60.0,
        horizon_days=1,
        rng=Random(1),
    )
    assert found / 1000 == pytest.approx(2.5, abs=0.1)


@pytest.mark.parametrize(
    ("due", "new", "seconds", "expected"),
    [
        (0, 0, 12.0, 0),
        (1, 0, 12.0, 1),
        (5, 0, 12.0, 1),
        (6, 0, 12.0, 2),
        (0, 10, 12.0, 5),
        (20, 10, 12.0, 9),
        (7, 0, 60.000000001, 7),
    ],
)
def test_the_minutes_to_expect_are_rounded_up(
    due: int, new: int, seconds: float, expected: int
) -> None:
    assert expected_minutes(due, new, seconds) == expected


@pytest.mark.parametrize(
    ("sitting_minutes", "seconds", "facts"),
    [(10, 12.0, 50), (10, 13.0, 46), (1, 90.0, 1), (0, 12.0, 1)],
)
def test_a_sitting_of_some_minutes_holds_whole_facts(
    sitting_minutes: float, seconds: float, facts: int
) -> None:
    assert facts_in_minutes(sitting_minutes, seconds) == facts


def test_the_forecast_counts_overdue_facts_today_and_leaves_out_later_ones() -> None:
    due_in_days = (-30, -1, 0, 1, 1, 3, 4)
    found = forecast([TODAY + timedelta(days) for days in due_in_days], TODAY, days=4)
    assert found == [
        (date(2026, 3, 2), 3),
        (date(2026, 3, 3), 2),
        (date(2026, 3, 4), 0),
        (date(2026, 3, 5), 1),
    ]


@given(due_in_days=st.lists(st.integers(-100, 13)))
def test_the_forecast_counts_every_fact_once(due_in_days: list[int]) -> None:
    found = forecast((TODAY + timedelta(days) for days in due_in_days), TODAY)
    assert len(found) == 14
    assert sum(count for _, count in found) == len(due_in_days)
