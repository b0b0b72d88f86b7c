"""Asking a fact by a question made from it and others that the learner has met.

Such a question is made when an answer is stored, for the next time that the fact is asked: a
page that only shows what comes next never writes.
"""

from datetime import datetime
from hashlib import blake2b
from random import Random

from msgspec.structs import replace
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import demand, question_as_json
from quizapp.domain.derived import Derived, derived_question
from quizapp.domain.strength import Strength, strength
from quizapp.memory.learners import Learner
from quizapp.memory.services import Recorded
from quizapp.study import derived_queries
from quizapp.study.derived_queries import DerivedForm

CHANCE = 0.25  # that a fact which is remembered is asked by such a question


def prepare(session: Session, learner: Learner, result: Recorded, now: datetime) -> None:
    """Make the question by which an answered fact is asked next, if it is its turn for one.

    `result` is an answer that was stored just now. The lots are those of the card's revision,
    as for a written question.
    """
    if not _is_remembered(result):
        return
    fact_id, revision = result.asked.fact_id, result.asked.card.revision + 1
    seed = f"{learner.fuzz_seed}/{fact_id}/{revision}"
    rng = Random(f"{seed}/derived")  # noqa: S311  # no secret
    if rng.random() >= CHANCE:
        return
    met = derived_queries.met_facts(session, learner.id, fact_id)
    fact = next((one for one in met if one.id == fact_id), None)
    made = fact and derived_question(fact, met, rng)
    if made:
        form = derived_form(fact_id, *made, seed)
        derived_queries.keep(session, learner.id, form, revision, now)


def derived_form(fact_id: int, kind: str, question: Derived, seed: str) -> DerivedForm:
    """Return a question as it is stored: named by its kind, its seed and what it says."""
    named = f"{kind}/{seed}/{question_as_json(question)}"
    text_id = f"derived-{kind}-{blake2b(named.encode(), digest_size=8).hexdigest()}"
    return DerivedForm(
        fact_id=fact_id,
        text_id=text_id,
        type=str(question.__struct_config__.tag),
        demand=demand(question),
        content=question_as_json(replace(question, id=text_id)),
    )


def _is_remembered(result: Recorded) -> bool:
    """Return whether the fact of an answer that moved its card is now remembered."""
    schedule = result.schedule
    if schedule is None or not result.affects_schedule:
        return False
    return strength(schedule.state, schedule.stability_days) is Strength.REMEMBERED
