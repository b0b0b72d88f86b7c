"""Marking of numbers in digits and words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.number_marking import number_fits, readings

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def in_words(number: int) -> str:
    """Write a number below a billion in English words."""
    for scale, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            joint = " and " if scale == 100 else " "
            head = f"{in_words(number // scale)} {name}"
            return head + joint + in_words(rest) if rest else head
    if number < 20:
        return UNITS.split()[number]
    unit = f"-{in_words(number % 10)}" if number % 10 else ""
    return TENS.split()[number // 10 - 2] + unit


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("51", "51"),
        (" 051 ", "51"),
        ("1,200", "1200"),
        ("1 200", "1200"),
        ("1\u00a0200", "1200"),
        ("1'000'000", "1000000"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.200", "1200 1.2"),
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        ("0.125", "0.125"),
        (".5", "0.5"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("minus five", "-5"),
        ("\uff15\uff11", "51"),
        ("\u0665\u0661", "51"),
        ("fifty-one", "51"),
        ("Fifty One", "51"),
        ("fourty one", "41"),
        ("a hundred and five", "105"),
        ("two thousand", "2000"),
        ("two thousand, five hundred and twelve", "2512"),
        ("five hundred thousand", "500000"),
        ("three million two hundred thousand and six", "3200006"),
        ("5 thousand", "5000"),
        ("1.5 million", "1500000"),
        ("a dozen", "12"),
        ("dozen", "12"),
        ("two dozen", "24"),
        ("about fifty", "50"),
        ("it was 51, I think", "51"),
        ("zero", "0"),
    ],
)
def test_numbers_are_read_in_digits_and_words(text: str, numbers: str) -> None:
    assert readings(text) == {Fraction(number) for number in numbers.split()}


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "minus", "a", "the", "many", "12 5", "1,20,000", "51-52", "100-5", "5 - 3"),
        *("1,200,5", "two three", "twenty ten", "five and six", "5 and 6", "6 fifty", "hundred"),
        *("nineteen seventeen", "thousand million", "two thousand thousand", "5 minus"),
        *("hundred hundred", "not 51", "more than 51", "half a million", "51 people", "51st"),
        *("zero hundred", "twenty zero", "twenty dozen", "1e5", "\u0000", "\ud800", "\U0001f600"),
        *("9" * 301, "x" * 10_000),
    ],
)
def test_what_is_not_one_number_has_no_reading(text: str) -> None:
    assert readings(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "unit", "prompt", "fits"),
    [
        ("51 delegates", "delegates", "", True),
        ("51 delegate", "delegates", "", True),
        ("51 deleagtes", "delegates", "", True),
        ("51", "delegates", "", True),
        ("delegates: 51", "delegates", "", True),
        ("51 delegates", None, "How many delegates came?", True),
        ("51%", "per cent", "", True),
        ("51 per cent", "%", "", True),
        ("51 percent", "per cent", "", True),
        ("51%", "delegates", "", False),
        ("51 weeks", None, "How many months did it last?", False),
        ("less than 51", None, "How many, no less than a third, came?", False),
    ],
)
def test_words_of_unit_and_prompt_may_stand_beside_the_number(
    text: str, unit: str | None, prompt: str, *, fits: bool
) -> None:
    assert number_fits(text, 51, 0, unit, prompt) is fits


@pytest.mark.parametrize(
    ("text", "answer", "tolerance", "fits"),
    [
        ("51", 51, 0, True),
        ("51.0", 51, 0, True),
        ("52", 51, 0, False),
        ("1.6", 1.5, 0.1, True),
        ("1.61", 1.5, 0.1, False),
        ("1.4", 1.5, 0.1, True),
        ("1.234", 1.234, 0, True),
        ("9007199254740993", 9007199254740992, 0, False),
        ("-3", -3, 0, True),
        ("1", float("inf"), 0, False),
        ("1", float("nan"), 0, False),
    ],
)
def test_a_number_fits_within_the_tolerance(
    text: str, answer: float, tolerance: float, *, fits: bool
) -> None:
    assert number_fits(text, answer, tolerance) is fits


@given(number=st.integers(min_value=0, max_value=999_999_999))
def test_every_number_is_read_as_it_is_written(number: int) -> None:
    assert readings(in_words(number)) == {number}
    assert readings(in_words(number).replace("-", " ").upper()) == {number}
    assert readings(f"{number:,}") == readings(f"{number:,}".replace(",", " ")) == {number}
    assert readings(str(-number)) == {-number}


@given(text=st.text(max_size=60) | st.text("0123456789.,-' a%", max_size=20), prompt=st.text())
def test_any_text_is_read_without_an_exception(text: str, prompt: str) -> None:
    assert len(readings(text, prompt)) <= 2


@given(answer=st.integers() | st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_an_answer_as_python_writes_it_is_right_unless_in_powers_of_ten(answer: float) -> None:
    assert number_fits(str(answer), answer) or "e" in str(answer)
