"""Runs the migrations, on a connection that is handed over or on the app's own database."""

import os
from typing import Any

import sqlalchemy as sa
from alembic import context
from sqlalchemy import Connection

from quizapp.db import make_engine
from quizapp.models import Base
from quizapp.models.base import UtcDateTime
from quizapp.settings import settings_from


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Write moments as plain `sa.DateTime()`, so that migrations import nothing from the app."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    return False


def run(connection: Connection) -> None:
    """Run in one transaction, with foreign keys off while tables are rebuilt on SQLite.

    Inside a transaction SQLite ignores the pragma, so it goes through the driver before one begins.
    """
    on_sqlite = connection.dialect.name == "sqlite"
    driver: Any = connection.connection.driver_connection
    if on_sqlite:
        driver.execute("PRAGMA foreign_keys = OFF")
    try:
        context.configure(
            connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render_item,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            if on_sqlite:
                refuse_orphans(connection)
    finally:
        connection.rollback()  # else the next line is ignored too
        if on_sqlite:
            driver.execute("PRAGMA foreign_keys = ON")


def refuse_orphans(connection: Connection) -> None:
    """Stop before anything is kept if rows would point nowhere."""
    orphans = connection.execute(sa.text("PRAGMA foreign_key_check")).all()
    if orphans:
        msg = f"rows that point nowhere: {orphans}"
        raise RuntimeError(msg)


handed = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
else:
    with make_engine(settings_from(os.environ).SQLALCHEMY_DATABASE_URI).connect() as own:
        run(own)
