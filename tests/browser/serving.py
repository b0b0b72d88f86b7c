"""The real app behind a real server, on a database of its own and a clock that tests move."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import waitress
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select
from sqlalchemy.orm import Session
from waitress import wasyncore

from quizapp.app import create_app
from quizapp.db import make_engine
from quizapp.memory.learners import token_hash
from quizapp.models import LogIn, Review
from quizapp.serving import THREADS
from quizapp.settings import Settings
from tests.conftest import FakeClock
from tests.factories import BEGINNING

FIRST_MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OFTEN = 100_000  # tries that no journey makes


class Server:
    """Serves the app from a database file until it is closed; it can go away and come back."""

    def __init__(self, file: Path) -> None:
        uri = f"sqlite:///{file}"
        self.clock = FakeClock()
        self.app = create_app(
            Settings(
                SECRET_KEY="test",
                SQLALCHEMY_DATABASE_URI=uri,
                ARGON2_MEMORY_KIB=64,
                LOG_INS_PER_MINUTE=OFTEN,
                SIGN_UPS_PER_HOUR=OFTEN,
                TRY_OUT_ANSWERS_PER_MINUTE=OFTEN,
            ),
            self.clock,
        )
        self.engine = make_engine(uri)
        self.port = 0  # any free one, and the same again after a stop
        self.start()

    @property
    def address(self) -> str:
        """Where the app is, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Begin to serve."""
        self._sockets: dict[int, Any] = {}
        self._stopping = Event()
        self._server = waitress.create_server(
            self.app, map=self._sockets, host="127.0.0.1", port=self.port, threads=THREADS
        )
        self.port = self._server.effective_port
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        """Go away: connections are closed and new ones refused."""
        self._stopping.set()
        self._server.pull_trigger()
        self._thread.join()

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        self.engine.dispose()

    def session(self) -> Session:
        """Return a session on the database that the app uses, outside the app."""
        return Session(self.engine, expire_on_commit=False)

    def cookie_of(self, user_id: int) -> Any:
        """Return the cookie of a new log-in, as Playwright takes it."""
        token = f"token-{user_id}"
        with self.session() as session:
            session.merge(
                LogIn(
                    token_hash=token_hash(token),
                    user_id=user_id,
                    created_at=BEGINNING,
                    expires_at=datetime(2036, 1, 1, tzinfo=UTC),
                    browser="A test",
                )
            )
            session.commit()
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signer is not None
        cookie = signer.dumps({"_user_id": token, "_fresh": True, "_permanent": True})
        return {"name": "session", "value": cookie, "url": self.address}

    def log_of(self, user_id: int) -> list[Review]:
        """Return the answers of a learner that stand, in their order."""
        with self.session() as session:
            mine = select(Review).where(Review.learner_id == user_id, Review.voided_at.is_(None))
            return list(session.scalars(mine.order_by(Review.id)))

    def _serve(self) -> None:
        while not self._stopping.is_set():
            wasyncore.loop(timeout=1, map=self._sockets, count=1)
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._sockets, ignore_all=True)
