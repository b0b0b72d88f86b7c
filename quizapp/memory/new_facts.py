"""Today's new facts: which are listed already, and which come next on the learner's path.

The path counts for practice of everything. Who starts a sitting on one bank or theme gets its
new facts in the bank's order, whatever was learned before.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TextualSelect

from quizapp.domain.selection import apart_from_each_other, shuffle_shift
from quizapp.memory import queue_queries as queries
from quizapp.memory.learners import Learner

MOST_LISTED = 1_000


def listed_new(session: Session, learner: Learner, values: dict[str, Any]) -> list[int]:
    """Return the facts on today's list that are still new and that practice of a scope offers."""
    opens = _opens_by_part(learner, values)
    statement = queries.LISTED_NEW_OPEN if opens else queries.LISTED_NEW
    return _fact_ids(session, statement, values)


def unlisted_new(
    session: Session, learner: Learner, values: dict[str, Any], listed: Sequence[int], count: int
) -> list[int]:
    """Return up to `count` new facts for today's list, none kept apart from another."""
    shift = shuffle_shift(learner.fuzz_seed, values["today"])
    limits = {"limit": count + queries.NEW_PASSED_OVER, "shift": shift}
    found = session.execute(_unlisted(learner, values), values | limits).all()
    apart = {(row.fact_id, row.other_id) for row in session.execute(queries.APART_PAIRS, values)}
    chosen = apart_from_each_other([row.fact_id for row in found], listed, apart)[:count]
    if _is_of_everything(values) and not learner.interleave:
        places = {row.fact_id: _bank_place(row) for row in found}
        return sorted(chosen, key=places.__getitem__)
    return chosen


def choose_new(session: Session, learner: Learner, values: dict[str, Any]) -> list[int]:
    """Return as many new facts as today's list still takes.

    Facts of parts that are closed to practice of everything are taken off the list first: a
    sitting on their own bank put them there.
    """
    listed = listed_new(session, learner, values)
    if _opens_by_part(learner, values):
        _take_closed_off_list(session, values, listed)
    done = session.execute(queries.INTRODUCED_TODAY, values).scalar_one()
    missing = learner.new_per_day - done - len(listed)
    return unlisted_new(session, learner, values, listed, missing) if missing > 0 else []


def count_new(session: Session, learner: Learner, values: dict[str, Any]) -> int:
    """Return how many new facts practice of a scope offers for the rest of the day."""
    done = session.execute(queries.INTRODUCED_TODAY, values).scalar_one()
    left = max(learner.new_per_day - int(done), 0)
    listed = listed_new(session, learner, values)
    missing = left - len(listed)
    if missing <= 0:
        return left
    return len(listed) + len(unlisted_new(session, learner, values, listed, missing))


def _take_closed_off_list(session: Session, values: dict[str, Any], listed: list[int]) -> None:
    closed = set(_fact_ids(session, queries.LISTED_NEW, values)) - set(listed)
    of_today = {"learner_id": values["learner_id"], "study_day": values["today"]}
    rows = [of_today | {"fact_id": fact_id} for fact_id in sorted(closed)]
    if rows:
        session.execute(queries.TAKE_OFF_LIST, rows)


def _unlisted(learner: Learner, values: dict[str, Any]) -> TextualSelect:
    """Return the statement that has the order of a learner's path."""
    if not _is_of_everything(values):
        return queries.UNLISTED_BY_TURNS if learner.interleave else queries.UNLISTED_BY_BANK
    if learner.path == "mixed":
        return queries.UNLISTED_SHUFFLED
    return queries.UNLISTED_OPEN_BY_TURNS if learner.interleave else queries.UNLISTED_OPEN_BY_BANK


def _opens_by_part(learner: Learner, values: dict[str, Any]) -> bool:
    return learner.path == "beginning" and _is_of_everything(values)


def _is_of_everything(values: dict[str, Any]) -> bool:
    return values["bank_id"] is None and values["theme_id"] is None


def _bank_place(row: Row[Any]) -> tuple[bool, int, int, int, int]:
    """Return what sorts facts as the banks have them, parts first."""
    return row.part is None, row.part or 0, row.bank_id, row.position, row.fact_id


def _fact_ids(session: Session, statement: TextualSelect, values: dict[str, Any]) -> list[int]:
    rows = session.execute(statement, values | {"limit": MOST_LISTED})
    return [row.fact_id for row in rows]
