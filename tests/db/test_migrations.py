"""The history of the tables: it ends at the models, goes both ways and keeps rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import make_engine
from quizapp.models import Base
from quizapp.settings import ROOT
from tests import factories
from tests.db.answering import Desk, at

MIGRATIONS = ROOT / "migrations"
STEPS = [
    (script.down_revision or "base", script.revision)
    for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()
]
HEAD = STEPS[0][1]

# A step that rebuilds tables which others point at, as batches do on SQLite.
REBUILD = f'''"""Rebuild two parents."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "rebuild", "{HEAD}"
def upgrade():
    with op.batch_alter_table("user", recreate="always") as batch:
        batch.add_column(sa.Column("nickname", sa.String(), nullable=True))
    with op.batch_alter_table("fact", recreate="always") as batch:
        batch.create_check_constraint("statement_not_empty", sa.text("statement <> ''"))
def downgrade():
    with op.batch_alter_table("fact") as batch:
        batch.drop_constraint("statement_not_empty", type_="check")
    with op.batch_alter_table("user") as batch:
        batch.drop_column("nickname")
'''
FAIL_HALF_WAY = REBUILD.replace("def downgrade", "    raise ValueError('half-way')\ndef downgrade")
LEAVE_ORPHANS = REBUILD.replace(
    "def downgrade", "    op.execute('DELETE FROM question_version')\ndef downgrade"
)


class History:
    """A database file and the means to move it through its history."""

    def __init__(self, folder: Path) -> None:
        self.versions = folder / "versions"
        self.versions.mkdir()
        self.engine = make_engine(f"sqlite:///{folder / 'history.db'}")
        self.config = Config()
        self.config.set_main_option("script_location", str(MIGRATIONS))
        self.config.set_main_option("path_separator", "newline")
        places = f"{MIGRATIONS / 'versions'}\n{self.versions}"
        self.config.set_main_option("version_locations", places)

    def add_step(self, script: str) -> None:
        """Let the history end with one more step, for this test only."""
        (self.versions / "added.py").write_text(script, encoding="utf-8")

    def shape(self) -> dict[str, list[str]]:
        with self.engine.connect() as connection:
            return shape(connection)

    def counts(self) -> dict[str, int]:
        """Return how many rows each table has, those without any left out."""
        with self.engine.connect() as connection:
            found = {
                name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()  # noqa: S608  # names of tables
                for name in Base.metadata.tables
            }
        return {name: count for name, count in found.items() if count}

    def upgrade(self, revision: str) -> None:
        if revision == "base":
            return
        with self.engine.connect() as self.config.attributes["connection"]:
            command.upgrade(self.config, revision)

    def downgrade(self, revision: str) -> None:
        with self.engine.connect() as self.config.attributes["connection"]:
            command.downgrade(self.config, revision)

    def fill(self) -> None:
        """Add rows to parents and to the children that point at them."""
        with Session(self.engine) as session:
            desk = Desk(session, factories.learner(session), factories.fact(session))
            desk.learn()
            session.commit()


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    history = History(tmp_path)
    yield history
    history.engine.dispose()


def shape(connection: Connection) -> dict[str, list[str]]:
    """Return every table and index as its lines, sorted: Alembic's own comparison skips checks."""
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql <> ''"))
    return {
        name: sorted(line.strip(" \t,") for line in sql.replace('"', "").splitlines())
        for name, sql in found
        if name != "alembic_version"
    }


def test_the_last_migration_matches_the_models(history: History) -> None:
    history.upgrade("head")
    fresh: Engine = make_engine("sqlite://")
    with fresh.connect() as connection:
        Base.metadata.create_all(connection)
        assert history.shape() == shape(connection)
    fresh.dispose()


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_each_migration_can_be_taken_back(history: History, before: str, after: str) -> None:
    history.upgrade(before)
    shape_before = history.shape()
    history.upgrade(after)
    assert history.shape() != shape_before
    history.downgrade(before)
    assert history.shape() == shape_before


def test_the_tables_take_rows_and_can_be_taken_back_with_them(history: History) -> None:
    history.upgrade("head")
    history.fill()
    history.downgrade("base")

    assert history.shape() == {}


def test_rebuilding_parents_keeps_their_children(history: History) -> None:
    history.upgrade("head")
    history.fill()
    before, shape_before = history.counts(), history.shape()
    assert before["review"] == 2
    history.add_step(REBUILD)
    history.upgrade("rebuild")
    assert (history.counts(), "nickname VARCHAR" in history.shape()["user"]) == (before, True)
    history.downgrade(HEAD)

    assert history.counts() == before
    assert history.shape() == shape_before


@pytest.mark.parametrize(
    ("script", "error"),
    [(FAIL_HALF_WAY, ValueError), (LEAVE_ORPHANS, RuntimeError)],
    ids=["fails half-way", "leaves rows that point nowhere"],
)
def test_a_step_that_fails_leaves_everything_as_it_was(
    history: History, script: str, error: type[Exception]
) -> None:
    history.upgrade("head")
    history.fill()
    before, shape_before = history.counts(), history.shape()
    history.add_step(script)

    with pytest.raises(error, match=r"half-way|point nowhere"):
        history.upgrade("rebuild")
    assert (history.counts(), history.shape()) == (before, shape_before)
    with history.engine.connect() as connection:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    assert revision == HEAD


def test_foreign_keys_are_on_again_after_a_step(history: History) -> None:
    with history.engine.connect() as connection:
        history.config.attributes["connection"] = connection
        command.upgrade(history.config, "head")
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            connection.execute(
                text("INSERT INTO theme (bank_id, text_id, title, position) VALUES (9, '', '', 1)")
            )


def test_a_migrated_database_schedules_as_a_fresh_one_does(history: History) -> None:
    history.upgrade("head")
    with Session(history.engine) as session:
        desk = Desk(session, factories.learner(session), factories.fact(session))
        desk.learn()
        desk.answer(at(2))

        assert desk.card.projection == desk.replayed()
