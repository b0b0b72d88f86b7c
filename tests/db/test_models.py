"""The tables hold what must hold, whoever writes to them."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from quizapp.models import Rules, User
from tests import factories
from tests.db.answering import Desk, at


@pytest.fixture
def desk(session: Session) -> Desk:
    """A learner who left the steps of a fact, so that there are reviews and a card."""
    desk = Desk(session, factories.learner(session), factories.fact(session))
    desk.learn()
    return desk


def test_a_moment_without_a_time_zone_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="has no time zone"):
        factories.user(session, created_at=datetime(2026, 3, 2, 9))  # noqa: DTZ001  # the point


def test_a_moment_is_stored_in_utc_and_comes_back_aware(session: Session) -> None:
    in_berlin = datetime(2026, 3, 2, 10, tzinfo=timezone(timedelta(hours=1)))
    user = factories.user(session, created_at=in_berlin)
    session.expire(user)

    assert user.created_at == in_berlin
    assert user.created_at.tzinfo is UTC
    stored = session.execute(text('SELECT created_at FROM "user"')).scalar_one()
    assert stored == "2026-03-02 09:00:00.000000"


def test_no_moment_stays_none(session: Session) -> None:
    assert factories.bank(session).retired_at is None


@pytest.mark.parametrize(
    ("table", "change", "constraint"),
    [
        ("card", "stability_days = 0", "stability_positive"),
        ("card", "difficulty = 10.5", "difficulty_in_range"),
        ("card", "state = 'strong'", "state_known"),
        ("card", "stability_days = NULL", "new_has_no_memory"),
        ("card", "state = 'new'", "new_"),
        ("card", "due_on = NULL", "new_is_not_due"),
        ("card", "step = 0", "step_has_its_moment"),
        ("card", "step_due_at = '2026-03-02 09:00:00'", "step_has_its_moment"),
        ("card", "revision = NULL", "card.revision"),
        ("card", "fact_id = 999", "FOREIGN KEY"),
        ("review", "share = 1.01", "share_in_range"),
        ("review", "share = -0.01", "share_in_range"),
        ("review", "rating = 0", "rating_known"),
        ("review", "rating = 5", "rating_known"),
        ("review", "certainty = 'maybe'", "certainty_known"),
        ("review", "rated_by = 'leader'", "rated_by_known"),
        ("review", "kind = 'exam'", "kind_known"),
        ("review", "voided_at = '2026-03-02 09:00:00'", "void_has_its_reason"),
        ("review", "void_reason = 'undone'", "void_has_its_reason"),
        ("review", "client_id = 'twice'", "client_id"),
        ("review", "replaced_by_id = 999", "FOREIGN KEY"),
        ("review", "rules_id = 999", "FOREIGN KEY"),
        ("review", "question_version_id = 999", "FOREIGN KEY"),
        ("rules", "desired_retention = 0.69", "retention_in_range"),
        ("rules", "desired_retention = 0.98", "retention_in_range"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_what_cannot_be_is_refused(
    session: Session, table: str, change: str, constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(f"UPDATE {table} SET {change}"))  # noqa: S608  # from the list above


def test_the_log_takes_a_client_id_once_for_each_learner(session: Session, desk: Desk) -> None:
    fellow = Desk(session, factories.learner(session), factories.fact(session))
    fellow.answer(at(0), client_id="same")
    desk.answer(at(1), client_id="same")

    with pytest.raises(IntegrityError, match=r"review\.learner_id, review\.client_id"):
        session.execute(text("UPDATE review SET client_id = 'same'"))


def test_a_learner_has_one_row_of_rules_that_is_current(session: Session, desk: Desk) -> None:
    first = session.scalars(select(Rules).where(Rules.id == desk.learner.rules_id)).one()
    values: dict[str, Any] = {
        "learner_id": first.learner_id,
        "weights_id": first.weights_id,
        "desired_retention": 0.8,
        "learning_steps": "",
        "relearning_steps": "",
        "made_at": at(0),
    }
    session.add(Rules(**values, is_current=False))
    session.add(Rules(**values, is_current=False))
    session.flush()
    session.add(Rules(**values, is_current=True))

    with pytest.raises(IntegrityError, match=r"rules\.learner_id"):
        session.flush()


def test_what_belongs_to_a_learner_goes_with_the_learner(session: Session, desk: Desk) -> None:
    fellow = Desk(session, factories.learner(session), factories.fact(session))
    fellow.answer(at(0))
    session.delete(session.get_one(User, desk.learner.id))
    session.flush()

    assert desk.log() == []
    for table in ("card", "review", "rules"):
        left = session.execute(text(f"SELECT DISTINCT learner_id FROM {table}"))  # noqa: S608  # from the line above
        assert left.scalars().all() == [fellow.learner.id]


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (
            (
                "SELECT fact_id FROM card WHERE learner_id = 1 AND due_on <= '2026-03-02' "
                "AND NOT suspended ORDER BY due_on, fact_id LIMIT 1"
            ),
            "ix_card_queue",
        ),
        (
            (
                "SELECT fact_id FROM card WHERE learner_id = 1 AND step_due_at IS NOT NULL "
                "ORDER BY step_due_at"
            ),
            "ix_card_in_steps",
        ),
        ("SELECT id FROM review WHERE learner_id = 1 AND fact_id = 2", "ix_review_"),
        ("SELECT id FROM review WHERE learner_id = 1 AND study_day = '2026-03-02'", "study_day"),
        ("SELECT id FROM review WHERE question_version_id = 3", "question_version_id"),
    ],
)
def test_what_is_asked_often_has_its_index(session: Session, statement: str, index: str) -> None:
    [plan] = session.execute(text(f"EXPLAIN QUERY PLAN {statement}")).all()

    assert "SEARCH" in plan.detail
    assert index in plan.detail
