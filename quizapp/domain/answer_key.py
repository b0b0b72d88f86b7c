"""What is right, for the feedback, and what must mark as right or not, for checking banks."""

from collections.abc import Callable, Iterator
from typing import Any

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
from quizapp.domain.bank_files import (
    BaseQuestion,
    Calendar,
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
from quizapp.domain.date_marking import date_text

_GROUPED_FROM = 10_000  # smaller numbers are written without a comma


def right_answer_text(question: Question, calendar: Calendar = "Gregorian") -> str:
    """Return one readable line of what is right; a date names any calendar but the Gregorian."""
    if isinstance(question, DateQuestion):
        style = "" if calendar == "Gregorian" else f" ({calendar})"
        return date_text(question.answer) + style
    return _LINES[type(question)](question)


def accepted_forms(question: Question) -> Iterator[Answer]:
    """Yield every answer that must mark as right; none where the learner judges.

    Of a cloze: each form of each gap, the other gaps holding their first forms.
    """
    yield from _ACCEPTED[type(question)](question)


def wrong_answers(question: Question) -> Iterator[Answer]:
    """Yield the answers by which a question shows that it can be got wrong.

    Each distractor and near form, a right choice left out, things put in another order: none
    of them may mark as right. Numbers, dates and typed gaps have none.
    """
    yield from _WRONG[type(question)](question)


def number_text(number: float) -> str:
    """Return a number in digits, with commas from ten thousand on."""
    return f"{number:,}" if abs(number) >= _GROUPED_FROM else str(number)


def gaps_filled(question: Cloze, texts: dict[str, str]) -> str:
    """Return a cloze text with texts in the place of its gaps."""
    text = question.text
    for name, filling in texts.items():
        text = text.replace(f"{{{name}}}", filling)
    return text


def _first_forms(question: Cloze) -> dict[str, str]:
    return {name: gap.accept[0] for name, gap in question.gaps.items()}


def _number_line(question: Number) -> str:
    return f"{number_text(question.answer)} {question.unit or ''}".strip()


def _match_line(question: Match) -> str:
    return "; ".join(f"{pair.left} \u2013 {pair.right}" for pair in question.pairs)


def _accepted_numbers(question: Number) -> Iterator[Answer]:
    yield Typed(str(question.answer))
    yield Typed(_number_line(question))


def _accepted_dates(question: DateQuestion) -> Iterator[Answer]:
    yield Typed(question.answer)
    yield Typed(date_text(question.answer))


def _accepted_gaps(question: Cloze) -> Iterator[Answer]:
    for name, gap in question.gaps.items():
        for form in gap.accept:
            yield Filled(_first_forms(question) | {name: form})


def _wrong_choices(question: Choice) -> Iterator[Answer]:
    for place in range(1, len(options(question))):
        yield Chosen((place,))


def _wrong_picks(question: Multiple) -> Iterator[Answer]:
    right = tuple(range(len(question.answers)))
    for place in range(len(right), len(options(question))):
        yield Chosen((place,))
        yield Chosen((*right, place))
    for left_out in right:
        yield Chosen(tuple(place for place in right if place != left_out))


def _wrong_gaps(question: Cloze) -> Iterator[Answer]:
    for name, gap in question.gaps.items():
        for distractor in gap.distractors:
            yield Filled(_first_forms(question) | {name: distractor})


def _wrong_matches(question: Match) -> Iterator[Answer]:
    pairs = tuple(range(len(question.pairs)))
    yield Matched(pairs[1:] + pairs[:1])
    for place in range(len(pairs), len(right_sides(question))):
        yield Matched((place, *pairs[1:]))


def _none(_: Question) -> Iterator[Answer]:
    return iter(())


_LINES: dict[type[BaseQuestion], Callable[[Any], str]] = {
    Choice: lambda question: question.answer,
    Multiple: lambda question: "; ".join(question.answers),
    TrueFalse: lambda question: "True" if question.answer else "False",
    Short: lambda question: question.accept[0],
    Number: _number_line,
    Cloze: lambda question: gaps_filled(question, _first_forms(question)),
    Order: lambda question: " \u2192 ".join(question.items),
    Match: _match_line,
    Flashcard: lambda question: question.back,
    Explain: lambda question: question.model,
}

_ACCEPTED: dict[type[BaseQuestion], Callable[[Any], Iterator[Answer]]] = {
    Choice: lambda _: iter([Chosen((0,))]),
    Multiple: lambda question: iter([Chosen(tuple(range(len(question.answers))))]),
    TrueFalse: lambda question: iter([Judged(question.answer)]),
    Short: lambda question: map(Typed, question.accept),
    Number: _accepted_numbers,
    DateQuestion: _accepted_dates,
    Cloze: _accepted_gaps,
    Order: lambda question: iter([Ordered(tuple(range(len(question.items))))]),
    Match: lambda question: iter([Matched(tuple(range(len(question.pairs))))]),
    Flashcard: _none,
    Explain: _none,
}

_WRONG: dict[type[BaseQuestion], Callable[[Any], Iterator[Answer]]] = {
    Choice: _wrong_choices,
    Multiple: _wrong_picks,
    TrueFalse: lambda question: iter([Judged(not question.answer)]),
    Short: lambda question: (Typed(near.text) for near in question.near),
    Number: _none,
    DateQuestion: _none,
    Cloze: _wrong_gaps,
    Order: lambda question: iter([Ordered(tuple(reversed(range(len(question.items)))))]),
    Match: _wrong_matches,
    Flashcard: _none,
    Explain: _none,
}
