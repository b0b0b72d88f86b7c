"""FSRS-6 on study days: known vectors, the steps, fuzz, and what holds for every answer."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.fsrs import (
    DEFAULT_WEIGHTS,
    HIGHEST_WEIGHTS,
    LOWEST_WEIGHTS,
    formulas_for,
)
from quizapp.domain.rating import Rating
from quizapp.domain.scheduling import (
    DEFAULT_DECAY,
    CardState,
    Given,
    Rules,
    Schedule,
    after_answer,
    fuzz_unit,
    interval_days,
    outcomes,
    retrievability,
)

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AGAIN, HARD, GOOD, EASY = Rating
NO_STEPS = Rules(learning_steps_minutes=(), relearning_steps_minutes=())

ratings = st.sampled_from(Rating)
fuzzes = st.none() | st.floats(0, 1, exclude_max=True)
weight_sets = st.just(DEFAULT_WEIGHTS) | st.tuples(
    *(st.floats(low, high) for low, high in zip(LOWEST_WEIGHTS, HIGHEST_WEIGHTS, strict=True))
)
rule_sets = st.builds(
    Rules,
    weights=weight_sets,
    desired_retention=st.floats(0.7, 0.97),
    learning_steps_minutes=st.sampled_from([(), (1,), (1, 10), (1, 10, 60)]),
    relearning_steps_minutes=st.sampled_from([(), (10,), (10, 30)]),
)
remembered = st.builds(
    Schedule,
    stability_days=st.floats(0.001, 40_000),
    difficulty=st.floats(1, 10),
    state=st.just(CardState.REVIEW),
    step=st.none(),
    due_on=st.integers(-400, 400).map(lambda days: TODAY + timedelta(days)),
    step_due_at=st.none(),
    last_review_on=st.integers(0, 2000).map(lambda days: TODAY - timedelta(days)),
    lapses=st.integers(0, 20),
    next_day=st.just(False),  # noqa: FBT003  # a strategy, not a flag
)


def answer(rating: Rating, day: date = TODAY, moment: datetime = NOW, **more: object) -> Given:
    return Given(rating=rating, study_day=day, answered_at=moment, **more)  # type: ignore[arg-type]  # options


def card_in(state: CardState, step: int | None = None, **more: object) -> Schedule:
    fields: dict[str, object] = {
        "stability_days": 10.0,
        "difficulty": 5.0,
        "state": state,
        "step": step,
        "due_on": TODAY,
        "step_due_at": None if step is None else NOW,
        "last_review_on": TODAY - timedelta(10),
        "lapses": 0,
        "next_day": False,
    }
    return Schedule(**(fields | more))  # type: ignore[arg-type]  # fields by name


def learned(steps: list[tuple[int, Rating]], rules: Rules) -> Schedule:
    """A card after answers, each so many study days after the one before."""
    card, day = None, TODAY
    for gap_days, rating in steps:
        day += timedelta(gap_days)
        card = after_answer(card, answer(rating, day), rules)
    assert card is not None
    return card


def test_answers_given_when_due_give_the_known_intervals() -> None:
    card, moment, intervals = None, NOW, []
    for grade in (3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3):
        card = after_answer(card, answer(Rating(grade), moment.date(), moment), Rules())
        wait = card.due_on - moment.date()
        intervals.append(wait.days)
        moment = card.step_due_at or moment + wait
    assert intervals == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_a_history_of_six_answers_gives_the_known_memory() -> None:
    gaps = (0, 0, 1, 3, 8, 21)
    card = learned(list(zip(gaps, (AGAIN, GOOD, GOOD, GOOD, GOOD, GOOD), strict=True)), Rules())
    assert card.stability_days == pytest.approx(53.62691, abs=1e-5)
    assert card.difficulty == pytest.approx(6.3574867, abs=1e-6)


@pytest.mark.parametrize(
    ("rating", "stability_days", "difficulty"),
    [
        (AGAIN, 0.212, 6.4133),
        (HARD, 1.2931, 5.11217071),
        (GOOD, 2.3065, 2.11810397),
        (EASY, 8.2956, 1),
    ],
)
def test_the_first_answer_gives_the_known_memory(
    rating: Rating, stability_days: float, difficulty: float
) -> None:
    card = after_answer(None, answer(rating), Rules())
    assert card.stability_days == stability_days
    assert card.difficulty == pytest.approx(difficulty, abs=1e-8)


def test_a_stability_of_a_day_gives_the_known_interval_for_each_retention() -> None:
    tenths = range(1, 11)
    found = [interval_days(1.0, tenth / 10, DEFAULT_DECAY, 10**8) for tenth in tenths]
    assert found == [3116769, 34793, 2508, 387, 90, 27, 9, 3, 1, 1]


def test_an_interval_is_never_longer_than_the_longest() -> None:
    assert interval_days(1e9, 0.9, DEFAULT_DECAY, 36500) == 36500


def test_the_forgetting_curve_has_the_known_points() -> None:
    found = [retrievability(day, 1.0) for day in range(4)]
    assert found == pytest.approx([1, 0.9, 0.84588465, 0.8093881], abs=1e-7)


@given(
    elapsed=st.floats(0, 1e5),
    later=st.floats(0, 1e5),
    stability=st.floats(0.001, 1e5),
    decay=st.floats(0.1, 0.8),
)
def test_memory_fades_and_never_revives(
    elapsed: float, later: float, stability: float, decay: float
) -> None:
    before = retrievability(elapsed, stability, decay)
    after = retrievability(elapsed + later, stability, decay)
    assert 0 <= after <= before <= 1


@given(stability=st.floats(0.001, 1e5), weights=weight_sets, elapsed=st.integers(0, 10_000))
def test_the_formulas_for_weights_have_the_same_curve(
    stability: float, weights: tuple[float, ...], elapsed: int
) -> None:
    found = formulas_for(weights).retrievability(elapsed, stability)
    assert found == retrievability(elapsed, stability, weights[20])


# Steps


@pytest.mark.parametrize(
    ("state", "step", "rating", "may_leave", "after", "minutes"),
    [
        (None, 0, AGAIN, True, 0, 1),
        (None, 0, HARD, True, 0, 5.5),
        (None, 0, GOOD, True, 1, 10),
        (None, 0, EASY, True, None, None),
        (CardState.LEARNING, 1, AGAIN, True, 0, 1),
        (CardState.LEARNING, 1, HARD, True, 1, 10),
        (CardState.LEARNING, 1, GOOD, True, None, None),
        (CardState.LEARNING, 1, GOOD, False, 1, 10),
        (CardState.LEARNING, 1, EASY, False, None, None),
        (CardState.LEARNING, 0, GOOD, False, 1, 10),
        (CardState.LEARNING, 2, AGAIN, True, 0, 1),
        (CardState.LEARNING, 2, HARD, True, None, None),
        (CardState.LEARNING, 2, GOOD, False, 1, 10),
        (CardState.LEARNING, None, GOOD, True, 1, 10),
        (CardState.RELEARNING, 0, HARD, True, 0, 15),
        (CardState.RELEARNING, 0, GOOD, True, None, None),
        (CardState.RELEARNING, 0, GOOD, False, 0, 10),
        (CardState.REVIEW, None, AGAIN, True, 0, 10),
        (CardState.REVIEW, None, HARD, False, None, None),
    ],
)
def test_an_answer_leads_to_a_step_or_out_of_them(
    state: CardState | None,
    step: int | None,
    rating: Rating,
    may_leave: bool,  # noqa: FBT001  # a column of the table
    after: int | None,
    minutes: float | None,
) -> None:
    card = card_in(state, step) if state else None
    found = after_answer(card, answer(rating, may_leave_steps=may_leave), Rules())
    assert found.step == after
    if minutes is None:
        assert (found.state, found.step_due_at) == (CardState.REVIEW, None)
        assert found.due_on > TODAY
    else:
        in_steps = {None: CardState.LEARNING, CardState.REVIEW: CardState.RELEARNING}
        assert found.state == in_steps.get(state, state)
        assert found.step_due_at == NOW + timedelta(minutes=minutes)
        assert found.due_on == TODAY


@pytest.mark.parametrize("rating", Rating)
def test_without_steps_every_answer_gives_a_later_day(rating: Rating) -> None:
    for card in (None, card_in(CardState.REVIEW), card_in(CardState.RELEARNING, 0)):
        found = after_answer(card, answer(rating, may_leave_steps=False), NO_STEPS)
        assert found.state == CardState.REVIEW
        assert found.due_on > TODAY


def test_only_a_remembered_fact_lapses() -> None:
    card = learned([(0, AGAIN), (0, EASY), (9, AGAIN), (0, AGAIN), (0, GOOD), (2, AGAIN)], Rules())
    assert card.lapses == 2


def test_a_step_left_open_is_taken_up_by_the_spaced_formula() -> None:
    steps = [(0, GOOD), (1, GOOD)]
    same_day = learned([(0, GOOD), (0, GOOD)], Rules())
    next_day = learned(steps, Rules())
    assert next_day.state == same_day.state == CardState.REVIEW
    assert next_day.stability_days > same_day.stability_days


def test_an_answer_from_before_the_last_is_refused() -> None:
    card = card_in(CardState.REVIEW, last_review_on=TODAY)
    with pytest.raises(ValueError, match="2026-03-01 after one of 2026-03-02"):
        after_answer(card, answer(GOOD, TODAY - timedelta(1)), Rules())


# Wrong and sure


def test_wrong_and_sure_comes_back_the_next_day_after_its_steps() -> None:
    lapsed = after_answer(
        card_in(CardState.REVIEW, stability_days=500.0),
        answer(AGAIN, confident_error=True, fuzz=0.9),
        Rules(),
    )
    assert (lapsed.next_day, lapsed.due_on) == (True, TODAY)
    again = after_answer(lapsed, answer(AGAIN, fuzz=0.9), Rules())
    assert again.next_day
    for found in outcomes(again, answer(GOOD, fuzz=0.9), Rules()).values():
        leaves = found.state == CardState.REVIEW
        assert found.next_day is not leaves
        assert found.due_on == TODAY + timedelta(leaves)


@pytest.mark.parametrize("card", [None, card_in(CardState.REVIEW, stability_days=5000.0)])
def test_wrong_and_sure_without_steps_comes_back_the_next_day(card: Schedule | None) -> None:
    found = after_answer(card, answer(AGAIN, confident_error=True, fuzz=0.9), NO_STEPS)
    assert found.due_on == TODAY + timedelta(1)
    assert not found.next_day


def test_only_again_is_a_confident_error() -> None:
    with pytest.raises(ValueError, match="rated GOOD is no confident error"):
        answer(GOOD, confident_error=True)
    found = outcomes(None, answer(AGAIN, confident_error=True), Rules())
    assert [rating for rating, card in found.items() if card.next_day] == [AGAIN]


# Fuzz


@pytest.mark.parametrize(
    ("stability_days", "lowest_days", "highest_days"),
    [(1.0, 1, 1), (2.4, 2, 2), (2.5, 2, 4), (7.0, 5, 9), (20.0, 17, 23), (100.0, 93, 107)],
)
def test_fuzz_reaches_from_the_lowest_to_the_highest_day(
    stability_days: float, lowest_days: int, highest_days: int
) -> None:
    weights = (*DEFAULT_WEIGHTS[:3], stability_days, *DEFAULT_WEIGHTS[4:])
    rules = Rules(weights=weights)
    due = [after_answer(None, answer(EASY, fuzz=step / 100), rules).due_on for step in range(100)]
    assert due == sorted(due)
    assert [(day - TODAY).days for day in (due[0], due[-1])] == [lowest_days, highest_days]


def test_fuzz_keeps_within_the_longest_interval() -> None:
    card = card_in(CardState.REVIEW, stability_days=99.0)
    rules = Rules(max_interval_days=100)
    for fuzz in (0.0, 0.5, 1 - 2**-53):
        for rating in (HARD, GOOD, EASY):
            found = after_answer(card, answer(rating, fuzz=fuzz), rules)
            assert 90 <= (found.due_on - TODAY).days <= 100


def test_fuzz_does_not_undo_the_growth_of_an_interval() -> None:
    last = TODAY - timedelta(10)
    card = card_in(
        CardState.REVIEW,
        stability_days=100.0,
        difficulty=9.0,
        last_review_on=last,
        due_on=last + timedelta(100),
    )
    plain = after_answer(card, answer(HARD), Rules())
    found = after_answer(card, answer(HARD, fuzz=0.0), Rules())
    assert (plain.due_on - TODAY).days == 104
    assert (found.due_on - TODAY).days == 100  # its range begins at 97


def test_the_place_in_the_range_of_fuzz_is_the_same_everywhere() -> None:
    assert fuzz_unit(7, "storming-of-the-winter-palace", 3) == 0.04866354943721707


@given(seed=st.integers(), key=st.text(alphabet="abc-é", max_size=20), count=st.integers(0, 999))
def test_the_place_in_the_range_of_fuzz_is_under_one(seed: int, key: str, count: int) -> None:
    assert 0 <= fuzz_unit(seed, key, count) < 1


def test_the_places_in_the_range_of_fuzz_are_spread_evenly() -> None:
    found = sorted(fuzz_unit(1, f"fact-{number}", 0) for number in range(1000))
    assert all(abs(unit - rank / 1000) < 0.06 for rank, unit in enumerate(found))


# What holds for every answer


@given(
    stability=st.floats(0.1, 600),
    growth=st.floats(1, 3),
    last_days=st.integers(0, 900),
    fuzz=fuzzes,
    longest=st.sampled_from([60, 36500]),
)
def test_ratings_stay_a_day_apart_where_fuzz_meets_the_last_interval(
    stability: float, growth: float, last_days: int, fuzz: float | None, longest: int
) -> None:
    last = TODAY - timedelta(int(stability * growth))
    card = card_in(
        CardState.REVIEW,
        stability_days=stability,
        last_review_on=last,
        due_on=last + timedelta(last_days),
    )
    found = outcomes(card, answer(GOOD, fuzz=fuzz), Rules(max_interval_days=longest))
    waits = [(found[rating].due_on - TODAY).days for rating in (HARD, GOOD, EASY)]
    assert all(low < high or low == high == longest for low, high in pairwise(waits))


def test_a_rating_close_to_the_one_below_waits_a_day_longer() -> None:
    card = card_in(CardState.REVIEW, stability_days=0.2, last_review_on=TODAY)
    found = outcomes(card, answer(GOOD), Rules())
    assert [(found[rating].due_on - TODAY).days for rating in (HARD, GOOD, EASY)] == [1, 2, 3]


@given(card=st.none() | remembered, rules=rule_sets, fuzz=fuzzes)
def test_an_easier_recall_waits_at_least_a_day_longer(
    card: Schedule | None, rules: Rules, fuzz: float | None
) -> None:
    found = outcomes(card, answer(GOOD, fuzz=fuzz), rules)
    left = [found[rating] for rating in (HARD, GOOD, EASY) if found[rating].step is None]
    waits = [(card.due_on - TODAY).days for card in left]
    longest = rules.max_interval_days
    assert all(low < high or low == high == longest for low, high in pairwise(waits))


def test_a_difficulty_out_of_its_range_comes_back_into_it() -> None:
    formulas = formulas_for(DEFAULT_WEIGHTS)
    assert formulas.next_difficulty(12.0, AGAIN) == 10
    assert formulas.next_difficulty(0.5, EASY) == 1


def test_a_lapse_never_strengthens_a_memory_that_is_almost_gone() -> None:
    card = card_in(CardState.REVIEW, stability_days=0.001)
    assert after_answer(card, answer(AGAIN), Rules()).stability_days == 0.001


@given(card=remembered, rules=rule_sets)
def test_an_easier_recall_is_held_to_be_stronger(card: Schedule, rules: Rules) -> None:
    found = outcomes(card, answer(GOOD), rules)
    strengths = [found[rating].stability_days for rating in (HARD, GOOD, EASY)]
    assert card.stability_days <= strengths[0]
    assert strengths == sorted(strengths)
    assert found[AGAIN].stability_days <= found[HARD].stability_days


@given(
    rules=rule_sets,
    history=st.lists(st.tuples(ratings, st.integers(0, 60), st.booleans(), fuzzes), min_size=1),
)
def test_memory_stays_within_its_bounds_and_replays_the_same(
    rules: Rules, history: list[tuple[Rating, int, bool, float | None]]
) -> None:
    def replay() -> Schedule:
        card, day = None, TODAY
        for rating, gap_days, flag, fuzz in history:
            day += timedelta(gap_days)
            given_ = answer(
                rating,
                day,
                fuzz=fuzz,
                may_leave_steps=flag,
                confident_error=flag and rating == AGAIN,
            )
            card = after_answer(card, given_, rules)
            assert card.stability_days > 0
            assert 1 <= card.difficulty <= 10
            assert card.last_review_on == day
            if card.state == CardState.REVIEW:
                assert day < card.due_on <= day + timedelta(rules.max_interval_days)
                assert (card.step, card.step_due_at, card.next_day) == (None, None, False)
            else:
                assert card.due_on == day
                assert card.step is not None
                assert card.step_due_at is not None
        assert card is not None
        return card

    assert replay() == replay()


@given(card=st.none() | remembered, rules=rule_sets, fuzz=fuzzes, rating=ratings)
def test_the_buttons_promise_what_the_answer_gives(
    card: Schedule | None, rules: Rules, fuzz: float | None, rating: Rating
) -> None:
    promised = outcomes(card, answer(GOOD, fuzz=fuzz), rules)
    assert promised[rating] == after_answer(card, answer(rating, fuzz=fuzz), rules)


# Rules


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"desired_retention": 1.0}, "retention of 1.0"),
        ({"desired_retention": 0.0}, "retention of 0.0"),
        ({"max_interval_days": 0}, "interval of 0 days"),
        ({"learning_steps_minutes": (0,)}, r"steps of \(0, 10\)"),
        ({"relearning_steps_minutes": (-5,)}, r"steps of \(1, 10, -5\)"),
        ({"weights": DEFAULT_WEIGHTS[:19]}, "19 weights; FSRS-6 has 21"),
        ({"weights": (-1.0, *DEFAULT_WEIGHTS[1:])}, "weight 0 is -1.0"),
        ({"weights": (*DEFAULT_WEIGHTS[:20], float("nan"))}, "weight 20 is nan"),
    ],
)
def test_rules_that_cannot_be_are_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Rules(**wrong)  # type: ignore[arg-type]  # wrong on purpose
