"""Folding the answers to a fact: what moves the schedule, and what a replay gives."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.bank_files import Demand
from quizapp.domain.rating import Certainty, Rating
from quizapp.domain.scheduling import DEFAULT_WEIGHTS, CardState, Rules, Schedule
from quizapp.memory.projection import (
    NOTHING,
    FuzzKey,
    LoggedAnswer,
    extended,
    moves,
    projected,
    rules_from_row,
    steps_from_text,
)
from quizapp.memory.projection import given as as_given

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY = FuzzKey(7, "bank/fact")
IN_REVIEW = Schedule(
    stability_days=5.0,
    difficulty=5.0,
    state=CardState.REVIEW,
    step=None,
    due_on=TODAY + timedelta(5),
    step_due_at=None,
    last_review_on=TODAY,
    lapses=0,
    next_day=False,
)
IN_STEPS = Schedule(
    stability_days=5.0,
    difficulty=5.0,
    state=CardState.LEARNING,
    step=1,
    due_on=TODAY,
    step_due_at=NOW + timedelta(minutes=10),
    last_review_on=TODAY,
    lapses=0,
    next_day=False,
)


def answer(minutes: int = 0, **changed: Any) -> LoggedAnswer:
    """Return a right and sure answer, so many minutes after the first."""
    moment = NOW + timedelta(minutes=minutes)
    values: dict[str, Any] = {
        "study_day": moment.date(),
        "answered_at": moment,
        "rating": Rating.GOOD,
        "share": 1.0,
        "certainty": Certainty.SURE,
        "question_id": 1,
        "demand": Demand.RECALL,
        "affects_schedule": True,
        "rules": Rules(),
    }
    return LoggedAnswer(**(values | changed))


answer_lists = st.lists(
    st.builds(
        answer,
        st.integers(0, 60 * 24 * 100),
        rating=st.sampled_from(Rating),
        share=st.sampled_from([0.0, 0.8, 1.0]),
        certainty=st.sampled_from(Certainty),
        demand=st.sampled_from(Demand),
        affects_schedule=st.booleans(),
        rules=st.sampled_from([Rules(), Rules(desired_retention=0.8, learning_steps_minutes=())]),
    )
).map(lambda answers: sorted(answers, key=lambda each: (each.study_day, each.answered_at)))


@pytest.mark.parametrize(
    ("schedule", "study_day", "does"),
    [
        (None, TODAY, True),
        (IN_REVIEW, TODAY, False),
        (IN_REVIEW, TODAY + timedelta(1), True),
        (IN_STEPS, TODAY, True),
        (IN_STEPS, TODAY + timedelta(1), True),
    ],
    ids=["new fact", "second try", "next day", "in steps", "step left open"],
)
def test_the_first_try_of_a_study_day_and_those_inside_steps_move(
    schedule: Schedule | None, study_day: date, *, does: bool
) -> None:
    assert moves(schedule, study_day) == does


def test_no_answers_leave_a_new_fact() -> None:
    assert projected([], KEY) == NOTHING
    assert NOTHING.schedule is None


def test_an_answer_is_counted_and_remembered() -> None:
    after = extended(NOTHING, answer(question_id=3), KEY)

    assert (after.reviews, after.last_question_id, after.last_answered_at) == (1, 3, NOW)
    assert after.schedule is not None
    assert after.schedule.step_due_at == NOW + timedelta(minutes=10)


@pytest.mark.parametrize(
    "ignored",
    [answer(30, affects_schedule=False), answer(30)],
    ids=["does not affect the schedule", "second try of the day, by the order of the replay"],
)
def test_what_does_not_move_leaves_everything_as_it_was(ignored: LoggedAnswer) -> None:
    learned = projected([answer(), answer(10)], KEY)

    assert extended(learned, ignored, KEY) == learned


def test_each_answer_is_scheduled_by_the_rules_it_names() -> None:
    without_steps = Rules(learning_steps_minutes=())
    first, second = projected([answer()], KEY), projected([answer(rules=without_steps)], KEY)

    assert first.schedule is not None
    assert second.schedule is not None
    assert (first.schedule.state, second.schedule.state) == (CardState.LEARNING, CardState.REVIEW)


@pytest.mark.parametrize(
    ("changed", "is_confident_error"),
    [
        ({"rating": Rating.AGAIN, "share": 0.0}, True),
        ({"rating": Rating.AGAIN, "share": 0.0, "certainty": Certainty.NOT_SURE}, False),
        ({"rating": Rating.AGAIN, "share": 0.0, "certainty": Certainty.DONT_KNOW}, False),
        ({"rating": Rating.AGAIN, "share": 1.0}, False),
        ({"rating": Rating.GOOD, "share": 0.0}, False),
        ({"rating": Rating.GOOD, "share": 1.0}, False),
    ],
    ids=["wrong and sure", "not sure", "I don't know", "own Again", "rating changed", "right"],
)
def test_a_confident_error_is_wrong_sure_and_rated_again(
    changed: dict[str, Any], *, is_confident_error: bool
) -> None:
    assert as_given(answer(**changed), KEY, 0).confident_error == is_confident_error


@pytest.mark.parametrize(
    ("demand", "may"),
    [
        (Demand.RECOGNISE, False),
        (Demand.RECONSTRUCT, True),
        (Demand.RECALL, True),
        (Demand.EXPLAIN, True),
    ],
)
def test_what_was_only_recognised_does_not_leave_the_steps(demand: Demand, *, may: bool) -> None:
    assert as_given(answer(demand=demand), KEY, 0).may_leave_steps == may


def test_fuzz_depends_on_learner_fact_and_count() -> None:
    keys = [(KEY, 0), (KEY, 1), (FuzzKey(8, "bank/fact"), 0), (FuzzKey(7, "bank/other"), 0)]
    units = [as_given(answer(), key, count).fuzz for key, count in keys]

    assert len(set(units)) == len(units)
    assert units == [as_given(answer(), key, count).fuzz for key, count in keys]


@given(answers=answer_lists, cut=st.integers(0, 20))
def test_answers_can_be_folded_in_any_two_stretches(answers: list[LoggedAnswer], cut: int) -> None:
    half_way = projected(answers[:cut], KEY)

    assert projected(answers[cut:], KEY, half_way) == projected(answers, KEY)


@given(answers=answer_lists)
def test_what_never_moved_can_be_left_out(answers: list[LoggedAnswer]) -> None:
    moving = [each for each in answers if each.affects_schedule]
    after = projected(answers, KEY)

    assert after == projected(moving, KEY)
    assert after.reviews <= len(moving)
    assert (after.schedule is None) == (not moving)


@pytest.mark.parametrize(("text", "steps"), [("", ()), ("10", (10,)), (" 1  10 ", (1, 10))])
def test_steps_are_minutes_with_spaces_between(text: str, steps: tuple[int, ...]) -> None:
    assert steps_from_text(text) == steps


def test_a_row_of_rules_gives_the_schedulers_rules() -> None:
    rules = rules_from_row(str(list(DEFAULT_WEIGHTS)), 0.85, "1 10 60", "")

    assert rules == Rules(
        desired_retention=0.85, learning_steps_minutes=(1, 10, 60), relearning_steps_minutes=()
    )
