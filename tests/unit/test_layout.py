"""The checkout holds together: lock files are portable, and the README tells of every setting."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from quizapp.settings import ROOT, Settings

LOCK_FILES = sorted(ROOT.glob("requirements*.lock"))
HEADING = re.compile(r"^#+\s+Configuration\s*$", re.MULTILINE)
FIRST_CELL = re.compile(r"^\|\s*`QUIZAPP_(\w+)`\s*\|", re.MULTILINE)


def configuration() -> str:
    """Return what the README says under "Configuration", up to the next heading."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    heading = HEADING.search(readme)
    assert heading, "README.md has no heading 'Configuration'"
    return re.split(r"^#", readme[heading.end() :], maxsplit=1, flags=re.MULTILINE)[0]


def test_there_are_lock_files() -> None:
    assert [file.name for file in LOCK_FILES] == [
        "requirements-bench.lock",
        "requirements-test.lock",
        "requirements.lock",
    ]


@pytest.mark.parametrize("file", LOCK_FILES, ids=lambda file: file.name)
def test_lock_files_name_no_address_and_hash_everything(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    packages = re.findall(r"^[\w.\[\]-]+==.*(?:\n .*)*", text, re.MULTILINE)

    assert "://" not in text
    assert packages
    assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_the_readme_lists_every_setting_once() -> None:
    listed = FIRST_CELL.findall(configuration())

    assert sorted(listed) == sorted(field.name for field in fields(Settings))
