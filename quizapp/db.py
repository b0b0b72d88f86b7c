"""The database: SQLite that keeps its word."""

from collections.abc import Mapping
from importlib import import_module
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, Pool

from quizapp.models import Base

try:
    sqlite = import_module("pysqlite3.dbapi2")  # a newer SQLite than most systems have
except ImportError:  # no wheel for this system
    sqlite = import_module("sqlite3")

BUSY_SECONDS = 15  # how long a writer waits for another before it gives up

_GATE = "write gate"
_gates: WeakKeyDictionary[Pool, Lock] = WeakKeyDictionary()

db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def engine_options(address: str | URL) -> Mapping[str, Any]:
    """Return the options that an engine for `address` needs."""
    if make_url(address).get_backend_name() != "sqlite":
        return {}
    return {"module": sqlite, "connect_args": {"timeout": BUSY_SECONDS}}


def make_engine(address: str | URL) -> Engine:
    """Return an engine like the app's own, for commands and tests that work outside it."""
    return create_engine(address, **engine_options(address))


def begin_writing(session: Session) -> None:
    """Begin a transaction that will write, after whatever went before has ended.

    On SQLite a transaction that reads first and writes later can fail or lose an update, so those
    that will write take the write lock at once.
    """
    if session.in_transaction():
        msg = "what went before must be committed or rolled back first"
        raise RuntimeError(msg)
    session.connection(execution_options={"writes": True})


@event.listens_for(Engine, "connect")
def _prepare(connection: DBAPIConnection, _record: object) -> None:
    if not isinstance(connection, sqlite.Connection):
        return
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    writes = connection.get_execution_options().get("writes", False)
    if writes:
        _enter_gate(connection)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _enter_gate(connection: Connection) -> None:
    """Let one writer of this process in at a time, until its connection goes back to the pool.

    SQLite lets writers wait by sleeping longer and longer, which is slow and unfair when many
    write; waiting at a lock is neither. One that waits too long goes on to SQLite's own lock.
    """
    if _GATE in connection.info:  # this connection is inside already
        return
    gate = _gates.setdefault(connection.engine.pool, Lock())
    if gate.acquire(timeout=BUSY_SECONDS):
        connection.info[_GATE] = gate


@event.listens_for(Pool, "checkin")
def _leave_gate(_connection: object, record: ConnectionPoolEntry) -> None:
    gate = record.info.pop(_GATE, None)
    if gate is not None:
        gate.release()
