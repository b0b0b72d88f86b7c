"""The command `quizapp`: makes the app and runs one of its commands on it."""

import os
import sys

import click
from flask import Flask
from flask.cli import FlaskGroup

from quizapp.accounts.commands import users
from quizapp.app import create_app
from quizapp.banks.commands import banks
from quizapp.demo import demo
from quizapp.memory.commands import check
from quizapp.serving import prepare_command, serve
from quizapp.settings import SettingError, settings_from


def _make_app() -> Flask:
    return create_app(settings_from(os.environ))


@click.group(cls=FlaskGroup, create_app=_make_app, add_default_commands=False)
def quizapp() -> None:
    """Learn a subject together: quizzes and flashcards with spaced repetition."""


for _command in (banks, check, demo, prepare_command, serve, users):
    quizapp.add_command(_command)


def main() -> None:
    """Run a command; a setting that cannot be used is told in a sentence."""
    try:
        quizapp()
    except SettingError as error:
        sys.exit(f"quizapp: {error}")
