"""Which fact is asked next, and in which form."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from quizapp.domain.bank_files import Demand
from quizapp.domain.strength import Strength

EARLY = timedelta(minutes=20)  # how early a step may be asked when nothing else is left
SHUFFLE_PRIME = 1_000_003
SHUFFLE_SPREAD = 618_035  # the prime over the golden ratio: it puts neighbours far apart
_MIX, _MASK = 0x9E3779B97F4A7C15, 2**64 - 1  # the golden ratio in 64 bits

WANTED: dict[Strength, tuple[Demand, ...]] = {
    Strength.NEW: (Demand.RECOGNISE, Demand.RECONSTRUCT),
    Strength.LEARNING: (Demand.RECOGNISE, Demand.RECONSTRUCT),
    Strength.REMEMBERED: (Demand.RECONSTRUCT, Demand.RECALL),
    Strength.STRONG: (Demand.RECALL, Demand.EXPLAIN),
}


@dataclass(frozen=True, slots=True)
class Form:
    """One way to ask a fact."""

    question_id: int
    demand: Demand


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCard:
    """A card that may be asked on a study day."""

    fact_id: int
    step_due_at: datetime | None
    last_review_on: date
    in_sitting: bool = False  # it was answered in this sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTally:
    """How a study day stands: facts asked today and facts that are left, due and new apart."""

    due_done: int
    due_left: int
    new_done: int
    new_left: int


def chosen_form(
    forms: Sequence[Form],
    strength: Strength,
    *,
    last_question_id: int | None,
    ends_steps: bool,
    rng: Random,
) -> Form:
    """Return how a fact is asked; `forms` must not be empty.

    Of the demands that fit the strength, any; if there is none, the next harder, else the next
    easier. `ends_steps`: a right answer would end the steps, which takes more than recognising.
    The question asked last comes again only if it is the only one.
    """
    wanted = (Demand.RECONSTRUCT,) if ends_steps else WANTED[strength]
    fresh = [form for form in forms if form.question_id != last_question_id] or list(forms)
    fitting = [form for form in fresh if form.demand in wanted]
    if fitting:
        return rng.choice(fitting)
    harder = sorted({form.demand for form in fresh if form.demand > wanted[-1]})
    easier = sorted({form.demand for form in fresh if form.demand < wanted[0]}, reverse=True)
    nearest = [*harder, *easier][0]
    return rng.choice([form for form in fresh if form.demand == nearest])


def shuffle_shift(learner_seed: int, today: date) -> int:
    """Return what shuffles the facts due on one day: another for each learner and study day.

    It is from 0 up to below `SHUFFLE_PRIME`, mixed by the finish of SplitMix64.
    """
    mixed = (learner_seed + today.toordinal() * _MIX) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    return (mixed ^ (mixed >> 31)) % SHUFFLE_PRIME


def shuffled_place(shift: int, fact_id: int) -> int:
    """Return a number that orders facts otherwise for each shift; the queue's SQL has the same.

    Squares modulo a prime are well spread, if neighbours are first set apart: else theirs would
    differ by nearly the same, and be sorted at times. Two facts may share a number: the fact's
    id decides.
    """
    spread = (fact_id * SHUFFLE_SPREAD + shift) % SHUFFLE_PRIME
    return spread * spread % SHUFFLE_PRIME


def is_turn_of_new(tally: DayTally) -> bool:
    """Return whether a new fact comes next, so that new ones are spread among the due ones."""
    if not tally.new_left:
        return False
    if not tally.due_left:
        return True
    due_all, new_all = tally.due_done + tally.due_left, tally.new_done + tally.new_left
    return (tally.new_done + 1) * (due_all + 1) <= (tally.due_done + 1) * (new_all + 1)


def step_to_ask(cards: Sequence[DueCard], today: date, now: datetime) -> DueCard | None:
    """Return the card whose step is asked now: one left open on an earlier study day first.

    Among several the one whose moment came first; None if no step is to be asked yet.
    """
    ready = [
        (card.last_review_on >= today, moment, card)
        for moment, card in _steps(cards)
        if card.last_review_on < today or moment <= now
    ]
    return min(ready, key=lambda found: found[:2])[2] if ready else None


def early_step(cards: Sequence[DueCard], now: datetime) -> DueCard | None:
    """Return the next step that may be asked early, when nothing else is left."""
    steps = [(moment, card) for moment, card in _steps(cards) if moment <= now + EARLY]
    return min(steps, key=lambda found: found[0])[1] if steps else None


def day_list(recall_by_fact: Sequence[tuple[int, float]], limit: int) -> list[int]:
    """Return the facts to ask on a day with a backlog: highest chance of recall first.

    Those are kept with the least work, so that a backlog shrinks fastest. Ties go by fact.
    """
    ordered = sorted(recall_by_fact, key=lambda pair: (-pair[1], pair[0]))
    return [fact_id for fact_id, _ in ordered[:limit]]


def apart_from_each_other(
    fact_ids: Sequence[int], taken: Sequence[int], apart: Collection[tuple[int, int]]
) -> list[int]:
    """Return facts in their order, without any kept apart from a taken or an earlier one.

    `apart` holds each pair in both directions.
    """
    chosen: list[int] = []
    for fact_id in fact_ids:
        if not any((fact_id, other) in apart for other in (*taken, *chosen)):
            chosen.append(fact_id)
    return chosen


def _steps(cards: Sequence[DueCard]) -> list[tuple[datetime, DueCard]]:
    """Return the cards that are in their steps, each behind the moment of its step."""
    return [(card.step_due_at, card) for card in cards if card.step_due_at is not None]
