"""An answer beside the right one, piece by piece."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.answers import Answer, Chosen, Filled, Judged, Matched, Ordered, Revealed, Typed
from quizapp.domain.bank_files import Question
from quizapp.domain.feedback import Piece, given_text, pieces
from quizapp.domain.marking import mark
from quizapp.domain.presentation import answer_from_fields, shown
from tests.answer_forms import (
    CHOICE,
    CLOZE_CHOSEN,
    CLOZE_TYPED,
    DATE,
    EXPLAIN,
    FLASHCARD,
    MARKED,
    MATCH,
    MULTIPLE,
    NUMBER,
    ORDER,
    SHORT,
    TRUE_FALSE,
    right_fields,
    wrong_fields,
)

DONT_KNOW = Typed("")
WITH_PIECES = (CHOICE, MULTIPLE, TRUE_FALSE, CLOZE_TYPED, CLOZE_CHOSEN, ORDER, MATCH)


def pieces_of(question: Question, answer: Answer, seed: int = 1) -> list[Piece]:
    parts = () if answer == DONT_KNOW else mark(question, answer).parts
    return pieces(question, shown(question, Random(seed)), answer, parts)


def test_options_stand_in_the_order_they_were_shown_in() -> None:
    page = shown(CHOICE, Random(3))
    found = pieces_of(CHOICE, Chosen((1,)), seed=3)
    assert [piece.text for piece in found] == list(page.options)
    assert [piece.text for piece in found if piece.is_right] == ["The committee"]
    assert [piece.text for piece in found if piece.is_chosen] == ["The cabinet"]


def test_every_right_option_of_several_is_marked() -> None:
    found = {piece.text: piece for piece in pieces_of(MULTIPLE, Chosen((0, 2)))}
    assert {text for text, piece in found.items() if piece.is_right} == {"Moscow", "Petrograd"}
    assert {text for text, piece in found.items() if piece.is_chosen} == {"Moscow", "Tashkent"}


@pytest.mark.parametrize(
    ("answer", "chosen"), [(Judged(value=True), "True"), (Judged(value=False), "False")]
)
def test_a_judgement_shows_both_sides(answer: Answer, chosen: str) -> None:
    found = pieces_of(TRUE_FALSE, answer)
    assert [(piece.text, piece.is_right) for piece in found] == [("True", False), ("False", True)]
    assert [piece.text for piece in found if piece.is_chosen] == [chosen]


def test_items_stand_in_the_right_order_with_the_places_given() -> None:
    found = pieces_of(ORDER, Ordered((1, 0, 2, 3)))
    assert [piece.text for piece in found] == ORDER.items
    assert [piece.right for piece in found] == ["1", "2", "3", "4"]
    assert [piece.given for piece in found] == ["2", "1", "3", "4"]
    assert [piece.is_right for piece in found] == [False, False, True, True]


def test_pairs_show_what_belongs_and_what_was_given() -> None:
    found = pieces_of(MATCH, Matched((0, 3, None)))
    assert [(piece.text, piece.right, piece.given, piece.is_right) for piece in found] == [
        ("Reed", "Reporter", "Reporter", True),
        ("Kerensky", "Minister", "Sailor", False),
        ("Kornilov", "General", "", False),
    ]


def test_gaps_show_what_fits_and_what_was_given() -> None:
    found = pieces_of(CLOZE_TYPED, Filled({"body": "milrevcom", "month": "May"}))
    assert [(piece.text, piece.right, piece.given, piece.is_right) for piece in found] == [
        ("body", "Milrevcom", "milrevcom", True),
        ("month", "October", "May", False),
    ]


@pytest.mark.parametrize("question", WITH_PIECES, ids=lambda question: question.id)
def test_not_knowing_shows_what_is_right_and_nothing_chosen(question: Question) -> None:
    found = pieces_of(question, DONT_KNOW)
    assert found
    assert not any(piece.is_chosen or piece.given for piece in found)


@pytest.mark.parametrize(
    "question", [SHORT, NUMBER, DATE, FLASHCARD, EXPLAIN], ids=lambda question: question.id
)
def test_what_is_typed_or_turned_has_no_pieces(question: Question) -> None:
    assert pieces(question, shown(question, Random(1)), DONT_KNOW, ()) == []


@pytest.mark.parametrize(
    ("answer", "text"),
    [(Typed("  MRC \n"), "MRC"), (Typed(""), ""), (Chosen((1,)), ""), (Revealed(), "")],
)
def test_what_was_typed_is_shown_trimmed(answer: Answer, text: str) -> None:
    assert given_text(answer) == text


@given(st.integers(0, 2**32), st.sampled_from(MARKED))
def test_a_right_answer_has_no_wrong_piece(seed: int, question: Question) -> None:
    page = shown(question, Random(seed))
    answer = answer_from_fields(question, page, right_fields(question, page))
    for piece in pieces(question, page, answer, mark(question, answer).parts):
        assert piece.is_right or not (piece.is_chosen or piece.given)


@given(st.integers(0, 2**32), st.sampled_from(MARKED))
def test_a_wrong_answer_has_a_wrong_piece(seed: int, question: Question) -> None:
    page = shown(question, Random(seed))
    answer = answer_from_fields(question, page, wrong_fields(question, page))
    found = pieces(question, page, answer, mark(question, answer).parts)
    if question in WITH_PIECES:
        assert any(not piece.is_right and (piece.is_chosen or piece.given) for piece in found)
