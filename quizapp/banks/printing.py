"""How the commands about banks show what they found, as lines of text and as JSON."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from quizapp.banks.changes import MeaningChange
from quizapp.banks.loading import LoadReport
from quizapp.banks.reading import FileReport
from quizapp.domain.bank_files import BankFile
from quizapp.domain.bank_problems import Advice, Problem
from quizapp.domain.bank_stats import BankStats, bank_stats
from quizapp.domain.bank_warnings import bank_warnings
from quizapp.domain.guessing import Figure, longest_option, shared_words, within
from quizapp.domain.similar import most_similar


def counted(count: int, things: str) -> str:
    """Return a count with its noun, such as `2 facts added`; one of them is `1 fact added`."""
    noun, space, rest = things.partition(" ")
    return f"{count} {noun.removesuffix('s') if count == 1 else noun}{space}{rest}"


def problem_line(path: Path, problem: Problem | Advice) -> str:
    """Return `path:line: place: message. Remedy.`; a problem of the whole file is at line 1."""
    return f"{path}:{problem.line or 1}: {problem.place}: {problem.message}. {problem.remedy}"


def check_lines(file: FileReport) -> Iterator[str]:
    """Return the errors of a file, its warnings by kind, and what guessing gains in it."""
    for problem in file.problems:
        yield problem_line(file.path, problem)
    if file.bank is None:
        return
    by_kind = _by_kind(file.bank, file)
    count = sum(map(len, by_kind.values()))
    yield f"{file.bank_id}: {counted(len(file.problems), 'errors')}, {counted(count, 'warnings')}"
    for kind, warnings in by_kind.items():
        yield f"  {kind}: {len(warnings)}"
        yield from (f"    {problem_line(file.path, one)}" for one in warnings)
    yield f"  longest option: {_figure_text(longest_option(file.bank))}"
    yield f"  most words shared with the stem: {_figure_text(shared_words(file.bank))}"


def checked_as_json(file: FileReport) -> dict[str, Any]:
    """Return what `check_lines` tells, for other programs; shares are from 0 to 1."""
    found: dict[str, Any] = {
        "file": str(file.path),
        "bank": file.bank_id,
        "problems": msgspec.to_builtins(file.problems),
    }
    if file.bank is None:
        return found
    by_kind = _by_kind(file.bank, file)
    return found | {
        "warnings": msgspec.to_builtins([one for kind in by_kind.values() for one in kind]),
        "warning_counts": {kind: len(warnings) for kind, warnings in by_kind.items()},
        "longest_option": _figure_as_json(longest_option(file.bank)),
        "shared_words": _figure_as_json(shared_words(file.bank)),
    }


def load_lines(result: LoadReport) -> Iterator[str]:
    """Return what was loaded, bank by bank, and which answer keys changed."""
    for one in result.loaded:
        counts = ", ".join(counted(count, what) for what, count in one.counts.items())
        yield f"{one.bank_id}: loaded ({counts or 'no fact or question changed'})"
    yield from (f"{bank_id}: unchanged" for bank_id in result.unchanged)
    for name in sorted({change.name for change in result.key_changes}):
        yield f"{name}: the answer key changed"
    if result.remarked:
        yield f"{counted(result.remarked, 'past answers')} marked otherwise by a changed key"


def refusal_lines(refused: Iterable[MeaningChange]) -> Iterator[str]:
    """Return both texts of each fact that may mean something else, and what to do."""
    for change in refused:
        yield f"{change.name} may mean something else now: {'; '.join(change.reasons)}."
        yield f"  It was: {change.old_statement}"
        yield f"  It is:  {change.new_statement}"
        yield "  If it is another fact, give it another id. If who knows the one knows the other:"
        yield f"  --same-meaning {change.name}"


def stats_lines(stats: BankStats) -> Iterator[str]:
    """Return the counts of a bank."""
    yield f"{stats.bank}: {counted(stats.facts, 'facts')}, {counted(stats.questions, 'questions')}"
    tables = {
        "types": stats.by_type,
        "demands": stats.by_demand,
        "kinds": stats.by_kind,
        "themes": stats.by_theme,
    }
    for name, counts in tables.items():
        yield f"  {name}: {', '.join(f'{what} {count}' for what, count in counts.items())}"
    yield f"  paragraphs cited: {' '.join(map(str, stats.paragraphs)) or 'none'}"
    covered = sum(count > 0 for count in stats.by_outline.values())
    if stats.by_outline:
        yield f"  lines of the outline with facts: {covered} of {len(stats.by_outline)}"
    yield from (f"    none: {line}" for line, count in stats.by_outline.items() if not count)
    yield f"  facts on fewer than two independent sources: {stats.checked_once}"
    mean, longest = stats.words_per_stem, stats.longest_stem_words
    yield f"  words in a stem: {mean:.1f} on average, {longest} at most"


def report_lines(banks: Sequence[BankFile]) -> Iterator[str]:
    """Return all measures of banks: counts, what guessing gives, and prompts that are alike."""
    for bank in banks:
        yield from stats_lines(bank_stats(bank))
        yield f"  longest option: {_figure_text(longest_option(bank))}"
        yield f"  most words shared with the stem: {_figure_text(shared_words(bank))}"
    yield "most similar prompts of different banks:"
    pairs = most_similar(banks)
    for pair in pairs:
        yield f"  {pair.score:g}: {pair.first}"
        yield f"    {pair.second}"
    if not pairs:
        yield "  none"


def _by_kind(bank: BankFile, file: FileReport) -> dict[str, list[Advice]]:
    by_kind: dict[str, list[Advice]] = defaultdict(list)
    for warning in bank_warnings(bank, lines=file.lines):
        by_kind[warning.kind].append(warning)
    return dict(sorted(by_kind.items()))


def _figure_text(figure: Figure) -> str:
    if not figure.questions:
        return "no choice questions"
    far = "" if within(figure) else "; more than three points apart"
    questions = "choice question" if figure.questions == 1 else "choice questions"
    text = f"right in {figure.right_share:.1%} of {figure.questions} {questions}"
    return f"{text}, by chance in {figure.chance:.1%}{far}"


def _figure_as_json(figure: Figure) -> dict[str, Any]:
    shown: dict[str, Any] = msgspec.to_builtins(figure)
    return shown | {"within_aim": within(figure)}
