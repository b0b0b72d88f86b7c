"""The SQL of the answer path: a few statements, prepared once, each served by an index."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Calendar, Demand, Question, question_from_json
from quizapp.domain.rating import Certainty, Rating
from quizapp.domain.scheduling import CardState, Schedule
from quizapp.memory.projection import FuzzKey, LoggedAnswer, Projection, rules_from_row
from quizapp.memory.statements import Lean, change, query

NEW = "new"

CARD_COLUMNS = """
    c.state, c.stability_days, c.difficulty, c.step, c.due_on, c.step_due_at, c.last_review_on,
    c.lapses, c.next_day, c.reviews, c.last_question_id, c.introduced_on,
    c.last_answered_at, c.suspended, c.set_aside_until, c.told_at, c.revision
"""

ASKED = Lean(
    f"""
    SELECT v.id AS version_id, v.content, q.id AS question_id, q.demand, q.retired_at,
        f.id AS fact_id, f.text_id, b.text_id AS bank_text_id, b.calendar, {CARD_COLUMNS},
        r.id AS review_id, d.study_day AS read_on, f.statement, f.why, f.cites, f.see, f.bank_id,
        b.part, b.title AS bank_title, t.title AS theme_title, n.text AS note
    FROM question_version v
    JOIN question q ON q.id = v.question_id
    JOIN fact f ON f.id = q.fact_id
    JOIN bank b ON b.id = f.bank_id
    JOIN theme t ON t.id = f.theme_id
    LEFT JOIN note n ON n.fact_id = f.id AND n.learner_id = :learner_id
    LEFT JOIN card c ON c.learner_id = :learner_id AND c.fact_id = f.id
    LEFT JOIN review r ON r.learner_id = :learner_id AND r.client_id = :client_id
    LEFT JOIN reading d
        ON d.learner_id = :learner_id AND d.fact_id = f.id AND d.study_day = :today
    WHERE v.id = :version_id
    """
)

LOG_COLUMNS = """
    r.id, r.fact_id, r.question_version_id, r.kind, r.answered, r.share, r.certainty, r.hint_used,
    r.rating, r.rated_by, r.answered_at, r.study_day, r.time_zone, r.milliseconds,
    r.recall_expected, r.due_on, r.affects_schedule, r.counts_from, r.rules_id, r.card_revision,
    r.client_id, q.id AS question_id, q.demand, u.desired_retention, u.learning_steps,
    u.relearning_steps, w.numbers
"""
LOG_JOINS = """
    JOIN question_version v ON v.id = r.question_version_id
    JOIN question q ON q.id = v.question_id
    JOIN rules u ON u.id = r.rules_id
    JOIN weights w ON w.id = u.weights_id
"""
COUNTED = "r.voided_at IS NULL AND (r.counts_from IS NULL OR r.counts_from <= :now)"

REVIEWS_OF_FACT = query(
    f"""
    SELECT {LOG_COLUMNS} FROM review r {LOG_JOINS}
    WHERE r.learner_id = :learner_id AND r.fact_id = :fact_id AND {COUNTED}
    ORDER BY r.study_day, r.answered_at, r.id
    """
)

REVIEWS_OF_LEARNER = query(
    f"""
    SELECT {LOG_COLUMNS} FROM review r {LOG_JOINS}
    WHERE r.learner_id = :learner_id AND {COUNTED}
    ORDER BY r.fact_id, r.study_day, r.answered_at, r.id
    """
)

REVIEW = query(
    f"""
    SELECT {LOG_COLUMNS}, r.voided_at IS NULL AS stands FROM review r {LOG_JOINS}
    WHERE r.learner_id = :learner_id AND r.id = :review_id
    """
)

REPLACED_REVIEW = query(
    f"""
    SELECT {LOG_COLUMNS} FROM review r {LOG_JOINS}
    WHERE r.learner_id = :learner_id AND r.fact_id = :fact_id AND r.replaced_by_id = :review_id
    """
)

REVIEWS_OF_VERSION = query(
    f"""
    SELECT r.learner_id, v.content, b.calendar, {LOG_COLUMNS} FROM review r {LOG_JOINS}
    JOIN fact f ON f.id = r.fact_id
    JOIN bank b ON b.id = f.bank_id
    WHERE r.question_version_id = :version_id AND r.rated_by = 'marking' AND r.voided_at IS NULL
    ORDER BY r.learner_id, r.study_day, r.answered_at, r.id
    """
)

FUZZ_KEY = query(
    """
    SELECT u.fuzz_seed, b.text_id AS bank_text_id, f.text_id
    FROM "user" u, fact f JOIN bank b ON b.id = f.bank_id
    WHERE u.id = :learner_id AND f.id = :fact_id
    """
)

CARD = query(
    f"SELECT {CARD_COLUMNS} FROM card c WHERE c.learner_id = :learner_id AND c.fact_id = :fact_id"
)

CARDS_OF_LEARNER = query(
    f"SELECT c.fact_id, {CARD_COLUMNS} FROM card c WHERE c.learner_id = :learner_id"
)

REVIEW_VALUES = (  # what a row is made of, but for its id and what is set when it is voided
    "fact_id",
    "question_version_id",
    "kind",
    "answered",
    "share",
    "certainty",
    "hint_used",
    "rating",
    "rated_by",
    "answered_at",
    "study_day",
    "time_zone",
    "milliseconds",
    "recall_expected",
    "due_on",
    "affects_schedule",
    "counts_from",
    "rules_id",
    "card_revision",
    "client_id",
)

ADD_REVIEW = Lean(
    """
    INSERT INTO review (
        learner_id, fact_id, question_version_id, kind, answered, share, certainty, hint_used,
        rating, rated_by, answered_at, study_day, time_zone, milliseconds, recall_expected, due_on,
        affects_schedule, counts_from, rules_id, card_revision, client_id
    ) VALUES (
        :learner_id, :fact_id, :question_version_id, :kind, :answered, :share, :certainty,
        :hint_used, :rating, :rated_by, :answered_at, :study_day, :time_zone, :milliseconds,
        :recall_expected, :due_on, :affects_schedule, :counts_from, :rules_id, :card_revision,
        :client_id
    ) RETURNING id
    """
)

VOID_REVIEW = change(
    """
    UPDATE review SET voided_at = :now, void_reason = :reason, replaced_by_id = :replaced_by_id
    WHERE id = :review_id AND learner_id = :learner_id AND voided_at IS NULL
    RETURNING id
    """
)

WRITE_CARD = Lean(
    """
    INSERT INTO card (
        learner_id, fact_id, state, stability_days, difficulty, step, due_on, step_due_at,
        last_review_on, lapses, next_day, reviews, last_question_id, introduced_on,
        last_answered_at, suspended, set_aside_until, revision
    ) VALUES (
        :learner_id, :fact_id, :state, :stability_days, :difficulty, :step, :due_on, :step_due_at,
        :last_review_on, :lapses, :next_day, :reviews, :last_question_id, :introduced_on,
        :last_answered_at, false, NULL, 1
    ) ON CONFLICT (learner_id, fact_id) DO UPDATE SET
        state = excluded.state, stability_days = excluded.stability_days,
        difficulty = excluded.difficulty, step = excluded.step, due_on = excluded.due_on,
        step_due_at = excluded.step_due_at, last_review_on = excluded.last_review_on,
        lapses = excluded.lapses, next_day = excluded.next_day, reviews = excluded.reviews,
        last_question_id = excluded.last_question_id, introduced_on = excluded.introduced_on,
        last_answered_at = excluded.last_answered_at, revision = card.revision + 1
    """
)

TELL = change(
    """
    INSERT INTO card (
        learner_id, fact_id, state, lapses, next_day, reviews, suspended, told_at, revision
    ) VALUES (:learner_id, :fact_id, 'new', 0, false, 0, false, :told_at, 1)
    ON CONFLICT (learner_id, fact_id) DO UPDATE SET
        told_at = excluded.told_at, revision = card.revision + 1
    """
)

FLAG_CARD = change(
    """
    INSERT INTO card (
        learner_id, fact_id, state, lapses, next_day, reviews, suspended, set_aside_until, revision
    ) VALUES (:learner_id, :fact_id, 'new', 0, false, 0, :suspended, :set_aside_until, 1)
    ON CONFLICT (learner_id, fact_id) DO UPDATE SET
        suspended = excluded.suspended, set_aside_until = excluded.set_aside_until,
        revision = card.revision + 1
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """A learner's card as the answer path needs it; a fact without one has `NO_CARD`."""

    projection: Projection
    suspended: bool
    set_aside_until: date | None
    revision: int


NO_CARD = CardRow(projection=Projection(), suspended=False, set_aside_until=None, revision=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it was shown to a learner, with the card it moves."""

    version_id: int
    question_id: int
    fact_id: int
    question: Question
    demand: Demand
    calendar: Calendar
    fuzz_key: FuzzKey
    card: CardRow
    review_id: int | None  # of the answer that came with the same client id before
    was_read_today: bool
    row: Any  # with what pages tell of the fact: statement, why, cites, part, theme, note


def asked(
    session: Session,
    learner_id: int,
    fuzz_seed: int,
    *,
    version_id: int,
    client_id: str,
    today: date,
) -> Asked | None:
    """Return what a form shows and answers, or None if there is no such question version."""
    values = {
        "learner_id": learner_id,
        "client_id": client_id,
        "version_id": version_id,
        "today": today,
    }
    row = ASKED.first(session, values)
    if row is None:
        return None
    return Asked(
        version_id=row.version_id,
        question_id=row.question_id,
        fact_id=row.fact_id,
        question=question_from_json(row.content),
        demand=Demand(row.demand),
        calendar=row.calendar,
        fuzz_key=FuzzKey(fuzz_seed, f"{row.bank_text_id}/{row.text_id}"),
        card=NO_CARD if row.revision is None else card_from_row(row),
        review_id=row.review_id,
        was_read_today=row.read_on is not None,
        row=row,
    )


def card_of(session: Session, learner_id: int, fact_id: int) -> CardRow:
    """Return a learner's card, or `NO_CARD`."""
    row = session.execute(CARD, {"learner_id": learner_id, "fact_id": fact_id}).one_or_none()
    return NO_CARD if row is None else card_from_row(row)


def cards_of_learner(session: Session, learner_id: int) -> dict[int, CardRow]:
    """Return every card of a learner by its fact."""
    rows = session.execute(CARDS_OF_LEARNER, {"learner_id": learner_id})
    return {row.fact_id: card_from_row(row) for row in rows}


def fuzz_key(session: Session, learner_id: int, fact_id: int) -> FuzzKey:
    """Return what seeds the fuzz of a learner's card."""
    row = session.execute(FUZZ_KEY, {"learner_id": learner_id, "fact_id": fact_id}).one()
    return FuzzKey(row.fuzz_seed, f"{row.bank_text_id}/{row.text_id}")


def reviews_of_fact(
    session: Session, learner_id: int, fact_id: int, now: datetime
) -> list[Row[Any]]:
    """Return the unvoided reviews of a fact that count by now, in the order of a replay."""
    values = {"learner_id": learner_id, "fact_id": fact_id, "now": now}
    return list(session.execute(REVIEWS_OF_FACT, values))


def reviews_of_learner(session: Session, learner_id: int, now: datetime) -> Iterator[Row[Any]]:
    """Return every unvoided review of a learner that counts by now, fact by fact."""
    return iter(session.execute(REVIEWS_OF_LEARNER, {"learner_id": learner_id, "now": now}))


def review(session: Session, learner_id: int, review_id: int) -> Row[Any] | None:
    """Return one row of a learner's log, voided or not."""
    values = {"learner_id": learner_id, "review_id": review_id}
    return session.execute(REVIEW, values).one_or_none()


def replaced_review(
    session: Session, learner_id: int, fact_id: int, review_id: int
) -> Row[Any] | None:
    """Return the row of a learner's log in whose place another stands, if it replaced any."""
    values = {"learner_id": learner_id, "fact_id": fact_id, "review_id": review_id}
    return session.execute(REPLACED_REVIEW, values).one_or_none()


def card_from_row(row: Any) -> CardRow:
    """Return the card in a row that has `CARD_COLUMNS`."""
    projection = Projection(
        schedule=None if row.state == NEW else _schedule(row),
        reviews=row.reviews,
        last_question_id=row.last_question_id,
        introduced_on=row.introduced_on,
        last_answered_at=row.last_answered_at,
    )
    return CardRow(
        projection=projection,
        suspended=row.suspended,
        set_aside_until=row.set_aside_until,
        revision=row.revision,
    )


def logged_answer(row: Row[Any]) -> LoggedAnswer:
    """Return what a replay needs of a row that has `LOG_COLUMNS`."""
    return LoggedAnswer(
        study_day=row.study_day,
        answered_at=row.answered_at,
        rating=Rating(row.rating),
        share=row.share,
        certainty=Certainty(row.certainty),
        question_id=row.question_id,
        demand=Demand(row.demand),
        affects_schedule=row.affects_schedule,
        rules=rules_from_row(
            row.numbers, row.desired_retention, row.learning_steps, row.relearning_steps
        ),
    )


def card_values(projection: Projection) -> dict[str, Any]:
    """Return a projection as the columns of a card."""
    schedule = projection.schedule
    values = dict.fromkeys(Schedule.__struct_fields__) | {"lapses": 0, "next_day": False}
    if schedule is not None:
        values = {name: getattr(schedule, name) for name in Schedule.__struct_fields__}
    return values | {
        "state": NEW if schedule is None else schedule.state.value,
        "reviews": projection.reviews,
        "last_question_id": projection.last_question_id,
        "introduced_on": projection.introduced_on,
        "last_answered_at": projection.last_answered_at,
    }


def _schedule(row: Any) -> Schedule:
    return Schedule(
        stability_days=row.stability_days,
        difficulty=row.difficulty,
        state=CardState(row.state),
        step=row.step,
        due_on=row.due_on,
        step_due_at=row.step_due_at,
        last_review_on=row.last_review_on,
        lapses=row.lapses,
        next_day=row.next_day,
    )
