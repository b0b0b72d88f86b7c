"""Reading a bank file: TOML checked against the types of `bank_files`, table by table."""

import math
import re
import tomllib
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Struct
from rapidfuzz import process

from quizapp.domain.bank_files import BankFile, Question
from quizapp.domain.bank_problems import Finding, Lines, Problem, Where, as_problems, line_index

MAX_WHOLE_NUMBER = 2**53  # above it, a number is not exact in JSON
DEEPEST = 8  # steps; no value of a bank lies deeper
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"

TYPES: dict[str, type[Struct]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(Question)
}

_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_AT_END = " (at end of document)"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_KINDS = {
    "str": "a text in quotes",
    "int": "a whole number",
    "float": "a number",
    "int | float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}


def parse_bank(text: str) -> tuple[BankFile | None, list[Problem]]:
    """Return the bank that a file holds, or None and everything that keeps it from being read.

    No text makes it raise. Problems come in the order of the file. What the bank says is not
    judged here: that is for `check_bank`.
    """
    try:
        text.encode()
        root = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        return None, [_broken(text, error)]
    found = [*_shape_findings(root, BankFile, ()), *_value_findings(root)]
    if found:
        return None, as_problems(found, root, line_index(text))
    return msgspec.convert(root, BankFile), []


def bank_lines(text: str) -> Lines:
    """Return on which lines the tables and fields of a file begin that `parse_bank` could read."""
    return line_index(text)


def bank_schema() -> dict[str, Any]:
    """Return the JSON Schema of a bank file, for editors."""
    return {"$schema": SCHEMA_DIALECT, **msgspec.json.schema(BankFile)}


def _broken(text: str, error: ValueError | RecursionError) -> Problem:
    """Return the problem of a file that is not TOML."""
    if isinstance(error, UnicodeEncodeError):
        line = text.count("\n", 0, error.start) + 1
        return Problem(line, "the file", "half a character", "Save the file again as UTF-8.")
    if isinstance(error, RecursionError):
        remedy = "A bank needs no more than a list of tables within a question."
        return Problem(0, "the file", "lists or tables nested too deeply", remedy)
    message = str(error)
    at_line = _AT_LINE.search(message)
    line = int(at_line[1]) if at_line else 0
    if message.endswith(_AT_END):
        line = text.count("\n") + 1
    message = _AT_LINE.sub("", message).removesuffix(_AT_END)
    remedy = "Mend the TOML there or just above: texts in quotes, every quote and bracket closed."
    return Problem(line, "the file", f"not TOML: {message}", remedy)


def _value_findings(root: dict[str, Any]) -> Iterator[Finding]:
    """Find values of the right type that can be neither stored nor shown."""
    waiting: list[tuple[Where, Any]] = [((), root)]
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, dict | list) and len(where) < DEEPEST:
            steps = value.items() if isinstance(value, dict) else enumerate(value)
            waiting.extend(((*where, step), inner) for step, inner in steps)
        elif isinstance(value, str):
            yield from _text_findings(where, value)
        elif isinstance(value, int | float):
            yield from _number_findings(where, value)


def _text_findings(where: Where, text: str) -> Iterator[Finding]:
    if _UNPRINTABLE.search(text):
        yield Finding(where, "a control character in the text", "Take it out.")
    elif text and not text.strip():
        yield Finding(where, "only white space", "Write the text, or leave the field out.")


def _number_findings(where: Where, number: float) -> Iterator[Finding]:
    if not math.isfinite(number) or abs(number) > MAX_WHOLE_NUMBER:
        yield Finding(where, "not a number that can be stored", f"Keep below {MAX_WHOLE_NUMBER}.")


def _shape_findings(value: Any, kind: Any, where: Where) -> Iterator[Finding]:
    """Find where a value is not of its type, as deep inside as can be told."""
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        inner = list(_inner_findings(value, _plain(kind), where))
        yield from inner or [_explained(str(error), kind, where)]


def _inner_findings(value: Any, kind: Any, where: Where) -> Iterator[Finding]:
    """Find what is wrong with the parts of a list or table."""
    if isinstance(value, list) and get_origin(kind) is list:
        for number, item in enumerate(value):
            yield from _shape_findings(item, get_args(kind)[0], (*where, number))
    elif isinstance(value, dict) and get_origin(kind) is dict:
        for name, item in value.items():
            yield from _shape_findings(item, get_args(kind)[1], (*where, name))
    elif isinstance(value, dict) and kind is Question:
        yield from _question_findings(value, where)
    elif isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, Struct):
        yield from _table_findings(value, kind, where)


def _question_findings(value: dict[str, Any], where: Where) -> Iterator[Finding]:
    given = value.get("type")
    if isinstance(given, str) and given in TYPES:
        yield from _table_findings(value, TYPES[given], where)
    else:
        message = "no type" if given is None else "no such type of question"
        yield Finding((*where, "type"), message, f"Use one of {_listed(TYPES)}.")


def _table_findings(value: dict[str, Any], kind: type[Struct], where: Where) -> Iterator[Finding]:
    fields = {one.encode_name: one for one in msgspec.structs.fields(kind)}
    known = {*fields, kind.__struct_config__.tag_field}
    for name in sorted(value.keys() - known):
        yield Finding(
            (*where, name), "no such field here", _other_field(name, fields.keys() - value)
        )
    for name, one in fields.items():
        if name in value:
            yield from _shape_findings(value[name], one.type, (*where, name))
        elif one.required:
            yield Finding((*where, name), "missing", f"Add `{name} = ...`.")


def _other_field(name: str, free: set[str]) -> str:
    """Return what to do about an unknown field: the free one it is most like, or none."""
    like = process.extractOne(name, sorted(free), score_cutoff=70)
    return f"Did you mean `{like[0]}`?" if like else "Take it out, or see `quizapp banks schema`."


def _plain(kind: Any) -> Any:
    """Return a type without its limits and without None."""
    if get_origin(kind) is Annotated:
        return _plain(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType} and kind is not Question:
        given = [one for one in get_args(kind) if one is not NoneType]
        return _plain(given[0]) if len(given) == 1 else kind
    return kind


def _explained(error: str, kind: Any, where: Where) -> Finding:
    """Return msgspec's message about one value in words for the writer of a bank."""
    if error.startswith("Invalid enum value"):
        return Finding(where, "not one of the values it can have", _choices(kind))
    if "matching regex" in error:
        return Finding(where, "not written as it must be", _pattern_remedy(where))
    if limit := re.match(r"Expected `(\w+)` (of length )?(.*\d.*)$", error):
        size = "length " if limit[2] else ""
        message = f"must be of {size}{limit[3]}" if size else f"must be {limit[3]}"
        return Finding(where, message, "Make it longer or shorter." if size else "Correct it.")
    return _wrong_type(error, where)


def _wrong_type(error: str, where: Where) -> Finding:
    wanted, _, given = error.removeprefix("Expected ").partition(", got ")
    wanted = wanted.strip("`").removesuffix(" | null")
    given = given.strip("`")
    if given.startswith(("date", "time")):
        return Finding(where, "a date or time without quotes", 'Put it in quotes: "1917-10-21".')
    message = f"{_KINDS.get(given, given)} where {_KINDS.get(wanted, wanted)} is expected"
    return Finding(where, message, f"Write {_KINDS.get(wanted, wanted)}.")


def _choices(kind: Any) -> str:
    plain = _plain(kind)
    return f"Use {_listed(get_args(plain))}." if get_origin(plain) is Literal else "Correct it."


def _listed(values: Any) -> str:
    return ", ".join(str(value) for value in values)


def _pattern_remedy(where: Where) -> str:
    if where[-1] in {"date", "span", "answer"}:
        return 'Write "1917-10-21", "1917-10" or "1917"; a stretch as "1917-10-11/1917-10-13".'
    return "Use small letters and digits with single hyphens between words: mrc-founded."
