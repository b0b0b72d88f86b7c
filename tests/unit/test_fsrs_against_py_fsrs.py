"""The engine beside py-fsrs: the same answers give the same memory, states, steps and intervals."""

from datetime import UTC, datetime, timedelta
from random import Random

import fsrs
import pytest

from quizapp.domain.fsrs import DEFAULT_WEIGHTS, HIGHEST_WEIGHTS, LOWEST_WEIGHTS
from quizapp.domain.rating import Rating
from quizapp.domain.scheduling import CardState, Given, Rules, Schedule, after_answer

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ANSWERS_PER_CARD = 25
CARDS = 40
STATES = {
    CardState.LEARNING: fsrs.State.Learning,
    CardState.REVIEW: fsrs.State.Review,
    CardState.RELEARNING: fsrs.State.Relearning,
}


def some_weights(rng: Random) -> tuple[float, ...]:
    """Weights near the default ones, within the bounds of the algorithm."""
    return tuple(
        min(max(weight * rng.uniform(0.5, 1.5), low), high)
        for weight, low, high in zip(DEFAULT_WEIGHTS, LOWEST_WEIGHTS, HIGHEST_WEIGHTS, strict=True)
    )


def peer_of(rules: Rules) -> fsrs.Scheduler:
    def delays(steps_minutes: tuple[int, ...]) -> list[timedelta]:
        return [timedelta(minutes=minutes) for minutes in steps_minutes]

    return fsrs.Scheduler(
        parameters=rules.weights,
        desired_retention=rules.desired_retention,
        learning_steps=delays(rules.learning_steps_minutes),
        relearning_steps=delays(rules.relearning_steps_minutes),
        maximum_interval=rules.max_interval_days,
        enable_fuzzing=False,
    )


def ordered_wait(
    peer: fsrs.Scheduler, card: fsrs.Card, rating: Rating, moment: datetime
) -> timedelta:
    """What py-fsrs would wait if it kept Hard, Good and Easy a day apart."""
    lowest = min(rating, Rating.HARD)
    wait = timedelta(0)
    for grade in range(lowest, rating + 1):
        after, _ = peer.review_card(card, fsrs.Rating(grade), moment)
        if after.state == fsrs.State.Review:
            wait = max(after.due - moment, wait + timedelta(days=1))
    return min(wait, timedelta(days=peer.maximum_interval))


def compare_a_life(rules: Rules, rng: Random) -> None:
    """Give one card a random life in both engines, and compare after each answer."""
    peer = peer_of(rules)
    theirs = fsrs.Card(card_id=1)
    ours: Schedule | None = None
    moment, day = NOON, NOON.date()
    for _ in range(ANSWERS_PER_CARD):
        rating = rng.choices(list(Rating), weights=(3, 2, 6, 1))[0]
        wait = ordered_wait(peer, theirs, rating, moment)
        theirs, _log = peer.review_card(theirs, fsrs.Rating(rating), moment)
        ours = after_answer(ours, Given(rating=rating, study_day=day, answered_at=moment), rules)

        assert ours.stability_days == pytest.approx(theirs.stability, rel=1e-9, abs=1e-6)
        assert ours.difficulty == pytest.approx(theirs.difficulty, abs=1e-6)
        assert (STATES[ours.state], ours.step) == (theirs.state, theirs.step)
        if ours.step_due_at is None:
            assert ours.due_on - day == wait
        else:
            assert ours.step_due_at == theirs.due

        gap_days = rng.choice((0, 1, (ours.due_on - day).days, rng.randrange(60)))
        moment += timedelta(days=gap_days, minutes=0 if gap_days else 3)
        day += timedelta(days=gap_days)


@pytest.mark.parametrize("retention", [0.8, 0.9, 0.95])
@pytest.mark.parametrize(
    ("learning_steps", "relearning_steps"),
    [((1, 10), (10,)), ((), ()), ((5,), (10, 30)), ((1, 10, 60), ())],
)
def test_thousands_of_random_answers_agree_with_py_fsrs(
    learning_steps: tuple[int, ...], relearning_steps: tuple[int, ...], retention: float
) -> None:
    rng = Random(20260302)
    for number in range(2 * CARDS):
        rules = Rules(
            weights=some_weights(rng) if number % 2 else DEFAULT_WEIGHTS,
            desired_retention=retention,
            learning_steps_minutes=learning_steps,
            relearning_steps_minutes=relearning_steps,
        )
        compare_a_life(rules, rng)
