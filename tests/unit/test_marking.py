"""Marking of every type of question."""

import random
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.domain.bank_files import (
    Calendar,
    Choice,
    Cloze,
    DateQuestion,
    Distractor,
    Explain,
    Flashcard,
    Gap,
    Match,
    Multiple,
    NearMiss,
    Number,
    Order,
    Pair,
    Question,
    Short,
    TrueFalse,
)
from quizapp.domain.marking import (
    Answer,
    Chosen,
    Filled,
    Judged,
    MalformedAnswerError,
    Marked,
    Matched,
    Ordered,
    Revealed,
    Typed,
    Verdict,
    accepted_forms,
    answer_as_json,
    answer_from_json,
    is_blank,
    mark,
    options,
    right_answer_text,
    right_sides,
    wrong_answers,
)

CHOICE = Choice(
    id="q",
    prompt="Who?",
    answer="Trotsky",
    distractors=[
        Distractor(text="Lenin", why_wrong="He was in hiding."),
        Distractor(text="Kerensky", why_wrong="He was the premier."),
    ],
)
MULTIPLE = Multiple(
    id="q",
    prompt="Which?",
    answers=["a", "b"],
    distractors=[
        Distractor(text="c", why_wrong="Not c."),
        Distractor(text="d", why_wrong="Not d."),
    ],
)
JUDGE = TrueFalse(id="q", prompt="It was so.", answer=False, why_wrong="It was not.")
SHORT = Short(
    id="q",
    prompt="Which body?",
    accept=["Military Revolutionary Committee", "MRC"],
    near=[NearMiss(text="Petrograd Soviet", say="Close.")],
)
NUMBER = Number(id="q", prompt="How many?", answer=51, tolerance=1, unit="delegates")
DATE = DateQuestion(id="q", prompt="When (Old Style)?", answer="1917-10-21")
CLOZE = Cloze(
    id="q",
    text="Late on {day} the {body} met.",
    mode="typed",
    gaps={
        "day": Gap(accept=["21 October", "October 21"]),
        "body": Gap(accept=["Committee", "MRC"]),
    },
)
CHOSEN_CLOZE = Cloze(
    id="q",
    text="The {body} met.",
    mode="chosen",
    gaps={"body": Gap(accept=["Committee"], distractors=["Commitee", "Duma"])},
)
ORDER = Order(id="q", prompt="Order", items=["one", "two", "three", "four"])
MATCH = Match(
    id="q",
    prompt="Match",
    pairs=[
        Pair(left="Lenin", right="Bolshevik"),
        Pair(left="Trotsky", right="Bolshevik"),
        Pair(left="Martov", right="Menshevik"),
    ],
    extra=["Kadet"],
)
CARD = Flashcard(id="q", front="MRC", back="Military Revolutionary Committee")
EXPLAIN = Explain(id="q", prompt="Why?", model="Because.", points=["this", "that"])
QUESTIONS: tuple[Question, ...] = (
    *(CHOICE, MULTIPLE, JUDGE, SHORT, NUMBER, DATE, CLOZE, CHOSEN_CLOZE, ORDER, MATCH),
    *(CARD, EXPLAIN),
)
TYPED = (SHORT, NUMBER, DATE, EXPLAIN)

texts = st.text(max_size=40)
places = st.lists(st.integers(-1, 6), max_size=5).map(tuple)
answers: st.SearchStrategy[Answer] = st.one_of(
    places.map(Chosen),
    st.booleans().map(Judged),
    texts.map(Typed),
    st.dictionaries(st.sampled_from(["day", "body", "else"]), texts).map(Filled),
    places.map(Ordered),
    st.lists(st.none() | st.integers(-1, 4), max_size=4).map(tuple).map(Matched),
    st.just(Revealed()),
)


@pytest.mark.parametrize(
    ("options_chosen", "expected"),
    [
        ((0,), Marked(1, Verdict.RIGHT, (), (True, True, True))),
        ((1,), Marked(0, Verdict.WRONG, ("He was in hiding.",), (False, False, True))),
        ((2,), Marked(0, Verdict.WRONG, ("He was the premier.",), (False, True, False))),
        ((), Marked(0, Verdict.WRONG, (), (False, True, True))),
    ],
)
def test_a_wrong_choice_is_answered(options_chosen: tuple[int, ...], expected: Marked) -> None:
    assert mark(CHOICE, Chosen(options_chosen)) == expected


@pytest.mark.parametrize(
    ("chosen", "share", "verdict"),
    [
        ("ab", 1.0, Verdict.RIGHT),
        ("ba", 1.0, Verdict.RIGHT),
        ("a", 0.5, Verdict.PARTLY),
        ("", 0.0, Verdict.WRONG),
        ("ac", 0.0, Verdict.WRONG),
        ("cd", 0.0, Verdict.WRONG),
        ("abc", 0.5, Verdict.PARTLY),
        ("abcd", 0.0, Verdict.WRONG),
    ],
)
def test_each_wrong_pick_cancels_a_right_one(chosen: str, share: float, verdict: Verdict) -> None:
    marked = mark(MULTIPLE, Chosen(tuple("abcd".index(letter) for letter in chosen)))
    assert (marked.share, marked.verdict) == (share, verdict)
    assert marked.notes == tuple(f"Not {letter}." for letter in chosen if letter in "cd")
    assert marked.parts == tuple((letter in "ab") == (letter in chosen) for letter in "abcd")


def test_a_distractor_that_reads_like_the_answer_marks_as_right() -> None:
    twice = [Distractor(text=text, why_wrong="No.") for text in ("Trotsky", "Lenin")]
    question = msgspec.structs.replace(CHOICE, distractors=twice)
    assert mark(question, Chosen((1,))).verdict is Verdict.RIGHT


def test_a_statement_judged_wrongly_is_answered() -> None:
    assert mark(JUDGE, Judged(value=False)) == Marked(1, Verdict.RIGHT, (), (True,))
    wrong = Marked(0, Verdict.WRONG, ("It was not.",), (False,))
    assert mark(JUDGE, Judged(value=True)) == wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mrc", Marked(1, Verdict.RIGHT, (), (True,))),
        ("Military Revolutionray Comittee", Marked(1, Verdict.SLIP, (), (True,))),
        ("the Petrograd Soviet", Marked(0, Verdict.NEAR, ("Close.",), (False,))),
        ("Duma", Marked(0, Verdict.WRONG, (), (False,))),
    ],
)
def test_typed_words_are_right_slipped_near_or_wrong(text: str, expected: Marked) -> None:
    assert mark(SHORT, Typed(text)) == expected


def test_a_number_is_marked_with_its_tolerance() -> None:
    assert mark(NUMBER, Typed("fifty delegates")).verdict is Verdict.RIGHT
    assert mark(NUMBER, Typed("49")) == Marked(0, Verdict.WRONG, (), (False,))


def test_a_date_of_the_other_calendar_is_answered() -> None:
    assert mark(DATE, Typed("21 Octobre"), "Old Style").verdict is Verdict.SLIP
    marked = mark(DATE, Typed("3 November 1917"), "Old Style")
    assert (marked.share, marked.verdict) == (0, Verdict.NEAR)
    [note] = marked.notes
    assert "other calendar" in note
    assert "Old Style calendar it is 21 October 1917" in note


@pytest.mark.parametrize(
    ("gaps", "share", "verdict", "parts"),
    [
        ({"day": "21 Oct", "body": "MRC"}, 0.5, Verdict.PARTLY, (False, True)),
        ({"day": "October 21st", "body": "mrc"}, 1, Verdict.RIGHT, (True, True)),
        ({"day": "21 October", "body": "Comnittee"}, 1, Verdict.SLIP, (True, True)),
        ({"day": "20 October", "body": "Comittee"}, 0.5, Verdict.PARTLY, (False, True)),
        ({"body": "Committee"}, 0.5, Verdict.PARTLY, (False, True)),
        ({}, 0, Verdict.WRONG, (False, False)),
    ],
)
def test_typed_gaps_are_marked_one_by_one(
    gaps: dict[str, str], share: float, verdict: Verdict, parts: tuple[bool, ...]
) -> None:
    assert mark(CLOZE, Filled(gaps)) == Marked(share, verdict, (), parts)


def test_chosen_gaps_forgive_no_slip() -> None:
    assert mark(CHOSEN_CLOZE, Filled({"body": "committee"})).verdict is Verdict.RIGHT
    assert mark(CHOSEN_CLOZE, Filled({"body": "Commitee"})).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("order", "share", "verdict"),
    [
        ((0, 1, 2, 3), 1, Verdict.RIGHT),
        ((1, 0, 2, 3), 5 / 6, Verdict.PARTLY),
        ((3, 0, 1, 2), 1 / 2, Verdict.PARTLY),
        ((3, 2, 1, 0), 0, Verdict.WRONG),
        ((), 0, Verdict.WRONG),
    ],
)
def test_an_order_is_marked_by_its_pairs(
    order: tuple[int, ...], share: float, verdict: Verdict
) -> None:
    marked = mark(ORDER, Ordered(order))
    assert (marked.share, marked.verdict) == (share, verdict)
    assert len(marked.parts) == 4


@pytest.mark.parametrize(
    ("rights", "share", "parts"),
    [
        ((0, 1, 2), 1, (True, True, True)),
        ((1, 0, 2), 1, (True, True, True)),  # both read "Bolshevik"
        ((0, 3, None), 1 / 3, (True, False, False)),
        ((None, None, None), 0, (False, False, False)),
    ],
)
def test_a_match_is_marked_by_its_pairs(
    rights: tuple[int | None, ...], share: float, parts: tuple[bool, ...]
) -> None:
    marked = mark(MATCH, Matched(rights))
    assert (marked.share, marked.parts) == (share, parts)


def test_the_learner_judges_flashcards_and_explanations() -> None:
    assert mark(CARD, Revealed()) == Marked(0, Verdict.OWN)
    assert mark(EXPLAIN, Typed("Because of this.")) == Marked(0, Verdict.OWN)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (CHOICE, Typed("Trotsky")),
        (CHOICE, Chosen((0, 1))),
        (CHOICE, Chosen((3,))),
        (CHOICE, Chosen((-1,))),
        (MULTIPLE, Chosen((0, 0))),
        (JUDGE, Chosen((0,))),
        (SHORT, Revealed()),
        (DATE, Judged(value=True)),
        (CLOZE, Filled({"other": "x"})),
        (ORDER, Ordered((0, 1, 2))),
        (ORDER, Ordered((0, 1, 2, 2))),
        (ORDER, Ordered((0, 1, 2, 4))),
        (MATCH, Matched((0, 1))),
        (MATCH, Matched((0, 1, 4))),
        (MATCH, Matched((0, 1, -1))),
        (CARD, Typed("x")),
        (EXPLAIN, Revealed()),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(question: Question, answer: Answer) -> None:
    with pytest.raises(MalformedAnswerError):
        mark(question, answer)


@pytest.mark.parametrize(
    ("answer", "blank"),
    [
        (Chosen(()), True),
        (Chosen((0,)), False),
        (Ordered(()), True),
        (Typed(" \n\u00a0"), True),
        (Typed("x"), False),
        (Filled({}), True),
        (Filled({"day": " "}), True),
        (Filled({"day": "", "body": "x"}), False),
        (Matched((None, None)), True),
        (Matched((None, 0)), False),
        (Judged(value=False), False),
        (Revealed(), False),
    ],
)
def test_an_answer_is_blank_when_nothing_is_in_it(answer: Answer, *, blank: bool) -> None:
    assert is_blank(answer) is blank


def test_options_and_right_sides_stand_in_file_order() -> None:
    assert options(CHOICE) == ("Trotsky", "Lenin", "Kerensky")
    assert options(MULTIPLE) == ("a", "b", "c", "d")
    assert right_sides(MATCH) == ("Bolshevik", "Bolshevik", "Menshevik", "Kadet")


@pytest.mark.parametrize(
    ("question", "calendar", "line"),
    [
        (CHOICE, "Gregorian", "Trotsky"),
        (MULTIPLE, "Gregorian", "a; b"),
        (JUDGE, "Gregorian", "False"),
        (msgspec.structs.replace(JUDGE, answer=True), "Gregorian", "True"),
        (SHORT, "Gregorian", "Military Revolutionary Committee"),
        (NUMBER, "Gregorian", "51 delegates"),
        (Number(id="q", prompt="?", answer=1905), "Gregorian", "1905"),
        (Number(id="q", prompt="?", answer=150_000), "Gregorian", "150,000"),
        (DATE, "Old Style", "21 October 1917 (Old Style)"),
        (DATE, "Gregorian", "21 October 1917"),
        (CLOZE, "Gregorian", "Late on 21 October the Committee met."),
        (ORDER, "Gregorian", "one \u2192 two \u2192 three \u2192 four"),
        (
            *(MATCH, "Gregorian"),
            "Lenin \u2013 Bolshevik; Trotsky \u2013 Bolshevik; Martov \u2013 Menshevik",
        ),
        (CARD, "Gregorian", "Military Revolutionary Committee"),
        (EXPLAIN, "Gregorian", "Because."),
    ],
)
def test_what_is_right_is_one_line(question: Question, calendar: Calendar, line: str) -> None:
    assert right_answer_text(question, calendar) == line


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: type(question).__name__)
def test_accepted_forms_mark_as_right_and_wrong_answers_do_not(question: Question) -> None:
    for answer in accepted_forms(question):
        assert mark(question, answer, "Old Style").verdict is Verdict.RIGHT
    for answer in wrong_answers(question):
        assert mark(question, answer, "Old Style").share < 1


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (CHOICE, 1, 2),
        (MULTIPLE, 1, 6),
        (JUDGE, 1, 1),
        (SHORT, 2, 1),
        (NUMBER, 2, 0),
        (DATE, 2, 0),
        (CLOZE, 4, 0),
        (CHOSEN_CLOZE, 1, 2),
        (ORDER, 1, 1),
        (MATCH, 1, 2),
        (CARD, 0, 0),
        (EXPLAIN, 0, 0),
    ],
)
def test_every_form_and_distractor_is_among_the_checks(
    question: Question, right: int, wrong: int
) -> None:
    assert len(list(accepted_forms(question))) == right
    assert len(list(wrong_answers(question))) == wrong


@given(question=st.sampled_from(QUESTIONS), answer=answers)
@example(question=SHORT, answer=Typed("\ud800\x00\u202e\U0001f600" * 2500))
@example(question=DATE, answer=Typed("1/" * 5000))
@example(question=NUMBER, answer=Typed("9" * 10_000))
@example(question=CLOZE, answer=Filled({"body": "Comittee " * 1200}))
def test_any_answer_is_marked_from_0_to_1_or_refused(question: Question, answer: Answer) -> None:
    try:
        marked = mark(question, answer)
    except MalformedAnswerError:
        return
    assert 0 <= marked.share <= 1
    assert (marked.share == 1) == (marked.verdict in (Verdict.RIGHT, Verdict.SLIP))
    assert (0 < marked.share < 1) == (marked.verdict is Verdict.PARTLY)
    assert mark(question, answer) == marked


@given(question=st.sampled_from(TYPED), text=st.text())
def test_any_text_can_be_typed(question: Question, text: str) -> None:
    assert mark(question, Typed(text)).share in (0, 1)


@given(items=st.lists(st.text(min_size=1), min_size=3, max_size=6), seed=st.integers())
def test_only_the_right_order_is_right(items: list[str], seed: int) -> None:
    question = Order(id="q", prompt="?", items=items)
    shuffled = random.Random(seed).sample(range(len(items)), len(items))
    marked = mark(question, Ordered(tuple(shuffled)))
    assert (marked.verdict is Verdict.RIGHT) == (shuffled == sorted(shuffled))
    turned = mark(question, Ordered(tuple(reversed(shuffled))))
    assert marked.share + turned.share == pytest.approx(1)


def json_texts(answer: Answer) -> Iterator[str]:
    yield answer_as_json(answer)
    yield answer_as_json(answer_from_json(answer_as_json(answer)))


@given(answer=answers)
def test_an_answer_is_the_same_after_being_stored(answer: Answer) -> None:
    assert answer_from_json(answer_as_json(answer)) == answer
    assert len(set(json_texts(answer))) == 1


def test_lone_surrogates_do_not_stop_an_answer_from_being_stored() -> None:
    assert answer_from_json(answer_as_json(Typed("a\ud800"))) == Typed("a?")
    stored = answer_as_json(Filled({"day": "\udfff"}))
    assert answer_from_json(stored) == Filled({"day": "?"})


@pytest.mark.parametrize("text", ["", "{}", '{"kind":"guessed"}', '{"kind":"judged","value":1}'])
def test_what_is_no_answer_is_not_read_as_one(text: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        answer_from_json(text)
