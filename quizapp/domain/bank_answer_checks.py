"""Checks of what the questions of a bank offer and take as right."""

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from quizapp.domain.answers import Answer, Chosen, Filled, Judged, Typed, Verdict, options
from quizapp.domain.bank_dates import day_range
from quizapp.domain.bank_files import (
    BankFile,
    Choice,
    Cloze,
    DateQuestion,
    Multiple,
    Question,
    Short,
)
from quizapp.domain.bank_problems import Finding
from quizapp.domain.bank_texts import GAP, Asked, Option, asked, distinct_texts
from quizapp.domain.marking import accepted_forms, mark, wrong_answers

RIGHT = frozenset({Verdict.RIGHT, Verdict.SLIP})
MOST_DISTRACTORS = 3
FEWEST_DISTRACTORS = 2

_GAP_NAME = re.compile(r"[a-z][a-z0-9_]*")


def marking_findings(bank: BankFile) -> Iterator[Finding]:
    """Find accepted answers that are marked wrong, and wrong ones that are marked right."""
    calendar = bank.bank.calendar
    for one in asked(bank):
        question = one.question
        if isinstance(question, DateQuestion) and day_range(question.answer, calendar) is None:
            continue  # the day itself is the error
        for answer in accepted_forms(question):
            if mark(question, answer, calendar).verdict not in RIGHT:
                message = f"{answer_in_words(question, answer)} should be right and is marked wrong"
                yield Finding(one.where, message, "Write the accepted form in another way.")
        for answer in wrong_answers(question):
            if mark(_without_near(question), answer, calendar).verdict in RIGHT:
                message = f"{answer_in_words(question, answer)} should be wrong and is marked right"
                remedy = "It is too like an accepted form: change one of them."
                yield Finding(one.where, message, remedy)


def _without_near(question: Question) -> Question:
    """Return a question as it would mark its near misses if it did not list them."""
    return msgspec.structs.replace(question, near=[]) if isinstance(question, Short) else question


def answer_in_words(question: Question, answer: Answer) -> str:
    """Return an answer as the writer of its question would recognise it."""
    match answer:
        case Typed(text):
            return repr(text)
        case Filled(gaps):
            return ", ".join(f"{text!r} in {{{name}}}" for name, text in gaps.items())
        case Judged(value):
            return str(value).lower()
        case Chosen(chosen) if isinstance(question, Choice | Multiple):
            return ", ".join(repr(options(question)[number]) for number in chosen)
    return "an order or a matching"


def option_findings(bank: BankFile) -> Iterator[Finding]:
    """Find the same text twice among the options or accepted forms of a question."""
    for one in asked(bank):
        for texts in distinct_texts(one.question):
            for where, text in _repeated(texts):
                message = f"{text!r} stands twice among these"
                yield Finding((*one.where, *where), message, "Take one out or tell them apart.")


def _repeated(texts: list[Option]) -> Iterator[Option]:
    """Return each text that is equal to an earlier one but for case and white space."""
    seen: set[str] = set()
    for where, text in texts:
        folded = " ".join(text.casefold().split())
        if folded in seen:
            yield where, text
        seen.add(folded)


def gap_findings(bank: BankFile) -> Iterator[Finding]:
    """Find cloze texts whose gaps and whose `gaps` do not fit each other or their mode."""
    for one in asked(bank):
        if isinstance(one.question, Cloze):
            yield from _name_findings(one, one.question)
            yield from _distractor_findings(one, one.question)


def _name_findings(one: Asked, cloze: Cloze) -> Iterator[Finding]:
    named = Counter(GAP.findall(cloze.text))
    where = (*one.where, "text")
    if "{" in (rest := GAP.sub("", cloze.text)) or "}" in rest:
        yield Finding(where, "a curly bracket without its other", "Write gaps as {name}.")
    for name, times in named.items():
        if not _GAP_NAME.fullmatch(name):
            remedy = "Name a gap with one word in small letters, such as {day}."
            yield Finding(where, f"a gap named {name!r}", remedy)
        elif name not in cloze.gaps:
            yield Finding(where, f"nothing fits the gap {{{name}}}", f"Add {name} to `gaps`.")
        if times > 1:
            remedy = "Give each gap its own name."
            yield Finding(where, f"the gap {{{name}}} stands {times} times", remedy)
    for name in sorted(cloze.gaps.keys() - named):
        message = f"the text has no gap {{{name}}}"
        yield Finding((*one.where, "gaps", name), message, f"Write {{{name}}} in the text.")


def _distractor_findings(one: Asked, cloze: Cloze) -> Iterator[Finding]:
    for name, gap in cloze.gaps.items():
        where = (*one.where, "gaps", name, "distractors")
        offered = len(gap.distractors)
        if cloze.mode == "typed" and offered:
            remedy = 'Take them out, or say `mode = "chosen"`.'
            yield Finding(where, "a typed gap has distractors", remedy)
        elif cloze.mode == "chosen" and not FEWEST_DISTRACTORS <= offered <= MOST_DISTRACTORS:
            message = f"a chosen gap with {offered} distractors"
            yield Finding(where, message, "Offer two or three wrong words.")
