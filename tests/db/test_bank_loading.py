"""Loading banks into the tables: all or none, and nobody's memory is lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.banks.loading import LoadReport, load_banks, load_folder, loaded_banks
from quizapp.banks.reading import BankFileError, FileReport, read_folder, read_text
from quizapp.db import make_engine
from quizapp.domain import bank_files
from quizapp.domain.bank_files import question_from_json
from quizapp.models import Bank, Base, Fact, FactApart, Question, QuestionVersion, Source, Theme
from tests.unit.bank_samples import GOOD, bank_of, changed

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
LATEST = LATER + timedelta(days=1)
NAME_QUESTION = GOOD[GOOD.index('  [[fact.question]]\n  id = "name"') :].split("\n\n")[0]
REED = GOOD[GOOD.index('[[fact]]\nid = "reed-arrives"') :]
NO_LINKS = (
    ('keep_apart = ["reed-arrives"]\n', ""),
    ('see = ["reed-arrives", "part-14/kornilov", "part-15/mrc-founded"]\n', ""),
)
REVERSIBLE = ('back = "John Reed"', 'back = "John Reed"\n  hint = "J."\n  reversible = true')


def file_of(text: str, name: str = "bank.toml") -> FileReport:
    return read_text(Path(name), text, shipped=False)


def load(
    session: Session, *texts: str, now: datetime = NOW, same_meaning: tuple[str, ...] = ()
) -> LoadReport:
    files = [file_of(text, f"bank-{number}.toml") for number, text in enumerate(texts)]
    report = load_banks(session, files, now=now, same_meaning=same_meaning)
    session.commit()
    return report


def fact_of(session: Session, text_id: str) -> Fact:
    return session.scalars(select(Fact).where(Fact.text_id == text_id)).one()


def question_of(session: Session, text_id: str) -> Question:
    return session.scalars(select(Question).where(Question.text_id == text_id)).one()


def content_of(session: Session, text_id: str) -> bank_files.Question:
    question = question_of(session, text_id)
    [version] = [one for one in question.versions if one.number == question.version]
    return question_from_json(version.content)


def rows(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Return everything in the tables of banks."""
    tables = (Bank, Theme, Source, Fact, FactApart, Question, QuestionVersion)
    return {
        table.__tablename__: [
            dict(row) for row in session.execute(select(table.__table__)).mappings()
        ]
        for table in tables
    }


def test_a_bank_is_stored_as_its_file_says(session: Session) -> None:
    report = load(session, GOOD)

    [loaded] = report.loaded
    assert loaded.bank_id == "part-15"
    assert loaded.counts == {"facts added": 2, "questions added": 12}
    bank = session.scalars(select(Bank)).one()
    assert (bank.text_id, bank.part, bank.title) == ("part-15", 15, "A bank")
    assert (bank.calendar, bank.basis, bank.loaded_at) == ("Old Style", "article", NOW)
    assert [theme.text_id for theme in bank.themes] == ["eve"]
    fact = fact_of(session, "mrc-founded")
    assert (fact.kind, fact.date, fact.position) == ("event", "1917-10-09", 0)
    assert fact.see == '["part-15/reed-arrives","part-14/kornilov","part-15/mrc-founded"]'
    assert (
        msgspec.json.decode(fact.cites, type=list[bank_files.Cite]) == bank_of(GOOD).fact[0].cites
    )
    assert fact.people == "[]"
    assert [(one.text_id, one.type, one.demand) for one in fact.questions] == [
        ("pick", "choice", 1),
        ("name", "short", 3),
        ("day", "date", 3),
        ("gaps", "cloze", 3),
        ("chosen", "cloze", 2),
    ]
    assert content_of(session, "name") == bank_of(GOOD).fact[0].question[1]
    sources = session.scalars(select(Source).order_by(Source.id)).all()
    assert [(one.text_id, one.partisan, one.further) for one in sources] == [
        ("reed", True, False),
        ("figes", False, False),
        ("unread", False, True),
    ]


def test_loading_twice_changes_nothing(session: Session) -> None:
    load(session, GOOD)
    before = rows(session)

    report = load(session, GOOD, now=LATER)

    assert report == LoadReport(unchanged=("part-15",))
    assert rows(session) == before


def test_a_comment_in_the_file_changes_no_question(session: Session) -> None:
    load(session, GOOD)
    before = rows(session)

    report = load(session, "# read again\n" + GOOD, now=LATER)

    assert [one.counts for one in report.loaded] == [{}]
    after = rows(session)
    assert after.pop("bank") != before.pop("bank")  # its hash and the moment it was loaded
    assert after == before


def test_a_typo_fix_keeps_ids_and_makes_a_version(session: Session) -> None:
    load(session, GOOD)
    fact_id, question_id = fact_of(session, "mrc-founded").id, question_of(session, "name").id

    fixed = changed(("Name the new body.", "Name the new body!"), ("set up a comm", "made a comm"))
    report = load(session, fixed, now=LATER)

    assert report.loaded[0].counts == {"questions reworded": 1}
    assert report.key_changes == ()
    question = question_of(session, "name")
    assert (fact_of(session, "mrc-founded").id, question.id) == (fact_id, question_id)
    assert fact_of(session, "mrc-founded").statement == "The Soviet made a committee on 9 October."
    assert question.version == 2
    old, new = question.versions
    assert (old.number, old.made_at) == (1, NOW)
    assert "Name the new body." in old.content
    assert (new.number, new.made_at) == (2, LATER)
    assert question_of(session, "day").version == 1


def test_a_removed_question_is_retired_and_comes_back(session: Session) -> None:
    load(session, GOOD)
    question_id = question_of(session, "name").id

    report = load(session, changed((NAME_QUESTION, "")), now=LATER)
    assert report.loaded[0].counts == {"questions retired": 1}
    assert question_of(session, "name").retired_at == LATER

    load(session, "# once more\n" + changed((NAME_QUESTION, "")), now=LATEST)
    assert question_of(session, "name").retired_at == LATER

    report = load(session, GOOD, now=LATEST)
    assert report.loaded[0].counts == {"questions brought back": 1}
    question = question_of(session, "name")
    assert (question.id, question.version, question.retired_at) == (question_id, 1, None)


def test_a_removed_fact_is_retired_with_its_questions_and_comes_back(session: Session) -> None:
    load(session, GOOD)

    report = load(session, changed((REED, ""), *NO_LINKS), now=LATER)
    assert report.loaded[0].counts == {"facts retired": 1, "questions retired": 7}
    fact = fact_of(session, "reed-arrives")
    assert fact.retired_at == LATER
    assert {question.retired_at for question in fact.questions} == {LATER}
    assert session.scalars(select(FactApart)).all() == []

    report = load(session, GOOD, now=LATEST)
    assert report.loaded[0].counts == {"facts brought back": 1, "questions brought back": 7}
    assert fact_of(session, "reed-arrives").retired_at is None
    assert len(session.scalars(select(FactApart)).all()) == 2


def test_a_fact_that_comes_back_as_another_is_refused(session: Session) -> None:
    load(session, GOOD)
    load(session, changed((REED, ""), *NO_LINKS), now=LATER)

    report = load(session, changed(('kind = "person"', 'kind = "place"')), now=LATEST)

    assert [change.name for change in report.refused] == ["part-15/reed-arrives"]
    assert fact_of(session, "reed-arrives").retired_at == LATER


def test_a_bank_without_a_file_is_left_alone(session: Session) -> None:
    other = changed(('id = "part-15"', 'id = "part-13"'), ("part-15/mrc", "part-13/mrc"))
    load(session, GOOD, other)

    report = load(session, changed(("A bank", "The bank")), now=LATER)

    assert [one.bank_id for one in report.loaded] == ["part-15"]
    titles = {bank.text_id: bank.title for bank in session.scalars(select(Bank))}
    assert titles == {"part-15": "The bank", "part-13": "A bank"}
    assert session.scalar(select(func.count()).where(Fact.retired_at.is_(None))) == 4


def test_a_retired_bank_comes_back_with_its_file(session: Session) -> None:
    load(session, GOOD)
    session.scalars(select(Bank)).one().retired_at = LATER
    assert loaded_banks(session) == {}

    load(session, GOOD, now=LATEST)

    assert session.scalars(select(Bank)).one().retired_at is None


def test_a_broken_file_changes_nothing_in_any_bank(session: Session) -> None:
    load(session, GOOD)
    before = rows(session)

    report = load(session, changed(("A bank", "The bank")), "format = ", now=LATER)

    assert report.is_refused
    assert [path.name for path, _problem in report.problems] == ["bank-1.toml"]
    assert not session.new
    assert not session.dirty
    assert rows(session) == before


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('kind = "event"', 'kind = "concept"', "its kind was event and is concept"),
        (
            'date = "1917-10-09"\n',
            'date = "1917-10-10"\n',
            "its date was 1917-10-09 and is 1917-10-10",
        ),
        ('date = "1917-10-09"\n', "", "its date was 1917-10-09 and is not given"),
    ],
    ids=["another kind", "another date", "no date"],
)
def test_a_change_of_meaning_is_refused_until_confirmed(
    session: Session, old: str, new: str, reason: str
) -> None:
    load(session, GOOD)
    before = rows(session)
    other = changed((old, new), ("a committee on 9 October.", "a committee."))

    report = load(session, other, now=LATER)

    [change] = report.refused
    assert change.name == "part-15/mrc-founded"
    assert change.reasons == (reason,)
    assert change.old_statement == "The Soviet set up a committee on 9 October."
    assert change.new_statement == "The Soviet set up a committee."
    assert rows(session) == before

    report = load(session, other, now=LATER, same_meaning=("part-15/mrc-founded",))

    assert report.confirmed == (change,)
    assert fact_of(session, "mrc-founded").statement == "The Soviet set up a committee."


def test_a_fact_that_keeps_no_answer_is_refused(session: Session) -> None:
    load(session, GOOD)
    other = changed(
        ('answer = "A military committee"', 'answer = "A council of war"'),
        ('accept = ["Military Revolutionary Committee", "MRC"]', 'accept = ["Cheka"]'),
        ('answer = "1917-10-09"', 'answer = "1917-12-07"'),
        (
            'accept = ["MRC"] }, month = { accept = ["October"]',
            'accept = ["Cheka"] }, month = { accept = ["May"]',
        ),
        ('accept = ["Smolny"]', 'accept = ["Lubyanka"]'),
    )

    report = load(session, other, now=LATER)

    assert [change.reasons for change in report.refused] == [
        ("it keeps none of its accepted answers",)
    ]


def test_facts_are_kept_apart_in_both_directions(session: Session) -> None:
    load(session, GOOD)
    first, second = fact_of(session, "mrc-founded").id, fact_of(session, "reed-arrives").id
    pairs = select(FactApart.fact_id, FactApart.other_id).order_by(FactApart.fact_id)
    assert session.execute(pairs).all() == [(first, second), (second, first)]

    load(session, changed(NO_LINKS[0]), now=LATER)
    assert session.execute(pairs).all() == []


def test_a_reversible_card_is_asked_both_ways(session: Session) -> None:
    load(session, changed(REVERSIBLE))

    assert [one.text_id for one in fact_of(session, "reed-arrives").questions][-3:] == [
        "card",
        "card-reversed",
        "explain",
    ]
    assert content_of(session, "card-reversed") == bank_files.Flashcard(
        id="card-reversed", front="John Reed", back="Who wrote Ten Days?"
    )
    assert question_of(session, "card-reversed").demand == bank_files.Demand.RECALL

    report = load(session, GOOD, now=LATER)
    assert report.loaded[0].counts == {"questions reworded": 1, "questions retired": 1}
    assert question_of(session, "card-reversed").retired_at == LATER


def test_the_id_of_a_reversed_card_must_be_free() -> None:
    text = changed(REVERSIBLE, ('id = "explain"', 'id = "card-reversed"'))
    [problem] = file_of(text).problems
    assert problem.place == "fact reed-arrives, question card-reversed: id"
    assert problem.message == "card-reversed is the id of a card asked in reverse"
    assert text.split("\n")[problem.line - 1].strip() == 'id = "card-reversed"'


def test_a_theme_that_is_gone_stays_behind_the_others(session: Session) -> None:
    themes = ('title = "The eve"\n', 'title = "The eve"\n[[theme]]\nid = "men"\ntitle = "Men"\n')
    second = ('id = "reed-arrives"\ntheme = "eve"', 'id = "reed-arrives"\ntheme = "men"')
    load(session, changed(themes, second))
    load(session, changed((REED, ""), *NO_LINKS), now=LATER)

    bank = session.scalars(select(Bank)).one()
    assert [(one.text_id, one.position) for one in bank.themes] == [("eve", 0), ("men", 1)]
    assert fact_of(session, "reed-arrives").theme.text_id == "men"

    load(
        session,
        changed(
            ('id = "eve"', 'id = "dawn"'),
            ('theme = "eve"', 'theme = "dawn"'),
            ('theme = "eve"', 'theme = "dawn"'),
        ),
        now=LATEST,
    )
    session.expire_all()
    assert [one.text_id for one in bank.themes] == ["dawn", "eve", "men"]


def test_a_source_goes_unless_a_retired_fact_cites_it(session: Session) -> None:
    cites = ("cites = [{ paragraph = 2 }]", 'cites = [{ source = "reed" }]')
    load(session, changed(cites))
    without = changed((REED, ""), *NO_LINKS)
    start, end = without.index('[[source]]\nid = "reed"'), without.index('[[source]]\nid = "figes"')
    further = without.index("[[further]]")
    rest = without.index("[[fact]]")
    load(session, without[:start] + without[end:further] + without[rest:], now=LATER)

    assert set(session.scalars(select(Source.text_id))) == {"reed", "figes"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            'accept = ["Military Revolutionary Committee", "MRC"]',
            'accept = ["Military Revolutionary Committee", "MRC", "Milrevcom"]',
        ),
        ('text = "Petrograd Soviet", say', 'text = "City Duma", say'),
    ],
    ids=["a form more", "another near miss"],
)
def test_a_changed_key_names_every_version_to_mark_again(
    session: Session, old: str, new: str
) -> None:
    load(session, GOOD)
    load(session, changed(("Name the new body.", "Which new body?")), now=LATER)

    report = load(session, changed(("Name the new body.", "Which new body?"), (old, new)))

    versions = question_of(session, "name").versions
    assert [one.number for one in versions] == [1, 2, 3]
    assert [(one.name, one.version_id) for one in report.key_changes] == [
        ("part-15/mrc-founded/name", version.id) for version in versions[:2]
    ]
    assert [one.question for one in report.key_changes] == [content_of(session, "name")] * 2


def test_another_calendar_changes_the_key_of_date_questions(session: Session) -> None:
    load(session, GOOD)
    report = load(session, changed(("Old Style", "Gregorian")), now=LATER)
    assert [one.name for one in report.key_changes] == ["part-15/mrc-founded/day"]
    assert question_of(session, "day").version == 1


def test_a_question_of_another_type_is_a_version_but_no_other_key(session: Session) -> None:
    load(session, GOOD)
    card = 'type = "flashcard"\n  front = "Name it."\n  back = "MRC"\n'
    start = NAME_QUESTION.index('type = "short"')
    report = load(session, changed((NAME_QUESTION, NAME_QUESTION[:start] + card)), now=LATER)
    assert report.key_changes == ()
    question = question_of(session, "name")
    assert (question.type, question.version) == ("flashcard", 2)


def test_a_folder_is_read_by_name_with_its_problems(tmp_path: Path) -> None:
    (tmp_path / "published.txt").write_text("part-15 vanished\n", encoding="utf-8")
    (tmp_path / "c.toml").write_text(changed(("part = 15\n", "")), encoding="utf-8")
    (tmp_path / "b.toml").write_bytes(b"format = 1\ntitle = '\xff'\n")
    (tmp_path / "a.toml").mkdir()
    (tmp_path / "notes.txt").write_text("no bank", encoding="utf-8")

    report = read_folder(tmp_path, None)

    assert [(path.name, one.line, one.message) for path, one in report.problems] == [
        ("a.toml", 0, "cannot be read (Is a directory)"),
        ("b.toml", 2, "not UTF-8 text"),
        ("c.toml", 0, "the fact vanished was published and is gone"),
    ]


def test_a_bank_in_two_files_is_an_error(session: Session, tmp_path: Path) -> None:
    (tmp_path / "published.txt").touch()
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(changed(("part = 15\n", "")), encoding="utf-8")

    report = load_folder(session, tmp_path, now=NOW)

    [(path, problem)] = report.problems
    assert (path.name, problem.message) == ("b.toml", "the bank part-15 is also in a.toml")
    (tmp_path / "b.toml").unlink()
    assert load_folder(session, tmp_path, now=NOW).loaded
    assert load_folder(session, tmp_path, now=LATER) == LoadReport(unchanged=("part-15",))


def test_a_bank_of_a_part_must_have_what_shipped_banks_have() -> None:
    report = read_text(Path("bank.toml"), GOOD)
    assert "2 of at least 70 facts" in [problem.message for problem in report.problems]


@pytest.mark.parametrize("name", ["missing", "file"])
def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BankFileError, match=f"The folder .*{name} cannot be read"):
        read_folder(tmp_path / name)


# What is loaded last counts, whatever was loaded before.

questions_of_a_fact: st.SearchStrategy[list[bank_files.Question]] = st.lists(
    st.one_of(
        st.builds(
            bank_files.Flashcard,
            id=st.sampled_from(["one", "two", "three"]),
            front=st.sampled_from(["f", "g"]),
            back=st.sampled_from(["b", "c"]),
            reversible=st.booleans(),
        ),
        st.builds(
            bank_files.Short,
            id=st.sampled_from(["one", "two", "three"]),
            prompt=st.sampled_from(["p", "q"]),
            accept=st.sampled_from([["a"], ["a", "b"], ["c"]]),
        ),
    ),
    unique_by=lambda one: one.id,
    max_size=3,
)


@st.composite
def banks(draw: Callable[..., Any]) -> bank_files.BankFile:
    """Draw a bank that can be stored; whether it is a good one does not matter."""
    ids = draw(st.lists(st.sampled_from("abcd"), unique=True, min_size=1))
    themes = draw(st.permutations(["t", "u", "v"]))[: draw(st.integers(1, 3))]
    sources = draw(st.lists(st.sampled_from("xyz"), unique=True))
    facts = [
        bank_files.Fact(
            id=text_id,
            theme=draw(st.sampled_from(themes)),
            kind=draw(st.sampled_from(["event", "person"])),
            statement=draw(st.sampled_from(["S.", "T."])),
            why="W.",
            question=draw(questions_of_a_fact),
            date=draw(st.sampled_from([None, "1917", "1918"])),
            keep_apart=draw(st.lists(st.sampled_from([one for one in ids if one != text_id])))
            if len(ids) > 1
            else [],
        )
        for text_id in ids
    ]
    head = msgspec.structs.replace(
        bank_of(GOOD).bank, calendar=draw(st.sampled_from(["Old Style", "Gregorian"]))
    )
    return bank_files.BankFile(
        format=1,
        bank=head,
        theme=[bank_files.Theme(id=one, title=one.upper()) for one in themes],
        source=[bank_files.Source(id=one, title=one.upper()) for one in sources],
        fact=facts,
    )


def current(session: Session) -> dict[str, Any]:
    """Return what learners are asked now, without keys, versions and moments."""
    bank = session.scalars(select(Bank)).one()
    facts = session.scalars(
        select(Fact).where(Fact.retired_at.is_(None)).order_by(Fact.position)
    ).all()
    names = {fact.id: fact.text_id for fact in facts}
    apart = session.scalars(select(FactApart)).all()
    return {
        "calendar": bank.calendar,
        "hash": bank.content_hash,
        "themes": [one.text_id for one in bank.themes if one.id in {f.theme_id for f in facts}],
        "apart": {(names[one.fact_id], names[one.other_id]) for one in apart},
        "sources": set(session.scalars(select(Source.text_id))),
        "facts": [
            (
                *(fact.text_id, fact.theme.text_id, fact.kind, fact.statement, fact.date),
                [
                    (one.text_id, one.type, one.demand, one.position, one.versions[-1].content)
                    for one in fact.questions
                    if one.retired_at is None and one.versions[-1].number == one.version
                ],
            )
            for fact in facts
        ],
    }


@settings(max_examples=30, deadline=None)
@given(first=banks(), second=banks())
def test_what_is_loaded_last_counts_alone(
    first: bank_files.BankFile, second: bank_files.BankFile
) -> None:
    contents = []
    for loads in ([first, second], [second]):
        engine = make_engine("sqlite://")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            for number, bank in enumerate(loads):
                file = FileReport(Path("bank.toml"), repr(bank), "part-15", bank)
                same = [f"part-15/{text_id}" for text_id in "abcd"]
                moment = NOW + timedelta(days=number)
                report = load_banks(session, [file], now=moment, same_meaning=same)
                assert not report.is_refused
                session.commit()
            contents.append(current(session))
        engine.dispose()
    assert contents[0] == contents[1]
