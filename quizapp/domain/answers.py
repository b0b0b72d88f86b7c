"""What a learner answers, as the log keeps it, and what the indexes in it point at."""

from enum import StrEnum

import msgspec
from msgspec import Struct

from quizapp.domain.bank_files import Choice, Match, Multiple, Order, Question


class Verdict(StrEnum):
    """What marking says of an answer, in one word."""

    RIGHT = "right"
    SLIP = "slip"  # right, with a slip of spelling
    PARTLY = "partly"  # a share between 0 and 1
    NEAR = "near"  # a near miss: share 0, but there is something to say to it
    WRONG = "wrong"
    OWN = "own"  # the learner judges: share 0


class BaseAnswer(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all kinds of answer share."""


class Chosen(BaseAnswer, frozen=True, tag="chosen"):
    """The options chosen, as indexes into `options(question)`: one for a choice."""

    options: tuple[int, ...]


class Judged(BaseAnswer, frozen=True, tag="judged"):
    """Whether a statement was held to be true."""

    value: bool


class Typed(BaseAnswer, frozen=True, tag="typed"):
    """Words, a number, a date or an explanation, as it was typed."""

    text: str


class Filled(BaseAnswer, frozen=True, tag="filled"):
    """The text typed into or chosen for each gap, by the gap's name; a gap may be missing."""

    gaps: dict[str, str]


class Ordered(BaseAnswer, frozen=True, tag="ordered"):
    """Indexes of the question's items, in the order the learner put them."""

    places: tuple[int, ...]


class Matched(BaseAnswer, frozen=True, tag="matched"):
    """For each pair's left side an index into `right_sides(question)`, or None if left open."""

    rights: tuple[int | None, ...]


class Revealed(BaseAnswer, frozen=True, tag="revealed"):
    """A flashcard was turned over; how it went is the learner's own rating."""


Answer = Chosen | Judged | Typed | Filled | Ordered | Matched | Revealed


def answer_as_json(answer: Answer) -> str:
    """Return an answer as one line of JSON, the same for equal answers.

    Lone surrogates, which JSON cannot hold, become question marks.
    """
    return msgspec.json.encode(_encodable(answer), order="sorted").decode()


def answer_from_json(text: str | bytes) -> Answer:
    """Return an answer as it was stored; anything else raises msgspec's `DecodeError`."""
    return _ANSWER_DECODER.decode(text)


def is_blank(answer: Answer) -> bool:
    """Return whether nothing was answered: such an answer is no review."""
    match answer:
        case Chosen(parts) | Ordered(parts):
            return not parts
        case Typed(text):
            return not text.strip()
        case Filled(gaps):
            return not any(text.strip() for text in gaps.values())
        case Matched(rights):
            return all(right is None for right in rights)
    return False


def options(question: Choice | Multiple) -> tuple[str, ...]:
    """Return a question's options: the right ones in file order, then the distractors."""
    right = (question.answer,) if isinstance(question, Choice) else tuple(question.answers)
    return right + tuple(distractor.text for distractor in question.distractors)


def right_sides(question: Match) -> tuple[str, ...]:
    """Return what left sides can be matched with: the pairs' right sides, then the extra ones."""
    return tuple(pair.right for pair in question.pairs) + tuple(question.extra)


def translated(answer: Answer, old: Question, new: Question) -> Answer | None:
    """Return an answer to an old form of a question as one to a new form; None if it has none.

    What points at options, items or right sides is found again by its text.
    """
    if type(old) is not type(new):
        return None
    before, after = _pointed_at(old), _pointed_at(new)
    try:
        match answer:
            case Chosen(parts):
                return Chosen(tuple(after.index(before[part]) for part in parts))
            case Ordered(parts):
                return Ordered(tuple(after.index(before[part]) for part in parts))
            case Matched(rights):
                return Matched(tuple(None if r is None else after.index(before[r]) for r in rights))
    except ValueError:
        return None
    return answer


def _pointed_at(question: Question) -> tuple[str, ...]:
    match question:
        case Choice() | Multiple():
            return options(question)
        case Order():
            return tuple(question.items)
        case Match():
            return right_sides(question)
    return ()


def _encodable(answer: Answer) -> Answer:
    match answer:
        case Typed(text):
            return Typed(_without_surrogates(text))
        case Filled(gaps):
            return Filled({_without_surrogates(k): _without_surrogates(v) for k, v in gaps.items()})
    return answer


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


_ANSWER_DECODER: msgspec.json.Decoder[Answer] = msgspec.json.Decoder(Answer)
