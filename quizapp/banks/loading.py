"""Loading bank files into the tables: all of them or none, and nobody's memory is lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.banks.changes import Meaning, MeaningChange, meaning_change
from quizapp.banks.reading import FileReport, read_folder
from quizapp.banks.reversing import questions_to_ask
from quizapp.banks.storing import KeyChange, StoredBank, store_bank, stored_bank
from quizapp.domain.bank_files import BankFile
from quizapp.domain.bank_problems import Problem
from quizapp.memory.corrections import correct_key
from quizapp.models import Bank


@dataclass(frozen=True, slots=True)
class LoadedBank:
    """A bank that was loaded. `counts` has only what changed, such as "facts retired"."""

    bank_id: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What loading did, or why it did nothing.

    With `problems` or `refused` nothing was loaded. `confirmed` are changes in meaning that were
    let through. `key_changes` names the versions whose key changed, every version of such a
    question; their past answers are marked again, which changed `remarked` of them.
    """

    problems: tuple[tuple[Path, Problem], ...] = ()
    refused: tuple[MeaningChange, ...] = ()
    confirmed: tuple[MeaningChange, ...] = ()
    loaded: tuple[LoadedBank, ...] = ()
    unchanged: tuple[str, ...] = ()  # ids of banks
    key_changes: tuple[KeyChange, ...] = ()
    remarked: int = 0

    @property
    def is_refused(self) -> bool:
        """Whether nothing was loaded because something is wrong."""
        return bool(self.problems or self.refused)


def loaded_banks(session: Session) -> dict[str, str]:
    """Return the ids of the banks in use, by the hash of the file they were loaded from."""
    rows = session.execute(select(Bank.content_hash, Bank.text_id).where(Bank.retired_at.is_(None)))
    return dict(rows.all())


def load_folder(
    session: Session, folder: Path, *, now: datetime, same_meaning: Collection[str] = ()
) -> LoadReport:
    """Load the bank files of a folder; see `load_banks`.

    Files that were loaded before cost their hash. Others are parsed and checked, which can take
    seconds: a caller that has others waiting for the database reads first and loads then.
    Raises `BankFileError` of `banks.reading` when the folder cannot be read.
    """
    report = read_folder(folder, known=loaded_banks(session))
    return load_banks(session, report.files, now=now, same_meaning=same_meaning)


def load_banks(
    session: Session,
    files: Sequence[FileReport],
    *,
    now: datetime,
    same_meaning: Collection[str] = (),
) -> LoadReport:
    """Load all of these bank files, or none if anything is wrong with one of them.

    A file that was loaded before changes nothing. Banks without a file among these are left
    alone. A fact whose kind or date changed, or that keeps none of its accepted answers, is
    refused unless `same_meaning` has its id, written "part-15/mrc-founded": who learned the old
    fact would be taken to know the new one.
    """
    problems = tuple((file.path, problem) for file in files for problem in file.problems)
    if problems:
        return LoadReport(problems=problems)
    known = loaded_banks(session)
    changed = [
        _Changed(file.bank, file.content_hash, stored_bank(session, file.bank.bank.id))
        for file in files
        if file.bank is not None and file.content_hash not in known
    ]
    meanings = [one for bank in changed for one in _meaning_changes(bank)]
    if refused := tuple(one for one in meanings if one.name not in same_meaning):
        return LoadReport(refused=refused)
    done = [store_bank(session, one.stored, one.bank, one.content_hash, now) for one in changed]
    changed_ids = [one.bank.bank.id for one in changed]
    key_changes = tuple(key for changes in done for key in changes.key_changes)
    session.flush()
    remarked = sum(correct_key(session, key.version_id, key.question, now) for key in key_changes)
    return LoadReport(
        confirmed=tuple(meanings),
        loaded=tuple(
            LoadedBank(bank_id, dict(changes.counts))
            for bank_id, changes in zip(changed_ids, done, strict=True)
        ),
        unchanged=tuple(
            file.bank_id for file in files if file.bank_id and file.bank_id not in changed_ids
        ),
        key_changes=key_changes,
        remarked=remarked,
    )


@dataclass(frozen=True, slots=True)
class _Changed:
    """A bank whose file is not the one that it was loaded from."""

    bank: BankFile
    content_hash: str
    stored: StoredBank | None  # None: it was never loaded


def _meaning_changes(changed: _Changed) -> list[MeaningChange]:
    """Return the facts of a bank file that are in the tables with another meaning."""
    stored, bank = changed.stored, changed.bank
    if stored is None:
        return []
    changes = (
        meaning_change(
            f"{bank.bank.id}/{fact.id}",
            stored.meaning(stored.facts[fact.id]),
            Meaning(fact.kind, fact.date, fact.statement, questions_to_ask(fact)),
        )
        for fact in bank.fact
        if fact.id in stored.facts
    )
    return [change for change in changes if change is not None]
