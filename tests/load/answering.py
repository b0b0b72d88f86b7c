"""Answers over HTTP, all included, against a bare view with one durable transaction."""

import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.app import create_app
from quizapp.db import make_engine
from quizapp.memory.learners import token_hash
from quizapp.migrating import migrate
from quizapp.models import Card, LogIn, Sitting
from quizapp.settings import Settings
from tests import factories
from tests.load.bare import make_tables
from tests.load.measure import Row, percentile, ratio_row

CONNECTIONS = 16
FACTS = 120  # due for each learner
ANSWERS = 15  # of each connection in a round
ALONE = 60  # answers of the learner who has the server to herself
ROUNDS = 5
SECRET = "bench"  # noqa: S105  # of a server that lives for the bench only


@dataclass
class Load:
    """What one round gave."""

    per_second: float
    p99_seconds: float


def rows() -> list[Row]:
    """Measure both servers in turn, round by round, and return the lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        engine = make_database(base / "app.db")
        make_tables(base / "bare.db")
        ours, bare, ours_alone, bare_alone = [], [], [], []
        with served_app(base / "app.db") as app_port, served_bare(base / "bare.db") as bare_port:
            first, *learners = [Learner(app_port, cookie) for cookie in log_in_all(engine)]
            lone, *counters = [Counter(bare_port, n) for n in range(1, CONNECTIONS + 2)]
            for _ in range(ROUNDS):
                bare_alone.append(loaded([lone.count], ALONE // ROUNDS))
                ours_alone.append(loaded([first.answer], ALONE // ROUNDS))
                bare.append(loaded([c.count for c in counters], ANSWERS))
                ours.append(loaded([learner.answer for learner in learners], ANSWERS))
        engine.dispose()
    together = f"{CONNECTIONS} connections, {ROUNDS} rounds of {CONNECTIONS * ANSWERS} answers"
    return [
        _answers_row("answers a second, one at a time", "one connection", ours_alone, bare_alone),
        _answers_row("answers a second, many at a time", together, ours, bare),
        ratio_row(
            name="slowest answers (p99)",
            workload=together,
            figure=f"{1000 * middle(ours, 'p99_seconds'):.1f} ms",
            against=f"a bare view, {1000 * middle(bare, 'p99_seconds'):.1f} ms",
            ratios=[a.p99_seconds / b.p99_seconds for a, b in zip(ours, bare, strict=True)],
            at_most=3,
        ),
    ]


def _answers_row(name: str, workload: str, ours: list[Load], bare: list[Load]) -> Row:
    return ratio_row(
        name=name,
        workload=f"{workload}, {FACTS} facts due; 0.5 is the aim, 0.35 must hold",
        figure=f"{middle(ours, 'per_second'):.0f} answers a second",
        against=f"a bare view, {middle(bare, 'per_second'):.0f} requests a second",
        ratios=[a.per_second / b.per_second for a, b in zip(ours, bare, strict=True)],
        at_least=0.35,
    )


def middle(loads: list[Load], name: str) -> float:
    """Return the middle of the rounds."""
    return percentile([getattr(load, name) for load in loads], 0.5)


class Learner:
    """A browser that answers what it is asked."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Cookie": f"session={cookie}", "X-Fragment": "1"}
        self.connection.request("GET", "/study", headers=self.headers)
        reply = self.connection.getresponse()
        self.page = reply.read().decode()
        if reply.status != 200:
            msg = f"{reply.status} for the first question: {self.page[:300]}"
            raise RuntimeError(msg)

    def answer(self) -> None:
        """Answer the question that the last reply brought."""
        page = self.page.partition('<template id="following">')[2] or self.page
        fields = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page))
        fields |= {"certainty": "sure", "option": "0", "text": "Committee"}
        headers = self.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", "/study/answer", urlencode(fields), headers)
        reply = self.connection.getresponse()
        self.page = reply.read().decode()
        if reply.status != 200 or 'id="following"' not in self.page:
            msg = f"{reply.status}: {self.page[:300]}"
            raise RuntimeError(msg)


class Counter:
    """A browser that posts to the bare view."""

    def __init__(self, port: int, number: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.body = urlencode({"number": number})

    def count(self) -> None:
        """Post once."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", "/count", self.body, headers)
        self.connection.getresponse().read()


def loaded(acts: list[Callable[[], None]], times: int) -> Load:
    """Let every connection do its act, one after the other, all at the same time."""
    waits: list[float] = []
    failures: list[BaseException] = []

    def work(act: Callable[[], None]) -> None:
        try:
            for _ in range(times):
                begun = time.perf_counter()
                act()
                waits.append(time.perf_counter() - begun)
        except BaseException as failure:  # told below, in the main thread
            failures.append(failure)

    threads = [Thread(target=work, args=(act,)) for act in acts]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return Load(len(waits) / (time.perf_counter() - begun), percentile(waits, 0.99))


def make_database(file: Path) -> Engine:
    """Make a bank and learners with cards that are due today."""
    engine = make_engine(f"sqlite:///{file}")
    migrate(engine)
    today = datetime.now(UTC).date()  # noqa: TID251  # the server under load has its own clock
    with Session(engine) as session:
        bank = factories.bank(session)
        facts = [factories.fact(session, bank).id for _ in range(FACTS)]
        for _ in range(CONNECTIONS + 1):
            person = factories.user(session, rollover_hour=0, reviews_per_day=FACTS)
            session.add_all(due_card(person.id, fact, today) for fact in facts)
        session.commit()
    return engine


def due_card(learner_id: int, fact_id: int, today: date) -> Card:
    """Return a remembered card that is due today."""
    return Card(
        learner_id=learner_id,
        fact_id=fact_id,
        state="review",
        stability_days=9.0,
        difficulty=5.0,
        due_on=today,
        last_review_on=today - timedelta(days=9),
        introduced_on=today - timedelta(days=20),
        lapses=0,
        next_day=False,
        reviews=3,
        suspended=False,
        revision=3,
    )


def log_in_all(engine: Engine) -> list[str]:
    """Begin a log-in and a sitting for every learner; return the cookies."""
    now = datetime.now(UTC)  # noqa: TID251  # the server under load has its own clock
    signer = SecureCookieSessionInterface().get_signing_serializer(_signing_app())
    if signer is None:
        msg = "no key to sign with"
        raise RuntimeError(msg)
    cookies = []
    with Session(engine) as session:
        for learner_id in range(1, CONNECTIONS + 2):
            token = f"bench-{learner_id}"
            session.add(
                LogIn(
                    token_hash=token_hash(token),
                    user_id=learner_id,
                    created_at=now,
                    expires_at=now + timedelta(days=1),
                    browser="bench",
                )
            )
            session.add(
                Sitting(
                    learner_id=learner_id,
                    started_at=now,
                    study_day=now.date(),
                    facts_wanted=FACTS,
                    has_backlog=False,
                )
            )
            cookies.append(
                signer.dumps({"_user_id": token, "_fresh": True, "csrf_token": "0" * 40})
            )
        session.commit()
    return [cookie if isinstance(cookie, str) else cookie.decode() for cookie in cookies]


def _signing_app() -> Flask:
    return create_app(Settings(SECRET_KEY=SECRET, SQLALCHEMY_DATABASE_URI="sqlite://"))


@contextmanager
def served_app(file: Path) -> Iterator[int]:
    """Serve the app on a free port, in a process of its own."""
    with served([sys.executable, "-m", "tests.load.serve", f"sqlite:///{file}", SECRET]) as port:
        yield port


@contextmanager
def served_bare(file: Path) -> Iterator[int]:
    """Serve the bare app on a free port, in a process of its own."""
    with served([sys.executable, "-m", "tests.load.bare", str(file)]) as port:
        yield port


@contextmanager
def served(command: list[str]) -> Iterator[int]:
    """Run a server, with a free port as its last argument, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    process = subprocess.Popen([*command, str(port)])  # noqa: S603  # our own modules
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Wait until something listens."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    msg = f"nothing listens at port {port}"
    raise RuntimeError(msg)
