"""The errors of a bank: each is found, and a sound bank has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.answers import Judged, Ordered
from quizapp.domain.bank_answer_checks import answer_in_words
from quizapp.domain.bank_checks import check_bank
from quizapp.domain.bank_dates import day_range, days_in_month
from quizapp.domain.bank_reading import parse_bank
from quizapp.domain.bank_warnings import bank_warnings
from tests.unit.bank_samples import GOOD, bank_of, changed, checked, with_facts

OUTLINE = ('basis = "article"', 'basis = "outline"')
OPENING = ('basis = "article"', 'basis = "opening"')
CITES_17 = 'cites = [{ paragraph = 17, note = "xix" }, { source = "figes", page = "477" }]'
CITES_2 = "cites = [{ paragraph = 2 }]"
REED = '{ source = "reed" }'
FIGES = '{ source = "figes" }'
BOTH = f"cites = [{REED}, {FIGES}]"


def found(*changes: tuple[str, str], **options: object) -> list[tuple[str, str]]:
    """Return place and message of each problem of the changed bank."""
    return [(one.place, one.message) for one in checked(*changes, **options)]


def test_a_sound_bank_has_no_errors() -> None:
    assert checked() == []


def test_a_problem_names_its_line_and_what_to_do() -> None:
    text = changed(('theme = "eve"', 'theme = "dawn"'))
    [problem] = checked(('theme = "eve"', 'theme = "dawn"'))
    assert text.split("\n")[problem.line - 1] == 'theme = "dawn"'
    assert problem.place == "fact mrc-founded: theme"
    assert problem.remedy == "Use one of eve."


def test_without_an_index_of_lines_every_line_is_zero() -> None:
    bank = bank_of(changed(('theme = "eve"', 'theme = "dawn"')))
    assert [problem.line for problem in check_bank(bank, shipped=False)] == [0]


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        (
            'id = "figes"',
            'id = "reed"',
            "source reed: id",
            "the id reed was used before",
        ),
        (
            'id = "unread"',
            'id = "figes"',
            "further figes: id",
            "the id figes was used before",
        ),
        (
            'id = "name"',
            'id = "pick"',
            "fact mrc-founded, question pick: id",
            "the id pick was used before",
        ),
        (
            "[[source]]",
            '[[theme]]\nid = "eve"\ntitle = "Again"\n[[source]]',
            "theme eve: id",
            "the id eve was used before",
        ),
        (
            "[[source]]",
            '[[theme]]\nid = "dawn"\ntitle = "Dawn"\n[[source]]',
            "theme dawn",
            "no fact has this theme",
        ),
        (
            'keep_apart = ["reed-arrives"]',
            'keep_apart = ["mrc-founded"]',
            "fact mrc-founded: keep_apart[0]",
            "a fact is kept apart from itself",
        ),
        (
            'keep_apart = ["reed-arrives"]',
            'keep_apart = ["reed-leaves"]',
            "fact mrc-founded: keep_apart[0]",
            "no fact reed-leaves in this bank",
        ),
        (
            'see = ["reed-arrives", ',
            'see = ["reed-leaves", ',
            "fact mrc-founded: see[0]",
            "'reed-leaves' leads nowhere",
        ),
        (
            '"part-14/kornilov"',
            '"part 14, Kornilov"',
            "fact mrc-founded: see[1]",
            "'part 14, Kornilov' leads nowhere",
        ),
        (
            '"part-15/mrc-founded"',
            '"part-15/mrc"',
            "fact mrc-founded: see[2]",
            "'part-15/mrc' leads nowhere",
        ),
        (
            "{ paragraph = 2 }",
            '{ source = "trotsky" }',
            "fact reed-arrives: cites[0]",
            "cites trotsky, which is not listed",
        ),
        (
            "{ paragraph = 2 }",
            '{ source = "unread" }',
            "fact reed-arrives: cites[0]",
            "cites unread, which stands under further",
        ),
        (
            "{ paragraph = 2 }",
            '{ note = "ii" }',
            "fact reed-arrives: cites[0]",
            "names neither a paragraph nor a source",
        ),
        (CITES_2, "cites = []", "fact reed-arrives", "no source"),
        (
            'date = "1917-10-09"',
            'date = "1917-10-23"',
            "fact mrc-founded: date",
            "1917-10-23 lies outside 1917-08-27/1917-10-22",
        ),
        (
            'date = "1917-10-09"',
            'date = "1917-07"',
            "fact mrc-founded: date",
            "1917-07 lies outside 1917-08-27/1917-10-22",
        ),
        (
            'date = "1917-10-09"',
            'date = "1917-09-31"',
            "fact mrc-founded: date",
            "there is no 1917-09-31",
        ),
        (
            'span = "1917-08-27/1917-10-22"',
            'span = "1917-10-22/1917-08-27"',
            "bank: span",
            "there is no 1917-10-22/1917-08-27",
        ),
        (
            'answer = "1917-10-09"',
            'answer = "1917-13"',
            "fact mrc-founded, question day: answer",
            "there is no 1917-13",
        ),
        (
            '"A court of appeal here"',
            '"a Peasant  assembly"',
            "fact mrc-founded, question pick: distractors[1].text",
            "'a Peasant  assembly' stands twice among these",
        ),
        (
            'extra = ["Sailor"]',
            'extra = ["General"]',
            "fact reed-arrives, question match: extra[0]",
            "'General' stands twice among these",
        ),
        (
            'left = "Kerensky"',
            'left = "Reed"',
            "fact reed-arrives, question match: pairs[1].left",
            "'Reed' stands twice among these",
        ),
        (
            '"The congress opens"]',
            '"Kornilov\'s revolt"]',
            "fact reed-arrives, question order: items[2]",
            '"Kornilov\'s revolt" stands twice among these',
        ),
        (
            '"MRC"]\n  near',
            '"MRC", "mrc"]\n  near',
            "fact mrc-founded, question name: accept[2]",
            "'mrc' stands twice among these",
        ),
        (
            "{month}",
            "{Month}",
            "fact mrc-founded, question gaps: text",
            "a gap named 'Month'",
        ),
        (
            "in {month}.",
            "in {month} {year}.",
            "fact mrc-founded, question gaps: text",
            "nothing fits the gap {year}",
        ),
        (
            "in {month}.",
            "in {month}, {month}.",
            "fact mrc-founded, question gaps: text",
            "the gap {month} stands 2 times",
        ),
        (
            "in {month}.",
            "in {month}}.",
            "fact mrc-founded, question gaps: text",
            "a curly bracket without its other",
        ),
        (
            "in {month}.",
            "in {month}{.",
            "fact mrc-founded, question gaps: text",
            "a curly bracket without its other",
        ),
        (
            "in {month}.",
            "in autumn.",
            "fact mrc-founded, question gaps: gaps.month",
            "the text has no gap {month}",
        ),
        (
            'accept = ["October"]',
            'accept = ["October"], distractors = ["May", "June"]',
            "fact mrc-founded, question gaps: gaps.month.distractors",
            "a typed gap has distractors",
        ),
        (
            'distractors = ["Duma", "Fortress"]',
            'distractors = ["Duma"]',
            "fact mrc-founded, question chosen: gaps.house.distractors",
            "a chosen gap with 1 distractors",
        ),
        (
            'text = "Petrograd Soviet"',
            'text = "Military Revolutionary Comittee"',
            "fact mrc-founded, question name",
            "'Military Revolutionary Comittee' should be wrong and is marked right",
        ),
    ],
)
def test_an_error_is_found(old: str, new: str, place: str, message: str) -> None:
    [first, *rest] = [one for one in found((old, new)) if one == (place, message)]
    assert (first, rest) == ((place, message), [])


def test_what_depends_on_an_error_is_not_reported_again() -> None:
    assert len(found(('answer = "1917-10-09"', 'answer = "1917-13"'))) == 1
    assert len(found(("in {month}.", "in {month} {Year}."))) == 1


def test_the_worst_of_banks_is_checked_to_the_end() -> None:
    changes = [("{body}", "{a}{a}"), ("{month}", "{}"), ('answer = "1917-10-09"', 'answer = "000"')]
    assert len(found(*changes, ('span = "1917-08-27/1917-10-22"', 'span = "000"'))) == 7


def test_two_facts_with_one_id_are_found() -> None:
    assert ("fact mrc-founded: id", "the id mrc-founded was used before") in found(
        ('id = "reed-arrives"', 'id = "mrc-founded"')
    )


@pytest.mark.parametrize(
    "change",
    [
        ('date = "1917-10-09"', 'date = "1871"\nbackground = true'),
        ('date = "1917-10-09"', 'date = "1917"'),
        ('date = "1917-10-09"', 'date = "1917-07/1917-09"'),
        ('"part-15/mrc-founded"', '"my-bank/mrc"'),
    ],
)
def test_what_may_be_is_no_error(change: tuple[str, str]) -> None:
    assert found(change) == []


def test_options_that_mark_against_the_key_are_found() -> None:
    messages = {
        message for _place, message in found(('"A peasant assembly"', '"A military committee"'))
    }
    assert "'A military committee' should be wrong and is marked right" in messages
    messages = {message for _place, message in found(('"Duma"', '"Smolny"'))}
    assert "'Smolny' in {house} should be wrong and is marked right" in messages


def test_accepted_forms_that_mark_as_wrong_are_found() -> None:
    assert found(("answer = 10\n", 'answer = 10\nunit = "per cent of 20"\n')) == [
        (
            "fact reed-arrives, question count",
            "'10 per cent of 20' should be right and is marked wrong",
        )
    ]


def test_a_judgement_and_an_order_are_told_in_words() -> None:
    bank = bank_of(GOOD)
    assert answer_in_words(bank.fact[1].question[1], Judged(value=True)) == "true"
    assert answer_in_words(bank.fact[1].question[3], Ordered((0, 1, 2))) == "an order or a matching"


@pytest.mark.parametrize(
    ("published", "messages"),
    [
        ([], []),
        (["", "# comment", "part-15", "part-15 ", "part-14 gone", "part-14 gone/too"], []),
        (["part-15 mrc-founded", "part-15 mrc-founded/pick\n"], []),
        (
            ["part-15 mrc", "part-15 mrc/pick"],
            [("the file", "the fact mrc was published and is gone")],
        ),
        (
            ["part-15 mrc-founded/who"],
            [("fact mrc-founded", "the question who was published and is gone")],
        ),
    ],
)
def test_what_was_published_may_not_vanish(
    published: list[str], messages: list[tuple[str, str]]
) -> None:
    assert found(published=published) == messages


FACT = """
[[fact]]
id = "lone"
theme = "eve"
kind = "place"
statement = "A fact."
why = "Because."
cites = [{ paragraph = 3 }]
"""
JUDGE = """
[[fact.question]]
id = "judge-N"
type = "true-false"
prompt = "A statement."
answer = true
why_wrong = "It is so."
"""


@pytest.mark.parametrize(
    ("questions", "messages"),
    [
        (0, ["0 of at least 2 questions", "no question of unaided recall"]),
        (1, ["1 of at least 2 questions", "no question of unaided recall"]),
        (2, ["no question of unaided recall"]),
    ],
)
def test_a_fact_is_asked_in_two_ways_one_of_them_unaided(
    questions: int, messages: list[str]
) -> None:
    asked = "".join(JUDGE.replace("N", str(n)) for n in range(questions))
    end = '"He wrote at once"]\n'
    assert found((end, end + FACT + asked)) == [("fact lone", message) for message in messages]


def test_at_most_half_of_a_bank_can_be_guessed() -> None:
    end = '"He wrote at once"]\n'
    eight = "".join(JUDGE.replace("N", str(n)) for n in range(8))
    nine = "".join(JUDGE.replace("N", str(n)) for n in range(9))
    assert found((end, end + eight)) == []
    assert found((end, end + nine)) == [("bank", "11 of 21 questions are choice or true-false")]


def test_a_shipped_bank_has_its_amounts() -> None:
    paragraphs = ", ".join(str(n) for n in range(1, 25) if n not in {2, 17})
    assert found(shipped=True) == [
        ("bank", "2 of at least 70 facts"),
        ("bank", "12 of at least 180 questions"),
        ("bank", f"no fact cites paragraph {paragraphs}"),
    ]


@pytest.mark.parametrize("part", ["part = 9", ""])
def test_another_part_needs_fewer(part: str) -> None:
    assert found(("part = 15", part), shipped=True) == [
        ("bank", "2 of at least 40 facts"),
        ("bank", "12 of at least 100 questions"),
    ]


def test_a_bank_with_enough_of_all_is_sound() -> None:
    bank = with_facts(38)
    assert len(bank.fact) == 40
    amounts = [problem for problem in check_bank(bank, shipped=True) if "least" in problem.message]
    assert len(amounts) == 1  # of Part 15 more facts are asked for; of questions there are enough
    assert amounts[0].message == "40 of at least 70 facts"


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ([(CITES_2, f"cites = [{FIGES}]")], ["cites no paragraph"]),
        ([(CITES_2, "cites = [{ paragraph = 25 }]")], ["the article has only 24 paragraphs"]),
        ([OPENING], []),
        ([OPENING, (CITES_2, BOTH)], []),
        (
            [OPENING, (CITES_2, f"cites = [{FIGES}]")],
            ["not checked against two independent sources"],
        ),
        ([OPENING, (CITES_2, f"cites = [{FIGES}]\nchecked = 1")], []),
        (
            [OPENING, (CITES_2, f"cites = [{FIGES}]\nchecked = 2")],
            ["not checked against two independent sources"],
        ),
        (
            [OPENING, (CITES_2, f'cites = [{REED}, {{ source = "figes", via = "article" }}]')],
            ["not checked against two independent sources"],
        ),
        (
            [OPENING, (CITES_2, f"cites = [{FIGES}, {FIGES}]")],
            ["not checked against two independent sources"],
        ),
        (
            [OPENING, (CITES_2, BOTH), ('Tragedy"', 'Tragedy"\npartisan = true')],
            ["not checked against two independent sources"],
        ),
        (
            [
                OPENING,
                (CITES_2, BOTH),
                ('"Ten Days"', '"Red Guards, Wikipedia"'),
                ('author = "Orlando Figes"', 'url = "https://en.wikipedia.org/wiki/X"'),
            ],
            ["not checked against two independent sources"],
        ),
        ([OUTLINE, (CITES_17, BOTH), (CITES_2, BOTH)], []),
        (
            [OUTLINE, (CITES_17, BOTH)],
            ["cites a paragraph of an article that was not read"],
        ),
    ],
    ids=[
        "article needs a paragraph",
        "paragraph beyond the end",
        "opening with paragraphs",
        "two sources",
        "one source",
        "one source, owned up to",
        "two are not owned up to",
        "a work known from a note was not seen",
        "twice the same",
        "both partisan",
        "all of Wikipedia is one",
        "outline with sources",
        "outline has no paragraphs",
    ],
)
def test_a_shipped_fact_rests_on_enough(
    changes: list[tuple[str, str]], messages: list[str]
) -> None:
    ours = [message for place, message in found(*changes, shipped=True) if place != "bank"]
    assert ours == messages
    assert found(*changes) == []


ARTICLE = (
    "In Petrograd, John Reed\u2019s friends said that he \u2018came to see\u2019 it all for "
    "himself.iv The MRC was formed by the Soviet, in October.\n"
)


@pytest.mark.parametrize(
    ("new", "common"),
    [
        ("John Reed's friends said that he came, saw.", None),
        ("John Reed's friends said that he came to.", "john reeds friends said that he came to"),
        ("FRIENDS SAID that: he came to see - it!", "friends said that he came to see it"),
        ("He came to see it all for himself.", "he came to see it all for himself"),
        ("See it all for himself. The MRC was.", "see it all for himself the mrc was"),
    ],
)
def test_eight_words_in_common_with_the_article_are_too_many(new: str, common: str | None) -> None:
    change = ('"John Reed came to see for himself."', f'"{new}"')
    gaps = (" was formed", " then was formed")
    expected = [("fact reed-arrives: statement", f"in the article's words: {common}")]
    assert found(change, gaps, article=ARTICLE) == (expected if common else [])


def test_the_gaps_of_a_cloze_are_filled_before_it_is_compared() -> None:
    assert found(article=ARTICLE) == [
        (
            "fact mrc-founded, question gaps: text",
            "in the article's words: the mrc was formed by the soviet in",
        )
    ]


def test_titles_of_works_may_be_long() -> None:
    title = ('"Ten Days"', '"Friends said that he came to see it all"')
    gaps = (" was formed", " then was formed")
    assert found(title, gaps, article=ARTICLE) == []


def test_a_short_article_has_nothing_in_common() -> None:
    assert found(article="John Reed came.") == []


@pytest.mark.parametrize(
    ("text", "calendar", "days"),
    [
        ("1917-10-21", "Old Style", ((1917, 10, 21), (1917, 10, 21))),
        ("1917-09", "Old Style", ((1917, 9, 1), (1917, 9, 30))),
        ("1917", "Old Style", ((1917, 1, 1), (1917, 12, 31))),
        ("1789-07/1794", "Gregorian", ((1789, 7, 1), (1794, 12, 31))),
        ("1900-02-29", "Julian", ((1900, 2, 29), (1900, 2, 29))),
        ("1900-02-29", "Gregorian", None),
        ("1904-02", "Gregorian", ((1904, 2, 1), (1904, 2, 29))),
        ("1917-02-29", "Old Style", None),
        ("1917-04-31", "Old Style", None),
        ("1917-10-00", "Old Style", None),
        ("1917-00", "Old Style", None),
        ("000", "Julian", None),
        ("1917-10-13/1917-10-11", "Old Style", None),
        ("1917-10-13/1917-13", "Old Style", None),
    ],
)
def test_a_date_stands_for_its_days(text: str, calendar: str, days: object) -> None:
    assert day_range(text, calendar) == days


@given(st.integers(1, 9999), st.integers(1, 12), st.sampled_from(["Julian", "Gregorian"]))
def test_a_month_ends_on_its_last_day(year: int, month: int, calendar: str) -> None:
    days = days_in_month(year, month, calendar)
    assert day_range(f"{year:04}-{month:02}-{days}", calendar) is not None
    assert day_range(f"{year:04}-{month:02}-{days + 1}", calendar) is None


WORDS = ["MRC", "mrc", "{body}", "}", "1917-10", "!", "John Reed", "The military committee", "eve"]


@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from(WORDS)), max_size=12))
def test_no_bank_that_can_be_read_stops_the_checks(changes: list[tuple[int, str]]) -> None:
    parts = GOOD.split('"')  # every second part is a text
    for place, text in changes:
        parts[(2 * place + 1) % (len(parts) - 1)] = text
    bank, _problems = parse_bank('"'.join(parts))
    if bank is not None:
        found = check_bank(bank, shipped=True, article=ARTICLE)
        assert "2 of at least 70 facts" in {one.message for one in found}
        assert all(one.kind for one in bank_warnings(bank))


def test_a_theme_names_only_lines_that_the_outline_has() -> None:
    outlined = ('title = "The eve"', 'title = "The eve"\noutline = [1, 2]')
    head = ('basis = "article"', 'basis = "article"\noutline = ["What it is about"]')
    assert "the outline has 1 lines, not 2" in [
        problem.message for problem in checked(outlined, head)
    ]
    two = ('basis = "article"', 'basis = "article"\noutline = ["One", "Two"]')
    assert not [p for p in checked(outlined, two) if "outline" in p.message]
