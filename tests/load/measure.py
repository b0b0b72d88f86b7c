"""Figures as ratios within one run, since machines differ and other work goes on beside it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table."""

    name: str
    workload: str
    figure: str  # what was measured
    against: str  # what it was measured against
    ratio: float
    target: str
    holds: bool
    spread: str  # the lowest and the highest ratio of the rounds


def ratio_row(
    *,
    name: str,
    workload: str,
    figure: str,
    against: str,
    ratios: Sequence[float],
    at_least: float | None = None,
    at_most: float | None = None,
) -> Row:
    """Return a line for the middle of some rounds' ratios."""
    middle = median(ratios)
    return Row(
        name=name,
        workload=workload,
        figure=figure,
        against=against,
        ratio=round(middle, 4),
        target=f"at least {at_least}" if at_least is not None else f"at most {at_most}",
        holds=(at_least is None or middle >= at_least) and (at_most is None or middle <= at_most),
        spread=f"{min(ratios):.3g} to {max(ratios):.3g}",
    )


def seconds(act: Callable[[], object], times: int = 1) -> float:
    """Return how long doing a thing takes, on average."""
    start = perf_counter()
    for _ in range(times):
        act()
    return (perf_counter() - start) / times


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def print_table(rows: Sequence[Row]) -> None:
    """Print the lines, one under the other."""
    for row in rows:
        mark = "holds" if row.holds else "MISSED"
        print(f"{mark:7} {row.name}: {row.ratio:g} ({row.target}; rounds {row.spread})")  # noqa: T201  # what the command is for
        print(f"        {row.figure}\n        against {row.against}; {row.workload}")  # noqa: T201  # so is this


def write(rows: Sequence[Row], file: Path) -> None:
    """Keep the lines as JSON."""
    file.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")
