"""What is wrong with a bank file, and where: line, place in words, and what to do."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Where = tuple[str | int, ...]
"""The way to a value from the top of a file, such as `("fact", 3, "question", 1, "answer")`."""

TABLES = frozenset({"theme", "source", "further", "fact", "question"})

_TEXT_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
_NAMES = r"[\w-]+(?:\s*\.\s*[\w-]+)*"
_HEADER = re.compile(rf"\s*\[(\[)?\s*({_NAMES})\s*\]")
_KEY = re.compile(rf"\s*({_NAMES})\s*=")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, before it is known on which line of the file it stands."""

    where: Where
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Problem:
    """An error of a bank file.

    `line` counts from 1; 0 stands for the whole file. `place` names the table by its ids and
    the field, `message` says what is wrong and `remedy` what to do about it.
    """

    line: int
    place: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A likely flaw of a bank file, which its writer may keep. `kind` is for counting."""

    line: int
    place: str
    message: str
    remedy: str
    kind: str


@dataclass(frozen=True, slots=True)
class Lines:
    """On which line of a bank file its tables and fields begin."""

    starts: Mapping[Where, int] = field(default_factory=dict)

    def at(self, where: Where) -> int:
        """Return the line, from 1, of a value or of the nearest table around it; 0 if unknown."""
        for end in range(len(where), 0, -1):
            if where[:end] in self.starts:
                return self.starts[where[:end]]
        return 0


def line_index(text: str) -> Lines:
    """Return where the tables and fields of a TOML file begin. The file must be sound TOML."""
    starts: dict[Where, int] = {}
    lasts: dict[Where, int] = {}  # the number of the last table of each list of tables
    table: Where = ()
    depth = 0  # open brackets of a value that goes on over several lines
    for line, content in enumerate(_bare(text).split("\n"), start=1):
        if depth == 0 and (header := _HEADER.match(content)):
            table = _table(header[2], lasts, listed=header[1] is not None)
            starts.setdefault(table, line)
            continue
        if depth == 0 and (key := _KEY.match(content)):
            starts.setdefault((*table, *_names(key[1])), line)
        depth += sum(map(content.count, "[{")) - sum(map(content.count, "]}"))
    return Lines(starts)


def place_of(root: object, where: Where) -> str:
    """Return a place in words: `fact mrc-founded, question who-signs: distractors[1].text`.

    `root` is the file as plain dicts and lists, of whatever shape.
    """
    names: list[str] = []
    here: Any = root
    while len(where) > 1 and where[0] in TABLES and isinstance(where[1], int):
        here = _inside(_inside(here, where[0]), where[1])
        given = _inside(here, "id")
        called = given if isinstance(given, str) and given.isprintable() else None
        names.append(f"{where[0]} {called or f'number {where[1] + 1}'}")
        where = where[2:]
    if len(where) > 1 and where[0] == "bank":
        names, where = ["bank"], where[1:]
    fields = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
    return ": ".join(part for part in (", ".join(names), fields.lstrip(".")) if part) or "the file"


def as_problems(findings: Iterable[Finding], root: object, lines: Lines) -> list[Problem]:
    """Return findings with their lines and places, in the order of the file."""
    problems = [
        Problem(lines.at(one.where), place_of(root, one.where), one.message, one.remedy)
        for one in findings
    ]
    return sorted(problems, key=lambda problem: problem.line)


def _bare(text: str) -> str:
    """Return a TOML file with its texts emptied and its comments gone, on the same lines."""
    return _TEXT_OR_COMMENT.sub(lambda found: '""' + "\n" * found[0].count("\n"), text)


def _names(dotted: str) -> list[str]:
    return [name.strip() for name in dotted.split(".")]


def _table(dotted: str, lasts: dict[Where, int], *, listed: bool) -> Where:
    """Return the way to the table of a header; a listed one is the next of its list."""
    path: Where = ()
    names = _names(dotted)
    for name in names[:-1]:
        path = (*path, name)
        path = (*path, lasts[path]) if path in lasts else path
    path = (*path, names[-1])
    if listed:
        lasts[path] = lasts.get(path, -1) + 1
    return (*path, lasts[path]) if path in lasts else path


def _inside(value: Any, step: str | int) -> Any:
    """Return a part of a dict or list, or None if there is no such part."""
    try:
        return value[step]
    except (TypeError, LookupError):
        return None
