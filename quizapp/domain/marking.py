"""Marking: how right an answer to a question is. What is typed is read in its own modules."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from quizapp.domain.answer_key import accepted_forms, right_answer_text, wrong_answers
from quizapp.domain.answers import (
    Answer,
    BaseAnswer,
    Chosen,
    Filled,
    Judged,
    Matched,
    Ordered,
    Revealed,
    Typed,
    Verdict,
    answer_as_json,
    answer_from_json,
    is_blank,
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
    Gap,
    Match,
    Multiple,
    Number,
    Order,
    Question,
    Short,
    TrueFalse,
)
from quizapp.domain.date_marking import date_text, date_verdict
from quizapp.domain.errors import MalformedAnswerError
from quizapp.domain.number_marking import number_fits
from quizapp.domain.text_marking import is_same_text, text_verdict

__all__ = [
    "Answer",
    "Chosen",
    "Filled",
    "Judged",
    "MalformedAnswerError",
    "Marked",
    "Matched",
    "Ordered",
    "Revealed",
    "Typed",
    "Verdict",
    "accepted_forms",
    "answer_as_json",
    "answer_from_json",
    "is_blank",
    "mark",
    "options",
    "right_answer_text",
    "right_sides",
    "wrong_answers",
]


@dataclass(frozen=True, slots=True)
class Marked:
    """How right an answer is, what there is to say to it, and which of its parts are right.

    `share` is from 0 to 1; `parts` holds one entry for each option, gap, item or pair, in
    the order of the bank file, and a single one where there is only one thing to get right.
    """

    share: float
    verdict: Verdict
    notes: tuple[str, ...] = ()
    parts: tuple[bool, ...] = ()


def mark(question: Question, answer: Answer, calendar: Calendar = "Gregorian") -> Marked:
    """Mark an answer; `calendar` is that of the bank's dates. A blank answer is wrong.

    Raises `MalformedAnswerError` for an answer that the question's page cannot have sent.
    """
    kind, marked = _MARKERS[type(question)]
    _expect(isinstance(answer, kind))
    return marked(question, answer, calendar)


def _mark_choice(question: Choice, answer: Chosen, _: Calendar) -> Marked:
    _expect(len(answer.options) <= 1)
    return _mark_options(question, {question.answer}, answer)


def _mark_multiple(question: Multiple, answer: Chosen, _: Calendar) -> Marked:
    return _mark_options(question, set(question.answers), answer)


def _mark_options(question: Choice | Multiple, right: set[str], answer: Chosen) -> Marked:
    """Mark picks: a wrong pick cancels a right one, and nothing goes below zero."""
    offered = options(question)
    _expect_places(answer.options, len(offered))
    picked = set(answer.options)
    parts = tuple((text in right) == (place in picked) for place, text in enumerate(offered))
    wrong = sorted(place for place in picked if not parts[place])
    first_distractor = len(offered) - len(question.distractors)
    notes = [question.distractors[place - first_distractor].why_wrong for place in wrong]
    share = max(0, len(picked) - 2 * len(wrong)) / first_distractor
    return _marked_share(min(1.0, share), parts, notes)


def _mark_true_false(question: TrueFalse, answer: Judged, _: Calendar) -> Marked:
    is_right = answer.value == question.answer
    return _marked_share(float(is_right), (is_right,), () if is_right else (question.why_wrong,))


def _mark_short(question: Short, answer: Typed, _: Calendar) -> Marked:
    read = text_verdict(answer.text, question.accept, [near.text for near in question.near])
    say = () if read.near_place is None else (question.near[read.near_place].say,)
    return _marked_verdict(read.verdict, say)


def _mark_number(question: Number, answer: Typed, _: Calendar) -> Marked:
    fits = number_fits(
        answer.text, question.answer, question.tolerance, question.unit, question.prompt
    )
    return _marked_verdict(Verdict.RIGHT if fits else Verdict.WRONG)


def _mark_date(question: DateQuestion, answer: Typed, calendar: Calendar) -> Marked:
    verdict = date_verdict(answer.text, question.answer, calendar, question.tolerance_days)
    note = (
        "That would be right in the other calendar. "
        f"By the {calendar} calendar it is {date_text(question.answer)}."
    )
    return _marked_verdict(verdict, (note,) if verdict is Verdict.NEAR else ())


def _mark_cloze(question: Cloze, answer: Filled, _: Calendar) -> Marked:
    _expect(answer.gaps.keys() <= question.gaps.keys())
    verdicts = [
        _gap_verdict(gap, answer.gaps.get(name, ""), is_typed=question.mode == "typed")
        for name, gap in question.gaps.items()
    ]
    parts = tuple(verdict in (Verdict.RIGHT, Verdict.SLIP) for verdict in verdicts)
    marked = _marked_share(_share_of(parts), parts)
    if all(parts) and Verdict.SLIP in verdicts:
        return Marked(1, Verdict.SLIP, parts=parts)
    return marked


def _gap_verdict(gap: Gap, text: str, *, is_typed: bool) -> Verdict:
    if is_typed:
        return text_verdict(text, gap.accept).verdict
    fits = any(is_same_text(text, form) for form in gap.accept)
    return Verdict.RIGHT if fits else Verdict.WRONG


def _mark_order(question: Order, answer: Ordered, _: Calendar) -> Marked:
    """Mark by the share of all pairs of items that stand in the right order.

    Source: the share of concordant pairs in M. Kendall, "A new measure of rank
    correlation" (1938): 1 for the right order, 0 for its reverse.
    """
    if not answer.places:
        return Marked(0, Verdict.WRONG, parts=(False,) * len(question.items))
    _expect_places(answer.places, len(question.items))
    _expect(len(answer.places) == len(question.items))
    share = _share_of([first < second for first, second in combinations(answer.places, 2)])
    return _marked_share(share, tuple(answer.places[i] == i for i in range(len(answer.places))))


def _mark_match(question: Match, answer: Matched, _: Calendar) -> Marked:
    """Mark by the share of right pairs; right sides that read the same are the same."""
    sides = right_sides(question)
    _expect(len(answer.rights) == len(question.pairs))
    _expect(all(right is None or 0 <= right < len(sides) for right in answer.rights))
    parts = tuple(
        right is not None and sides[right] == pair.right
        for pair, right in zip(question.pairs, answer.rights, strict=True)
    )
    return _marked_share(_share_of(parts), parts)


def _leave_to_learner(_question: Flashcard | Explain, _answer: Answer, _calendar: str) -> Marked:
    return Marked(0, Verdict.OWN)


def _expect(condition: object) -> None:
    if not condition:
        raise MalformedAnswerError


def _expect_places(places: tuple[int, ...], count: int) -> None:
    _expect(len(set(places)) == len(places) and all(0 <= place < count for place in places))


def _share_of(parts: tuple[bool, ...] | list[bool]) -> float:
    return sum(parts) / len(parts) if parts else 0.0


def _marked_share(share: float, parts: tuple[bool, ...], notes: Iterable[str] = ()) -> Marked:
    partly = Verdict.PARTLY if share else Verdict.WRONG
    return Marked(share, Verdict.RIGHT if share == 1 else partly, tuple(notes), parts)


def _marked_verdict(verdict: Verdict, notes: Iterable[str] = ()) -> Marked:
    is_right = verdict in (Verdict.RIGHT, Verdict.SLIP)
    return Marked(float(is_right), verdict, tuple(notes), (is_right,))


_MARKERS: dict[
    type[BaseQuestion], tuple[type[BaseAnswer], Callable[[Any, Any, Calendar], Marked]]
] = {
    Choice: (Chosen, _mark_choice),
    Multiple: (Chosen, _mark_multiple),
    TrueFalse: (Judged, _mark_true_false),
    Short: (Typed, _mark_short),
    Number: (Typed, _mark_number),
    Cloze: (Filled, _mark_cloze),
    Order: (Ordered, _mark_order),
    Match: (Matched, _mark_match),
    DateQuestion: (Typed, _mark_date),
    Flashcard: (Revealed, _leave_to_learner),
    Explain: (Typed, _leave_to_learner),
}
