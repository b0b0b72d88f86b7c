"""Questions as they are shown, and the answers read from their forms."""

from dataclasses import fields as dataclass_fields
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.answers import (
    Chosen,
    Filled,
    Judged,
    Matched,
    Ordered,
    Revealed,
    Typed,
    is_blank,
)
from quizapp.domain.bank_files import Question
from quizapp.domain.errors import MalformedAnswerError, RuleError, UnevenOrderError
from quizapp.domain.marking import mark
from quizapp.domain.presentation import (
    MOST_TEXT,
    Shown,
    ShownGap,
    answer_from_fields,
    shown,
    shuffle,
    without_one,
)
from tests.answer_forms import (
    CHOICE,
    CLOZE_CHOSEN,
    CLOZE_TYPED,
    EVERY_TYPE,
    EXPLAIN,
    FLASHCARD,
    HIDDEN,
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

FORM = "0b4f6f6e-7c1d-4c57-9d2c-0d1f6a0c9f11"
forms = st.uuids().map(str)
any_question = st.sampled_from(EVERY_TYPE)
names = st.sampled_from(
    ["option", "text", "gap-body", "gap-month", "gap-house", "gap-", "other"]
    + [f"{name}-{place}" for name in ("rank", "right") for place in range(6)]
)
entries = st.one_of(
    st.text(), st.integers(-2, 12).map(str), st.sampled_from(["true", "false", "²", "0" * 30])
)


def page_of(question: Question, form: str = FORM) -> Shown:
    return shown(question, shuffle("secret", form, 1))


@given(forms, st.integers(1, 2**63 - 1), any_question)
def test_the_same_form_shows_the_same_page(form: str, version: int, question: Question) -> None:
    pages = [shown(question, shuffle("secret", form, version)) for _ in range(2)]
    assert pages[0] == pages[1]


def test_another_form_version_or_secret_shuffles_anew() -> None:
    def drawn(secret: str, form: str, version: int) -> float:
        return shuffle(secret, form, version).random()

    other = FORM.replace("0", "1")
    assert (
        len({drawn("a", FORM, 1), drawn("b", FORM, 1), drawn("a", other, 1), drawn("a", FORM, 2)})
        == 4
    )


def test_a_secret_of_any_length_will_do() -> None:
    assert shuffle("s" * 500, FORM, 1).random() != shuffle("s", FORM, 1).random()


def test_the_right_option_is_shown_in_every_place() -> None:
    places = {page_of(CHOICE, f"form {n}").options.index(CHOICE.answer) for n in range(200)}
    assert places == set(range(4))


@given(forms)
def test_an_order_is_never_shown_in_the_right_one(form: str) -> None:
    page = page_of(ORDER, form)
    assert sorted(page.options) == sorted(ORDER.items)
    assert list(page.options) != ORDER.items


@pytest.mark.parametrize("question", [CHOICE, MULTIPLE, MATCH], ids=lambda q: q.id)
def test_a_shuffle_may_by_chance_be_the_order_of_the_file(question: Question) -> None:
    orders = {page_of(question, f"form {n}").order for n in range(400)}
    assert tuple(range(len(page_of(question).order))) in orders


@given(forms)
def test_pages_differ_only_in_the_order_of_what_they_offer(form: str) -> None:
    for question in EVERY_TYPE:
        page, other = page_of(question, form), page_of(question)
        assert (page.type, page.prompt, page.lefts, page.unit) == (
            other.type,
            other.prompt,
            other.lefts,
            other.unit,
        )
        assert sorted(page.options) == sorted(other.options)


def test_what_is_typed_or_judged_is_nowhere_on_its_page() -> None:
    for question, words in HIDDEN:
        page = repr(page_of(question))
        assert [word for word in words if word in page] == []


def test_what_a_page_shows_holds_nothing_of_the_key_but_the_order() -> None:
    assert {field.name for field in dataclass_fields(Shown)} == {
        "type",
        "prompt",
        "options",
        "order",
        "lefts",
        "pieces",
        "unit",
    }
    assert {field.name for field in dataclass_fields(ShownGap)} == {"name", "options"}


def test_a_cloze_is_cut_at_its_gaps() -> None:
    assert page_of(CLOZE_TYPED).pieces == (
        "The ",
        ShownGap("body", ()),
        " met in ",
        ShownGap("month", ()),
        ".",
    )
    gap = page_of(CLOZE_CHOSEN).pieces[1]
    assert isinstance(gap, ShownGap)
    assert sorted(gap.options) == ["Duma", "Fortress", "Smolny"]


def test_a_number_shows_its_unit() -> None:
    assert page_of(NUMBER).unit == "rifles"
    assert page_of(SHORT).unit is None


@given(forms, st.sampled_from(MARKED))
def test_the_right_choices_of_any_form_mark_as_right(form: str, question: Question) -> None:
    page = page_of(question, form)
    answer = answer_from_fields(question, page, right_fields(question, page))
    assert mark(question, answer).share == 1


@given(forms, st.sampled_from(MARKED))
def test_the_wrong_choices_of_any_form_mark_as_wrong(form: str, question: Question) -> None:
    page = page_of(question, form)
    answer = answer_from_fields(question, page, wrong_fields(question, page))
    assert mark(question, answer).share == 0


@pytest.mark.parametrize(
    "question", [q for q in EVERY_TYPE if q is not FLASHCARD], ids=lambda q: q.id
)
def test_an_empty_form_is_a_blank_answer(question: Question) -> None:
    assert is_blank(answer_from_fields(question, page_of(question), {}))


def test_a_flashcard_is_answered_by_turning_it() -> None:
    assert answer_from_fields(FLASHCARD, page_of(FLASHCARD), {"text": ["x"]}) == Revealed()


@given(any_question, forms, st.dictionaries(names, st.lists(entries, max_size=3)))
def test_no_form_breaks_the_reading(
    question: Question, form: str, entered: dict[str, list[str]]
) -> None:
    try:
        answer = answer_from_fields(question, page_of(question, form), entered)
        mark(question, answer)
    except RuleError:
        pass


@pytest.mark.parametrize("place", ["4", "-1", "x", "²", "0001", "9" * 30, " 1", "1.0"])
def test_a_place_that_is_not_shown_is_malformed(place: str) -> None:
    entries: list[tuple[Question, str]] = [
        (CHOICE, "option"),
        (MATCH, "right-0"),
        (CLOZE_CHOSEN, "gap-house"),
    ]
    for question, name in entries:
        with pytest.raises(MalformedAnswerError):
            answer_from_fields(question, page_of(question), {name: [place]})


@pytest.mark.parametrize("rank", ["5", "-1", "x", "²", "0001"])
def test_a_rank_beyond_the_items_is_malformed(rank: str) -> None:
    with pytest.raises(MalformedAnswerError):
        answer_from_fields(ORDER, page_of(ORDER), {"rank-0": [rank]})


def test_a_judgement_is_true_or_false() -> None:
    page = page_of(TRUE_FALSE)
    assert answer_from_fields(TRUE_FALSE, page, {"option": ["true"]}) == Judged(value=True)
    assert answer_from_fields(TRUE_FALSE, page, {"option": ["false"]}) == Judged(value=False)
    with pytest.raises(MalformedAnswerError):
        answer_from_fields(TRUE_FALSE, page, {"option": ["maybe"]})


def test_a_choice_that_was_ticked_twice_counts_once() -> None:
    page = page_of(MULTIPLE)
    answer = answer_from_fields(MULTIPLE, page, {"option": ["0", "0", "1"]})
    assert isinstance(answer, Chosen)
    assert len(answer.options) == 2


@pytest.mark.parametrize(
    "ranks", [["1", "1", "2", "3"], ["1", "2", "3", ""], ["0", "1", "2", "3"], ["1", "", "", ""]]
)
def test_every_place_of_an_order_is_given_once(ranks: list[str]) -> None:
    entered = {f"rank-{place}": [rank] for place, rank in enumerate(ranks)}
    with pytest.raises(UnevenOrderError):
        answer_from_fields(ORDER, page_of(ORDER), entered)


def test_an_order_is_read_in_the_file_s_indexes() -> None:
    page = Shown(type="order", prompt="", options=("c", "a", "d", "b"), order=(2, 0, 3, 1))
    entered = {"rank-0": ["1"], "rank-1": ["2"], "rank-2": ["4"], "rank-3": ["3"]}
    assert answer_from_fields(ORDER, page, entered) == Ordered((2, 0, 1, 3))


def test_a_pair_may_be_left_open() -> None:
    page = page_of(MATCH)
    answer = answer_from_fields(MATCH, page, {"right-1": ["0"], "right-2": [""]})
    assert answer == Matched((None, page.order[0], None))


def test_a_gap_may_be_left_open() -> None:
    answer = answer_from_fields(CLOZE_TYPED, page_of(CLOZE_TYPED), {"gap-body": ["a"]})
    assert answer == Filled({"body": "a", "month": ""})


def test_a_long_text_is_cut() -> None:
    answer = answer_from_fields(EXPLAIN, page_of(EXPLAIN), {"text": ["x" * (MOST_TEXT + 1)]})
    assert answer == Typed("x" * MOST_TEXT)


@given(forms, st.integers(0, 2**32))
def test_the_option_that_is_taken_away_is_wrong(form: str, seed: int) -> None:
    page = page_of(CHOICE, form)
    fewer = without_one(page, {0}, Random(seed))
    assert len(fewer.options) == len(page.options) - 1
    assert CHOICE.answer in fewer.options
    assert (fewer.type, fewer.prompt) == (page.type, page.prompt)
    whole = ("The committee", "The cabinet", "The congress", "The duma")
    assert [whole[index] for index in fewer.order] == list(fewer.options)
