"""Questions made from facts: what they say, and that they are never ambiguous."""

import re
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.bank_dates import day_range
from quizapp.domain.bank_files import Choice, Match, Order
from quizapp.domain.date_marking import MONTHS, julian_day_number
from quizapp.domain.derived import (
    Derived,
    MetFact,
    before_or_after,
    derived_question,
    timeline,
    who_was_who,
)
from quizapp.domain.event_labels import LONGEST_LABEL, deed, event_label


@pytest.mark.parametrize(
    ("statement", "date", "label"),
    [
        (
            "On 28 August 1640 the Scots under Leslie beat the king's army at Newburn.",
            "1640-08-28",
            "The Scots under Leslie beat the king's army at Newburn",
        ),
        (
            "The Convention in Paris abolished the monarchy of France in September 1792, as first.",
            "1792-09",
            "The Convention in Paris abolished the monarchy of France",
        ),
        (
            "The Assembly of Notables opened at Versailles in France on 22 February 1787; it sat.",
            "1787-02-22",
            "The Assembly of Notables opened at Versailles in France",
        ),
        (
            "The Carlsbad Decrees of 1819 put the German universities under surveillance.",
            "1819",
            "The Carlsbad Decrees put the German universities under surveillance",
        ),
        (
            "The Prussian edict of 9 October 1807 abolished serfdom.",
            "1807-10-09",
            "The Prussian edict abolished serfdom",
        ),
        (
            "Nicholas II abdicated on 2 March 1917 (Old Style), in his train at Pskov.",
            "1917-03-02",
            "Nicholas II abdicated, in his train at Pskov",
        ),
        (
            "The city of Oxford surrendered to General Fairfax in June 1646, and the war was over.",
            "1646-06-24",
            "The city of Oxford surrendered to General Fairfax, and the war was over",
        ),
        (
            "On 21 August the Germans took Riga, which brought them closer to Petrograd.",
            "1917-08-21",
            "The Germans took Riga, which brought them closer to Petrograd",
        ),
        (
            "The Civil Constitution, passed on 12 July 1790, let the people elect bishops.",
            "1790-07-12",
            "The Civil Constitution let the people elect bishops",
        ),
        (
            "In the autumn of 1648 Parliament negotiated with the king at Newport.",
            "1648",
            "Parliament negotiated with the king at Newport",
        ),
    ],
)
def test_a_label_is_the_statement_without_its_date(statement: str, date: str, label: str) -> None:
    assert event_label(statement, date) == label


@pytest.mark.parametrize(
    ("statement", "date"),
    [
        ("The Long Parliament met at Westminster.", "1640-11-03"),
        ("In November and December 1641 crowds came to Westminster day after day.", "1641-12"),
        ("On 5 June 1647 the army refused to disband, and on 4 June it took the king.", "1647-06"),
        ("On 4 June 1647 the army took the king from Holmby.", "1647-06-05"),
        ("In June 1647 the army took the king from Holmby.", "1646"),
        ("From 13 April to 5 May 1640 the Short Parliament sat.", "1640-04-13/1640-05-05"),
        ("In 1647 he went to the Isle of Wight.", "1647"),
        ("In November 1647 he went to the Isle of Wight.", "1647-11"),
        ("By June 1647 the army had a council of its own.", "1647-06"),
        ("Unlike others, that of 10 August 1792 was prepared by the sections.", "1792-08-10"),
        ("The law of 22 Prairial (10 June 1794) took away all defenders.", "1794-06-10"),
        ("In April 1848 the April Laws gave Hungary a government.", "1848-04"),
        ("In 1848 the king gave the first constitution to Naples.", "1848"),
        ("Three days later, on 7 June 1647, the king met Fairfax near Cambridge.", "1647-06-07"),
        ("The Short Parliament met in 1640.", "1640-04/1640-05"),
        ("Pym died in December 1643.", "1643-12"),
        (f"On 3 November 1640 {'many people ' * 12}came to Westminster.", "1640-11-03"),
        ("In 1812 Parliament (the Lords too) made frame-breaking a crime.", "1812"),
        (
            f"In 1848 the crowd broke in, a republic was made, and a king fled {'at last ' * 9}.",
            "1848",
        ),
        ("The month of June 1789 saw a new Assembly.", "1789-06"),
        ("The royal family was brought to Paris on 6 October 1789; it hid.", "1789-10-06"),
    ],
    ids=[
        "no date",
        "a longer time than the fact's",
        "two dates",
        "another day",
        "another year",
        "a stretch",
        "a pronoun",
        "a pronoun after a month",
        "a time limit",
        "a thing left unnamed",
        "a month of the Republic",
        "a name with a month",
        "an ordinal",
        "a time after another",
        "a stretch told as a year",
        "too few words",
        "too long",
        "a parenthesis",
        "a list of clauses",
        "a month that is the thing",
        "a part that fits other events too",
    ],
)
def test_what_cannot_be_shortened_safely_has_no_label(statement: str, date: str) -> None:
    assert event_label(statement, date) is None


@pytest.mark.parametrize(
    ("statement", "people", "expected"),
    [
        (
            "On 12 May 1776 Louis XVI dismissed Turgot at Versailles.",
            ("Turgot", "Louis XVI"),
            ("Louis XVI", "Dismissed Turgot at Versailles"),
        ),
        (
            "Olympe de Gouges wrote a Declaration of the Rights of Woman.",
            ("Olympe de Gouges",),
            ("Olympe de Gouges", "Wrote a Declaration of the Rights of Woman"),
        ),
        (
            "In August 1790 General Bouille put down a mutiny at Nancy, and Swiss soldiers died.",
            ("Bouille",),
            ("General Bouille", "Put down a mutiny at Nancy"),
        ),
        ("Louis XVI was guillotined in Paris in January 1793.", ("Louis XVI",), None),
        ("Kamenev and Zinoviev would not accept the decision.", ("Kamenev", "Zinoviev"), None),
        ("Lvov resigned and Kerensky became premier of Russia.", ("Lvov", "Kerensky"), None),
        ("Under Napoleon III the prefect Haussmann rebuilt Paris.", ("Napoleon III",), None),
        ("Lenin then went over to Finland in disguise.", ("Lenin",), None),
        ("Pym spoke.", ("Pym",), None),
        (f"Pym spoke {'of many things ' * 10}in the Commons.", ("Pym",), None),
        ("The Commons followed Pym in the war.", ("Pym",), None),
    ],
)
def test_a_deed_is_what_one_person_alone_did(
    statement: str, people: tuple[str, ...], expected: tuple[str, str] | None
) -> None:
    found = deed(statement, people)
    assert (found and (found.who, found.what)) == expected


def met(number: int, date: str | None = None, **given: object) -> MetFact:
    """Return a fact that the learner has met; its statement tells its date."""
    statement = f"In {date} the town of {'ABCDEFGHIJKLMNOPQRST'[number % 20]}-burg took up arms."
    if date and len(date) > len("1917"):
        year, month, *day = date.split("-")
        told = " ".join([*(str(int(one)) for one in day), MONTHS[int(month) - 1], year])
        statement = statement.replace(f"In {date}", f"{'On' if day else 'In'} {told}")
    values: dict[str, object] = {
        "id": number,
        "bank_id": 1,
        "kind": "event",
        "statement": statement,
        "why": "It opened the war.",
        "date": date,
        "calendar": "Gregorian",
    }
    return MetFact(**(values | given))  # type: ignore[arg-type]  # a test's own values


APRIL, MAY, JUNE = met(1, "1848-04"), met(2, "1848-05-05"), met(3, "1848-06-05")


def test_a_timeline_puts_events_in_order_and_tells_the_dates_afterwards() -> None:
    question = timeline(MAY, [JUNE, APRIL], Random(1))
    assert question is not None
    assert question.prompt == "Put these events in order, the earliest first."
    assert question.items == [
        "The town of B-burg took up arms",
        "The town of C-burg took up arms",
        "The town of D-burg took up arms",
    ]
    assert question.explanation == (
        "In order, they date from April 1848, 5 May 1848 and 5 June 1848. It opened the war."
    )


def test_a_timeline_of_old_dates_names_their_calendar() -> None:
    old = [met(n, f"1917-0{n}-01", calendar="Old Style") for n in (1, 2, 3)]
    question = timeline(old[0], old, Random(1))
    assert question is not None
    assert question.explanation is not None
    assert "1 March 1917 (Old Style)." in question.explanation


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (met(2, "1850"), "Both fell in the same year"),
        (met(2, "1848-06-05"), "Both fell in the same month"),
        (met(2, "1848-04-25"), "Both fell on the same day"),
    ],
)
def test_a_pair_is_asked_with_a_third_option_that_is_surely_wrong(
    other: MetFact, together: str
) -> None:
    early = met(1, "1848-04-05")
    question = before_or_after(other, early, Random(1))
    assert question is not None
    assert question.answer == "The town of B-burg took up arms"
    assert [wrong.text for wrong in question.distractors] == [
        "The town of C-burg took up arms",
        together,
    ]
    assert question.explanation is not None
    assert question.explanation.startswith("The first dates from 5 April 1848, the second from")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (APRIL, APRIL),
        (APRIL, met(2, "1848-04-20")),
        (APRIL, met(2, "1848")),
        (APRIL, met(2, "1848-05-01")),
        (APRIL, met(2, "1890")),
        (APRIL, met(2)),
        (APRIL, met(2, "1848-06", kind="concept")),
        (APRIL, met(2, "1848-06", calendar="Julian")),
        (APRIL, met(2, "1848-06", apart=frozenset({1}))),
        (met(1, "1848-04", apart=frozenset({2})), met(2, "1848-06")),
        (APRIL, met(21, "1848-06")),
        (APRIL, met(2, "1848-06", statement="It went on in June 1848.")),
        (met(1, "1848-02-30"), MAY),
    ],
    ids=[
        "itself",
        "within",
        "around",
        "the day after",
        "far away",
        "no date",
        "no event",
        "another calendar",
        "kept apart",
        "kept apart the other way",
        "the same words",
        "no label",
        "no such day",
    ],
)
def test_some_facts_are_never_set_against_each_other(first: MetFact, second: MetFact) -> None:
    assert before_or_after(first, second, Random(1)) is None
    assert timeline(first, [second, second], Random(1)) is None
    assert timeline(first, [second, met(9, "1849")], Random(1)) is None


def person(number: int, name: str, what: str, **given: object) -> MetFact:
    values = {"statement": f"{name} {what}.", "people": (name,), "kind": "person"}
    return met(number, **(values | given))  # type: ignore[arg-type]  # a test's own values


CAVOUR = person(1, "Cavour", "sent the army into the Papal States")
GARIBALDI = person(2, "Garibaldi", "landed in Sicily with volunteers")
BISMARCK = person(3, "Bismarck", "published the Ems telegram in short")


def test_people_are_matched_to_what_they_did() -> None:
    question = who_was_who(CAVOUR, [GARIBALDI, BISMARCK], Random(1))
    assert question is not None
    assert {pair.left: pair.right for pair in question.pairs} == {
        "Cavour": "Sent the army into the Papal States",
        "Garibaldi": "Landed in Sicily with volunteers",
        "Bismarck": "Published the Ems telegram in short",
    }


@pytest.mark.parametrize(
    "other",
    [
        person(4, "Cavour", "made a secret treaty with France"),
        person(4, "Mazzini", "founded Young Italy in Marseille", people=("Mazzini", "Cavour")),
        person(4, "Mazzini", "founded Young Italy in Marseille", apart=frozenset({1})),
        person(4, "Mazzini", "founded Young Italy in Marseille", bank_id=2),
        person(4, "Mazzini", "founded Young Italy in Marseille", calendar="Julian"),
        person(4, "Mazzini", "founded Young Italy in Marseille", kind="argument"),
        person(4, "Mazzini", "was in London for many years"),
    ],
    ids=["the same", "a part in it", "kept apart", "no date", "calendar", "argument", "passive"],
)
def test_nobody_stands_beside_who_could_have_done_it_too(other: MetFact) -> None:
    assert who_was_who(CAVOUR, [GARIBALDI, other], Random(1)) is None


def test_people_of_two_banks_meet_when_they_lived_at_one_time() -> None:
    here = [
        person(n, name, "signed a treaty with France", date="1860")
        for n, name in ((1, "Cavour"), (2, "Bismarck"))
    ]
    far = person(3, "Cromwell", "led soldiers into the Commons", bank_id=2, date="1653")
    near = person(3, "Thiers", "crushed the Commune of Paris", bank_id=2, date="1871-05")
    other_calendar = person(
        3, "Witte", "raised a loan from French banks", bank_id=2, date="1860", calendar="Old Style"
    )
    assert who_was_who(here[0], [here[1], far], Random(1)) is None
    assert who_was_who(here[0], [here[1], other_calendar], Random(1)) is None
    assert who_was_who(here[0], [here[1], near], Random(1)) is not None


def test_who_is_named_in_anothers_deed_as_somebody_else_may_stand_beside_it() -> None:
    against = person(4, "Mazzini", "wrote against Cavour from London", people=("Mazzini", "Cavour"))
    assert who_was_who(CAVOUR, [GARIBALDI, against], Random(1)) is not None


def test_a_fact_without_date_or_people_makes_no_question() -> None:
    plain = met(9, statement="The Commune planned to hand workshops to the workers.")
    assert (
        derived_question(plain, [APRIL, MAY, JUNE, CAVOUR, GARIBALDI, BISMARCK], Random(1)) is None
    )


def test_a_person_with_no_deed_is_matched_to_nothing() -> None:
    assert who_was_who(met(9, people=("Kossuth",)), [CAVOUR, GARIBALDI], Random(1)) is None


def test_each_kind_of_question_has_its_turn() -> None:
    facts = [
        person(n, name, "signed a treaty at Paris", kind="event", date=f"185{n}")
        for n, name in enumerate(("Cavour", "Bismarck", "Thiers", "Kossuth"))
    ]
    told = [
        MetFact(
            id=one.id,
            bank_id=1,
            kind="event",
            statement=f"In {one.date} {one.statement}",
            why="It ended the war.",
            date=one.date,
            calendar="Gregorian",
            people=one.people,
        )
        for one in facts
        if one.date and int(one.date) % 2 == 0
    ]
    told += [
        met(
            8,
            "1856",
            statement="In 1856 Palmerston signed a treaty at Paris.",
            people=("Palmerston",),
        )
    ]
    found = [derived_question(told[0], told, Random(seed)) for seed in range(20)]
    assert {one[0] for one in found if one} == {"timeline", "who-was-who", "before-or-after"}


dates = st.one_of(
    st.integers(1840, 1870).map(str),
    st.builds("{}-{:02}".format, st.integers(1846, 1850), st.integers(1, 12)),
    st.builds(
        "{}-{:02}-{:02}".format, st.integers(1847, 1849), st.integers(1, 12), st.integers(1, 30)
    ),
)


@st.composite
def facts_met(draw: st.DrawFn) -> list[MetFact]:
    """Draw up to twenty facts with dates of three calendars, some of them kept apart."""
    found = draw(st.lists(dates, min_size=1, max_size=20))
    calendars = st.sampled_from(["Gregorian", "Gregorian", "Old Style", "Julian"])
    apart = st.frozensets(st.integers(0, 19), max_size=3)
    return [
        met(number, date, calendar=draw(calendars), apart=draw(apart))
        for number, date in enumerate(found)
    ]


def texts(question: Derived) -> list[str]:
    match question:
        case Order():
            return question.items
        case Choice():
            return [question.answer, question.distractors[0].text]
        case Match():
            return [f"{pair.left} {pair.right}" for pair in question.pairs]


@given(facts=facts_met(), seed=st.integers(0, 1000))
def test_the_same_seed_gives_the_same_question_however_the_company_comes(
    facts: list[MetFact], seed: int
) -> None:
    once = derived_question(facts[0], facts, Random(seed))
    again = derived_question(facts[0], facts[::-1], Random(seed))
    assert once == again


@given(facts=facts_met(), seed=st.integers(0, 1000))
def test_whatever_is_asked_has_one_order_and_hides_the_dates(
    facts: list[MetFact], seed: int
) -> None:
    made = derived_question(facts[0], facts, Random(seed))
    if made is None:
        return
    by_label = {event_label(one.statement, one.date or ""): one for one in facts}
    asked = texts(made[1])
    shown = [by_label[text] for text in asked]
    assert facts[0] in shown
    assert len({one.calendar for one in shown}) == 1
    assert not any(other.id in one.apart for one in shown for other in shown if one is not other)
    spans = [day_range(one.date or "", one.calendar) for one in shown]
    days = [[julian_day_number(*day, "Julian") for day in span] for span in spans if span]
    assert all(later[0] - earlier[1] > 1 for earlier, later in pairwise(days))
    leak = re.compile(rf"\d|{'|'.join(MONTHS)}")
    assert not any(leak.search(text) for text in asked)
    assert all(len(text) <= LONGEST_LABEL for text in asked)
