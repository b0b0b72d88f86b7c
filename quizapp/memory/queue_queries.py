"""The SQL of the queue: index range scans that do not grow with what a learner knows."""

from datetime import date
from typing import Any

from sqlalchemy.sql.selectable import TextualSelect

from quizapp.domain.selection import SHUFFLE_PRIME, SHUFFLE_SPREAD
from quizapp.memory.statements import Lean, change, query

LOOKED_AT = 5  # due cards that are read, of those that are counted
NEW_PASSED_OVER = 100  # new facts looked at beyond those wanted, to pass over those kept apart

# What keeps a fact from being asked on a study day: it was read that day, or one that it is kept
# apart from was asked. Both are looked up once for a statement, not for each of its rows.
_READ = "SELECT d.fact_id FROM reading d WHERE d.learner_id = :learner_id AND d.study_day = :today"
_FREE = f"""
    f.id NOT IN ({_READ}) AND f.id NOT IN (
        SELECT a.other_id FROM review r JOIN fact_apart a ON a.fact_id = r.fact_id
        WHERE r.learner_id = :learner_id AND r.study_day = :today AND r.voided_at IS NULL
    )
"""
_IN_SCOPE = """
    f.retired_at IS NULL
    AND (:bank_id IS NULL OR f.bank_id = :bank_id)
    AND (:theme_id IS NULL OR f.theme_id = :theme_id)
    AND f.bank_id NOT IN (SELECT p.bank_id FROM paused_bank p WHERE p.learner_id = :learner_id)
"""
_ASKABLE = f"""
    NOT c.suspended AND (c.set_aside_until IS NULL OR c.set_aside_until <= :today) AND {_IN_SCOPE}
"""
_UNASKED = """
    (c.fact_id IS NULL OR (
        c.state = 'new' AND NOT c.suspended
        AND (c.set_aside_until IS NULL OR c.set_aside_until <= :today)
    ))
"""

# Each part of the queue has the same columns, so that one statement brings them all: which part
# it is, a fact, a moment (of its step or of when it was told), the study day of its last answer,
# whether it was answered in the sitting, and a number.
_COLUMNS = "part, fact_id, step_due_at, last_review_on, in_sitting, number"
_SPREAD = f"((f.id % {SHUFFLE_PRIME} * {SHUFFLE_SPREAD} + :shift) % {SHUFFLE_PRIME})"
_PLACE = f"({_SPREAD} * {_SPREAD}) % {SHUFFLE_PRIME}"  # `selection.shuffled_place`
_BANK_ORDER = "b.part IS NULL, b.part, b.id, f.position"
_DUE = f"""
    SELECT 'due' AS part, c.fact_id, NULL AS step_due_at, c.last_review_on, 0 AS in_sitting,
        count(*) OVER () AS number
    FROM card c JOIN fact f ON f.id = c.fact_id
    WHERE c.learner_id = :learner_id AND c.due_on <= :today AND c.step_due_at IS NULL
        AND {_ASKABLE} AND {_FREE}
    ORDER BY c.due_on, {_PLACE}, c.fact_id LIMIT {LOOKED_AT}
"""
_DUE_BY_BANK = f"""
    SELECT 'due' AS part, c.fact_id, NULL AS step_due_at, c.last_review_on, 0 AS in_sitting,
        count(*) OVER () AS number
    FROM card c JOIN fact f ON f.id = c.fact_id JOIN bank b ON b.id = f.bank_id
    WHERE c.learner_id = :learner_id AND c.due_on <= :today AND c.step_due_at IS NULL
        AND {_ASKABLE} AND {_FREE}
    ORDER BY c.due_on, {_BANK_ORDER}, c.fact_id LIMIT {LOOKED_AT}
"""
_LISTED_DUE = f"""
    SELECT 'due' AS part, c.fact_id, NULL AS step_due_at, c.last_review_on, 0 AS in_sitting,
        count(*) OVER () AS number
    FROM day_list l
    JOIN card c ON c.learner_id = l.learner_id AND c.fact_id = l.fact_id
    JOIN fact f ON f.id = c.fact_id
    WHERE l.learner_id = :learner_id AND l.study_day = :today AND l.kind = 'due'
        AND c.due_on <= :today AND c.step_due_at IS NULL AND {_ASKABLE} AND {_FREE}
    ORDER BY l.position LIMIT {LOOKED_AT}
"""
_IN_STEPS = f"""
    SELECT 'step' AS part, c.fact_id, c.step_due_at, c.last_review_on,
        c.last_answered_at >= :since AS in_sitting, 0 AS number
    FROM card c JOIN fact f ON f.id = c.fact_id
    WHERE c.learner_id = :learner_id AND c.step_due_at IS NOT NULL AND {_ASKABLE}
        AND f.id NOT IN ({_READ})
    ORDER BY c.step_due_at
"""
_LISTED_NEW = f"""
    SELECT 'new' AS part, l.fact_id, c.told_at AS step_due_at, NULL AS last_review_on,
        0 AS in_sitting, 0 AS number
    FROM day_list l
    JOIN fact f ON f.id = l.fact_id
    LEFT JOIN card c ON c.learner_id = l.learner_id AND c.fact_id = l.fact_id
    WHERE l.learner_id = :learner_id AND l.study_day = :today AND l.kind = 'new'
        AND {_UNASKED} AND {_IN_SCOPE} AND {_FREE}
"""
_NEW = f"{_LISTED_NEW} ORDER BY l.position, l.fact_id LIMIT :limit"
# The banks open to new facts on the path from the beginning: up to the first part that has a fact
# still new or in its first steps. What is suspended or paused keeps no part closed, and a bank
# that is no part of the series is always open.
_OPEN = """
    f.bank_id IN (
        SELECT b.id FROM bank b WHERE b.part IS NULL OR b.part <= coalesce(
            (
                SELECT o.part FROM bank o JOIN fact g ON g.bank_id = o.id
                LEFT JOIN card d ON d.learner_id = :learner_id AND d.fact_id = g.id
                WHERE o.part IS NOT NULL AND o.retired_at IS NULL AND g.retired_at IS NULL
                    AND (d.fact_id IS NULL OR (d.state IN ('new', 'learning') AND NOT d.suspended))
                    AND o.id NOT IN (
                        SELECT p.bank_id FROM paused_bank p WHERE p.learner_id = :learner_id
                    )
                ORDER BY o.part LIMIT 1
            ),
            b.part
        )
    )
"""
# Facts answered today: how many, and of them how many new ones and how many in this sitting.
_ANSWERED = """
    SELECT 'answered' AS part, count(*) AS fact_id, NULL AS step_due_at, NULL AS last_review_on,
        coalesce(sum(in_sitting), 0) AS in_sitting, coalesce(sum(was_new), 0) AS number
    FROM (
        SELECT max(c.introduced_on = :today) AS was_new, max(r.answered_at >= :since) AS in_sitting
        FROM review r JOIN card c ON c.learner_id = r.learner_id AND c.fact_id = r.fact_id
        WHERE r.learner_id = :learner_id AND r.study_day = :today AND r.voided_at IS NULL
            AND r.affects_schedule
        GROUP BY r.fact_id
    ) answered
"""


def _together(*parts: str) -> Lean:
    """Return one statement for several parts; each keeps its own order."""
    return Lean(" UNION ALL ".join(f"SELECT {_COLUMNS} FROM ({part}) p" for part in parts))


QUEUE = _together(_ANSWERED, _IN_STEPS, _DUE, _NEW)
QUEUE_BY_BANK = _together(_ANSWERED, _IN_STEPS, _DUE_BY_BANK, _NEW)
QUEUE_OF_LIST = _together(_ANSWERED, _IN_STEPS, _LISTED_DUE, _NEW)
ANSWERED_TODAY = query(_ANSWERED)
BACKLOG = query(
    f"""
    SELECT c.fact_id, c.stability_days, c.last_review_on
    FROM card c JOIN fact f ON f.id = c.fact_id
    WHERE c.learner_id = :learner_id AND c.due_on <= :today AND c.step_due_at IS NULL
        AND {_ASKABLE} AND {_FREE}
    """
)
LISTED_NEW = query(_NEW)
LISTED_NEW_OPEN = query(
    f"""
    {_LISTED_NEW} AND ({_OPEN} OR c.told_at IS NOT NULL)
    ORDER BY l.position, l.fact_id LIMIT :limit
    """
)


def _unlisted_new(order: str, *, only_open: bool = False) -> TextualSelect:
    """Return a statement for the new facts that today's list may still take, in an order.

    `h.turn` is a fact's number within its theme, `t.position` that of its theme.
    """
    return query(
        f"""
        SELECT f.id AS fact_id, b.part, b.id AS bank_id, f.position
        FROM fact f JOIN bank b ON b.id = f.bank_id JOIN theme t ON t.id = f.theme_id
        JOIN (
            SELECT g.id, row_number() OVER (
                PARTITION BY g.theme_id ORDER BY g.position, g.id
            ) AS turn
            FROM fact g WHERE g.retired_at IS NULL
        ) h ON h.id = f.id
        LEFT JOIN card c ON c.learner_id = :learner_id AND c.fact_id = f.id
        WHERE {_UNASKED} AND {_IN_SCOPE} AND {_FREE} AND b.retired_at IS NULL
            AND {_OPEN if only_open else "1 = 1"}
            AND NOT EXISTS (  -- one that is due goes before a new one that is kept apart from it
                SELECT 1 FROM fact_apart a JOIN card d ON d.fact_id = a.other_id
                    AND d.learner_id = :learner_id AND d.due_on <= :today AND NOT d.suspended
                WHERE a.fact_id = f.id
            )
            AND NOT EXISTS (
                SELECT 1 FROM day_list l
                WHERE l.learner_id = :learner_id AND l.study_day = :today AND l.fact_id = f.id
            )
        ORDER BY {order}, f.id LIMIT :limit
        """
    )


_TURNS_ORDER = "b.part IS NULL, b.part, b.id, h.turn, t.position, f.position"
UNLISTED_BY_BANK = _unlisted_new(_BANK_ORDER)
UNLISTED_BY_TURNS = _unlisted_new(_TURNS_ORDER)
UNLISTED_OPEN_BY_BANK = _unlisted_new(_BANK_ORDER, only_open=True)
UNLISTED_OPEN_BY_TURNS = _unlisted_new(_TURNS_ORDER, only_open=True)
UNLISTED_SHUFFLED = _unlisted_new(_PLACE)
TAKE_OFF_LIST = change(
    """
    DELETE FROM day_list
    WHERE learner_id = :learner_id AND study_day = :study_day AND fact_id = :fact_id
    """
)
APART_PAIRS = query(
    f"""
    SELECT a.fact_id, a.other_id FROM fact_apart a JOIN fact f ON f.id = a.fact_id
    WHERE {_IN_SCOPE}
    """
)
INTRODUCED_TODAY = query(
    """
    SELECT count(*) FROM card c
    WHERE c.learner_id = :learner_id AND c.introduced_on = :today
        AND c.fact_id IN (
            SELECT r.fact_id FROM review r
            WHERE r.learner_id = :learner_id AND r.study_day = :today AND r.voided_at IS NULL
        )
    """
)
HAS_DUE_LIST = query(
    """
    SELECT count(*) FROM day_list l
    WHERE l.learner_id = :learner_id AND l.study_day = :today AND l.kind = 'due'
    """
)
ADD_TO_LIST = change(
    """
    INSERT INTO day_list (learner_id, study_day, fact_id, kind, position)
    VALUES (:learner_id, :study_day, :fact_id, :kind, :position)
    ON CONFLICT DO NOTHING
    """
)


def values(
    learner_id: int, today: date, bank_id: int | None, theme_id: int | None
) -> dict[str, Any]:
    """Return what most statements here take."""
    return {
        "learner_id": learner_id,
        "today": today,
        "bank_id": bank_id,
        "theme_id": theme_id,
    }
