from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.series import FIRST_YEAR, LAST_YEAR, PARTS, place


def test_the_series_has_fifteen_parts_in_order() -> None:
    assert [part.number for part in PARTS] == list(range(1, 16))


def test_every_part_ends_after_it_starts_and_before_1918() -> None:
    assert all(part.starts < part.ends <= LAST_YEAR for part in PARTS)


def test_only_the_course_of_russian_history_reaches_back_before_1640() -> None:
    assert [part.number for part in PARTS if part.has_tail] == [10]


@pytest.mark.parametrize(
    ("year", "share"),
    [(1640, 0.0), (1779, 0.5), (1918, 1.0), (862, 0.0), (2000, 1.0)],
    ids=["the first", "the middle", "the end", "before", "after"],
)
def test_a_year_has_its_place(year: float, share: float) -> None:
    assert place(year) == share


@given(st.lists(st.floats(FIRST_YEAR, LAST_YEAR), min_size=2).map(sorted))
def test_a_later_year_is_never_placed_before_an_earlier_one(years: list[float]) -> None:
    assert all(place(earlier) <= place(later) for earlier, later in pairwise(years))
