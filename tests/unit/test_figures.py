import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.figures import Expected, Share, bands


def expected(percent: int, kept: int, answers: int) -> Expected:
    return Expected(percent=percent, expected=answers * percent / 100, kept=kept, answers=answers)


def test_a_share_of_nothing_is_not_zero() -> None:
    assert Share(0, 0).share is None


@pytest.mark.parametrize(
    ("count", "of", "share", "thin"),
    [(9, 9, 1.0, True), (9, 10, 0.9, False), (0, 20, 0.0, False)],
    ids=["too few", "enough", "none right"],
)
def test_a_share_says_whether_it_is_thin(count: int, of: int, share: float, *, thin: bool) -> None:
    assert (Share(count, of).share, Share(count, of).is_thin) == (share, thin)


@pytest.mark.parametrize(("count", "of"), [(2, 1), (-1, 1)], ids=["more than all", "below none"])
def test_a_share_cannot_be_more_than_all(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="of 1"):
        Share(count, of)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ([], []),
        (
            [expected(90, 4, 5), expected(94, 5, 5)],
            [(90, 95, 0.92, Share(9, 10))],
        ),
        (
            [expected(89, 1, 2), expected(90, 2, 2)],
            [
                (85, 90, 0.89, Share(1, 2)),
                (90, 95, 0.9, Share(2, 2)),
            ],
        ),
        ([expected(100, 3, 3)], [(95, 100, 1.0, Share(3, 3))]),
        ([expected(0, 0, 1)], [(0, 50, 0.0, Share(0, 1))]),
    ],
    ids=["nothing", "one band", "a border", "certain", "hopeless"],
)
def test_answers_fall_into_bands(
    found: list[Expected], shown: list[tuple[int, int, float, Share]]
) -> None:
    assert [
        (band.starts_percent, band.ends_percent, round(band.expected, 6), band.kept)
        for band in bands(found)
    ] == shown


@given(
    st.lists(
        st.tuples(st.integers(0, 100), st.integers(0, 5), st.integers(1, 5)).map(
            lambda row: expected(row[0], min(row[1], row[2]), row[2])
        )
    )
)
def test_no_answer_is_lost_between_bands(found: list[Expected]) -> None:
    assert sum(band.kept.of for band in bands(found)) == sum(row.answers for row in found)
