"""Correcting the log: undo, another rating, "I was right", a corrected key."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Choice, Distractor, Question, Short
from quizapp.domain.errors import ReviewNotFoundError
from quizapp.domain.rating import Certainty, Rating
from quizapp.domain.scheduling import CardState
from quizapp.memory.corrections import change_rating, correct_key, overrule, restore, void
from quizapp.memory.services import recorded
from quizapp.models import Fact
from tests import factories
from tests.db.answering import (
    RIGHT_CHOICE,
    RIGHT_WORDS,
    WRONG_CHOICE,
    WRONG_WORDS,
    Desk,
    at,
    on,
)

AGAIN, HARD, GOOD, EASY = Rating
Correction = Callable[[Desk, int], object]
CORRECTIONS: dict[str, Correction] = {
    "undo": lambda desk, review_id: void(desk.session, desk.learner, review_id, "undone", at(1)),
    "change rating": lambda desk, review_id: change_rating(
        desk.session, desk.learner, review_id, HARD, at(1)
    ),
    "overrule": lambda desk, review_id: overrule(desk.session, desk.learner, review_id, at(1)),
    "restore": lambda desk, review_id: restore(desk.session, desk.learner, review_id, at(1)),
}
corrections = pytest.mark.parametrize("correct", CORRECTIONS.values(), ids=CORRECTIONS)


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session, factories.learner(session), factories.fact(session))


def test_undo_leaves_the_card_as_if_it_had_not_been_answered(desk: Desk) -> None:
    desk.learn()
    before = desk.card
    reply = desk.answer(at(2), WRONG_WORDS)

    assert void(desk.session, desk.learner, reply.review_id, "undone", at(2, 10)) == desk.fact_id
    assert desk.card.projection == before.projection
    assert desk.card.revision == before.revision + 2
    row = desk.row(reply.review_id)
    assert (row.voided_at, row.void_reason, row.replaced_by_id) == (at(2, 10), "undone", None)


def test_undo_of_the_only_answer_makes_the_fact_new_again(desk: Desk) -> None:
    reply = desk.answer(at(0))
    void(desk.session, desk.learner, reply.review_id, "undone", at(0))

    assert desk.card.projection.schedule is None
    assert (desk.card.projection.reviews, desk.card.revision) == (0, 2)


def test_undo_of_an_older_answer_replays_those_after_it(desk: Desk) -> None:
    desk.learn()
    undone = desk.answer(at(2), WRONG_WORDS)
    desk.answer(at(3))
    void(desk.session, desk.learner, undone.review_id, "undone", at(4))

    assert desk.card.projection == desk.replayed()
    assert desk.card.projection.reviews == 3
    assert desk.schedule.lapses == 0


def test_the_answer_after_an_undo_can_be_given_again(desk: Desk) -> None:
    desk.learn()
    reply = desk.answer(at(2), WRONG_WORDS)
    void(desk.session, desk.learner, reply.review_id, "undone", at(2))
    again = desk.answer(at(2, 9, 1))

    assert again.affects_schedule
    assert (again.rating, desk.schedule.lapses) == (GOOD, 0)


def test_a_changed_rating_replaces_the_row(desk: Desk) -> None:
    desk.learn()
    before = desk.schedule
    reply = desk.answer(at(2))
    good = desk.schedule
    new_id = change_rating(desk.session, desk.learner, reply.review_id, EASY, at(2, 10))

    old, new = desk.row(reply.review_id), desk.row(new_id)
    assert (old.voided_at, old.void_reason) == (at(2, 10), "rating changed")
    assert (old.replaced_by_id, old.rating) == (new_id, GOOD)
    assert (new.rating, new.rated_by, new.voided_at) == (EASY, "learner", None)
    assert (new.answered_at, new.study_day) == (old.answered_at, old.study_day)
    assert new.question_version_id == old.question_version_id
    assert new.recall_expected == old.recall_expected
    assert desk.schedule.due_on > good.due_on > before.due_on
    assert desk.card.projection == desk.replayed()


def test_a_replacing_row_says_which_due_day_it_gave(desk: Desk) -> None:
    desk.learn()
    reply = desk.answer(at(2))
    new_id = change_rating(desk.session, desk.learner, reply.review_id, EASY, at(2, 10))

    assert desk.row(new_id).due_on == desk.schedule.due_on != reply.due_on
    assert recorded(desk.session, desk.learner, new_id).due_on == desk.schedule.due_on


def test_a_first_rating_changed_to_easy_leaves_no_step_for_the_second_answer(desk: Desk) -> None:
    first = desk.answer(at(0))
    desk.answer(at(0, 9, 10))
    change_rating(desk.session, desk.learner, first.review_id, EASY, at(0, 10))

    assert desk.card.projection.reviews == 1
    assert desk.schedule.due_on >= on(6)
    assert desk.card.projection == desk.replayed()


def test_an_overruled_answer_counts_as_right(desk: Desk) -> None:
    reply = desk.answer(at(0), WRONG_WORDS)
    assert desk.schedule.next_day
    new_id = overrule(desk.session, desk.learner, reply.review_id, at(0, 9, 1))

    new = desk.row(new_id)
    assert (new.rating, new.share, new.rated_by) == (GOOD, 1.0, "learner")
    assert desk.row(reply.review_id).void_reason == "overruled"
    assert (desk.schedule.next_day, desk.schedule.step) == (False, 1)


@pytest.mark.parametrize(
    ("certainty", "rating"), [(Certainty.SURE, GOOD), (Certainty.NOT_SURE, HARD)]
)
def test_an_overruled_answer_is_rated_by_its_certainty(
    desk: Desk, certainty: Certainty, rating: Rating
) -> None:
    reply = desk.answer(at(0), WRONG_CHOICE, certainty=certainty)

    assert desk.row(overrule(desk.session, desk.learner, reply.review_id, at(0))).rating == rating


def test_i_dont_know_can_be_overruled_too_but_was_not_sure(desk: Desk) -> None:
    reply = desk.answer(at(0), WRONG_CHOICE, certainty=Certainty.DONT_KNOW)

    assert desk.row(overrule(desk.session, desk.learner, reply.review_id, at(0))).rating == HARD


def test_an_overruling_can_be_taken_back(desk: Desk) -> None:
    desk.learn()
    reply = desk.answer(at(2), WRONG_WORDS)
    before = desk.card
    overruled_id = overrule(desk.session, desk.learner, reply.review_id, at(2, 10))
    restored_id = restore(desk.session, desk.learner, overruled_id, at(2, 11))

    assert desk.card.projection == before.projection
    first, second, third = desk.log()[-3:]
    assert [row.id for row in (second, third)] == [overruled_id, restored_id]
    assert [row.replaced_by_id for row in (first, second, third)] == [second.id, third.id, None]
    assert (third.rating, third.share, third.rated_by) == (AGAIN, 0.0, "marking")
    assert (second.void_reason, third.voided_at) == ("restored", None)


def test_an_overruling_can_be_taken_back_and_made_again(desk: Desk) -> None:
    review_id = desk.answer(at(0), WRONG_WORDS).review_id
    for _ in range(2):
        review_id = overrule(desk.session, desk.learner, review_id, at(0))
        review_id = restore(desk.session, desk.learner, review_id, at(0))

    assert len(desk.log()) == 5
    assert desk.schedule.next_day


def test_an_answer_that_replaced_nothing_cannot_be_restored(desk: Desk) -> None:
    reply = desk.answer(at(0))

    with pytest.raises(ReviewNotFoundError):
        restore(desk.session, desk.learner, reply.review_id, at(0))


@corrections
def test_a_row_that_was_taken_back_cannot_be_corrected(desk: Desk, correct: Correction) -> None:
    reply = desk.answer(at(0), WRONG_WORDS)
    replaced_id = overrule(desk.session, desk.learner, reply.review_id, at(0))
    change_rating(desk.session, desk.learner, replaced_id, EASY, at(0))
    before = [(row.id, row.void_reason) for row in desk.log()]

    with pytest.raises(ReviewNotFoundError):
        correct(desk, replaced_id)
    assert [(row.id, row.void_reason) for row in desk.log()] == before


@corrections
def test_the_review_of_another_learner_is_not_found(
    session: Session, desk: Desk, correct: Correction
) -> None:
    fellow = Desk(session, factories.learner(session), factories.fact(session))
    review_id = fellow.answer(at(0), WRONG_WORDS).review_id
    if correct is CORRECTIONS["restore"]:
        review_id = overrule(session, fellow.learner, review_id, at(0))
    before = fellow.card

    with pytest.raises(ReviewNotFoundError):
        correct(desk, review_id)
    with pytest.raises(ReviewNotFoundError):
        recorded(session, desk.learner, review_id)
    assert fellow.card == before


@corrections
def test_a_review_that_does_not_exist_is_not_found(desk: Desk, correct: Correction) -> None:
    with pytest.raises(ReviewNotFoundError):
        correct(desk, 10**6)


def test_a_correction_of_what_did_not_move_does_not_move_either(desk: Desk) -> None:
    desk.learn()
    before = desk.card.projection
    extra = desk.answer(at(0, 12), WRONG_WORDS)
    new_id = overrule(desk.session, desk.learner, extra.review_id, at(0, 13))

    assert not desk.row(new_id).affects_schedule
    assert desk.row(new_id).due_on is None
    assert desk.card.projection == before


def test_an_answer_sent_again_after_its_correction_gets_the_first_reply(desk: Desk) -> None:
    reply = desk.answer(at(0), client_id="sent twice")
    change_rating(desk.session, desk.learner, reply.review_id, HARD, at(0))
    again = desk.answer(at(0), client_id="sent twice")

    assert again.review_id == reply.review_id
    assert len(desk.log()) == 2


SWAPPED = Choice(
    id="choice",
    prompt="Who signed the orders?",
    answer="The cabinet",
    distractors=[
        Distractor(text="The congress", why_wrong="The congress had not met."),
        Distractor(text="The committee", why_wrong="The committee had dissolved."),
    ],
)


def test_a_corrected_key_marks_every_answer_anew(session: Session, desk: Desk) -> None:
    fellow = Desk(session, factories.learner(session), _fact_of(desk))
    right = desk.answer(at(0), RIGHT_CHOICE)
    wrong = fellow.answer(at(0), WRONG_CHOICE)

    assert correct_key(session, desk.choice_id, SWAPPED, at(1)) == 2
    for each, reply, rating in ((desk, right, AGAIN), (fellow, wrong, GOOD)):
        old, new = each.row(reply.review_id), each.log()[-1]
        assert (old.void_reason, old.replaced_by_id) == ("key corrected", new.id)
        assert (new.rating, new.rated_by) == (rating, "marking")
        assert each.card.projection == each.replayed()
    assert desk.schedule.next_day
    assert not fellow.schedule.next_day


def test_a_key_corrected_twice_changes_nothing_the_second_time(desk: Desk) -> None:
    desk.answer(at(0), RIGHT_CHOICE)
    correct_key(desk.session, desk.choice_id, SWAPPED, at(1))
    before = desk.card

    assert correct_key(desk.session, desk.choice_id, SWAPPED, at(2)) == 0
    assert desk.card == before


@pytest.mark.parametrize(
    "given",
    [{"answer": WRONG_CHOICE, "certainty": Certainty.DONT_KNOW}, {"answer": RIGHT_WORDS}],
    ids=["I don't know", "another question"],
)
def test_a_corrected_key_leaves_other_answers_alone(desk: Desk, given: dict[str, Any]) -> None:
    desk.answer(at(0), **given)

    assert correct_key(desk.session, desk.choice_id, SWAPPED, at(1)) == 0


@pytest.mark.parametrize(
    "corrected",
    [
        factories.short(),
        Choice(id="choice", prompt="Who?", answer="Nobody", distractors=SWAPPED.distractors),
    ],
    ids=["another type", "the option is gone"],
)
def test_an_answer_that_the_corrected_question_cannot_have_stays(
    desk: Desk, corrected: Question
) -> None:
    desk.answer(at(0), WRONG_CHOICE)

    assert correct_key(desk.session, desk.choice_id, corrected, at(1)) == 0


def test_a_corrected_key_leaves_what_learners_said_themselves(desk: Desk) -> None:
    reply = desk.answer(at(0), WRONG_CHOICE)
    overrule(desk.session, desk.learner, reply.review_id, at(0))

    assert correct_key(desk.session, desk.choice_id, SWAPPED, at(1)) == 0


def test_a_corrected_key_replays_the_later_answers(desk: Desk) -> None:
    corrected = Short(id="short", prompt="Which body?", accept=["Committee", "Cabinet"])
    desk.learn()
    desk.answer(at(2), WRONG_WORDS)
    desk.answer(at(2, 9, 10))
    desk.answer(at(3))

    assert correct_key(desk.session, desk.short_id, corrected, at(4)) == 1
    assert (desk.schedule.lapses, desk.schedule.state) == (0, CardState.REVIEW)
    assert desk.card.projection == desk.replayed()


def _fact_of(desk: Desk) -> Fact:
    return desk.session.get_one(Fact, desk.fact_id)
