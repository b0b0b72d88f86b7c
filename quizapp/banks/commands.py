"""The commands about banks: `quizapp banks check`, `load`, `report`, `publish` and so on."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec
from flask.cli import with_appcontext

from quizapp import clock
from quizapp.banks.loading import LoadReport, load_banks, loaded_banks
from quizapp.banks.printing import (
    check_lines,
    checked_as_json,
    counted,
    load_lines,
    problem_line,
    refusal_lines,
    report_lines,
    stats_lines,
)
from quizapp.banks.publishing import publish_ids
from quizapp.banks.reading import (
    QUESTIONS,
    BankFileError,
    FolderReport,
    bank_paths,
    read_files,
    read_folder,
    text_of,
)
from quizapp.db import begin_writing, db
from quizapp.domain.bank_reading import bank_schema
from quizapp.domain.bank_stats import bank_stats

FILES = click.argument("files", nargs=-1, type=click.Path(path_type=Path))
FOLDER = click.argument("folder", default=QUESTIONS, type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")


@click.group("banks")
def banks() -> None:
    """Check, load and publish question banks."""


@banks.command("check")
@FILES
@click.option(
    "--article",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The text of the article, of which no eight words in a row may be taken.",
)
@JSON
def check(files: tuple[Path, ...], article: Path | None, *, as_json: bool) -> None:
    """Check bank FILES, or folders of them, for errors and likely flaws.

    Without FILES, the shipped banks are checked. Fails if there is any error.
    """
    with _clear_errors():
        text = text_of(article) if article else None
        report = _read(files, text)
    if as_json:
        _echo_json([checked_as_json(file) for file in report.files])
    else:
        _echo_all(line for file in report.files for line in check_lines(file))
    _fail_on_problems(report)


@banks.command("load")
@FOLDER
@click.option(
    "--same-meaning",
    multiple=True,
    metavar="ID",
    help="A fact, as part-15/fact-id, that means the same although its file looks otherwise.",
)
@with_appcontext
def load(folder: Path, same_meaning: tuple[str, ...]) -> None:
    """Load the banks of FOLDER (the shipped ones unless told); change nothing if any is wrong.

    Learners keep what they know of each fact that keeps its id.
    """
    session = db.session()
    known = loaded_banks(session)
    session.rollback()  # checking takes a while, and must not hold up those who study
    with _clear_errors():
        report = read_folder(folder, known=known)
    _fail_without_files(report, folder)
    begin_writing(session)
    result = load_banks(session, report.files, now=clock.now(), same_meaning=same_meaning)
    _fail_when_refused(result)
    session.commit()
    _echo_all(load_lines(result))
    for name in sorted(set(same_meaning) - {change.name for change in result.confirmed}):
        click.echo(f"--same-meaning {name} was not needed.", err=True)


@banks.command("stats")
@FILES
@JSON
def stats(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Count what bank FILES, or folders of them, hold. Without FILES: the shipped banks."""
    with _clear_errors():
        report = _read(files)
    unread = FolderReport(tuple(file for file in report.files if file.bank is None))
    _echo_problems(unread)
    counts = [bank_stats(file.bank) for file in report.files if file.bank is not None]
    if as_json:
        _echo_json(counts)
    else:
        _echo_all(line for one in counts for line in stats_lines(one))
    _fail_on_problems(unread)


@banks.command("report")
@FILES
def report(files: tuple[Path, ...]) -> None:
    """Print all measures of bank FILES, or folders of them. Without FILES: the shipped banks."""
    with _clear_errors():
        read = _read(files)
    unread = FolderReport(tuple(file for file in read.files if file.bank is None))
    _echo_problems(unread)
    _echo_all(report_lines([file.bank for file in read.files if file.bank is not None]))
    _fail_on_problems(unread)


@banks.command("schema")
def schema() -> None:
    """Print the JSON Schema of bank files, for editors."""
    _echo_json(bank_schema())


@banks.command("publish")
@FOLDER
def publish(folder: Path) -> None:
    """Write down the ids of all facts and questions in FOLDER, which from now on must stay."""
    with _clear_errors():
        report = read_folder(folder)
        _fail_without_files(report, folder)
        _echo_problems(report)
        _fail_on_problems(report)
        added, total = publish_ids(folder, [file.bank for file in report.files if file.bank])
    click.echo(f"{counted(added, 'ids')} added, {total} in all.")


@contextmanager
def _clear_errors() -> Iterator[None]:
    """Show what cannot be read or written as a sentence."""
    try:
        yield
    except BankFileError as error:
        raise click.ClickException(str(error)) from error


def _read(files: Iterable[Path], article: str | None = None) -> FolderReport:
    """Read files, and those in folders; without any, the shipped banks."""
    given = list(files) or [QUESTIONS]
    paths = [path for one in given for path in (bank_paths(one) if one.is_dir() else [one])]
    report = read_files(paths, article)
    _fail_without_files(report, given[0])
    return report


def _fail_without_files(report: FolderReport, folder: Path) -> None:
    if not report.files:
        msg = f"There are no bank files (*.toml) in {folder}."
        raise click.ClickException(msg)


def _fail_on_problems(report: FolderReport) -> None:
    if report.problems:
        broken = sum(bool(file.problems) for file in report.files)
        errors, files = len(report.problems), len(report.files)
        msg = f"{counted(errors, 'errors')} in {broken} of {counted(files, 'files')}."
        raise click.ClickException(msg)


def _fail_when_refused(result: LoadReport) -> None:
    for path, problem in result.problems:
        click.echo(problem_line(path, problem), err=True)
    if result.problems:
        msg = f"{counted(len(result.problems), 'errors')}; nothing was loaded."
        raise click.ClickException(msg)
    for line in refusal_lines(result.refused):
        click.echo(line, err=True)
    if result.refused:
        facts = counted(len(result.refused), "facts")
        msg = f"{facts} may mean something else now; nothing was loaded."
        raise click.ClickException(msg)


def _echo_problems(report: FolderReport) -> None:
    for path, problem in report.problems:
        click.echo(problem_line(path, problem), err=True)


def _echo_all(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _echo_json(value: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))
