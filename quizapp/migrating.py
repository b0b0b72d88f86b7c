"""Bringing a database to the tables this version of the app has."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from quizapp.settings import ROOT

MIGRATIONS = ROOT / "migrations"


class NewerDatabaseError(Exception):
    """The database was made by a newer version of the app."""


def migrate(engine: Engine, migrations: Path = MIGRATIONS) -> bool:
    """Bring the database up to date; return whether anything was done.

    Raises `NewerDatabaseError` before touching a database that this version does not know.
    """
    config = Config()
    config.set_main_option("script_location", str(migrations))
    script = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == script.get_current_head():
        return False
    if current is not None and current not in {s.revision for s in script.walk_revisions()}:
        raise NewerDatabaseError(current)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True
