"""Hints: what helps without giving the answer away."""

from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.bank_files import Question, Short
from quizapp.domain.hints import as_asked, has_hint, hinted
from quizapp.domain.marking import mark
from quizapp.domain.presentation import answer_from_fields, shown
from tests.answer_forms import (
    CHOICE,
    CLOZE_CHOSEN,
    CLOZE_TYPED,
    DATE,
    EVERY_TYPE,
    EXPLAIN,
    FLASHCARD,
    MATCH,
    MULTIPLE,
    NUMBER,
    ORDER,
    SHORT,
    TRUE_FALSE,
    right_fields,
)

WITHOUT = (MULTIPLE, TRUE_FALSE, NUMBER, DATE, CLOZE_CHOSEN, ORDER, MATCH, FLASHCARD, EXPLAIN)
seeds = st.integers(0, 2**32)


def with_hint(question: Question) -> Question:
    return msgspec.structs.replace(question, hint="It met at night.")


@pytest.mark.parametrize("question", EVERY_TYPE, ids=lambda question: question.id)
def test_a_written_hint_is_given_and_the_page_stays(question: Question) -> None:
    written = with_hint(question)
    page = shown(written, Random(1))
    assert has_hint(written)
    assert hinted(written, page, Random(2)) == (page, "It met at night.")


@pytest.mark.parametrize("question", WITHOUT, ids=lambda question: question.id)
def test_some_types_have_only_written_hints(question: Question) -> None:
    page = shown(question, Random(1))
    assert not has_hint(question)
    assert hinted(question, page, Random(2)) == (page, None)


def test_a_choice_loses_a_wrong_option() -> None:
    page, line = hinted(CHOICE, shown(CHOICE, Random(1)), Random(2))
    assert has_hint(CHOICE)
    assert line is None
    assert len(page.options) == 3
    assert CHOICE.answer in page.options


def test_typed_answers_get_their_first_letters() -> None:
    assert has_hint(SHORT)
    assert hinted(SHORT, shown(SHORT, Random(1)), Random(2))[1] == "R…"
    assert has_hint(CLOZE_TYPED)
    assert hinted(CLOZE_TYPED, shown(CLOZE_TYPED, Random(1)), Random(2))[1] == "M…, O…"


def test_a_letter_that_is_the_whole_answer_is_no_hint() -> None:
    question = Short(id="short", prompt="Which letter?", accept=["O"])
    assert not has_hint(question)
    assert hinted(question, shown(question, Random(1)), Random(2))[1] is None


@given(seeds, st.sampled_from(EVERY_TYPE))
def test_a_form_is_shown_the_same_with_the_same_lots(seed: int, question: Question) -> None:
    first, again = (as_asked(question, Random(seed), with_hint=True) for _ in range(2))
    assert first == again
    assert as_asked(question, Random(seed), with_hint=False) == (
        shown(question, Random(seed)),
        None,
    )


@given(seeds)
def test_a_choice_with_an_option_fewer_is_read_as_it_was_shown(seed: int) -> None:
    page, _ = as_asked(CHOICE, Random(seed), with_hint=True)
    answer = answer_from_fields(CHOICE, page, right_fields(CHOICE, page))
    assert mark(CHOICE, answer).share == 1
