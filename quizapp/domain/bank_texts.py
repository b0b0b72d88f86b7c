"""The words of a bank: what its questions ask, offer and take as right."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.domain.bank_files import (
    BankFile,
    BaseQuestion,
    Choice,
    Cloze,
    DateQuestion,
    Fact,
    Flashcard,
    Match,
    Multiple,
    Number,
    Order,
    Question,
    Short,
    TrueFalse,
)
from quizapp.domain.bank_problems import Where

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
GAP = re.compile(r"\{([^{}]*)\}")

_APOSTROPHE = re.compile(r"(?<=\w)['\u2019](?=\w)")
_WORD = re.compile(r"[^\W_]+")

Option = tuple[Where, str]
"""Where in its question an option stands, and its text."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a bank, with its fact and its place in the file."""

    where: Where
    fact: Fact
    question: Question


def asked(bank: BankFile) -> Iterator[Asked]:
    """Return all questions of a bank in the order of its file."""
    for number, fact in enumerate(bank.fact):
        for place, question in enumerate(fact.question):
            yield Asked(("fact", number, "question", place), fact, question)


def words(text: str) -> list[str]:
    """Return the words of a text, case-folded, without punctuation; `don't` is one word."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _WORD.findall(_APOSTROPHE.sub("", folded))


def phrase(text: str) -> str:
    """Return the words of a text with a space around each, so that `in` compares whole words."""
    return f" {' '.join(words(text))} "


def prompt(question: Question) -> str:
    """Return what a question says before anything is answered; the gaps of a cloze are dots."""
    if isinstance(question, Cloze):
        return GAP.sub("...", question.text)
    return question.front if isinstance(question, Flashcard) else question.prompt


def stem(question: Question) -> str:
    """Return the prompt and, where they are part of what is asked, the things to arrange."""
    if isinstance(question, Order):
        return " ".join([question.prompt, *question.items])
    if isinstance(question, Match):
        return " ".join([question.prompt, *(pair.left for pair in question.pairs)])
    return prompt(question)


def shown_options(question: Question) -> Iterator[list[Option]]:
    """Return each set of options that one is chosen from."""
    if isinstance(question, Choice):
        yield [(("answer",), question.answer), *_distractors(question)]
    elif isinstance(question, Multiple):
        right = [(("answers", n), text) for n, text in enumerate(question.answers)]
        yield [*right, *_distractors(question)]
    elif isinstance(question, Cloze) and question.mode == "chosen":
        for name, gap in question.gaps.items():
            wrong = _listed(("gaps", name, "distractors"), gap.distractors)
            yield [(("gaps", name, "accept", 0), gap.accept[0]), *wrong]


def distinct_texts(question: Question) -> Iterator[list[Option]]:
    """Return each set of texts in which none may stand twice."""
    if isinstance(question, Cloze):
        for name, gap in question.gaps.items():
            right = _listed(("gaps", name, "accept"), gap.accept)
            yield [*right, *_listed(("gaps", name, "distractors"), gap.distractors)]
    elif isinstance(question, Order):
        yield _listed(("items",), question.items)
    elif isinstance(question, Match):
        yield [(("pairs", n, "left"), pair.left) for n, pair in enumerate(question.pairs)]
        rights: list[Option] = [
            (("pairs", n, "right"), pair.right) for n, pair in enumerate(question.pairs)
        ]
        yield [*rights, *_listed(("extra",), question.extra)]
    elif isinstance(question, Short):
        yield _listed(("accept",), question.accept)
    else:
        yield from shown_options(question)


def right_texts(question: Question) -> list[str]:
    """Return every text that answers a question; none where the learner judges or arranges."""
    if isinstance(question, Choice):
        return [question.answer]
    if isinstance(question, Multiple):
        return question.answers
    if isinstance(question, Short):
        return question.accept
    if isinstance(question, Cloze):
        return [text for gap in question.gaps.values() for text in gap.accept]
    return [text] if (text := _told(question)) else []


def filled(cloze: Cloze) -> str:
    """Return the text of a cloze with the first accepted form in each gap."""
    fits = {name: gap.accept[0] for name, gap in cloze.gaps.items()}
    return GAP.sub(lambda found: fits.get(found[1], found[1]), cloze.text)


def spoken_day(day: str) -> str:
    """Return a day without its year (`21 October`), a month with it, or a bare year."""
    year, *rest = day.split("-")
    if not rest or not 1 <= int(rest[0]) <= len(MONTHS):
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month}" if len(rest) > 1 else f"{month} {year}"


def _told(question: Question) -> str:
    """Return the one answer of a question that has one, else nothing."""
    if isinstance(question, Flashcard):
        return question.back
    if isinstance(question, DateQuestion):
        return spoken_day(question.answer)
    return str(question.answer) if isinstance(question, Number) else ""


def is_guessable(question: BaseQuestion) -> bool:
    """Return whether a question is of the two types that a guess answers most often."""
    return isinstance(question, Choice | TrueFalse)


def _distractors(question: Choice | Multiple) -> list[Option]:
    return [(("distractors", n, "text"), one.text) for n, one in enumerate(question.distractors)]


def _listed(where: Where, texts: list[str]) -> list[Option]:
    return [((*where, n), text) for n, text in enumerate(texts)]
