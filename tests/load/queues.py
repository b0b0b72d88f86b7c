"""The next due card of a learner with very many, and Anki's queue for the same cards."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from anki.collection import Collection
from anki.decks import DeckId
from sqlalchemy import text
from sqlalchemy.orm import Session

from quizapp.db import make_engine
from quizapp.memory.learners import Learner, learner_by_id
from quizapp.memory.queue import EVERYTHING, SittingState, queue, upcoming
from quizapp.migrating import migrate
from tests import factories
from tests.load.measure import Row, ratio_row, seconds

MANY, FEW, OTHERS, DUE = 100_000, 100, 9, 60
ROUNDS, TIMES = 7, 20
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ADD_CARDS = text(
    """
    INSERT INTO card (learner_id, fact_id, state, stability_days, difficulty, due_on,
        last_review_on, introduced_on, lapses, next_day, reviews, suspended, revision)
    SELECT :learner_id, id, 'review', 20, 5,
        CASE WHEN id % :every = 0 THEN :today ELSE :later END, :before, :before, 0, 0, 5, 0, 5
    FROM fact WHERE id <= :count
    """
)
ADD_FACTS = text(
    """
    WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
    INSERT INTO fact (
        bank_id, theme_id, text_id, kind, statement, why, people, cites, see, position
    )
    SELECT f.bank_id, f.theme_id, 'copy-' || i, f.kind, f.statement, f.why, '[]', '[]', '[]', i
    FROM n, fact f WHERE f.id = 1
    """
)


def rows() -> list[Row]:
    """Measure both learners and Anki in turn."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        engine = make_engine(f"sqlite:///{base / 'app.db'}")
        migrate(engine)
        with Session(engine) as session:
            many, few = _learners(session)
            _make_collection(base / "anki.anki2")
            by_few, by_anki = [], []
            for _ in range(ROUNDS):
                ours = seconds(lambda: _next(session, many), TIMES)
                by_few.append(ours / seconds(lambda: _next(session, few), TIMES))
                by_anki.append(ours / _anki_seconds(base / "anki.anki2"))
        engine.dispose()
    workload = f"{MANY:,} cards among {MANY * (OTHERS + 1):,}, {DUE} of them due"
    return [
        ratio_row(
            name="next due card, many cards",
            workload=workload,
            figure="queue and choice of the next fact",
            against=f"the same with {FEW} cards",
            ratios=by_few,
            at_most=1.5,
        ),
        ratio_row(
            name="next due card, Anki",
            workload=workload,
            figure="queue and choice of the next fact",
            against="building Anki's queue for as many cards",
            ratios=by_anki,
            at_most=0.05,
        ),
    ]


def _learners(session: Session) -> tuple[Learner, Learner]:
    factories.fact(session)
    session.execute(ADD_FACTS, {"count": MANY})
    many = _learner(session, MANY, MANY // DUE)
    few = _learner(session, FEW, max(FEW // DUE, 1))
    for _ in range(OTHERS):
        _learner(session, MANY, MANY // DUE)
    session.commit()
    session.execute(text("ANALYZE"))
    return many, few


def _learner(session: Session, count: int, every: int) -> Learner:
    person = factories.user(session, new_per_day=0)
    today: date = NOW.date()
    values = {"today": today, "later": today + timedelta(9), "before": today - timedelta(20)}
    days = {name: day.isoformat() for name, day in values.items()}
    session.execute(ADD_CARDS, {"learner_id": person.id, "count": count, "every": every, **days})
    return learner_by_id(session, person.id)


def _next(session: Session, learner: Learner) -> None:
    state = SittingState(scope=EVERYTHING, started_at=NOW, facts_wanted=20, has_backlog=False)
    found = upcoming(queue(session, learner, state, NOW), state, tell_first=False)
    if found.fact_id is None:
        msg = "nothing was due"
        raise RuntimeError(msg)


def _make_collection(file: Path) -> None:
    """Make an Anki collection of as many cards, as many of them due."""
    collection = Collection(str(file))
    model = collection.models.by_name("Basic")
    if model is None or collection.db is None:
        msg = "this is no usual collection"
        raise RuntimeError(msg)
    note = collection.new_note(model)
    note["Front"] = "front"
    collection.add_note(note, DeckId(1))
    _multiply(collection, MANY)
    collection.close()


def _multiply(collection: Collection, count: int) -> None:
    """Copy the one note and its card, and make them review cards of which some are due today."""
    due, later = collection.sched.today, collection.sched.today + 9
    database = collection.db
    database.execute(
        f"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1})
        INSERT INTO notes SELECT x.id + i, x.guid || i, x.mid, x.mod, x.usn, x.tags, x.flds, x.sfld,
            x.csum, x.flags, x.data FROM n, (SELECT * FROM notes LIMIT 1) x
        """  # noqa: S608  # our own number
    )
    database.execute(
        f"""
        INSERT INTO cards SELECT y.id + x.id - m.id, x.id, y.did, y.ord, y.mod, y.usn, 2, 2,
            CASE WHEN (x.id - m.id) % {count // DUE} = 0 THEN {due} ELSE {later} END, 20, 2500, 5,
            0, 0, 0, 0, y.flags, y.data
        FROM notes x, (SELECT * FROM cards LIMIT 1) y, (SELECT min(id) AS id FROM notes) m
        WHERE x.id > m.id
        """  # noqa: S608  # our own numbers
    )


def _anki_seconds(file: Path) -> float:
    """Return how long Anki takes to build its queue, which it does once it is opened."""
    collection = Collection(str(file))
    begun = perf_counter()
    found = collection.sched.get_queued_cards(fetch_limit=1)
    taken = perf_counter() - begun
    collection.close()
    if not found.cards:
        msg = "Anki had nothing due"
        raise RuntimeError(msg)
    return taken
