"""What a bank file holds, as types: reading a file checks it against them.

A bank is one TOML file. `quizapp banks schema` prints the same types as a JSON Schema.
"""

from enum import IntEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

# Behind `$`, `(?!\n)` refuses the line end that Python would let pass.
TextId = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)", max_length=80)]
Sentence = Annotated[str, Meta(min_length=1, max_length=2000)]
Label = Annotated[str, Meta(min_length=1, max_length=300)]
_DAY = "[0-9]{3,4}(-[0-9]{2}(-[0-9]{2})?)?"
Day = Annotated[str, Meta(pattern=rf"^{_DAY}$(?!\n)")]
Span = Annotated[str, Meta(pattern=rf"^{_DAY}(/{_DAY})?$(?!\n)")]
Calendar = Literal["Old Style", "Gregorian", "Julian"]
FactKind = Literal["event", "person", "organisation", "concept", "argument", "place"]


class Demand(IntEnum):
    """What a question asks of memory, the least first."""

    RECOGNISE = 1
    RECONSTRUCT = 2
    RECALL = 3
    EXPLAIN = 4


class Strict(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A table of a bank file; a field it does not know is an error."""


class Distractor(Strict, frozen=True, kw_only=True):
    """A wrong option and the answer to the mistake behind it."""

    text: Label
    why_wrong: Sentence


class NearMiss(Strict, frozen=True, kw_only=True):
    """An answer that is close but not right, and what to say to it."""

    text: Label
    say: Sentence


class Gap(Strict, frozen=True, kw_only=True):
    """One gap of a cloze text: what fits, and, where it is chosen, what else is offered."""

    accept: Annotated[list[Label], Meta(min_length=1)]
    distractors: list[Label] = []


class Pair(Strict, frozen=True, kw_only=True):
    """Two things that belong together."""

    left: Label
    right: Label


class BaseQuestion(Strict, frozen=True, kw_only=True, tag_field="type"):
    """What all types of question share."""

    id: TextId
    hint: Sentence | None = None
    explanation: Sentence | None = None  # else the fact's `why` is shown


class Choice(BaseQuestion, frozen=True, kw_only=True, tag="choice"):
    """One right option among three or four."""

    prompt: Sentence
    answer: Label
    distractors: Annotated[list[Distractor], Meta(min_length=2, max_length=4)]


class Multiple(BaseQuestion, frozen=True, kw_only=True, tag="multiple"):
    """Several right options among others."""

    prompt: Sentence
    answers: Annotated[list[Label], Meta(min_length=2)]
    distractors: Annotated[list[Distractor], Meta(min_length=1)]


class TrueFalse(BaseQuestion, frozen=True, kw_only=True, tag="true-false"):
    """A statement to judge."""

    prompt: Sentence
    answer: bool
    why_wrong: Sentence


class Short(BaseQuestion, frozen=True, kw_only=True, tag="short"):
    """A few words, typed. The first accepted form is the one shown."""

    prompt: Sentence
    accept: Annotated[list[Label], Meta(min_length=1)]
    near: list[NearMiss] = []


class Number(BaseQuestion, frozen=True, kw_only=True, tag="number"):
    """A number, typed in digits or words."""

    prompt: Sentence
    answer: int | float
    tolerance: Annotated[float, Meta(ge=0)] = 0
    unit: Label | None = None


class DateQuestion(BaseQuestion, frozen=True, kw_only=True, tag="date"):
    """A day, a month or a year, as exact as the answer is."""

    prompt: Sentence
    answer: Day
    tolerance_days: Annotated[int, Meta(ge=0)] = 0


class Cloze(BaseQuestion, frozen=True, kw_only=True, tag="cloze"):
    """A text with gaps, written `{name}`, that are typed or chosen."""

    text: Sentence
    mode: Literal["typed", "chosen"]
    gaps: Annotated[dict[str, Gap], Meta(min_length=1, max_length=3)]


class Order(BaseQuestion, frozen=True, kw_only=True, tag="order"):
    """Things to put in order; they are listed in the right one."""

    prompt: Sentence
    items: Annotated[list[Label], Meta(min_length=3, max_length=6)]


class Match(BaseQuestion, frozen=True, kw_only=True, tag="match"):
    """Pairs to put together, with right sides to spare in `extra`."""

    prompt: Sentence
    pairs: Annotated[list[Pair], Meta(min_length=3, max_length=6)]
    extra: list[Label] = []


class Flashcard(BaseQuestion, frozen=True, kw_only=True, tag="flashcard"):
    """A front and a back; the learner judges the own answer."""

    front: Sentence
    back: Sentence
    reversible: bool = False


class Explain(BaseQuestion, frozen=True, kw_only=True, tag="explain"):
    """A free text that the learner compares with a model answer and its points."""

    prompt: Sentence
    model: Sentence
    points: Annotated[list[Sentence], Meta(min_length=2, max_length=6)]


Question = (
    Choice
    | Multiple
    | TrueFalse
    | Short
    | Number
    | DateQuestion
    | Cloze
    | Order
    | Match
    | Flashcard
    | Explain
)


class Cite(Strict, frozen=True, kw_only=True):
    """Where a fact is said: a paragraph of the part's article, or a source by its id."""

    paragraph: Annotated[int, Meta(ge=1)] | None = None
    note: Label | None = None
    source: TextId | None = None
    page: Label | None = None
    via: Literal["article"] | None = None


class Source(Strict, frozen=True, kw_only=True):
    """A work or page that facts cite."""

    id: TextId
    title: Label
    author: Label | None = None
    year: int | None = None
    publisher: Label | None = None
    url: Label | None = None
    partisan: bool = False


class Theme(Strict, frozen=True, kw_only=True):
    """A chapter of a bank."""

    id: TextId
    title: Label
    outline: list[Annotated[int, Meta(ge=1)]] = []  # lines of the bank's outline, from 1


class Fact(Strict, frozen=True, kw_only=True):
    """One thing worth remembering, with its source and the ways to ask it."""

    id: TextId
    theme: TextId
    kind: FactKind
    statement: Sentence
    why: Sentence
    cites: list[Cite] = []
    question: list[Question] = []
    date: Span | None = None
    background: bool = False
    people: list[Label] = []
    keep_apart: list[TextId] = []
    see: list[str] = []
    checked: int | None = None


class BankHead(Strict, frozen=True, kw_only=True):
    """What the bank is, and how much of the part's text was read for it."""

    id: TextId
    title: Label
    period: Label
    span: Span
    calendar: Calendar
    basis: Literal["article", "opening", "outline"]
    summary: Sentence
    outline: list[Label] = []  # what the part is about, line by line
    part: Annotated[int, Meta(ge=1)] | None = None
    url: Label | None = None


class BankFile(Strict, frozen=True, kw_only=True):
    """One bank: everything its file says."""

    format: Literal[1]
    bank: BankHead
    theme: Annotated[list[Theme], Meta(min_length=1)]
    source: list[Source] = []
    further: list[Source] = []
    fact: Annotated[list[Fact], Meta(min_length=1)]


DEMANDS: dict[type[BaseQuestion], Demand] = {
    Choice: Demand.RECOGNISE,
    Multiple: Demand.RECOGNISE,
    TrueFalse: Demand.RECOGNISE,
    Order: Demand.RECONSTRUCT,
    Match: Demand.RECONSTRUCT,
    Short: Demand.RECALL,
    Number: Demand.RECALL,
    DateQuestion: Demand.RECALL,
    Flashcard: Demand.RECALL,
    Explain: Demand.EXPLAIN,
}


def demand(question: Question) -> Demand:
    """Return what a question asks of memory; a chosen gap asks less than a typed one."""
    if isinstance(question, Cloze):
        return Demand.RECONSTRUCT if question.mode == "chosen" else Demand.RECALL
    return DEMANDS[type(question)]


def question_from_json(text: str | bytes) -> Question:
    """Return a question as it was stored with `question_as_json`."""
    return _QUESTION_DECODER.decode(text)


def question_as_json(question: Question) -> str:
    """Return a question as one line of JSON, the same for equal questions."""
    return msgspec.json.encode(question, order="sorted").decode()


_QUESTION_DECODER: msgspec.json.Decoder[Question] = msgspec.json.Decoder(Question)
