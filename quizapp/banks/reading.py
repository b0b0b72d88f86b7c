"""Bank files on disk: finding, reading and checking them. Needs no database."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from quizapp.banks.reversing import clash_findings
from quizapp.domain.bank_checks import check_bank
from quizapp.domain.bank_files import BankFile
from quizapp.domain.bank_problems import Lines, Problem, as_problems
from quizapp.domain.bank_reading import bank_lines, parse_bank
from quizapp.settings import ROOT

QUESTIONS = ROOT / "questions"  # the shipped banks
PUBLISHED = "published.txt"
LOADER = "1"  # raise it when the same file must be loaded anew

NOTHING_KNOWN: Mapping[str, str] = {}


class BankFileError(Exception):
    """A file or folder cannot be read or written; the message is a sentence that names it."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """One bank file: what it holds and what is wrong with it.

    `bank` is None when the file cannot be read, and when it was loaded before: then it has no
    problems.
    """

    path: Path
    content_hash: str = ""  # empty when the file cannot be read
    bank_id: str | None = None
    bank: BankFile | None = None
    lines: Lines = field(default_factory=Lines)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FolderReport:
    """Bank files that belong together, in the order of their names."""

    files: tuple[FileReport, ...]

    @property
    def problems(self) -> list[tuple[Path, Problem]]:
        """Return all problems with the files they are in."""
        return [(file.path, problem) for file in self.files for problem in file.problems]


def read_folder(
    folder: Path, article: str | None = None, *, known: Mapping[str, str] = NOTHING_KNOWN
) -> FolderReport:
    """Read and check every bank file of a folder; see `read_files`.

    Raises `BankFileError` when the folder or its list of published ids cannot be read. A
    folder without bank files gives a report without files.
    """
    return read_files(bank_paths(folder), article, known=known)


def read_files(
    paths: Iterable[Path],
    article: str | None = None,
    *,
    known: Mapping[str, str] = NOTHING_KNOWN,
) -> FolderReport:
    """Read and check bank files; with the text of an `article`, also for words borrowed from it.

    `known` has the content hashes of banks that are loaded, with their ids: files with such a
    content are neither parsed nor checked again.
    """
    reports = [read_file(path, article, known=known) for path in paths]
    return FolderReport(tuple(_with_clashes(reports)))


def bank_paths(folder: Path) -> list[Path]:
    """Return the bank files of a folder by name. Raises `BankFileError`."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        msg = f"The folder {folder} cannot be read ({error.strerror})."
        raise BankFileError(msg) from error


def read_file(
    path: Path, article: str | None = None, *, known: Mapping[str, str] = NOTHING_KNOWN
) -> FileReport:
    """Read and check one bank file; see `read_files`."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        problem = Problem(0, "the file", message, "Check its name and who may read it.")
        return FileReport(path, problems=(problem,))
    content_hash = hash_of(raw)
    if content_hash in known:
        return FileReport(path, content_hash, bank_id=known[content_hash])
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return FileReport(path, content_hash, problems=(_not_utf8(raw, error),))
    report = read_text(path, text, article, published=published_beside(path))
    return replace(report, content_hash=content_hash)


def read_text(
    path: Path,
    text: str,
    article: str | None = None,
    *,
    published: Sequence[str] = (),
    shipped: bool | None = None,
) -> FileReport:
    """Check the text of a bank file; `path` is for messages.

    Unless told, a bank counts as `shipped` when it is of a part of the series or lies with the
    shipped ones.
    """
    content_hash = hash_of(text.encode(errors="replace"))
    bank, broken = parse_bank(text)
    if bank is None:
        return FileReport(path, content_hash, problems=tuple(broken))
    lines = bank_lines(text)
    if shipped is None:
        shipped = bank.bank.part is not None or path.resolve().parent == QUESTIONS
    found = check_bank(bank, shipped=shipped, published=published, article=article, lines=lines)
    found += as_problems(clash_findings(bank), msgspec.to_builtins(bank), lines)
    problems = tuple(sorted(found, key=lambda problem: problem.line))
    return FileReport(path, content_hash, bank.bank.id, bank, lines, problems)


def hash_of(raw: bytes) -> str:
    """Return what is equal for files that the same loader would load alike."""
    return hashlib.sha256(LOADER.encode() + b"\n" + raw).hexdigest()


def text_of(path: Path) -> str:
    """Return the text of a file that is no bank. Raises `BankFileError`."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        msg = f"{path} cannot be read ({error.strerror})."
        raise BankFileError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path} is not UTF-8 text (byte {error.start}): save it again as UTF-8."
        raise BankFileError(msg) from error


def published_beside(path: Path) -> list[str]:
    """Return the published ids that a bank file must keep, as lines of `published.txt`.

    They stand beside the file, or else with the shipped banks. Raises `BankFileError`.
    """
    for folder in (path.parent, QUESTIONS):
        if (file := folder / PUBLISHED).exists():
            return text_of(file).splitlines()
    return []


def published_lines(bank: BankFile) -> Iterator[str]:
    """Return a bank's ids of facts and questions as lines of `published.txt`."""
    for fact in bank.fact:
        yield f"{bank.bank.id} {fact.id}"
        for question in fact.question:
            yield f"{bank.bank.id} {fact.id}/{question.id}"


def _not_utf8(raw: bytes, error: UnicodeDecodeError) -> Problem:
    line = raw.count(b"\n", 0, error.start) + 1
    return Problem(line, "the file", "not UTF-8 text", "Save the file again as UTF-8.")


def _with_clashes(reports: list[FileReport]) -> Iterator[FileReport]:
    """Return the files, with a problem added to each whose bank stands in an earlier one."""
    first: dict[str, Path] = {}
    for report in reports:
        if report.bank_id is None or report.bank_id not in first:
            first.setdefault(report.bank_id or "", report.path)
            yield report
            continue
        line = report.lines.at(("bank", "id"))
        message = f"the bank {report.bank_id} is also in {first[report.bank_id].name}"
        problem = Problem(line, "bank: id", message, "Take one of the files away.")
        yield replace(report, problems=(*report.problems, problem))
