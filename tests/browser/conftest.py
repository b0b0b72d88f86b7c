"""One browser for the run, one server for each module, new windows for each journey."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy.orm import Session

from quizapp.banks.loading import load_folder
from quizapp.banks.reading import QUESTIONS
from quizapp.db import make_engine, sqlite
from quizapp.migrating import migrate
from tests.browser.chromium import MISSING, chromium_path
from tests.browser.serving import FIRST_MOMENT, Server
from tests.browser.small_bank import SmallBank, add_small_bank
from tests.browser.steps import learner
from tests.browser.visiting import PATIENCE_MS, Visitors
from tests.factories import BEGINNING


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.fail(MISSING)
    is_root = os.geteuid() == 0  # Chromium's sandbox refuses to run as root
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if is_root else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as a fresh install has it, before its banks are loaded."""
    file = tmp_path_factory.mktemp("empty") / "quizapp.db"
    engine = make_engine(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def series_database(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the banks of the checkout."""
    file = tmp_path_factory.mktemp("series") / "quizapp.db"
    copy_database(empty_database, file)
    engine = make_engine(f"sqlite:///{file}")
    with Session(engine) as session:
        report = load_folder(session, QUESTIONS, now=BEGINNING)
        assert not report.is_refused
        session.commit()
    engine.dispose()
    return file


@pytest.fixture(scope="module")
def database(empty_database: Path) -> Path:
    """The database a module starts from; modules that need the series name another one."""
    return empty_database


@pytest.fixture(scope="module")
def server(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    file = tmp_path_factory.mktemp("served") / "quizapp.db"
    copy_database(database, file)
    with closing(Server(file)) as server:
        yield server


@pytest.fixture(scope="module")
def bank(server: Server) -> SmallBank:
    """One fact for each type of question, with answers that the journeys know."""
    with server.session() as session:
        bank = add_small_bank(session)
        session.commit()
    return bank


@pytest.fixture
def user_id(server: Server, bank: SmallBank) -> int:
    """Who has an account and knows nothing yet."""
    del bank  # is there before the learner begins
    return learner(server)


@pytest.fixture
def visitors(browser: Browser, server: Server) -> Iterator[Visitors]:
    server.clock.moment = FIRST_MOMENT
    with closing(Visitors(browser, server)) as visitors:
        yield visitors


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as it stands, with what is still in its log of writes."""
    with closing(sqlite.connect(source)) as old, closing(sqlite.connect(target)) as new:
        old.backup(new)
