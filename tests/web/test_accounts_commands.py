"""`quizapp users ...`, as at a shell."""

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.accounts import passwords
from quizapp.accounts.commands import link_address, users
from quizapp.models import OneTimeLink, User
from quizapp.settings import Settings
from tests import factories
from tests.web.test_accounts import MEMORY_KIB, enter


def run(app: Flask, session: Session, *words: str, typed: str = "") -> Result:
    session.commit()
    return app.test_cli_runner().invoke(users, words, input=typed)


def test_an_account_is_made_that_can_log_in(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    result = run(app, session, "create", "Ada", "--administrator", typed="a long river\n")
    assert result.exit_code == 0, result.output
    [user] = session.scalars(select(User))
    assert (user.log_in_name, user.display_name, user.is_administrator) == ("Ada", "Ada", True)
    phrase = result.output.strip().splitlines()[-1]
    assert passwords.check(user.recovery_hash, phrase, MEMORY_KIB).right
    assert "a long river" not in result.output
    assert enter(client, "ada", "a long river").status_code == 303


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("ada", "a long river", "Somebody has this log-in name already"),
        ("b", "a long river", "2 to 40 characters"),
        ("Bea", "short", "8 characters or more"),
        ("Bea", "", "8 characters or more"),
        ("Beatrice", "BEATRICE", "than your log-in name"),
    ],
)
def test_what_no_form_takes_no_command_takes(
    app: Flask, session: Session, name: str, password: str, said: str
) -> None:
    factories.user(session, log_in_name="Ada")
    result = run(app, session, "create", name, typed=password + "\n")
    assert result.exit_code == 1
    assert said in result.output
    assert len(session.scalars(select(User)).all()) == 1


def test_a_person_is_made_administrator(app: Flask, session: Session) -> None:
    user = factories.user(session, log_in_name="Ada")
    assert run(app, session, "promote", "ADA").exit_code == 0
    session.expire_all()
    assert user.is_administrator


def test_a_link_is_printed(app: Flask, client: FlaskClient, session: Session) -> None:
    factories.user(session, log_in_name="Ada")
    result = run(app, session, "reset-password", "ada")
    assert result.exit_code == 0
    [path] = [word for word in result.output.split() if word.startswith("/link/")]
    assert client.get(path).status_code == 200
    assert len(session.scalars(select(OneTimeLink)).all()) == 1


@pytest.mark.parametrize("command", ["promote", "reset-password"])
def test_nobody_by_that_name_is_said(app: Flask, session: Session, command: str) -> None:
    result = run(app, session, command, "nobody")
    assert result.exit_code == 1
    assert "There is no such person" in result.output


def test_people_are_listed(app: Flask, session: Session) -> None:
    factories.user(session, log_in_name="zoe")
    factories.user(session, log_in_name="Ada", is_administrator=True)
    lines = run(app, session, "list").output.splitlines()
    assert lines == ["Ada  Ada  2026-01-01  administrator", "zoe  Zoe  2026-01-01"]


def test_links_have_the_public_address_where_it_is_set() -> None:
    settings = Settings(SECRET_KEY="x", PUBLIC_URL="https://learn.example.org/")
    assert link_address(settings, "abc") == "https://learn.example.org/link/abc"
    assert link_address(Settings(SECRET_KEY="x"), "abc").startswith("/link/abc ")
