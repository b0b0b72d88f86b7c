"""Two rules of thumb: how often each answers choice questions, beside what chance gives."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.bank_files import BankFile, Choice, Distractor, Question
from quizapp.domain.guessing import Figure, longest_option, shared_words, within
from tests.unit.bank_samples import GOOD, bank_of


def bank_with(*questions: Question) -> BankFile:
    """Return a bank of one fact with some questions."""
    good = bank_of(GOOD)
    fact = msgspec.structs.replace(good.fact[0], question=list(questions))
    return msgspec.structs.replace(good, fact=[fact])


def choice(right: str, *wrong: str, prompt: str = "Which?") -> Choice:
    distractors = [Distractor(text=text, why_wrong="No.") for text in wrong]
    return Choice(id="q", prompt=prompt, answer=right, distractors=distractors)


def test_without_choices_there_is_nothing_to_guess() -> None:
    assert longest_option(bank_with()) == Figure(0, 0, 0)
    assert shared_words(bank_with()) == Figure(0, 0, 0)
    assert within(Figure(0, 0, 0))


def test_only_choices_count() -> None:
    assert longest_option(bank_of(GOOD)).questions == 1


@pytest.mark.parametrize(
    ("right", "wrong", "share"),
    [
        ("four", ["one", "two"], 1),
        ("one", ["three", "two"], 0),
        ("three", ["seven", "two"], 1 / 2),
        ("one", ["two", "six", "ten"], 1 / 4),
    ],
    ids=["right longest", "wrong longest", "two tie", "all tie"],
)
def test_the_longest_option_is_right_by_its_share(
    right: str, wrong: list[str], share: float
) -> None:
    figure = longest_option(bank_with(choice(right, *wrong)))
    assert figure == Figure(share, 1 / (1 + len(wrong)), 1)


@pytest.mark.parametrize(
    ("prompt", "right", "wrong", "share"),
    [
        ("Who led the Soviet?", "The soviet's head", ["The army", "The fleet"], 1),
        ("Who led the Soviet?", "The army", ["The soviet's head", "The fleet"], 0),
        ("Who led the Soviet?", "A soviet", ["One SOVIET", "The fleet"], 1 / 2),
        ("Who led the Soviet?", "The army", ["The fleet", "The court"], 1 / 3),
        ("Soviet, Soviet!", "Soviet", ["Soviet soviet", "None"], 1 / 2),
        ("What took 1917 days?", "The 1917 plan", ["The army", "The fleet"], 1 / 3),
        ("Who won the war?", "The war", ["The army", "They won"], 1 / 3),
    ],
    ids=[
        "right shares most",
        "wrong shares most",
        "two tie",
        "none share",
        "words count once",
        "digits are no letters",
        "three letters are too few",
    ],
)
def test_the_option_with_most_shared_words_is_right_by_its_share(
    prompt: str, right: str, wrong: list[str], share: float
) -> None:
    figure = shared_words(bank_with(choice(right, *wrong, prompt=prompt)))
    assert figure.right_share == pytest.approx(share)
    assert figure.chance == pytest.approx(1 / 3)


def test_a_figure_is_the_mean_over_the_questions() -> None:
    bank = bank_with(choice("four", "one", "two"), choice("one", "three", "two", "six"))
    figure = longest_option(bank)
    assert (figure.right_share, figure.questions) == (1 / 2, 2)
    assert figure.chance == pytest.approx((1 / 3 + 1 / 4) / 2)


@pytest.mark.parametrize(
    ("right_share", "aim", "is_within"),
    [
        (0.25, 0.03, True),
        (0.28, 0.03, True),
        (0.22, 0.03, True),
        (0.2801, 0.03, False),
        (0.21, 0.03, False),
        (0.30, 0.05, True),
    ],
)
def test_a_figure_is_near_chance_on_either_side(
    right_share: float, aim: float, *, is_within: bool
) -> None:
    assert within(Figure(right_share, 0.25, 100), aim) is is_within


TEXTS = st.text(alphabet="abcdefg ", min_size=1, max_size=12)


@given(st.lists(st.tuples(TEXTS, st.lists(TEXTS, min_size=2, max_size=4)), min_size=1, max_size=5))
def test_over_every_right_option_a_rule_does_as_well_as_chance(
    cases: list[tuple[str, list[str]]],
) -> None:
    for prompt, texts in cases:
        turns = [
            choice(text, *texts[:n], *texts[n + 1 :], "another one", prompt=prompt)
            for n, text in enumerate(texts)
        ]
        turns.append(choice("another one", *texts, prompt=prompt))
        figures = [rule(bank_with(*turns)) for rule in (longest_option, shared_words)]
        assert all(within(figure, 0) for figure in figures)
