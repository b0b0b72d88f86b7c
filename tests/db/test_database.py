"""SQLite keeps its word: nothing is lost between threads, readers do not wait for writers."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import BUSY_SECONDS, begin_writing, engine_options, make_engine

THREADS, TRANSACTIONS = 8, 150


@pytest.fixture
def file_engine(tmp_path: Path) -> Iterator[Engine]:
    """A database file of its own, with one number in it."""
    engine = make_engine(f"sqlite:///{tmp_path / 'words.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE tally (id INTEGER PRIMARY KEY, counted INTEGER)"))
        connection.execute(text("CREATE TABLE mark (tally_id INTEGER REFERENCES tally (id))"))
        connection.execute(text("INSERT INTO tally VALUES (1, 0)"))
    yield engine
    engine.dispose()


def _counted(session: Session) -> int:
    return int(session.execute(text("SELECT counted FROM tally")).scalar_one())


def _count_up(engine: Engine) -> None:
    for _ in range(TRANSACTIONS):
        with Session(engine) as session:
            begin_writing(session)
            seen = _counted(session)
            session.execute(text("UPDATE tally SET counted = :new"), {"new": seen + 1})
            session.commit()


def test_no_transaction_that_reads_and_then_writes_is_lost(file_engine: Engine) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(_count_up, file_engine) for _ in range(THREADS)]:
            done.result()

    with Session(file_engine) as session:
        assert _counted(session) == THREADS * TRANSACTIONS


def test_a_reader_is_not_held_up_by_a_writer(file_engine: Engine) -> None:
    with Session(file_engine) as writer, Session(file_engine) as reader:
        begin_writing(writer)
        writer.execute(text("UPDATE tally SET counted = 5"))
        assert _counted(reader) == 0
        writer.commit()
        assert _counted(reader) == 0, "a transaction sees one state of the database"
        reader.commit()
        assert _counted(reader) == 5


def test_what_was_not_committed_is_undone(file_engine: Engine) -> None:
    with Session(file_engine) as session:
        begin_writing(session)
        session.execute(text("UPDATE tally SET counted = 5"))
        session.rollback()
        assert _counted(session) == 0


def test_rows_cannot_point_nowhere(file_engine: Engine) -> None:
    with (
        file_engine.connect() as connection,
        pytest.raises(IntegrityError, match="FOREIGN KEY"),
    ):
        connection.execute(text("INSERT INTO mark VALUES (2)"))


@pytest.mark.parametrize(
    ("pragma", "setting"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL: what was committed is on disk
        ("foreign_keys", 1),
        ("busy_timeout", BUSY_SECONDS * 1000),
    ],
)
def test_every_connection_is_prepared(file_engine: Engine, pragma: str, setting: str | int) -> None:
    for _ in range(2):
        with file_engine.connect() as connection:
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar_one() == setting
        file_engine.dispose()


def test_the_engine_of_the_app_is_prepared_too(session: Session) -> None:
    pragmas = {
        name: session.execute(text(f"PRAGMA {name}")).scalar_one()
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_another_kind_of_database_gets_no_options_of_sqlite() -> None:
    assert engine_options("postgresql://localhost/quizapp") == {}
    assert engine_options("sqlite://").keys() == {"module", "connect_args"}
