"""An answer to an old form of a question, found again in a corrected one by its texts."""

import pytest

from quizapp.domain.answers import (
    Answer,
    Chosen,
    Filled,
    Judged,
    Matched,
    Ordered,
    Typed,
    translated,
)
from quizapp.domain.bank_files import (
    Choice,
    Distractor,
    Match,
    Multiple,
    Order,
    Pair,
    Question,
    Short,
)


def choice(answer: str, *wrong: str) -> Choice:
    return Choice(
        id="q",
        prompt="?",
        answer=answer,
        distractors=[Distractor(text=text, why_wrong="No.") for text in wrong],
    )


def match(*pairs: tuple[str, str], extra: tuple[str, ...] = ()) -> Match:
    return Match(
        id="q",
        prompt="?",
        pairs=[Pair(left=left, right=right) for left, right in pairs],
        extra=list(extra),
    )


OLD_MATCH = match(("a", "1"), ("b", "2"), ("c", "3"), extra=("4",))
NEW_MATCH = match(("a", "2"), ("b", "1"), ("c", "3"), extra=("4",))
MULTIPLE = Multiple(
    id="q", prompt="?", answers=["a", "b"], distractors=[Distractor(text="c", why_wrong="No.")]
)
SWAPPED = Multiple(
    id="q", prompt="?", answers=["c", "b"], distractors=[Distractor(text="a", why_wrong="No.")]
)


@pytest.mark.parametrize(
    ("answer", "old", "new", "found"),
    [
        (Chosen((1,)), choice("x", "y", "z"), choice("y", "x", "z"), Chosen((0,))),
        (Chosen((2,)), choice("x", "y", "z"), choice("x", "y", "w"), None),
        (Chosen((0, 2)), MULTIPLE, SWAPPED, Chosen((2, 0))),
        (
            Ordered((2, 0, 1)),
            Order(id="q", prompt="?", items=["a", "b", "c"]),
            Order(id="q", prompt="?", items=["b", "a", "c"]),
            Ordered((2, 1, 0)),
        ),
        (Matched((0, None, 3)), OLD_MATCH, NEW_MATCH, Matched((1, None, 3))),
        (Typed("x"), Short(id="q", prompt="?", accept=["y"]), choice("x", "y", "z"), None),
        (
            Typed("x"),
            Short(id="q", prompt="?", accept=["y"]),
            Short(id="q", prompt="?", accept=["x"]),
            Typed("x"),
        ),
    ],
    ids=["moved", "gone", "several", "order", "pairs", "another type", "words"],
)
def test_an_answer_is_found_again_by_its_texts(
    answer: Answer, old: Question, new: Question, found: Answer | None
) -> None:
    assert translated(answer, old, new) == found


@pytest.mark.parametrize("answer", [Judged(value=True), Filled({"gap": "x"})])
def test_what_points_at_nothing_stays_as_it_is(answer: Answer) -> None:
    question = Short(id="q", prompt="?", accept=["x"])
    assert translated(answer, question, question) == answer
