"""The table that turns a marked answer into a rating."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.bank_files import Demand
from quizapp.domain.rating import Certainty, Rating, is_confident_error, rate

SURE, NOT_SURE, DONT_KNOW = Certainty
RECOGNISE, RECONSTRUCT, RECALL, EXPLAIN = Demand


@pytest.mark.parametrize(
    ("share", "certainty", "demand", "rating"),
    [
        (0.0, SURE, RECALL, Rating.AGAIN),
        (0.0, NOT_SURE, RECOGNISE, Rating.AGAIN),
        (0.0, DONT_KNOW, RECALL, Rating.AGAIN),
        (1.0, DONT_KNOW, RECALL, Rating.AGAIN),
        (0.74, SURE, RECONSTRUCT, Rating.AGAIN),
        (0.75, SURE, RECONSTRUCT, Rating.HARD),
        (0.99, NOT_SURE, RECALL, Rating.HARD),
        (1.0, NOT_SURE, RECOGNISE, Rating.HARD),
        (1.0, NOT_SURE, RECONSTRUCT, Rating.HARD),
        (1.0, NOT_SURE, RECALL, Rating.GOOD),
        (1.0, NOT_SURE, EXPLAIN, Rating.GOOD),
        (1.0, SURE, RECOGNISE, Rating.GOOD),
        (1.0, SURE, RECALL, Rating.GOOD),
    ],
)
def test_a_marked_answer_gives_its_rating(
    share: float, certainty: Certainty, demand: Demand, rating: Rating
) -> None:
    assert rate(share=share, certainty=certainty, demand=demand, hint_used=False) == rating


@pytest.mark.parametrize(
    ("share", "rating"), [(0.5, Rating.AGAIN), (0.8, Rating.HARD), (1.0, Rating.HARD)]
)
def test_after_a_hint_a_right_answer_is_hard(share: float, rating: Rating) -> None:
    assert rate(share=share, certainty=SURE, demand=RECALL, hint_used=True) == rating


@given(
    low=st.floats(0, 1),
    high=st.floats(0, 1),
    certainty=st.sampled_from(Certainty),
    demand=st.sampled_from(Demand),
    hint_used=st.booleans(),
)
def test_a_better_answer_is_never_rated_lower_and_none_is_easy(
    low: float, high: float, certainty: Certainty, demand: Demand, *, hint_used: bool
) -> None:
    low, high = sorted((low, high))
    worse = rate(share=low, certainty=certainty, demand=demand, hint_used=hint_used)
    better = rate(share=high, certainty=certainty, demand=demand, hint_used=hint_used)
    assert worse <= better < Rating.EASY


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_out_of_range_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="is not between 0 and 1"):
        rate(share=share, certainty=SURE, demand=RECALL, hint_used=False)


@pytest.mark.parametrize(
    ("share", "certainty", "expected"),
    [
        (0.0, SURE, True),
        (0.74, SURE, True),
        (0.75, SURE, False),
        (1.0, SURE, False),
        (0.0, NOT_SURE, False),
        (0.0, DONT_KNOW, False),
    ],
)
def test_only_wrong_and_sure_is_a_confident_error(
    share: float,
    certainty: Certainty,
    expected: bool,  # noqa: FBT001  # a column of the table
) -> None:
    assert is_confident_error(share, certainty) is expected
