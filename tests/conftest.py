"""One app and one database for the run; each test starts from empty tables."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.app import create_app
from quizapp.db import db, sqlite
from quizapp.settings import Settings
from quizapp.web.limits import limiter


class Browser(FlaskClient):
    """Ends the test session's transaction first, so that each side sees what the other wrote."""

    session: Session

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        self.session.commit()
        return super().open(*args, **kwargs)


class FakeClock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock(app: Flask) -> FakeClock:
    clock = app.extensions["clock"] = FakeClock()
    return clock


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    file = tmp_path_factory.mktemp("database") / "test.db"
    settings = Settings(
        SECRET_KEY="test", SQLALCHEMY_DATABASE_URI=f"sqlite:///{file}", ARGON2_MEMORY_KIB=64
    )
    app = create_app(settings, FakeClock())
    app.testing = True
    app.test_client_class = Browser
    return app


@pytest.fixture(scope="session")
def engine(app: Flask) -> Engine:
    with app.app_context():
        db.create_all()
        return db.engine


@pytest.fixture(scope="session")
def empty_tables(engine: Engine) -> Any:
    """The tables without rows, made once; copying them takes a few milliseconds."""
    empty = sqlite.connect(":memory:", check_same_thread=False)
    with closing(engine.raw_connection()) as connection:
        connection.driver_connection.backup(empty)  # type: ignore[union-attr]  # SQLite's own
    return empty


@pytest.fixture
def session(engine: Engine, empty_tables: Any) -> Iterator[Session]:
    """A session on empty tables, outside any app context."""
    with closing(engine.raw_connection()) as connection:
        empty_tables.backup(connection.driver_connection)
    limiter.reset()
    with Session(engine) as session:
        yield session


@pytest.fixture
def client(app: Flask, session: Session, clock: FakeClock) -> FlaskClient:
    del clock  # each test begins at the same moment
    client = app.test_client()
    assert isinstance(client, Browser)
    client.session = session
    return client


@pytest.fixture
def count_queries(engine: Engine) -> Iterator[list[str]]:
    """The statements sent to the database while the test runs."""
    sent: list[str] = []

    def note(statement: str) -> None:
        words = " ".join(statement.split())
        is_own = words.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"))
        is_one_of_many = words.startswith("INSERT") and sent and sent[-1][:60] == words[:60]
        if not is_own and not is_one_of_many:
            sent.append(words)

    def watch(connection: Any, *_: object) -> None:
        connection.set_trace_callback(note)

    def look_away(connection: Any, *_: object) -> None:
        connection.set_trace_callback(None)

    event.listen(engine, "checkout", watch)
    event.listen(engine, "checkin", look_away)
    yield sent
    event.remove(engine, "checkout", watch)
    event.remove(engine, "checkin", look_away)
