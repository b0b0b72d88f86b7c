"""How often a question of a bank is answered by one who knows nothing but how tests are made."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from quizapp.domain.bank_files import BankFile, Choice
from quizapp.domain.bank_texts import asked

AIM = 0.03  # most that a figure should differ from chance, as a share

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")

Score = Callable[[str, str], int]
"""From the stem and an option to how strongly a rule of thumb speaks for the option."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How often a rule of thumb is right over the choice questions of a bank.

    `right_share` and `chance` are from 0 to 1, both 0 without questions; `chance` is how often
    a random choice is right. When a rule names several options, the right one among them counts
    as its share: one of two as a half.
    """

    right_share: float
    chance: float
    questions: int


def longest_option(bank: BankFile) -> Figure:
    """Return how often *choose the longest option* is right, by characters."""
    return _figure(bank, lambda _stem, option: len(option))


def shared_words(bank: BankFile) -> Figure:
    """Return how often *choose the option that shares most words with the stem* is right.

    Words are case-folded runs of four letters or more, each counted once. Options that share
    none all tie.
    """
    return _figure(bank, lambda stem, option: len(_long_words(stem) & _long_words(option)))


def within(figure: Figure, points: float = AIM) -> bool:
    """Return whether a rule of thumb does as well as chance, give or take `points` (a share)."""
    return abs(figure.right_share - figure.chance) <= points + 1e-9


def _figure(bank: BankFile, score: Score) -> Figure:
    choices = [one.question for one in asked(bank) if isinstance(one.question, Choice)]
    if not choices:
        return Figure(0, 0, 0)
    rights = sum(_right_share(choice, score) for choice in choices)
    chances = sum(1 / (1 + len(choice.distractors)) for choice in choices)
    return Figure(rights / len(choices), chances / len(choices), len(choices))


def _right_share(choice: Choice, score: Score) -> float:
    """Return the share that a rule of thumb gets for one question, from 0 to 1."""
    right = score(choice.prompt, choice.answer)
    scores = [right, *(score(choice.prompt, wrong.text) for wrong in choice.distractors)]
    best = max(scores)
    return 1 / scores.count(best) if right == best else 0


def _long_words(text: str) -> set[str]:
    return set(_LONG_WORD.findall(text.casefold()))
