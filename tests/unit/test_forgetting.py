from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.forgetting import POINTS_PER_STRETCH, Memory, stretches
from quizapp.domain.fsrs import DEFAULT_WEIGHTS

DECAY = DEFAULT_WEIGHTS[20]
FIRST = date(2026, 3, 1)


def memory(after_days: int, stability_days: float = 2.0) -> Memory:
    return Memory(FIRST + timedelta(days=after_days), stability_days, DECAY)


@pytest.mark.parametrize(
    ("after_days", "chance"),
    [(-1, None), (0, None), (2, 0.9)],
    ids=["before", "within the study day", "as many days as it is stable"],
)
def test_a_chance_is_told_from_the_next_day_on(after_days: int, chance: float | None) -> None:
    found = memory(0).chance(FIRST + timedelta(days=after_days))
    assert found == (None if chance is None else pytest.approx(chance))


def test_nothing_remembered_draws_nothing() -> None:
    assert stretches([], FIRST) == []


def test_each_day_of_answers_begins_a_stretch() -> None:
    first, second = stretches([memory(0), memory(3, 5.0)], FIRST + timedelta(days=5))

    assert [point.on.day for point in first] == [2, 3, 4]
    assert [point.on.day for point in second] == [5, 6]
    assert first[1].chance == pytest.approx(0.9)


def test_a_curve_that_ends_on_the_day_of_the_answer_has_no_points() -> None:
    assert stretches([memory(0)], FIRST) == [[]]


@given(days=st.integers(1, 5000), stability_days=st.floats(0.01, 1000))
def test_a_stretch_falls_and_keeps_both_ends(days: int, stability_days: float) -> None:
    [points] = stretches([memory(0, stability_days)], FIRST + timedelta(days=days))

    assert points[0].on == FIRST + timedelta(days=1)
    assert points[-1].on == FIRST + timedelta(days=days)
    assert len(points) <= POINTS_PER_STRETCH + 1
    chances = [point.chance for point in points]
    assert chances == sorted(chances, reverse=True)
    assert all(0 <= chance <= 1 for chance in chances)
