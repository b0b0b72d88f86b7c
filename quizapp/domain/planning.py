"""How much time study takes, and when: forecasts from the schedule itself."""

import math
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from random import Random

from quizapp.domain.rating import Rating
from quizapp.domain.scheduling import CardState, Given, Rules, Schedule, after_answer

ANSWERS_PER_NEW_FACT = 2.5  # on its first day, its steps included
FIRST_TRY_RECALL = 0.6  # chance that a fact never seen here is answered right
SAME_DAY_RECALL = 0.95  # chance of a right answer minutes later, whatever the memory
MOST_FACTS_SIMULATED = 1000
FIRST_DAY = date(2000, 1, 1)  # any day will do
FIRST_MOMENT = datetime(2000, 1, 1, 12, tzinfo=UTC)


def minutes_a_day(
    *,
    rules: Rules,
    facts: int,
    new_per_day: int,
    seconds_per_answer: float,
    horizon_days: int = 120,
    rng: Random,
) -> float:
    """Return the minutes of study a day to expect, on average from a fresh start to the horizon.

    `new_per_day` of the `facts` are begun each day until none is left. The learner simulated
    answers every fact when it is due and recalls as the forgetting curve says. Of many facts a
    sample is simulated. 0 where there is nothing to begin.
    """
    begun = min(facts, new_per_day * horizon_days)
    if begun <= 0:
        return 0.0
    simulated = min(begun, MOST_FACTS_SIMULATED)
    answers = sum(
        _answers_to_a_fact(rules, index * begun // simulated // new_per_day, horizon_days, rng)
        for index in range(simulated)
    )
    return answers * begun / simulated / horizon_days * seconds_per_answer / 60


def expected_minutes(due: int, new: int, seconds_per_answer: float) -> int:
    """Return the whole minutes, rounded up, that due and new facts will take today."""
    seconds = (due + new * ANSWERS_PER_NEW_FACT) * seconds_per_answer
    return math.ceil(round(seconds / 60, 6))  # 3 minutes and a rounding error are 3 minutes


def facts_in_minutes(minutes: float, seconds_per_answer: float) -> int:
    """Return how many facts fit into a sitting: whole ones, at least one.

    `seconds_per_answer` is above 0.
    """
    return max(1, int(minutes * 60 / seconds_per_answer))


def forecast(due_days: Iterable[date], today: date, days: int = 14) -> list[tuple[date, int]]:
    """Return the number of facts due on each of the study days from today on.

    What is overdue counts today; what is due later than these days is left out.
    """
    due = Counter(max(day, today) for day in due_days)
    coming = (today + timedelta(days=ahead) for ahead in range(days))
    return [(day, due[day]) for day in coming]


def _answers_to_a_fact(rules: Rules, begun_after_days: int, horizon_days: int, rng: Random) -> int:
    """Return how often a fact is answered from the day it is begun until the horizon."""
    end = FIRST_DAY + timedelta(days=horizon_days)
    day = FIRST_DAY + timedelta(days=begun_after_days)
    card: Schedule | None = None
    answers = 0
    while day < end:
        card = _simulated_answer(card, day, rules, rng)
        answers += 1
        day = card.due_on
    return answers


def _simulated_answer(card: Schedule | None, day: date, rules: Rules, rng: Random) -> Schedule:
    """Return the card after an answer that is right as often as the learner is expected to be."""
    right = rng.random() < _chance_of_recall(card, day, rules)
    rating = Rating.GOOD if right else Rating.AGAIN
    return after_answer(card, Given(rating=rating, study_day=day, answered_at=FIRST_MOMENT), rules)


def _chance_of_recall(card: Schedule | None, day: date, rules: Rules) -> float:
    """Return the chance of a right answer: by the curve, save for new facts and inside steps."""
    if card is None:
        return FIRST_TRY_RECALL
    if card.state != CardState.REVIEW:
        return SAME_DAY_RECALL
    elapsed_days = (day - card.last_review_on).days
    return rules.formulas.retrievability(elapsed_days, card.stability_days)
