"""What an answer looks like beside the right one, piece by piece."""

from collections.abc import Callable
from dataclasses import dataclass

from quizapp.domain.answers import (
    Answer,
    Chosen,
    Filled,
    Judged,
    Matched,
    Ordered,
    Typed,
    options,
    right_sides,
)
from quizapp.domain.bank_files import Choice, Cloze, Match, Multiple, Order, Question, TrueFalse
from quizapp.domain.presentation import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One option, item, pair or gap of a question that was answered."""

    text: str  # the option, or what the piece is called
    is_right: bool  # an option that is right; a piece that was answered rightly
    is_chosen: bool = False  # of options: the learner chose it
    right: str = ""  # of items, pairs and gaps: what belongs there
    given: str = ""  # and what the learner gave


def pieces(
    question: Question, shown: Shown, answer: Answer, parts: tuple[bool, ...]
) -> list[Piece]:
    """Return the pieces of a question in the order they were shown; none for typed answers.

    `parts` tells, as marked, which gaps are right.
    """
    if isinstance(question, Cloze):
        return _gaps(question, answer, parts)
    reader = _READERS.get(type(question))
    return reader(question, shown, answer) if reader else []


def given_text(answer: Answer) -> str:
    """Return what was typed, or "" for an answer given in another way."""
    return answer.text.strip() if isinstance(answer, Typed) else ""


def _options(question: Choice | Multiple, shown: Shown, answer: Answer) -> list[Piece]:
    chosen = answer.options if isinstance(answer, Chosen) else ()
    rights = 1 if isinstance(question, Choice) else len(question.answers)
    texts = options(question)
    return [
        Piece(text=texts[index], is_right=index < rights, is_chosen=index in chosen)
        for index in shown.order
    ]


def _judgement(question: TrueFalse, _shown: Shown, answer: Answer) -> list[Piece]:
    value = answer.value if isinstance(answer, Judged) else None
    return [
        Piece(text=str(side), is_right=side == question.answer, is_chosen=side == value)
        for side in (True, False)
    ]


def _items(question: Order, _shown: Shown, answer: Answer) -> list[Piece]:
    places = answer.places if isinstance(answer, Ordered) else ()
    return [
        Piece(
            text=item,
            is_right=bool(places) and places[index] == index,
            right=str(index + 1),
            given=str(places.index(index) + 1) if places else "",
        )
        for index, item in enumerate(question.items)
    ]


def _pairs(question: Match, _shown: Shown, answer: Answer) -> list[Piece]:
    texts = right_sides(question)
    rights = answer.rights if isinstance(answer, Matched) else (None,) * len(question.pairs)
    return [
        Piece(
            text=pair.left,
            is_right=chosen is not None and texts[chosen] == pair.right,
            right=pair.right,
            given="" if chosen is None else texts[chosen],
        )
        for pair, chosen in zip(question.pairs, rights, strict=True)
    ]


def _gaps(question: Cloze, answer: Answer, parts: tuple[bool, ...]) -> list[Piece]:
    given = answer.gaps if isinstance(answer, Filled) else {}
    right = dict(zip(question.gaps, parts, strict=False))
    return [
        Piece(
            text=name,
            is_right=right.get(name, False),
            right=gap.accept[0],
            given=given.get(name, ""),
        )
        for name, gap in question.gaps.items()
    ]


_READERS: dict[type, Callable[..., list[Piece]]] = {
    Choice: _options,
    Multiple: _options,
    TrueFalse: _judgement,
    Order: _items,
    Match: _pairs,
}
