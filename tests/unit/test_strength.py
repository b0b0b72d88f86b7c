import pytest

from quizapp.domain.strength import Strength, strength


@pytest.mark.parametrize(
    ("state", "stability_days", "expected"),
    [
        (None, None, Strength.NEW),
        ("new", None, Strength.NEW),
        ("learning", 3.0, Strength.LEARNING),
        ("relearning", 40.0, Strength.LEARNING),
        ("review", 20.99, Strength.REMEMBERED),
        ("review", 21.0, Strength.STRONG),
        ("review", 400.0, Strength.STRONG),
    ],
    ids=[
        "no card",
        "flagged but never answered",
        "in its first steps",
        "forgotten, however stable before",
        "under 21 days",
        "from 21 days on",
        "long",
    ],
)
def test_a_fact_is_known_as_well_as_its_card_says(
    state: str | None, stability_days: float | None, expected: Strength
) -> None:
    assert strength(state, stability_days) is expected
