"""Which fact comes next, and how it is asked."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.bank_files import Demand
from quizapp.domain.selection import (
    EARLY,
    SHUFFLE_PRIME,
    WANTED,
    DayTally,
    DueCard,
    Form,
    apart_from_each_other,
    chosen_form,
    day_list,
    early_step,
    is_turn_of_new,
    shuffle_shift,
    shuffled_place,
    step_to_ask,
)
from quizapp.domain.strength import Strength

RECOGNISE, RECONSTRUCT, RECALL, EXPLAIN = Demand
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(1)

demands = st.sampled_from(list(Demand))
form_lists = st.lists(demands, min_size=1, max_size=6).map(
    lambda found: [Form(number, demand) for number, demand in enumerate(found, 1)]
)
strengths = st.sampled_from(list(Strength))
seeds = st.integers(0, 2**64 - 1)


def forms(*asked: Demand) -> list[Form]:
    return [Form(number, demand) for number, demand in enumerate(asked, 1)]


def chosen(
    of: list[Form],
    strength: Strength,
    *,
    last: int | None = None,
    ends_steps: bool = False,
    seed: int = 1,
) -> Form:
    return chosen_form(of, strength, last_question_id=last, ends_steps=ends_steps, rng=Random(seed))


def card(
    fact_id: int,
    *,
    step_in_minutes: float | None = None,
    last_review_on: date = TODAY,
) -> DueCard:
    step = None if step_in_minutes is None else NOON + timedelta(minutes=step_in_minutes)
    return DueCard(fact_id=fact_id, step_due_at=step, last_review_on=last_review_on)


@pytest.mark.parametrize(
    ("offered", "strength", "ends_steps", "asked"),
    [
        ([RECOGNISE, RECALL], Strength.NEW, False, RECOGNISE),
        ([RECOGNISE, RECALL], Strength.LEARNING, False, RECOGNISE),
        ([RECOGNISE, RECONSTRUCT, EXPLAIN], Strength.REMEMBERED, False, RECONSTRUCT),
        ([RECOGNISE, RECONSTRUCT, RECALL], Strength.STRONG, False, RECALL),
        ([RECOGNISE, RECONSTRUCT, RECALL], Strength.LEARNING, True, RECONSTRUCT),
        ([RECOGNISE, RECALL, EXPLAIN], Strength.LEARNING, True, RECALL),
        ([RECOGNISE, EXPLAIN], Strength.LEARNING, True, EXPLAIN),
        ([RECOGNISE], Strength.LEARNING, True, RECOGNISE),
        ([RECALL, EXPLAIN], Strength.NEW, False, RECALL),
        ([RECOGNISE, EXPLAIN], Strength.REMEMBERED, False, EXPLAIN),
        ([RECOGNISE], Strength.REMEMBERED, False, RECOGNISE),
        ([RECOGNISE, RECONSTRUCT], Strength.STRONG, False, RECONSTRUCT),
    ],
    ids=[
        "a new fact is recognised",
        "so is one in its steps",
        "a remembered one is reconstructed",
        "a strong one recalled",
        "what ends the steps reconstructs",
        "or the next harder",
        "or one harder still",
        "or the easier if there is no other",
        "the next harder where the wanted is missing",
        "harder goes before easier",
        "easier where nothing is harder",
        "the next easier one",
    ],
)
def test_the_form_fits_the_strength(
    offered: list[Demand], strength: Strength, *, ends_steps: bool, asked: Demand
) -> None:
    assert chosen(forms(*offered), strength, ends_steps=ends_steps).demand == asked


@pytest.mark.parametrize("ends_steps", [True, False])
@given(of=form_lists, strength=strengths, last=st.integers(1, 6), seed=seeds)
def test_the_last_question_comes_again_only_if_it_is_the_only_one(
    of: list[Form], strength: Strength, last: int, seed: int, *, ends_steps: bool
) -> None:
    form = chosen(of, strength, last=last, ends_steps=ends_steps, seed=seed)
    assert form in of
    if len(of) > 1:
        assert form.question_id != last


@given(form_lists, strengths, seeds)
def test_nothing_else_is_asked_while_a_fitting_form_is_there(
    of: list[Form], strength: Strength, seed: int
) -> None:
    fitting = [form for form in of if form.demand in WANTED[strength]]
    if fitting:
        assert chosen(of, strength, seed=seed) in fitting


def test_every_fitting_form_has_its_turn() -> None:
    of = forms(RECOGNISE, RECOGNISE, RECONSTRUCT)
    asked = {chosen(of, Strength.NEW, seed=seed).question_id for seed in range(40)}
    assert asked == {1, 2, 3}


def test_the_same_lots_choose_the_same_form() -> None:
    of = forms(RECOGNISE, RECOGNISE, RECONSTRUCT)
    assert len({chosen(of, Strength.NEW, seed=5) for _ in range(5)}) == 1


def test_ties_fall_otherwise_for_another_learner_and_on_another_day() -> None:
    shifts = [shuffle_shift(seed, today) for seed in (7, 8) for today in (YESTERDAY, TODAY)]
    orders = {
        tuple(sorted(range(1, 30), key=lambda f: shuffled_place(shift, f))) for shift in shifts
    }
    assert len(orders) == 4


def test_every_fact_has_an_even_chance_to_come_first() -> None:
    shifts = [shuffle_shift(seed, TODAY) for seed in range(2000)]
    first = Counter(min(range(1, 5), key=lambda f: shuffled_place(s, f)) for s in shifts)
    assert all(400 < count < 600 for count in first.values())


def test_neighbours_are_not_left_in_their_order() -> None:
    for seed in range(500):
        shift = shuffle_shift(seed, TODAY)
        first = sorted(range(1, 61), key=lambda f: shuffled_place(shift, f))[:10]
        assert first != sorted(first)


@given(seeds, st.integers(1, 2**63 - 1))
def test_a_place_is_a_number_that_a_table_can_hold(seed: int, fact: int) -> None:
    shift = shuffle_shift(seed, TODAY)
    assert 0 <= shift < SHUFFLE_PRIME
    assert 0 <= shuffled_place(shift, fact) < SHUFFLE_PRIME


def taken_in_turn(due: int, new: int) -> str:
    """Return a day's sequence of due (d) and new (n) facts."""
    turns, due_done, new_done = "", 0, 0
    while due_done < due or new_done < new:
        tally = DayTally(
            due_done=due_done, due_left=due - due_done, new_done=new_done, new_left=new - new_done
        )
        if is_turn_of_new(tally):
            turns, new_done = turns + "n", new_done + 1
        else:
            turns, due_done = turns + "d", due_done + 1
    return turns


@pytest.mark.parametrize(
    ("due", "new", "turns"),
    [
        (0, 3, "nnn"),
        (3, 0, "ddd"),
        (1, 1, "nd"),
        (6, 2, "ddnddndd"),
        (2, 6, "nnndnnnd"),
        (0, 0, ""),
    ],
)
def test_new_facts_are_spread_among_the_due_ones(due: int, new: int, turns: str) -> None:
    found = taken_in_turn(due, new)
    assert Counter(found) == Counter(turns)
    if not min(due, new):
        assert found == turns


@given(st.integers(1, 60), st.integers(1, 60))
def test_at_every_moment_both_are_about_equally_far(due: int, new: int) -> None:
    turns = taken_in_turn(due, new)
    for place in range(len(turns)):
        due_share = turns[:place].count("d") / (due + 1)
        new_share = turns[:place].count("n") / (new + 1)
        assert abs(due_share - new_share) <= 1 / (due + 1) + 1 / (new + 1)


def test_a_step_is_asked_when_its_moment_has_come() -> None:
    cards = [card(1, step_in_minutes=1), card(2, step_in_minutes=0), card(3)]
    found = step_to_ask(cards, TODAY, NOON)
    assert found is not None
    assert found.fact_id == 2


def test_a_step_left_open_on_an_earlier_day_comes_first() -> None:
    cards = [
        card(1, step_in_minutes=-60),
        card(2, step_in_minutes=30, last_review_on=YESTERDAY),
        card(3, step_in_minutes=20, last_review_on=YESTERDAY),
    ]
    found = step_to_ask(cards, TODAY, NOON)
    assert found is not None
    assert found.fact_id == 3


def test_without_a_step_there_is_none_to_ask() -> None:
    cards = [card(1), card(2, step_in_minutes=5)]
    assert step_to_ask(cards, TODAY, NOON) is None
    assert step_to_ask([], TODAY, NOON) is None
    assert early_step([], NOON) is None
    assert early_step([card(1)], NOON) is None


@pytest.mark.parametrize(("minutes", "asked"), [(19, True), (20, True), (20.1, False)])
def test_a_step_is_asked_twenty_minutes_early_at_most(minutes: float, *, asked: bool) -> None:
    assert timedelta(minutes=20) == EARLY
    assert (early_step([card(1, step_in_minutes=minutes)], NOON) is not None) == asked


def test_the_nearest_step_is_asked_early() -> None:
    cards = [card(1, step_in_minutes=9), card(2, step_in_minutes=4), card(3)]
    found = early_step(cards, NOON)
    assert found is not None
    assert found.fact_id == 2


def test_a_card_outside_its_steps_is_no_step() -> None:
    broken = [card(1, step_in_minutes=1), card(2)]
    assert [c.fact_id for c in broken if c.step_due_at is None] == [2]
    assert step_to_ask([card(2, last_review_on=YESTERDAY)], TODAY, NOON) is None


@pytest.mark.parametrize(
    ("recall", "limit", "facts"),
    [
        ([(1, 0.5), (2, 0.9), (3, 0.7)], 2, [2, 3]),
        ([(5, 0.8), (4, 0.8), (6, 0.9)], 3, [6, 4, 5]),
        ([(1, 0.5)], 0, []),
        ([], 5, []),
    ],
    ids=["highest chance first", "ties by fact", "no room", "nothing due"],
)
def test_a_backlog_begins_with_what_is_remembered_best(
    recall: list[tuple[int, float]], limit: int, facts: list[int]
) -> None:
    assert day_list(recall, limit) == facts


@pytest.mark.parametrize(
    ("facts", "taken", "apart", "left"),
    [
        ([1, 2, 3], [], [(1, 2)], [1, 3]),
        ([1, 2], [3], [(1, 3)], [2]),
        ([2, 1], [], [(1, 2)], [2]),
        ([1, 2, 3], [], [(1, 2), (2, 3)], [1, 3]),
        ([], [1], [(1, 2)], []),
    ],
)
def test_facts_that_give_each_other_away_are_not_taken_together(
    facts: list[int], taken: list[int], apart: list[tuple[int, int]], left: list[int]
) -> None:
    both_ways = {*apart, *((other, fact) for fact, other in apart)}
    assert apart_from_each_other(facts, taken, both_ways) == left
