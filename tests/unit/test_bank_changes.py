"""What a new text of a bank changes: meanings and answer keys."""

import pytest

from quizapp.banks.changes import Meaning, key_changed, meaning_change
from quizapp.banks.reversing import questions_to_ask
from quizapp.domain.bank_files import Question
from tests.unit.bank_samples import GOOD, bank_of

HEAD = GOOD[: GOOD.index("[[fact]]\nid")]
FACT = """[[fact]]
id = "reed-arrives"
theme = "eve"
kind = "person"
statement = "John Reed came to see for himself."
why = "He wrote what he saw."
"""


def meaning(*questions: str) -> Meaning:
    """Return the meaning of a fact with these questions."""
    tables = "".join(f"  [[fact.question]]\n{question}\n" for question in questions)
    [fact] = bank_of(HEAD + FACT + tables).fact
    return Meaning(fact.kind, fact.date, fact.statement, questions_to_ask(fact))


def question(text: str) -> Question:
    return next(iter(meaning(text).questions.values()))


CARD = 'id = "card"\ntype = "flashcard"\nfront = "Who wrote it?"\nback = "{}"\n'
PICK = """id = "pick"
type = "choice"
prompt = "Who?"
answer = "{}"
distractors = [{{ text = "Marx", why_wrong = "No." }}, {{ text = "Blok", why_wrong = "No." }}]
"""
ORDER = 'id = "order"\ntype = "order"\nprompt = "Order these."\nitems = ["{}", "{}", "{}"]\n'
MATCH = """id = "match"
type = "match"
prompt = "Match these."
pairs = [{{ left = "A", right = "{}" }}, {{ left = "B", right = "{}" }}, \
{{ left = "C", right = "{}" }}]
"""
EXPLAIN = (
    'id = "explain"\ntype = "explain"\nprompt = "Why?"\nmodel = "So."\npoints = ["{}", "{}"]\n'
)
JUDGE = 'id = "judge"\ntype = "true-false"\nprompt = "{}"\nanswer = true\nwhy_wrong = "It is."\n'
READ_AHEAD = 'id = "card"\ntype = "flashcard"\nfront = "Read?"\nback = "{}"\nreversible = true\n'


KEPT: tuple[str, ...] = ()
NOT_KEPT = ("it keeps none of its accepted answers",)


@pytest.mark.parametrize(
    ("before", "after", "reasons"),
    [
        ([CARD.format("John Reed"), PICK.format("Reed")], [CARD.format("Figes")], NOT_KEPT),
        ([CARD.format("John Reed")], [PICK.format("John Reed"), CARD.format("Figes")], KEPT),
        ([CARD.format("John Reed")], [CARD.format("john reed.")], KEPT),
        ([READ_AHEAD.format("John Reed")], [READ_AHEAD.format("Figes")], NOT_KEPT),
        (
            [ORDER.format("a", "b", "c"), EXPLAIN.format("He came", "He saw")],
            [ORDER.format("x", "y", "z"), EXPLAIN.format("He saw", "He left")],
            KEPT,
        ),
        ([EXPLAIN.format("He came", "He saw")], [EXPLAIN.format("It is", "It was")], NOT_KEPT),
        (
            [MATCH.format("x", "y", "z"), EXPLAIN.format("It is", "It was")],
            [MATCH.format("x", "z", "y"), EXPLAIN.format("He came", "He saw")],
            KEPT,
        ),
        ([JUDGE.format("It is so.")], [JUDGE.format("It was so.")], KEPT),
    ],
    ids=[
        "none of two kept",
        "kept by another question",
        "kept but for case and a full stop",
        "only the front of a reversible card kept",
        "a point of an explanation kept",
        "no point of an explanation kept",
        "a pair kept",
        "nothing to compare",
    ],
)
def test_any_kept_answer_keeps_the_meaning(
    before: list[str], after: list[str], reasons: tuple[str, ...]
) -> None:
    change = meaning_change("part-15/reed-arrives", meaning(*before), meaning(*after))
    assert (change.reasons if change else ()) == reasons


NUMBER = 'id = "n"\ntype = "number"\nprompt = "{}"\nanswer = {}\n'
DATE = 'id = "d"\ntype = "date"\nprompt = "When?"\nanswer = "{}"\n'
SEVERAL = """id = "several"
type = "multiple"
prompt = "Which?"
answers = ["{}", "{}"]
distractors = [{{ text = "{}", why_wrong = "No." }}]
"""
GAPS = """id = "gaps"
type = "cloze"
text = "The {{who}}."
mode = "{}"
gaps = {{ who = {{ accept = ["{}"], distractors = ["{}", "b"] }} }}
"""
TYPED = (
    'id = "g"\ntype = "cloze"\ntext = "The {{who}}."\nmode = "typed"\ngaps.who.accept = ["{}"]\n'
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (PICK.format("Reed"), PICK.format("Marx").replace('"Marx", why', '"Reed", why')),
        (SEVERAL.format("a", "b", "c"), SEVERAL.format("a", "c", "b")),
        (JUDGE.format("So."), JUDGE.format("So.").replace("= true", "= false")),
        (NUMBER.format("How many?", 51), NUMBER.format("How many?", 52)),
        (NUMBER.format("Many?", 51), NUMBER.format("Many?", "51\ntolerance = 1")),
        (DATE.format("1917"), DATE.format("1917-10")),
        (TYPED.format("MRC"), TYPED.format('MRC", "Milrevcom')),
        (GAPS.format("chosen", "a", "c"), GAPS.format("chosen", "c", "a")),
        (ORDER.format("a", "b", "c"), ORDER.format("a", "c", "b")),
        (MATCH.format("x", "y", "z"), MATCH.format("x", "z", "y")),
    ],
)
def test_a_key_changes_when_an_answer_could_be_marked_otherwise(old: str, new: str) -> None:
    assert key_changed(question(old), question(new))
    assert key_changed(question(new), question(old))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (PICK.format("Reed"), PICK.format("reed")),
        (PICK.format("Reed"), PICK.format("Blog")),
        (SEVERAL.format("a", "b", "c"), SEVERAL.format("b", "a", "c")),
        (JUDGE.format("So."), JUDGE.format("So!")),
        (NUMBER.format("How many?", 51), NUMBER.format("How many men?", 51)),
        (TYPED.format("MRC"), TYPED.format("MRC")),
        (GAPS.format("chosen", "a", "c"), GAPS.format("chosen", "a", "d")),
        (GAPS.format("chosen", "a", "c"), GAPS.format("typed", "a", "c")),
        (ORDER.format("a", "b", "c"), ORDER.format("a", "B.", "c")),
        (ORDER.format("a", "b", "c"), ORDER.format("a", "d", "c")),
        (MATCH.format("x", "y", "z"), MATCH.format("x", "y", "q")),
        (CARD.format("Reed"), CARD.format("Figes")),
        (EXPLAIN.format("a", "b"), EXPLAIN.format("c", "d")),
        (CARD.format("Reed"), JUDGE.format("Reed.")),
    ],
)
def test_a_rewording_leaves_the_key_as_it_is(old: str, new: str) -> None:
    assert not key_changed(question(old), question(new))
    assert not key_changed(question(new), question(old))
