"""What a new text of a bank changes: the meaning of a fact, or the answer key of a question."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from quizapp.banks.reversing import reverse_ids
from quizapp.domain.bank_files import (
    BaseQuestion,
    Choice,
    Cloze,
    DateQuestion,
    Explain,
    Flashcard,
    Match,
    Multiple,
    Number,
    Order,
    Question,
    Short,
    TrueFalse,
)
from quizapp.domain.bank_texts import phrase, right_texts

Questions = dict[str, Question]
"""The questions of a fact by their ids, with the reverses of reversible cards."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What must stay, at least in part, for a fact to be the same fact."""

    kind: str
    date: str | None
    statement: str
    questions: Questions


@dataclass(frozen=True, slots=True)
class MeaningChange:
    """A fact that seems to have become another: its learners' memory would no longer fit it."""

    name: str  # "part-15/mrc-founded"
    reasons: tuple[str, ...]
    old_statement: str
    new_statement: str


def meaning_change(name: str, old: Meaning, new: Meaning) -> MeaningChange | None:
    """Return how a fact changed in meaning: in kind, in date, or in every accepted answer."""
    reasons = tuple(_reasons(old, new))
    return MeaningChange(name, reasons, old.statement, new.statement) if reasons else None


def key_changed(old: Question, new: Question) -> bool:
    """Return whether an answer to the old text could be marked otherwise by the new one.

    A rewording is no such change: of a prompt, an explanation, or an option that keeps its
    side. Options, items and pairs are compared where both texts have them. Answers to another
    type of question, or judged by the learner, are never marked again.
    """
    if type(old) is not type(new):
        return False
    before, after = _rulings(old), _rulings(new)
    return any(before[thing] != after[thing] for thing in before.keys() & after.keys())


def _reasons(old: Meaning, new: Meaning) -> Iterator[str]:
    if old.kind != new.kind:
        yield f"its kind was {old.kind} and is {new.kind}"
    if old.date != new.date:
        yield f"its date was {old.date or 'not given'} and is {new.date or 'not given'}"
    if not _keeps_an_answer(old.questions, new.questions):
        yield "it keeps none of its accepted answers"


def _keeps_an_answer(old: Questions, new: Questions) -> bool:
    """Return whether old and new questions share an answer, but for case and punctuation.

    Where nothing was typed or chosen before, what was arranged or explained is compared; where
    there was not even that (true or false), an answer counts as kept.
    """
    for texts in (right_texts, _told_parts):
        if before := _answers(old, texts):
            return not before.isdisjoint(_answers(new, texts))
    return True


def _answers(questions: Questions, texts: Callable[[Question], list[str]]) -> set[str]:
    """Return the answers of questions; a card in reverse, whose answer is a prompt, has none."""
    reverses = reverse_ids(questions)
    return {
        phrase(text)
        for text_id, question in questions.items()
        if text_id not in reverses
        for text in texts(question)
    }


def _told_parts(question: Question) -> list[str]:
    """Return what is arranged or explained: items, pairs, or the points of a model answer."""
    if isinstance(question, Order):
        return question.items
    if isinstance(question, Match):
        return [f"{pair.left} {pair.right}" for pair in question.pairs]
    return question.points if isinstance(question, Explain) else []


Rulings = dict[Hashable, object]
"""What a question holds to be so, of each thing that an answer can be about."""


def _rulings(question: Question) -> Rulings:
    return _RULINGS[type(question)](question)


def _option_rulings(right: Iterable[str], wrong: Iterable[str]) -> Rulings:
    rulings: Rulings = {phrase(text): False for text in wrong}
    return rulings | {phrase(text): True for text in right}


def _choice_rulings(question: Choice) -> Rulings:
    return _option_rulings([question.answer], (wrong.text for wrong in question.distractors))


def _multiple_rulings(question: Multiple) -> Rulings:
    return _option_rulings(question.answers, (wrong.text for wrong in question.distractors))


def _short_rulings(question: Short) -> Rulings:
    return {"right": set(question.accept), "near": {near.text for near in question.near}}


def _cloze_rulings(question: Cloze) -> Rulings:
    if question.mode == "typed":
        return {(name,): set(gap.accept) for name, gap in question.gaps.items()}
    return {
        (name, text): is_right
        for name, gap in question.gaps.items()
        for text, is_right in _option_rulings(gap.accept, gap.distractors).items()
    }


def _order_rulings(question: Order) -> Rulings:
    pairs = list(combinations(map(phrase, question.items), 2))
    backward: Rulings = {(later, earlier): False for earlier, later in pairs}
    return backward | dict.fromkeys(pairs, True)


def _match_rulings(question: Match) -> Rulings:
    rights = [*(pair.right for pair in question.pairs), *question.extra]
    return {
        (phrase(pair.left), phrase(right)): right == pair.right
        for pair in question.pairs
        for right in rights
    }


_RULINGS: dict[type[BaseQuestion], Callable[[Any], Rulings]] = {
    Choice: _choice_rulings,
    Multiple: _multiple_rulings,
    TrueFalse: lambda question: {"answer": question.answer},
    Short: _short_rulings,
    Number: lambda question: {"answer": (question.answer, question.tolerance, question.unit)},
    DateQuestion: lambda question: {"answer": (question.answer, question.tolerance_days)},
    Cloze: _cloze_rulings,
    Order: _order_rulings,
    Match: _match_rulings,
    Flashcard: lambda _: {},
    Explain: lambda _: {},
}
