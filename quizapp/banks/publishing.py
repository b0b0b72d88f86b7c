"""The list of published ids: learners' memory hangs on them, so they may not vanish."""

from collections.abc import Iterable
from pathlib import Path

from quizapp.banks.reading import PUBLISHED, BankFileError, published_lines, text_of
from quizapp.domain.bank_files import BankFile


def publish_ids(folder: Path, banks: Iterable[BankFile]) -> tuple[int, int]:
    """Add the ids of banks to the list in a folder; return how many were added and are in all.

    Nothing is ever taken out; the list is kept sorted. Raises `BankFileError` when it cannot be
    read or written; what it held before is kept then.
    """
    file = folder / PUBLISHED
    before = {line for line in text_of(file).splitlines() if line} if file.exists() else set()
    after = before.union(*(published_lines(bank) for bank in banks))
    if after != before:
        _write_whole(file, "".join(f"{line}\n" for line in sorted(after)))
    return len(after) - len(before), len(after)


def _write_whole(file: Path, text: str) -> None:
    """Write a file so that it holds the old text or the new one, whatever happens."""
    new = file.with_suffix(".new")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(file)
    except OSError as error:
        msg = f"{file} cannot be written ({error.strerror})."
        raise BankFileError(msg) from error
