"""Likely flaws of a bank's questions, after the item-writing rules of the testing literature.

Source: Haladyna, Downing and Rodriguez (2002), Applied Measurement in Education 15(3).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import msgspec
from rapidfuzz import fuzz, process

from quizapp.domain.bank_files import BankFile, Choice, Cloze, Explain, Flashcard
from quizapp.domain.bank_problems import Advice, Finding, Lines, Where, as_problems
from quizapp.domain.bank_texts import (
    MONTHS,
    Asked,
    asked,
    phrase,
    prompt,
    right_texts,
    shown_options,
    stem,
    words,
)

MUCH_LONGER = 1.2  # times the longest wrong option
UNEVEN_RATIO = 2  # times the shortest option, and
UNEVEN_CHARACTERS = 20
ALIKE = 90  # of 100, for two stems
SHARED_WORDS = 2  # that a prompt which gives an answer away has in common with the other
TELLING_LETTERS = 8  # a single word must be as long to give anything away

ABSOLUTE = re.compile(
    r"\b(?:always|never|only|every|all of the above|none of the above)\b", re.IGNORECASE
)
NEGATIVE = re.compile(r"\b(?:not|except|never|\w+n['\u2019]t)\b", re.IGNORECASE)

_MONTHS = frozenset(month.casefold() for month in MONTHS)
_SMALL_WORDS = frozenset(
    words(
        """
    about above after around because been before between came could does during early first
    from have into last late made more most much over said some than that their them then
    there these they this those under until upon very were what when where which while whom
    whose will with would
        """
    )
)
_CONTENT_LETTERS = 4


def bank_warnings(bank: BankFile, *, lines: Lines | None = None) -> list[Advice]:
    """Return the likely flaws of a bank; with `lines`, in the order of its file.

    `lines` come from `bank_lines`; without them every line is 0.
    """
    questions = list(asked(bank))
    checks = {
        "longest-right": map(_longest_right, questions),
        "absolute-words": chain.from_iterable(map(_absolute_words, questions)),
        "negative-stem": map(_negative_stem, questions),
        "mixed-kinds": chain.from_iterable(map(_mixed_kinds, questions)),
        "mixed-lengths": chain.from_iterable(map(_mixed_lengths, questions)),
        "near-duplicate": _near_duplicates(questions),
        "own-answer": map(_own_answer, questions),
        "answered-elsewhere": _answered_elsewhere(questions),
    }
    root = msgspec.to_builtins(bank)
    advice = [
        Advice(one.line, one.place, one.message, one.remedy, kind)
        for kind, found in checks.items()
        for one in as_problems(filter(None, found), root, lines or Lines())
    ]
    return sorted(advice, key=lambda one: one.line)


def _longest_right(one: Asked) -> Finding | None:
    """Find a right option longer than every wrong one by a fifth or more."""
    question = one.question
    if not isinstance(question, Choice):
        return None
    longest = max(len(wrong.text) for wrong in question.distractors)
    if len(question.answer) < MUCH_LONGER * longest:
        return None
    remedy = "Shorten it, or give the wrong options as much detail."
    return Finding((*one.where, "answer"), "the right option is much the longest", remedy)


def _absolute_words(one: Asked) -> Iterator[Finding]:
    for where, text in chain.from_iterable(shown_options(one.question)):
        if found := ABSOLUTE.search(text):
            remedy = "Those who know tests pass over such options: say it without."
            yield Finding((*one.where, *where), f"an option with {found[0].lower()!r}", remedy)


def _negative_stem(one: Asked) -> Finding | None:
    """Find a negative prompt, where one answer is asked for."""
    if isinstance(one.question, Explain | Flashcard | Cloze):
        return None
    if not (found := NEGATIVE.search(one.question.prompt)):
        return None
    remedy = "Ask for what is so."
    return Finding((*one.where, "prompt"), f"a negative stem: {found[0].lower()!r}", remedy)


def _mixed_kinds(one: Asked) -> Iterator[Finding]:
    """Find options of which some are figures or dates and some are not."""
    for options in shown_options(one.question):
        figures = [_is_figure(text) for _where, text in options]
        if any(figures) and not all(figures):
            remedy = "Offer options of one kind."
            yield Finding(_field(one, options[0][0]), "figures or dates beside words", remedy)


def _is_figure(text: str) -> bool:
    """Return whether a text is a number or date, with one word for its unit at most."""
    said = [word for word in words(text) if word not in _MONTHS]
    plain = [word for word in said if not word[0].isdigit()]
    return not said or (len(said) > len(plain) and len(plain) <= 1)


def _mixed_lengths(one: Asked) -> Iterator[Finding]:
    for options in shown_options(one.question):
        lengths = [len(text) for _where, text in options]
        shortest, longest = min(lengths), max(lengths)
        if longest > UNEVEN_RATIO * shortest and longest - shortest > UNEVEN_CHARACTERS:
            message = f"options from {shortest} to {longest} characters"
            yield Finding(_field(one, options[0][0]), message, "Make them alike in length.")


def _field(one: Asked, where: Where) -> Where:
    """Return the place of a set of options: the question, or the gap."""
    return (*one.where, *where[:2]) if where[0] == "gaps" else one.where


def _near_duplicates(questions: list[Asked]) -> Iterator[Finding]:
    """Find stems of two facts that read alike, unless the facts are kept apart."""
    stems = [" ".join(words(stem(one.question))) for one in questions]
    for number, one in enumerate(questions):
        alike = process.extract_iter(
            stems[number], stems[:number], scorer=fuzz.token_set_ratio, score_cutoff=ALIKE
        )
        others = [questions[place] for _stem, _ratio, place in alike]
        if strangers := [other for other in others if _are_strangers(one, other)]:
            message = f"reads like {_named(strangers)}"
            remedy = "Ask for something else, say what differs, or add `keep_apart`."
            yield Finding(one.where, message, remedy)


def _are_strangers(one: Asked, other: Asked) -> bool:
    """Return whether two questions are of different facts that may be asked one after another."""
    mine, theirs = one.fact, other.fact
    apart = theirs.id in mine.keep_apart or mine.id in theirs.keep_apart
    return mine.id != theirs.id and not apart


def _named(questions: Iterable[Asked]) -> str:
    return ", ".join(f"{one.fact.id}/{one.question.id}" for one in questions)


def _own_answer(one: Asked) -> Finding | None:
    said = phrase(prompt(one.question))
    for text in right_texts(one.question):
        if len(phrase(text)) > len("  ") and phrase(text) in said:
            remedy = "Ask without the answer's words."
            return Finding(one.where, f"the stem contains its answer {text!r}", remedy)
    return None


class _Read(NamedTuple):
    """A question with its prompt ready to be compared."""

    asked: Asked
    phrase: str
    content: frozenset[str]


def _answered_elsewhere(questions: list[Asked]) -> Iterator[Finding]:
    """Find answers that the prompt of another fact on the same matter gives away."""
    prompts = [_read(one) for one in questions]
    for mine in prompts:
        telling = [phrase(text) for text in right_texts(mine.asked.question) if _is_telling(text)]
        givers = [
            theirs.asked
            for theirs in prompts
            if any(text in theirs.phrase for text in telling)
            and len(mine.content & theirs.content) >= SHARED_WORDS
            and _are_strangers(mine.asked, theirs.asked)
        ]
        if givers:
            remedy = "Add `keep_apart` to one of the facts, or reword the prompt that tells."
            yield Finding(mine.asked.where, f"answered by the prompt of {_named(givers)}", remedy)


def _read(one: Asked) -> _Read:
    said = words(prompt(one.question))
    content = {word for word in said if len(word) >= _CONTENT_LETTERS} - _SMALL_WORDS
    return _Read(one, f" {' '.join(said)} ", frozenset(content))


def _is_telling(text: str) -> bool:
    said = words(text)
    return len(said) > 1 or len("".join(said)) >= TELLING_LETTERS
