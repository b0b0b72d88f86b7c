"""Starting the app: tables, banks, the first administrator's link, then the server."""

import socket
from contextlib import closing
from pathlib import Path

import click
import waitress
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DatabaseError, IntegrityError

from quizapp import clock
from quizapp.accounts.services import first_administrator_link
from quizapp.banks.loading import load_folder
from quizapp.banks.reading import QUESTIONS, BankFileError
from quizapp.db import begin_writing, db
from quizapp.migrating import NewerDatabaseError, migrate
from quizapp.settings import Settings

THREADS = 4


@click.command("serve")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="0.0.0.0 opens it to the room."
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@with_appcontext
def serve(host: str, port: int) -> None:
    """Prepare the database and the banks, and serve the app."""
    settings: Settings = current_app.extensions["settings"]
    refuse_port_in_use(host, port)
    address = settings.PUBLIC_URL or f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104  # said by whoever starts it
    prepare(QUESTIONS, address)
    click.echo(f"{settings.APP_NAME} is at {address}  (stop it with Ctrl+C)")
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # Flask's documented way to the app itself
    waitress.serve(app, host=host, port=port, threads=THREADS, ident=None)


@click.command("prepare")
@with_appcontext
def prepare_command() -> None:
    """Prepare the database and the banks, as `serve` does before it serves."""
    settings: Settings = current_app.extensions["settings"]
    prepare(QUESTIONS, settings.PUBLIC_URL)


def prepare(questions: Path, address: str | None) -> None:
    """Bring tables and banks up to date; print a link for the first administrator if there is none.

    Without an address there is no link.

    A bank file with a fault is told and leaves the banks as they were. Raises `ClickException`
    where the app cannot start, with the database as it was.
    """
    try:
        if migrate(db.engine):
            click.echo("The database is up to date.")
        load_banks(questions)
        if address is not None:
            print_administrator_link(address)
    except NewerDatabaseError as error:
        msg = (
            f"The database was made by a newer version of this app (revision {error}). "
            "Nothing was changed: start that version, or name another database."
        )
        raise click.ClickException(msg) from error
    except IntegrityError:
        raise  # a fault of the app, not of the file
    except DatabaseError as error:  # no file, not a database, or not to be written
        msg = (
            f"The database cannot be used ({error.orig}). Nothing in it was changed: check that "
            "its folder exists and can be written, and that the file is a database of this app."
        )
        raise click.ClickException(msg) from error


def load_banks(questions: Path) -> None:
    """Load the banks that have changed; tell of faults and keep the old ones."""
    session = db.session()
    begin_writing(session)
    try:
        report = load_folder(session, questions, now=clock.now())
    except BankFileError as error:
        session.rollback()
        click.echo(f"Banks were not loaded: {error}", err=True)
        return
    if report.is_refused:
        session.rollback()
        click.echo(
            "A bank file has a fault, so no bank was changed; `quizapp banks check` says more.",
            err=True,
        )
        return
    session.commit()
    for bank in report.loaded:
        click.echo(f"Loaded {bank.bank_id}.")


def print_administrator_link(address: str) -> None:
    """Print the one-time link that makes the administrator, while there is none."""
    session = db.session()
    begin_writing(session)
    token = first_administrator_link(session, clock.now())
    session.commit()
    if token is not None:
        click.echo(f"Become the administrator (works once): {address}/link/{token}")


def refuse_port_in_use(host: str, port: int) -> None:
    """Stop with a sentence if something else answers at the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            msg = (
                f"Port {port} cannot be used ({error.strerror}). "
                f"Try another one, for example: make run PORT={port % 65000 + 1}"
            )
            raise click.ClickException(msg) from error
