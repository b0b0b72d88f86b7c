"""Commands for people's accounts: `quizapp users ...`."""

import sys
from urllib.parse import quote

import click
from flask import current_app
from flask.cli import AppGroup

from quizapp import clock
from quizapp.accounts import passwords, queries, services
from quizapp.accounts.forms import SignUpForm
from quizapp.accounts.services import NewAccount
from quizapp.db import begin_writing, db
from quizapp.domain.errors import PersonNotFoundError, RuleError
from quizapp.models import User
from quizapp.settings import Settings
from quizapp.web.errors import sentence
from quizapp.web.forms import clean_text

users = AppGroup("users", help="Make, list and help people with accounts.")


@users.command("create")
@click.argument("name")
@click.option("--administrator", is_flag=True, help="Make the person an administrator.")
def create(name: str, *, administrator: bool) -> None:
    """Make an account named NAME; the password is asked, or read from the standard input."""
    form = _checked(name, _password())
    memory_kib = current_app.config["ARGON2_MEMORY_KIB"]
    phrase = passwords.new_phrase()
    account = NewAccount(
        log_in_name=form.log_in_name.data,
        display_name="",
        password_hash=passwords.hashed(form.password.data, memory_kib),
        recovery_hash=passwords.hashed(phrase, memory_kib),
    )
    session = db.session()
    begin_writing(session)
    try:
        person = services.sign_up(session, account, clock.now())
    except RuleError as error:
        raise click.ClickException(sentence(error)) from error
    if administrator:
        services.promote(session, person.id)
    session.commit()
    click.echo(f"{form.log_in_name.data} can log in now. Recovery phrase, shown only here:")
    click.echo(phrase)


@users.command("promote")
@click.argument("name")
def promote(name: str) -> None:
    """Make the person named NAME an administrator."""
    session = db.session()
    begin_writing(session)
    services.promote(session, _person(name).id)
    session.commit()
    click.echo(f"{name} is an administrator now.")


@users.command("reset-password")
@click.argument("name")
def reset_password(name: str) -> None:
    """Print a one-time link with which the person named NAME sets a new password."""
    session = db.session()
    begin_writing(session)
    token = services.password_link(
        session, _person(name).id, clock.now(), services.PASSWORD_LINK_LASTS
    )
    session.commit()
    click.echo("This link works once, for one day:")
    click.echo(link_address(current_app.extensions["settings"], token))


@users.command("list")
def list_people() -> None:
    """List all people: log-in name, name on pages, since when, and who is an administrator."""
    for person in queries.everyone(db.session()):
        mark = "  administrator" if person.is_administrator else ""
        since = f"{person.created_at:%Y-%m-%d}"
        click.echo(f"{person.log_in_name}  {person.display_name}  {since}{mark}")


def link_address(settings: Settings, token: str) -> str:
    """Return the address of a one-time link; without `PUBLIC_URL`, its path on the site."""
    path = f"/link/{quote(token)}"
    if settings.PUBLIC_URL:
        return settings.PUBLIC_URL.rstrip("/") + path
    return f"{path}  (put the address of the app in front; PUBLIC_URL is not set)"


def _checked(name: str, password: str) -> SignUpForm:
    """Return the form that a sign-up would send, checked like it."""
    with current_app.test_request_context():
        form = SignUpForm(
            formdata=None, data={"log_in_name": clean_text(name), "password": clean_text(password)}
        )
        if not form.validate():
            problems = [
                f"{form[field].label.text}: {said[0]}" for field, said in form.errors.items()
            ]
            raise click.ClickException(" ".join(problems))
    return form


def _person(name: str) -> User:
    found = queries.user_by_name(db.session(), clean_text(name) or "")
    if found is None:
        raise click.ClickException(sentence(PersonNotFoundError()))
    return found


def _password() -> str:
    """Return the password typed twice at a terminal, or the first line of the standard input."""
    if sys.stdin.isatty():
        entered: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return entered
    return sys.stdin.readline().rstrip("\r\n")
