"""A statement that goes to SQLite's driver means the same as through SQLAlchemy."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quizapp.memory.statements import Lean, change
from quizapp.models import Sitting
from tests import factories

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SITTINGS = Lean(
    """
    SELECT id, started_at, study_day, has_backlog, ended_at FROM sitting
    WHERE learner_id = :learner_id AND started_at >= :since ORDER BY id
    """
)
END = Lean("UPDATE sitting SET ended_at = :ended_at WHERE id = :id RETURNING id, ended_at")


@pytest.fixture
def sitting(session: Session) -> Sitting:
    row = Sitting(
        learner_id=factories.user(session).id,
        started_at=NOON,
        study_day=date(2026, 3, 2),
        facts_wanted=5,
        has_backlog=True,
    )
    session.add(row)
    session.flush()
    return row


def since(sitting: Sitting, moment: datetime) -> dict[str, Any]:
    return {"learner_id": sitting.learner_id, "since": moment}


def test_both_ways_read_the_same(session: Session, sitting: Sitting) -> None:
    values = since(sitting, NOON)
    lean = SITTINGS.one(session, values)
    ordinary = session.execute(SITTINGS.ordinary, values).one()
    assert tuple(lean) == tuple(ordinary)
    assert lean == (sitting.id, NOON, date(2026, 3, 2), True, None)
    assert lean.has_backlog is True


def test_a_moment_of_another_zone_is_the_same_moment(session: Session, sitting: Sitting) -> None:
    east = timezone(timedelta(hours=5))
    later = NOON + timedelta(microseconds=1)
    assert SITTINGS.first(session, since(sitting, NOON.astimezone(east)))
    assert SITTINGS.first(session, since(sitting, later.astimezone(east))) is None

    ended = END.one(session, {"id": sitting.id, "ended_at": NOON.astimezone(east)})

    assert ended.ended_at == NOON
    session.expire_all()
    assert sitting.ended_at == NOON


def test_a_moment_without_a_zone_is_refused(session: Session, sitting: Sitting) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        SITTINGS.all(session, since(sitting, NOON.replace(tzinfo=None)))


def test_it_belongs_to_the_transaction_of_the_session(session: Session, sitting: Sitting) -> None:
    session.commit()
    END.one(session, {"id": sitting.id, "ended_at": NOON})
    session.rollback()
    assert SITTINGS.one(session, since(sitting, NOON)).ended_at is None
    session.execute(change("DELETE FROM sitting"))
    assert SITTINGS.all(session, since(sitting, NOON)) == []
