"""SQL text with typed parameters and columns: moments and study days go in and out as such."""

import re
from collections import namedtuple
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, TextClause, bindparam, column, text
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TextualSelect

from quizapp.models.base import UtcDateTime

MOMENTS = {
    "answered_at",
    "counts_from",
    "ended_at",
    "expires_at",
    "last_answered_at",
    "now",
    "revealed_at",
    "since",
    "started_at",
    "step_due_at",
    "told_at",
}
DAYS = {
    "due_on",
    "introduced_on",
    "last_review_on",
    "read_on",
    "set_aside_until",
    "study_day",
    "today",
    "until",
}
FLAGS = {"affects_schedule", "has_backlog", "hint_used", "next_day", "suspended"}
_PART = re.compile(r"\(|\)|,|\bFROM\b|[^(),\s]+")


def change(sql: str) -> TextClause:
    """Return a statement that writes; its parameters are typed by their names."""
    typed = [bindparam(name, type_=_type_of(name)) for name in _parameters(sql) if _type_of(name)]
    return text(sql).bindparams(*typed)


def query(sql: str) -> TextualSelect:
    """Return a statement that reads; its columns are typed by their names, like its parameters.

    The columns are told by their places, so that SQLAlchemy works out only once how to read them.
    """
    return change(sql).columns(*(column(name, _type_of(name)) for name in column_names(sql)))


class Lean:
    """A statement of the answer path, which goes to SQLite's driver without a detour.

    SQLAlchemy takes six times as long for a small statement as SQLite does, and an answer waits
    for eight of them. Elsewhere, and on other databases, the statement is an ordinary one.
    """

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self.ordinary = query(sql)
        names = column_names(sql)
        kinds = [(place, _kind_of(name)) for place, name in enumerate(names)]
        self.row: Any = namedtuple("Row", names)  # type: ignore[misc]  # its columns are in the SQL
        self.readers = [(place, _READERS[kind]) for place, kind in kinds if kind is not None]
        written = [(name, _kind_of(name)) for name in _parameters(sql)]
        self.writers = [(name, _WRITERS[kind]) for name, kind in written if kind in _WRITERS]

    def all(self, session: Session, values: dict[str, Any]) -> list[Any]:
        """Return the rows, with their columns as attributes."""
        driver = _sqlite_driver(session)
        if driver is None:
            return list(session.execute(self.ordinary, values))
        bound = dict(values)
        for name, write in self.writers:
            if bound[name] is not None:
                bound[name] = write(bound[name])
        return [self._read(row) for row in driver.execute(self.sql, bound).fetchall()]

    def first(self, session: Session, values: dict[str, Any]) -> Any | None:
        """Return the first row, or None if there is none."""
        rows = self.all(session, values)
        return rows[0] if rows else None

    def one(self, session: Session, values: dict[str, Any]) -> Any:
        """Return the row of a statement that gives one."""
        [row] = self.all(session, values)
        return row

    def _read(self, row: Sequence[Any]) -> Any:
        read = list(row)
        for place, reader in self.readers:
            if read[place] is not None:
                read[place] = reader(read[place])
        return self.row(*read)


def _sqlite_driver(session: Session) -> Any:
    """Return SQLite's own connection of a session's transaction; None on another database.

    It is looked up once in a transaction.
    """
    known = session.info.get("driver")
    if known is not None and known[0] is session.get_transaction():
        return known[1]
    connection = session.connection()
    on_sqlite = connection.dialect.name == "sqlite"
    driver = connection.connection.driver_connection if on_sqlite else None
    session.info["driver"] = (session.get_transaction(), driver)
    return driver


def _read_moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _write_moment(moment: datetime) -> str:
    """Return a moment as SQLAlchemy writes it."""
    if moment.tzinfo is None:
        msg = f"{moment!r} has no time zone"
        raise ValueError(msg)
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


_READERS: dict[str, Callable[[Any], Any]] = {
    "moment": _read_moment,
    "day": date.fromisoformat,
    "flag": bool,
}
_WRITERS: dict[str | None, Callable[[Any], Any]] = {"moment": _write_moment, "day": date.isoformat}


def column_names(sql: str) -> list[str]:
    """Return what the columns of the first SELECT, or after RETURNING, are called, in order."""
    if "RETURNING" in sql:
        return [name.strip() for name in sql.partition("RETURNING")[2].split(",")]
    if "SELECT" not in sql:
        return []
    names, last, depth = [], "", 0
    for part in _PART.findall(sql.partition("SELECT")[2]):
        depth += {"(": 1, ")": -1}.get(part, 0)
        if depth or part == ")":
            continue
        if part in {",", "FROM"}:
            names.append(last.rpartition(".")[2])
            if part == "FROM":
                return names
        last = part
    return [*names, last.rpartition(".")[2]]


def _parameters(sql: str) -> list[str]:
    return sorted(set(re.findall(r"(?<![:\w]):(\w+)", sql)))


def _kind_of(name: str) -> str | None:
    if name in MOMENTS:
        return "moment"
    if name in DAYS:
        return "day"
    return "flag" if name in FLAGS else None


def _type_of(name: str) -> Any:
    types = {"moment": UtcDateTime(), "day": Date(), "flag": Boolean()}
    return types.get(_kind_of(name) or "")
