"""Starting the app: from nothing, again, and where it cannot."""

import os
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click import ClickException
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from quizapp.app import create_app
from quizapp.banks.reading import QUESTIONS
from quizapp.cli import quizapp
from quizapp.db import db, make_engine
from quizapp.migrating import NewerDatabaseError, migrate
from quizapp.serving import prepare, prepare_command, serve
from quizapp.settings import ROOT, SettingError, Settings, secret_key, settings_from
from tests import factories
from tests.unit.bank_samples import changed

KEY = "test"
# Of no part of the series, so that it may be small and owes nothing to the published ids.
SMALL = changed(("part = 15\n", ""), ('id = "part-15"', 'id = "small-bank"'))
ADDRESS = "http://127.0.0.1:8000"


def app_with(database: Path | str, public_url: str = "") -> Flask:
    """Return an app on a database file, which need not exist."""
    address = database if isinstance(database, str) else f"sqlite:///{database}"
    return create_app(
        Settings(
            SECRET_KEY=KEY,
            SQLALCHEMY_DATABASE_URI=address,
            ARGON2_MEMORY_KIB=64,
            PUBLIC_URL=public_url,
        )
    )


@contextmanager
def closing_engine(app: Flask) -> Iterator[None]:
    """Close what an app opened, so that the next one finds the file alone."""
    try:
        yield
    finally:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "app.db"


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A folder with one small bank."""
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "bank.toml").write_text(SMALL, encoding="utf-8")
    return folder


def load(app: Flask, questions: Path) -> None:
    """Do what `quizapp prepare` does, with another folder of banks."""
    with closing_engine(app), app.app_context():
        prepare(questions, ADDRESS)


def refusal(app: Flask, questions: Path) -> str:
    """Return why the app cannot start, as the command ends with it."""
    with pytest.raises(ClickException) as refused:
        load(app, questions)
    assert refused.value.exit_code == 1
    return refused.value.message


def counts(database: Path) -> dict[str, int]:
    """Return how many rows each table has."""
    with closing(sqlite3.connect(database)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  # names of tables
            for (name,) in names.fetchall()
        }


def test_an_empty_folder_becomes_a_database_with_the_banks(database: Path) -> None:
    app = app_with(database, "https://learn.example.org")
    with closing_engine(app):
        first, second = (app.test_cli_runner().invoke(prepare_command) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert "The database is up to date." in first.output
    assert "Loaded part-15" in first.output
    assert "Become the administrator (works once): https://learn.example.org/link/" in first.output
    assert "Loaded" not in second.output
    assert "up to date" not in second.output
    found = counts(database)
    assert found["bank"] == len(list(QUESTIONS.glob("*.toml")))
    assert found["fact"] >= 70


def test_a_second_start_changes_no_bank(database: Path, questions: Path) -> None:
    load(app_with(database), questions)
    before = counts(database)
    assert before["fact"] == 2
    load(app_with(database), questions)
    assert counts(database) == before | {"one_time_link": counts(database)["one_time_link"]}


def test_with_an_administrator_no_link_is_printed(
    database: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(app_with(database), questions)
    assert f"{ADDRESS}/link/" in capsys.readouterr().out
    engine = make_engine(f"sqlite:///{database}")
    with Session(engine) as session:
        factories.user(session, is_administrator=True)
        session.commit()
    engine.dispose()
    load(app_with(database), questions)
    assert capsys.readouterr().out == ""


def test_a_newer_database_is_left_alone(database: Path, questions: Path) -> None:
    load(app_with(database), questions)
    engine = make_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of-tomorrow'"))
    engine.dispose()
    before = database.read_bytes()
    said = refusal(app_with(database), questions)
    assert "made by a newer version of this app (revision of-tomorrow)" in said
    assert "Nothing was changed" in said
    assert database.read_bytes() == before
    with pytest.raises(NewerDatabaseError):
        migrate(engine)
    engine.dispose()


def test_tables_are_made_once(database: Path) -> None:
    engine = make_engine(f"sqlite:///{database}")
    assert migrate(engine)
    assert "review" in inspect(engine).get_table_names()
    assert not migrate(engine)
    engine.dispose()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, questions: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    said = refusal(app_with(tmp_path / "file" / "app.db"), questions)
    assert "The database cannot be used (unable to open database file)." in said
    assert "check that its folder exists and can be written" in said
    assert (tmp_path / "file").read_text(encoding="utf-8") == "not a folder"


def test_a_command_ends_with_the_sentence_and_a_code(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    app = app_with(tmp_path / "file" / "app.db")
    result = app.test_cli_runner().invoke(prepare_command)
    assert result.exit_code == 1
    assert result.output.startswith("Error: The database cannot be used")


def test_a_database_that_cannot_be_written_is_told(database: Path, questions: Path) -> None:
    load(app_with(database), questions)
    before = counts(database)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    said = refusal(app_with(f"sqlite:///file:{database}?mode=ro&uri=true"), questions)
    assert "The database cannot be used (attempt to write a readonly database)." in said
    assert counts(database) == before


def test_a_file_that_is_no_database_is_told_and_left_alone(database: Path, questions: Path) -> None:
    database.write_bytes(b"a letter to my aunt\n" * 500)
    before = database.read_bytes()
    said = refusal(app_with(database), questions)
    assert "The database cannot be used (file is not a database)." in said
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        b"format = 1\n[bank\n",
        b"\xff\xfe\x00",
        b"",
        changed(("part = 15\n", ""), ('answer = "A military', 'wrong = "A')).encode(),
        changed(("part = 15\n", ""), ('"reed-arrives"', '"nobody"')).encode(),
    ],
    ids=["no TOML", "no text", "empty", "an unknown field", "an unknown fact"],
)
def test_a_damaged_bank_file_keeps_the_banks(
    database: Path, questions: Path, capsys: pytest.CaptureFixture[str], damage: bytes
) -> None:
    load(app_with(database), questions)
    before = counts(database)
    assert before["fact"] == 2
    (questions / "bank.toml").write_bytes(damage)
    capsys.readouterr()
    load(app_with(database), questions)
    said = capsys.readouterr()
    assert "ank" in said.err
    assert "Loaded" not in said.out
    after = counts(database)
    assert {name for name in before if after[name] != before[name]} <= {"one_time_link"}


def test_a_changed_bank_file_is_loaded_at_the_next_start(
    database: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(app_with(database), questions)
    file = questions / "bank.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("A bank", "A new title", 1), "utf-8")
    capsys.readouterr()
    load(app_with(database), questions)
    assert "Loaded small-bank." in capsys.readouterr().out


def test_without_a_folder_of_banks_the_old_ones_stay(
    database: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(app_with(database), questions)
    load(app_with(database), questions / "nowhere")
    assert "Banks were not loaded" in capsys.readouterr().err
    assert counts(database)["fact"] == 2


def test_a_port_in_use_is_told_before_anything_is_done(database: Path) -> None:
    app = app_with(database)
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = app.test_cli_runner().invoke(serve, ["--port", str(port)])
    assert result.exit_code == 1
    assert f"Port {port} cannot be used (Address already in use)." in result.output
    assert "make run PORT=" in result.output
    assert not database.exists()


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_a_port_is_a_number_that_ports_have(database: Path, port: str) -> None:
    result = app_with(database).test_cli_runner().invoke(serve, ["--port", port])
    assert result.exit_code == 2
    assert not database.exists()


def test_a_host_that_is_not_ours_is_told(database: Path) -> None:
    result = app_with(database).test_cli_runner().invoke(serve, ["--host", "192.0.2.1"])
    assert result.exit_code == 1
    assert "cannot be used" in result.output


def test_the_secret_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    instance = tmp_path / "new" / "instance"
    first = settings_from({}, instance)
    assert settings_from({}, instance).SECRET_KEY == first.SECRET_KEY
    assert len(first.SECRET_KEY) == 64
    assert stat.S_IMODE((instance / "secret_key").stat().st_mode) == 0o600
    assert secret_key(tmp_path / "other") != first.SECRET_KEY


def test_a_folder_for_the_key_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SettingError, match="cannot be written"):
        secret_key(tmp_path / "file" / "instance")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command `quizapp` as a shell does."""
    return subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", "from quizapp.cli import main; main()", *arguments],
        env=os.environ | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_setting_that_cannot_be_used_is_told_in_a_sentence() -> None:
    result = run("prepare", QUIZAPP_SECRET_KEY=KEY, QUIZAPP_FACTS_PER_SITTING="many")
    assert result.returncode == 1
    assert result.stderr == (
        "quizapp: QUIZAPP_FACTS_PER_SITTING is 'many', but must be a whole number.\n"
    )


def test_the_command_knows_what_it_can_do() -> None:
    assert {"banks", "check", "prepare", "serve", "users"} <= set(quizapp.commands)
