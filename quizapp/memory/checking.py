"""Checking the promise that every card says what the log says, and that the database is whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from math import isclose
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from quizapp.memory import queries
from quizapp.memory.projection import NOTHING, FuzzKey, Projection, projected
from quizapp.memory.services import replay
from quizapp.memory.statements import query

TOLERANCE = 1e-9  # relative; machines may differ in the last digits of a power
# SQLite's WAL-reset bug can damage the file; these releases mended it, 3.51.3 for all after it.
MENDED_IN = {(3, 44): 6, (3, 50): 7, (3, 51): 3}
MENDED_SINCE = (3, 51, 3)

LEARNERS = query('SELECT id, fuzz_seed FROM "user" ORDER BY id')
FACT_KEYS = query(
    "SELECT f.id, b.text_id AS bank_text_id, f.text_id FROM fact f JOIN bank b ON b.id = f.bank_id"
)


class Kind(StrEnum):
    """In which way a card is not what the log says."""

    DIFFERS = "differs"
    MISSING = "missing"  # the log has answers that count, but there is no card
    ORPHAN = "orphan"  # the card has a memory, but the log has no answers that count


@dataclass(frozen=True, slots=True)
class Difference:
    """A card that does not say what the log says; `what` names it in words."""

    learner_id: int
    fact_id: int
    kind: Kind
    what: str


@dataclass(slots=True, kw_only=True)
class CheckReport:
    """What was looked at and what was found; with `repaired`, the cards now follow the log."""

    learners: int = 0
    cards: int = 0
    reviews: int = 0  # those that count; voided ones and results not yet released do not
    wrong_cards: list[Difference] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)  # of the database; then nothing is replayed
    warnings: list[str] = field(default_factory=list)
    repaired: bool = False

    @property
    def is_fine(self) -> bool:
        """Whether nothing is wrong, or nothing any more."""
        return not self.damage and (self.repaired or not self.wrong_cards)

    def count(self, kind: Kind) -> int:
        """Return how many cards are wrong in one way."""
        return sum(card.kind is kind for card in self.wrong_cards)


def check_memory(session: Session, now: datetime, *, repair: bool) -> CheckReport:
    """Replay the whole log and compare every card with it; `repair` rebuilds those that differ.

    Memory is needed for one learner's cards at a time, however long the log is.
    """
    report = CheckReport(repaired=repair)
    if session.get_bind().dialect.name == "sqlite":
        _check_sqlite(session, report)
    if report.damage:
        return report
    fact_keys = {row.id: f"{row.bank_text_id}/{row.text_id}" for row in session.execute(FACT_KEYS)}
    for learner in session.execute(LEARNERS).all():
        wrong = list(_wrong_cards(session, learner, fact_keys, now, report))
        report.wrong_cards += wrong
        report.learners += 1
        for card in wrong if repair else ():
            replay(session, card.learner_id, card.fact_id, now)
    return report


def sqlite_warning(version: str) -> str | None:
    """Return what to do about a release of SQLite, such as "3.40.1", that can damage the file."""
    major, minor, patch = (int(part) for part in version.split(".")[:3])
    mended_in = MENDED_IN.get((major, minor))
    if (major, minor, patch) >= MENDED_SINCE or (mended_in is not None and patch >= mended_in):
        return None
    return (
        f"SQLite {version} has a bug that can damage a database in WAL mode: "
        "install the package pysqlite3, or a SQLite of 3.51.3, 3.50.7, 3.44.6 or later."
    )


def _wrong_cards(
    session: Session,
    learner: Row[Any],
    fact_keys: Mapping[int, str],
    now: datetime,
    report: CheckReport,
) -> Iterator[Difference]:
    """Yield the wrong cards of a learner, and count in the report what was looked at."""
    cards = queries.cards_of_learner(session, learner.id)
    report.cards += len(cards)
    rows = _counted(queries.reviews_of_learner(session, learner.id, now), report)
    for fact_id, answers in groupby(rows, key=lambda row: row.fact_id):
        key = FuzzKey(learner.fuzz_seed, fact_keys[fact_id])
        expected = projected(map(queries.logged_answer, answers), key)
        card = cards.pop(fact_id, None)
        if card is None and expected != NOTHING:
            yield Difference(learner.id, fact_id, Kind.MISSING, "has answers but no card")
        elif card is not None and (what := "; ".join(_differing(card.projection, expected))):
            yield Difference(learner.id, fact_id, Kind.DIFFERS, what)
    for fact_id, card in cards.items():
        if card.projection != NOTHING:
            yield Difference(learner.id, fact_id, Kind.ORPHAN, "has a memory but no answers")


def _counted(rows: Iterator[Row[Any]], report: CheckReport) -> Iterator[Row[Any]]:
    for row in rows:
        report.reviews += 1
        yield row


def _differing(found: Projection, expected: Projection) -> Iterator[str]:
    """Yield what a card says otherwise than the log, column by column."""
    right = queries.card_values(expected)
    for name, value in queries.card_values(found).items():
        if not _is_same(value, right[name]):
            yield f"{name} is {_shown(value)}, by the log {_shown(right[name])}"


def _is_same(first: object, second: object) -> bool:
    if isinstance(first, float) and isinstance(second, float):
        return isclose(first, second, rel_tol=TOLERANCE)
    return first == second


def _shown(value: object) -> str:
    return "not set" if value is None else str(value)


def _check_sqlite(session: Session, report: CheckReport) -> None:
    """Look for rows that point nowhere and for damage of the file, and at SQLite's release."""
    warning = sqlite_warning(session.execute(text("SELECT sqlite_version()")).scalar_one())
    if warning is not None:
        report.warnings.append(warning)
    try:
        report.damage += _damage(session)
    except DatabaseError as error:  # so damaged that SQLite cannot look
        report.damage.append(str(error.orig))


def _damage(session: Session) -> Iterator[str]:
    for (line,) in session.execute(text("PRAGMA quick_check")):
        if line != "ok":
            yield line
    for table, row_id, parent, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield f"{table}, row {row_id}: points at a row of {parent} that is missing"
