"""Likely flaws of questions are pointed out, and what a bank holds is counted."""

import msgspec
import pytest

from quizapp.domain.bank_files import Question, question_from_json
from quizapp.domain.bank_reading import bank_lines
from quizapp.domain.bank_stats import bank_stats
from quizapp.domain.bank_texts import right_texts, spoken_day, words
from quizapp.domain.bank_warnings import bank_warnings
from tests.unit.bank_samples import GOOD, bank_of, changed

PICK = '"A military committee"'
MULTIPLE = (
    '{"id":"q","type":"multiple","prompt":"p","answers":["a","b"],'
    '"distractors":[{"text":"c","why_wrong":"w"}]}'
)
PICK_PROMPT = '"Which body did the Soviet set up?"'


def advice(*changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Return kind, place and message of each warning about the changed bank."""
    text = changed(*changes)
    found = bank_warnings(bank_of(text), lines=bank_lines(text))
    return [(one.kind, one.place, one.message) for one in found]


def test_a_good_bank_gets_no_advice() -> None:
    assert advice() == []


def test_advice_names_its_line_and_what_to_do() -> None:
    text = changed((PICK, '"A military committee of the whole city"'))
    [one] = bank_warnings(bank_of(text), lines=bank_lines(text))
    assert text.split("\n")[one.line - 1] == '  answer = "A military committee of the whole city"'
    assert one.remedy == "Shorten it, or give the wrong options as much detail."
    assert [one.line for one in bank_warnings(bank_of(text))] == [0]


@pytest.mark.parametrize(
    ("changes", "kind", "place", "message"),
    [
        (
            [(PICK, '"A military committee for now"')],
            "longest-right",
            "fact mrc-founded, question pick: answer",
            "the right option is much the longest",
        ),
        (
            [('"A peasant assembly"', '"Only one assembly"')],
            "absolute-words",
            "fact mrc-founded, question pick: distractors[0].text",
            "an option with 'only'",
        ),
        (
            [('["Duma", "Fortress"]', '["Duma", "All of the above"]')],
            "absolute-words",
            "fact mrc-founded, question chosen: gaps.house.distractors[1]",
            "an option with 'all of the above'",
        ),
        (
            [(PICK_PROMPT, '"Which body did the Soviet NOT set up?"')],
            "negative-stem",
            "fact mrc-founded, question pick: prompt",
            "a negative stem: 'not'",
        ),
        (
            [("Reed was a journalist.", "Reed wasn\u2019t a sailor.")],
            "negative-stem",
            "fact reed-arrives, question judge: prompt",
            "a negative stem: 'wasn\u2019t'",
        ),
        (
            [
                ('"A peasant assembly"', '"On 21 October 1917"'),
                ('"A court of appeal here"', '"51 delegates in all"'),
            ],
            "mixed-kinds",
            "fact mrc-founded, question pick",
            "figures or dates beside words",
        ),
        (
            [('["Duma", "Fortress"]', '["October", "Fortress"]')],
            "mixed-kinds",
            "fact mrc-founded, question chosen: gaps.house",
            "figures or dates beside words",
        ),
        (
            [
                ('"A peasant assembly"', '"A court"'),
                ('"A court of appeal here"', '"A court of appeal for soldiers"'),
            ],
            "mixed-lengths",
            "fact mrc-founded, question pick",
            "options from 7 to 30 characters",
        ),
        (
            [
                ('keep_apart = ["reed-arrives"]\n', ""),
                ('"Who wrote Ten Days?"', '"Name the new body, John."'),
            ],
            "near-duplicate",
            "fact reed-arrives, question card",
            "reads like mrc-founded/name",
        ),
        (
            [('"Name the new body."', '"What does MRC stand for?"')],
            "own-answer",
            "fact mrc-founded, question name",
            "the stem contains its answer 'MRC'",
        ),
        (
            [('"Who wrote Ten Days?"', '"Which book by John Reed?"')],
            "own-answer",
            "fact reed-arrives, question card",
            "the stem contains its answer 'John Reed'",
        ),
        (
            [
                ('keep_apart = ["reed-arrives"]\n', ""),
                ('"Which body did the Soviet set up?"', '"Which body did the Soviet found first?"'),
                ('"Reed was a journalist."', '"The Soviet found a body, a military committee."'),
            ],
            "answered-elsewhere",
            "fact mrc-founded, question pick",
            "answered by the prompt of reed-arrives/judge",
        ),
    ],
)
def test_a_flaw_is_pointed_out(
    changes: list[tuple[str, str]], kind: str, place: str, message: str
) -> None:
    assert advice(*changes) == [(kind, place, message)]


@pytest.mark.parametrize(
    "changes",
    [
        [(PICK, '"A military committee now"')],
        [('"A peasant assembly"', '"An everyday assembly"')],
        [('"Why is his book still read?"', '"Why did the others not write?"')],
        [('"Who wrote Ten Days?"', '"Who was never at home?"')],
        [("The {body} was formed", "The {body} was not formed")],
        [('["Duma", "Fortress"]', '["The Duma of 1906", "Hall Number Two"]')],
        [('"A peasant assembly"', '"A court"')],
        [('"Who wrote Ten Days?"', '"Name the new body, John."')],
        [('back = "John Reed"', 'back = "?"')],
        [
            ('keep_apart = ["reed-arrives"]\n', ""),
            ('"Reed was a journalist."', '"It had a military committee."'),
        ],
        [
            ('keep_apart = ["reed-arrives"]\n', ""),
            ('accept = ["October"]', 'accept = ["Smolny"]'),
            ('"Reed was a journalist."', '"Formed at Smolny, says the Soviet."'),
        ],
    ],
    ids=[
        "longer by less than a fifth",
        "everyday is not every",
        "explain may be negative",
        "so may a flashcard",
        "so may a cloze",
        "a year in a name is no date",
        "short but not far shorter",
        "alike but kept apart",
        "an answer of signs alone",
        "too few words in common",
        "a short word tells nothing",
    ],
)
def test_what_is_no_flaw_is_passed_over(changes: list[tuple[str, str]]) -> None:
    assert advice(*changes) == []


@pytest.mark.parametrize(
    ("day", "spoken"),
    [
        ("1917-10-09", "9 October"),
        ("1917-10", "October 1917"),
        ("1917", "1917"),
        ("1917-13", "1917"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: str, spoken: str) -> None:
    assert spoken_day(day) == spoken


def test_words_are_bare() -> None:
    assert words("It\u2019s the Tsay-ee-kah\u2026 OF 1917!") == [
        "its",
        "the",
        "tsay",
        "ee",
        "kah",
        "of",
        "1917",
    ]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        (
            MULTIPLE,
            ["a", "b"],
        ),
        ('{"id":"q","type":"number","prompt":"p","answer":51}', ["51"]),
        ('{"id":"q","type":"order","prompt":"p","items":["a","b","c"]}', []),
    ],
)
def test_the_right_texts_of_a_question_are_known(question: str, texts: list[str]) -> None:
    read: Question = question_from_json(question)
    assert right_texts(read) == texts


def test_a_bank_is_counted() -> None:
    stats = bank_stats(
        bank_of(
            changed(("cites = [{ paragraph = 2 }]", "cites = [{ paragraph = 2 }]\nchecked = 1"))
        )
    )
    assert (stats.bank, stats.facts, stats.questions) == ("part-15", 2, 12)
    assert stats.by_type["cloze"] == 2
    assert stats.by_demand == {"recognise": 3, "recall": 5, "reconstruct": 3, "explain": 1}
    assert stats.by_theme == {"eve": 2}
    assert stats.by_kind == {"event": 1, "person": 1}
    assert stats.paragraphs == [2, 17]
    assert stats.checked_once == 1
    assert stats.words_per_stem == pytest.approx(78 / 12)
    assert stats.longest_stem_words == 10
    assert msgspec.json.decode(msgspec.json.encode(stats))["by_theme"] == {"eve": 2}


def test_a_bank_without_questions_is_counted() -> None:
    good = bank_of(GOOD)
    bare = msgspec.structs.replace(good, fact=[msgspec.structs.replace(good.fact[0], question=[])])
    stats = bank_stats(bare)
    assert (stats.questions, stats.words_per_stem, stats.longest_stem_words) == (0, 0, 0)


def test_the_lines_of_an_outline_are_counted_by_the_facts_of_their_themes() -> None:
    good = bank_of(GOOD)
    head = msgspec.structs.replace(good.bank, outline=["The eve", "What nobody asks"])
    theme = msgspec.structs.replace(good.theme[0], outline=[1])
    stats = bank_stats(msgspec.structs.replace(good, bank=head, theme=[theme]))
    assert stats.by_outline == {"The eve": 2, "What nobody asks": 0}
