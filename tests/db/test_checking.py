"""Finding and mending cards that do not say what the log says."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from quizapp.db import make_engine
from quizapp.memory.checking import CheckReport, Difference, Kind, check_memory, sqlite_warning
from quizapp.memory.commands import check
from quizapp.memory.corrections import void
from quizapp.memory.queries import NO_CARD
from quizapp.memory.services import set_flags
from quizapp.models import Base
from tests import factories
from tests.db.answering import WRONG_WORDS, Desk, at, on

DAMAGES = {
    "stability": ("UPDATE card SET stability_days = stability_days * 1.00001", Kind.DIFFERS),
    "due day": ("UPDATE card SET due_on = '2026-04-01'", Kind.DIFFERS),
    "count": ("UPDATE card SET reviews = 7", Kind.DIFFERS),
    "flag": ("UPDATE card SET next_day = NOT next_day", Kind.DIFFERS),
    "card gone": ("DELETE FROM card", Kind.MISSING),
    "log gone": ("DELETE FROM review", Kind.ORPHAN),
    "answers voided": (
        "UPDATE review SET voided_at = '2026-03-03 00:00:00', void_reason = 'by hand'",
        Kind.ORPHAN,
    ),
}
LATER = at(100)


@pytest.fixture
def desk(session: Session) -> Desk:
    desk = Desk(session, factories.learner(session), factories.fact(session))
    desk.learn()
    desk.answer(at(2), WRONG_WORDS)
    return desk


def test_an_empty_database_is_fine(session: Session) -> None:
    assert check_memory(session, LATER, repair=False) == CheckReport()


@pytest.mark.usefixtures("desk")
def test_cards_that_follow_from_the_log_are_fine(session: Session) -> None:
    fellow = Desk(session, factories.learner(session), factories.fact(session))
    undone = fellow.answer(at(0))
    void(session, fellow.learner, undone.review_id, "undone", at(0))
    flagged = factories.fact(session)
    set_flags(session, fellow.learner.id, flagged.id, suspended=True, set_aside_until=None)
    report = check_memory(session, LATER, repair=False)

    assert report.is_fine
    assert (report.learners, report.cards, report.reviews) == (2, 3, 3)
    assert report.wrong_cards == []


def test_answers_that_never_moved_need_no_card(session: Session) -> None:
    desk = Desk(session, factories.learner(session), factories.fact(session))
    desk.answer(at(0), card_revision=4)

    assert desk.card == NO_CARD
    assert check_memory(session, LATER, repair=False).is_fine


@pytest.mark.parametrize(("sql", "kind"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_card_is_found_and_left_as_it_is(
    session: Session, desk: Desk, sql: str, kind: Kind
) -> None:
    session.execute(text(sql))
    damaged = desk.card
    report = check_memory(session, LATER, repair=False)

    assert not report.is_fine
    [wrong] = report.wrong_cards
    assert (wrong.learner_id, wrong.fact_id, wrong.kind) == (desk.learner.id, desk.fact_id, kind)
    assert [report.count(each) for each in Kind] == [each is kind for each in Kind]
    assert desk.card == damaged


@pytest.mark.parametrize(("sql", "kind"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_card_is_repaired(session: Session, desk: Desk, sql: str, kind: Kind) -> None:
    session.execute(text(sql))
    report = check_memory(session, LATER, repair=True)

    assert report.is_fine
    assert report.count(kind) == 1
    assert desk.card.projection == desk.replayed()
    assert check_memory(session, LATER, repair=False).wrong_cards == []


def test_what_differs_is_said_in_words(session: Session, desk: Desk) -> None:
    session.execute(text("UPDATE card SET reviews = 7, step_due_at = NULL, step = NULL"))
    report = check_memory(session, LATER, repair=False)

    assert report.wrong_cards == [
        Difference(
            desk.learner.id,
            desk.fact_id,
            Kind.DIFFERS,
            "step is not set, by the log 0; "
            "step_due_at is not set, by the log 2026-03-04 09:10:00+00:00; "
            "reviews is 7, by the log 3",
        )
    ]


def test_the_last_digits_of_a_power_may_differ(session: Session, desk: Desk) -> None:
    session.execute(text("UPDATE card SET stability_days = stability_days * (1 + 1e-12)"))

    assert desk.card.projection != desk.replayed()
    assert check_memory(session, LATER, repair=False).is_fine


def test_repairing_keeps_the_flags_of_a_card(session: Session, desk: Desk) -> None:
    set_flags(session, desk.learner.id, desk.fact_id, suspended=True, set_aside_until=on(9))
    session.execute(text("UPDATE card SET lapses = 5"))
    check_memory(session, LATER, repair=True)

    assert (desk.card.suspended, desk.card.set_aside_until) == (True, on(9))


def test_only_the_wrong_cards_are_written(session: Session, desk: Desk) -> None:
    other = Desk(session, desk.learner, factories.fact(session))
    other.learn()
    session.execute(
        text("UPDATE card SET lapses = 5 WHERE fact_id = :fact"), {"fact": desk.fact_id}
    )
    before = (desk.card.revision, other.card.revision)
    check_memory(session, LATER, repair=True)

    assert (desk.card.revision, other.card.revision) == (before[0] + 1, before[1])


def test_rows_that_point_nowhere_are_damage(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'damaged.db'}")
    Base.metadata.create_all(engine)
    _add_theme_of_no_bank(engine)
    with Session(engine) as session:
        report = check_memory(session, LATER, repair=True)
    engine.dispose()

    assert report.damage == ["theme, row 1: points at a row of bank that is missing"]
    assert not report.is_fine


def test_a_damaged_file_is_found(tmp_path: Path) -> None:
    file = tmp_path / "damaged.db"
    engine = make_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        page_bytes = connection.execute(text("PRAGMA page_size")).scalar_one()
    engine.dispose()
    content = bytearray(file.read_bytes())
    content[page_bytes * 4 : page_bytes * 6] = b"\xff" * page_bytes * 2
    file.write_bytes(content)
    with Session(engine) as session:
        report = check_memory(session, LATER, repair=False)
    engine.dispose()

    assert report.damage
    assert not report.is_fine


@pytest.mark.parametrize(
    ("version", "is_warned"),
    [
        ("3.40.1", True),
        ("3.44.5", True),
        ("3.44.6", False),
        ("3.45.0", True),
        ("3.50.6", True),
        ("3.50.7", False),
        ("3.51.2", True),
        ("3.51.3", False),
        ("3.53.4", False),
        ("4.0.0", False),
    ],
)
def test_a_sqlite_that_can_damage_the_file_is_warned_of(version: str, *, is_warned: bool) -> None:
    assert (sqlite_warning(version) is not None) == is_warned


@pytest.mark.usefixtures("desk")
def test_the_command_prints_counts(app: Flask, session: Session) -> None:
    session.commit()
    result = app.test_cli_runner().invoke(check)

    assert result.exit_code == 0
    assert "1 learners, 3 reviews replayed, 1 cards compared." in result.output
    assert "Cards: 0 differ, 0 missing, 0 without reviews." in result.output


def test_the_command_fails_until_the_cards_are_repaired(
    app: Flask, session: Session, desk: Desk
) -> None:
    session.execute(text("UPDATE card SET lapses = 5"))
    session.commit()
    runner = app.test_cli_runner()
    found, repaired, after = (runner.invoke(check, given) for given in ([], ["--repair"], []))

    assert [result.exit_code for result in (found, repaired, after)] == [1, 0, 0]
    assert f"Learner {desk.learner.id}, fact {desk.fact_id}: lapses is 5" in found.output
    assert "quizapp check --repair" in found.output
    assert "Cards: 1 differ, 0 missing, 0 without reviews; all repaired." in repaired.output
    assert desk.card.projection == desk.replayed()


def test_the_command_fails_on_damage_and_names_it(
    app: Flask, session: Session, engine: Engine
) -> None:
    session.commit()
    _add_theme_of_no_bank(engine)
    result = app.test_cli_runner().invoke(check, ["--repair"])

    assert result.exit_code == 1
    assert "Damage: theme, row 1: points at a row of bank that is missing" in result.output
    assert "restore the last backup" in result.output


def test_the_command_names_twenty_cards_and_counts_the_rest(app: Flask, session: Session) -> None:
    learner = factories.learner(session)
    for _ in range(23):
        Desk(session, learner, factories.fact(session)).answer(at(0))
    session.execute(text("DELETE FROM card"))
    session.commit()
    output = app.test_cli_runner().invoke(check).output

    assert output.count("has answers but no card") == 20
    assert "... and 3 more." in output
    assert "23 missing" in output


def _add_theme_of_no_bank(engine: Engine) -> None:
    with closing(engine.raw_connection()) as connection:
        driver: Any = connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute(
            "INSERT INTO theme (bank_id, text_id, title, position) VALUES (9, 't', '', 1)"
        )
        driver.execute("PRAGMA foreign_keys = ON")
