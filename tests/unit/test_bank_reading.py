"""Reading a bank file: what is sound comes out, what is not is named with line and place."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.bank_files import BankFile, Choice, Cloze, question_as_json, question_from_json
from quizapp.domain.bank_problems import Lines, line_index, place_of
from quizapp.domain.bank_reading import bank_lines, bank_schema, parse_bank
from tests.unit.bank_samples import GOOD, bank_of, changed

ALL_TYPES = (
    "Use one of choice, multiple, true-false, short, number, date, cloze, order, match, "
    "flashcard, explain."
)


def line_of(text: str, part: str) -> int:
    """Return the number of the line on which a part of a text begins."""
    return text.count("\n", 0, text.index(part)) + 1


def test_a_sound_file_is_read() -> None:
    bank, problems = parse_bank(GOOD)
    assert problems == []
    assert bank is not None
    assert bank.bank.id == "part-15"
    first, second = bank.fact
    assert [question.id for question in first.question] == ["pick", "name", "day", "gaps", "chosen"]
    assert isinstance(first.question[0], Choice)
    assert isinstance(first.question[4], Cloze)
    assert first.question[4].gaps["house"].distractors == ["Duma", "Fortress"]
    assert len(second.question) == 7


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert bank_of("\ufeff" + GOOD.replace("\n", "\r\n")).bank == bank_of(GOOD).bank


@pytest.mark.parametrize(
    ("old", "new", "at", "place", "message", "remedy"),
    [
        (
            'id = "gaps"\n',
            'id = "gaps"\n  explnation = "Why."\n',
            "explnation",
            "fact mrc-founded, question gaps: explnation",
            "no such field here",
            "Did you mean `explanation`?",
        ),
        (
            'text = "A peasant assembly"',
            "text = true",
            "distractors = [",
            "fact mrc-founded, question pick: distractors[0].text",
            "true or false where a text in quotes is expected",
            "Write a text in quotes.",
        ),
        (
            'why = "He wrote what he saw."\n',
            "",
            '[[fact]]\nid = "reed-arrives"',
            "fact reed-arrives: why",
            "missing",
            "Add `why = ...`.",
        ),
        (
            "answer = 10\n",
            'answer = "ten"\n',
            'answer = "ten"',
            "fact reed-arrives, question count: answer",
            "a text in quotes where a number is expected",
            "Write a number.",
        ),
        (
            'date = "1917-10-09"',
            "date = 1917-10-09",
            "date = 1917-10-09",
            "fact mrc-founded: date",
            "a date or time without quotes",
            'Put it in quotes: "1917-10-21".',
        ),
        (
            'date = "1917-10-09"',
            'date = "9 October"',
            'date = "9 October"',
            "fact mrc-founded: date",
            "not written as it must be",
            'Write "1917-10-21", "1917-10" or "1917"; a stretch as "1917-10-11/1917-10-13".',
        ),
        (
            'id = "mrc-founded"',
            'id = "MRC founded"',
            'id = "MRC founded"',
            "fact MRC founded: id",
            "not written as it must be",
            "Use small letters and digits with single hyphens between words: mrc-founded.",
        ),
        (
            'id = "mrc-founded"',
            "id = 7",
            "id = 7",
            "fact number 1: id",
            "a whole number where a text in quotes is expected",
            "Write a text in quotes.",
        ),
        (
            'kind = "event"',
            'kind = "battle"',
            'kind = "battle"',
            "fact mrc-founded: kind",
            "not one of the values it can have",
            "Use event, person, organisation, concept, argument, place.",
        ),
        (
            'type = "short"',
            'type = "shrt"',
            'type = "shrt"',
            "fact mrc-founded, question name: type",
            "no such type of question",
            ALL_TYPES,
        ),
        (
            '  type = "short"\n',
            "",
            '[[fact.question]]\n  id = "name"',
            "fact mrc-founded, question name: type",
            "no type",
            ALL_TYPES,
        ),
        (
            'accept = ["Smolny"]',
            'accept = [""]',
            'accept = [""]',
            "fact mrc-founded, question chosen: gaps.house.accept[0]",
            "must be of length >= 1",
            "Make it longer or shorter.",
        ),
        (
            "paragraph = 17",
            "paragraph = 0",
            "cites = [{ paragraph = 0",
            "fact mrc-founded: cites[0].paragraph",
            "must be >= 1",
            "Correct it.",
        ),
        (
            'basis = "article"',
            'basis = "hearsay"',
            'basis = "hearsay"',
            "bank: basis",
            "not one of the values it can have",
            "Use article, opening, outline.",
        ),
        (
            "format = 1",
            "format = 2",
            "format = 2",
            "format",
            "not one of the values it can have",
            "Use 1.",
        ),
        (
            "format = 1",
            "format = 1\nsubject = 1",
            "subject = 1",
            "subject",
            "no such field here",
            "Take it out, or see `quizapp banks schema`.",
        ),
        (
            'back = "John Reed"',
            'back = "John\\u0000Reed"',
            'back = "John\\u0000Reed"',
            "fact reed-arrives, question card: back",
            "a control character in the text",
            "Take it out.",
        ),
        (
            'title = "The eve"',
            'title = "  "',
            'title = "  "',
            "theme eve: title",
            "only white space",
            "Write the text, or leave the field out.",
        ),
        (
            "answer = 10\n",
            "answer = nan\n",
            "answer = nan",
            "fact reed-arrives, question count: answer",
            "not a number that can be stored",
            "Keep below 9007199254740992.",
        ),
        (
            "answer = 10\n",
            "answer = 99999999999999999999\n",
            "answer = 99999999999999999999",
            "fact reed-arrives, question count: answer",
            "not a number that can be stored",
            "Keep below 9007199254740992.",
        ),
        (
            "{ paragraph = 2 }",
            "3",
            "cites = [3]",
            "fact reed-arrives: cites[0]",
            "a whole number where a table is expected",
            "Write a table.",
        ),
        (
            'points = ["He was there", "He wrote at once"]',
            'points = ["He was there"]',
            "points = ",
            "fact reed-arrives, question explain: points",
            "must be of length >= 2",
            "Make it longer or shorter.",
        ),
    ],
)
def test_a_fault_is_named_with_line_place_and_remedy(
    old: str, new: str, at: str, place: str, message: str, remedy: str
) -> None:
    text = changed((old, new))
    bank, [problem] = parse_bank(text)
    assert bank is None
    assert (problem.place, problem.message, problem.remedy) == (place, message, remedy)
    assert problem.line == line_of(text, at)


def test_one_bad_question_does_not_hide_the_others() -> None:
    text = changed(
        ('title = "The eve"', "title = 1"),
        ('prompt = "Name the new body."', "prompt = []"),
        ('front = "Who wrote Ten Days?"', 'face = "Who wrote Ten Days?"'),
        ("year = 1919", 'year = "1919"'),
    )
    _bank, problems = parse_bank(text)
    assert [problem.place for problem in problems] == [
        "theme eve: title",
        "source reed: year",
        "fact mrc-founded, question name: prompt",
        "fact reed-arrives, question card: front",
        "fact reed-arrives, question card: face",
    ]
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("format = 1\ntitle = no\n", 2, "not TOML: Invalid value"),
        ('format = 1\n\ntitle = "open', 3, "not TOML: Unterminated string"),
        ("a = " + "[" * 100_000, 0, "lists or tables nested too deeply"),
        ("a = 1\nb = '\ud800'", 2, "half a character"),
        ("a = " + "1" * 5000, 0, "not TOML: Exceeds the limit"),
    ],
    ids=["bad value", "open quote", "deep", "half a character", "endless number"],
)
def test_a_file_that_is_not_toml_is_refused(text: str, line: int, message: str) -> None:
    bank, [problem] = parse_bank(text)
    assert bank is None
    assert (problem.line, problem.place) == (line, "the file")
    assert problem.message.startswith(message)


def test_an_empty_file_lacks_everything() -> None:
    _bank, problems = parse_bank("")
    assert [problem.place for problem in problems] == ["format", "bank", "theme", "fact"]
    assert {problem.line for problem in problems} == {0}


def test_tables_given_as_values_are_refused() -> None:
    _bank, problems = parse_bank("format = 1\nbank = 3\ntheme = [1]\nfact = {}\n")
    assert [(problem.line, problem.place) for problem in problems] == [
        (2, "bank"),
        (3, "theme number 1"),
        (4, "fact"),
    ]


def test_headers_inside_texts_and_lists_are_not_counted() -> None:
    lines = bank_lines(GOOD)
    assert lines.at(("fact", 1)) == line_of(GOOD, 'id = "reed-arrives"') - 1
    assert lines.at(("fact", 0, "question", 4, "gaps", "house", "accept", 0)) == line_of(
        GOOD, 'accept = ["Smolny"]'
    )
    assert lines.at(("fact", 9)) == 0
    assert Lines().at(("bank", "id")) == 0


def test_a_list_over_several_lines_holds_no_keys() -> None:
    lines = line_index("a = [\n[1],\n{ b = 1 },\n] # [c]\n[ d . e ]\nf = 1\n")
    assert dict(lines.starts) == {("a",): 1, ("d", "e"): 5, ("d", "e", "f"): 6}


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ((), "the file"),
        (("format",), "format"),
        (("bank",), "bank"),
        (("bank", "span"), "bank: span"),
        (("fact", 0), "fact mrc-founded"),
        (("fact", 0, "question", 1, "near", 0, "say"), "fact mrc-founded, question q: near[0].say"),
        (("fact", 7, "question", 1, "hint"), "fact number 8, question number 2: hint"),
        (("fact", "oddly"), "fact.oddly"),
    ],
)
def test_a_place_is_named_by_ids(where: tuple[str | int, ...], place: str) -> None:
    root = {"fact": [{"id": "mrc-founded", "question": [{"id": "\n"}, {"id": "q"}]}]}
    assert place_of(root, where) == place


def test_the_schema_describes_every_type_of_question() -> None:
    schema = bank_schema()
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"BankFile", "Fact", "Choice", "Explain"} <= schema["$defs"].keys()
    assert json.loads(json.dumps(schema)) == schema


@given(st.text())
def test_any_text_gets_a_bank_or_problems(text: str) -> None:
    bank, problems = parse_bank(text)
    assert (bank is None) == bool(problems)


LINES = GOOD.split("\n")


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(LINES) - 1),
            st.sampled_from(["drop", "twice", "swap", "cut"]),
            st.integers(0, len(LINES) - 1),
        ),
        max_size=4,
    ),
    st.text(alphabet="\"'[]{}=.,#\n 1ab", max_size=6),
)
def test_a_damaged_file_gets_a_bank_or_problems_within_it(
    damages: list[tuple[int, str, int]], junk: str
) -> None:
    lines = list(LINES)
    for at, how, other in damages:
        damaged = {
            "drop": [],
            "twice": [LINES[at], LINES[at]],
            "swap": [LINES[other]],
            "cut": [LINES[at][: other % 20] + junk],
        }
        lines[at : at + 1] = damaged[how]
    bank, problems = parse_bank("\n".join(lines))
    assert (bank is None) == bool(problems)
    for problem in problems:
        assert 0 <= problem.line <= len("\n".join(lines).split("\n"))
        assert all((problem.place, problem.message, problem.remedy))


def test_a_question_is_stored_as_json_and_read_again() -> None:
    for fact in bank_of(GOOD).fact:
        for question in fact.question:
            assert question_from_json(question_as_json(question)) == question


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES, st.lists(st.one_of(st.integers(-2, 3), st.text(max_size=5)), max_size=4))
def test_a_place_can_be_named_in_any_shape(root: object, where: list[str | int]) -> None:
    assert place_of({"fact": root}, ("fact", *where))


def test_what_was_read_can_be_written_and_read_again() -> None:
    bank = bank_of(GOOD)
    assert msgspec.convert(msgspec.to_builtins(bank), BankFile) == bank
