"""How long the shipped banks take to be loaded, loaded again, and checked."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.banks.loading import load_folder
from quizapp.banks.printing import check_lines
from quizapp.banks.reading import QUESTIONS, read_folder
from quizapp.db import make_engine
from quizapp.migrating import migrate
from tests.load.measure import Row, ratio_row, seconds

ROUNDS = 3
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def rows() -> list[Row]:
    """Measure each against the seconds it may take."""
    first, again, checked = [], [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            engine = make_engine(f"sqlite:///{Path(folder) / 'app.db'}")
            migrate(engine)
            first.append(seconds(lambda: _load(engine)))  # noqa: B023  # called at once
            again.append(seconds(lambda: _load(engine)))  # noqa: B023  # so is this
            engine.dispose()
        checked.append(seconds(_check))
    return [
        _row("loading all banks", "into an empty database", first, 5),
        _row("loading all banks again", "unchanged", again, 1),
        _row("checking all banks", "errors, warnings and figures", checked, 10),
    ]


def _row(name: str, workload: str, taken: list[float], allowed_seconds: float) -> Row:
    return ratio_row(
        name=name,
        workload=workload,
        figure=f"{sorted(taken)[len(taken) // 2]:.2f} s",
        against=f"the {allowed_seconds} s it may take",
        ratios=[one / allowed_seconds for one in taken],
        at_most=1,
    )


def _load(engine: Engine) -> None:
    with Session(engine) as session:
        load_folder(session, QUESTIONS, now=NOW)
        session.commit()


def _check() -> None:
    for file in read_folder(QUESTIONS).files:
        list(check_lines(file))
