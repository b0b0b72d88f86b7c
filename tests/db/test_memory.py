"""The review log and the cards it moves."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quizapp.domain.answers import Answer, Revealed, Typed, Verdict
from quizapp.domain.bank_files import Flashcard, NearMiss, Short
from quizapp.domain.errors import QuestionNotFoundError
from quizapp.domain.rating import Certainty, Rating
from quizapp.domain.scheduling import CardState
from quizapp.memory.queries import NO_CARD, card_of
from quizapp.memory.services import record, recorded, replay, set_flags
from quizapp.models import Reading
from tests import factories
from tests.db.answering import (
    RIGHT_CHOICE,
    RIGHT_WORDS,
    WRONG_CHOICE,
    WRONG_WORDS,
    Desk,
    at,
    moved_to,
    on,
    with_rules,
)

AGAIN, HARD, GOOD, EASY = Rating
SURE, NOT_SURE, DONT_KNOW = Certainty


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session, factories.learner(session), factories.fact(session))


def test_a_fact_never_answered_has_no_card(desk: Desk) -> None:
    assert desk.card == NO_CARD
    assert desk.log() == []


def test_a_first_answer_is_logged_and_makes_the_card(desk: Desk) -> None:
    reply = desk.answer(at(0), milliseconds=4200)

    [row] = desk.log()
    assert (row.rating, row.share, row.rated_by) == (GOOD, 1.0, "marking")
    assert (row.answered_at, row.study_day, row.time_zone) == (at(0), on(0), "UTC")
    assert (row.recall_expected, row.due_on, row.milliseconds) == (None, on(0), 4200)
    assert row.affects_schedule
    assert reply.review_id == row.id
    assert reply.schedule == desk.schedule
    assert (desk.schedule.state, desk.schedule.step) == (CardState.LEARNING, 1)
    assert desk.schedule.step_due_at == at(0, 9, 10)
    assert desk.card.revision == 1


def test_a_later_answer_says_what_recall_was_expected(desk: Desk) -> None:
    desk.learn()
    reply = desk.answer(at(2))

    recall = desk.row(reply.review_id).recall_expected
    assert recall is not None
    assert 0.88 < recall < 0.93
    assert desk.row(reply.review_id).due_on == desk.schedule.due_on == reply.due_on


def test_the_same_client_id_counts_once_and_gets_the_same_reply(desk: Desk) -> None:
    form = desk.form()
    first = record(desk.session, desk.learner, form, at(0))
    second = record(desk.session, desk.learner, form, at(0, 9, 1))

    assert len(desk.log()) == 1
    assert desk.card.revision == 1
    for name in ("review_id", "marked", "rating", "due_on", "study_day", "answered_at", "schedule"):
        assert getattr(second, name) == getattr(first, name), name


def test_the_same_client_id_with_another_answer_gets_the_first_reply(
    session: Session, desk: Desk
) -> None:
    other = Desk(session, desk.learner, factories.fact(session))
    first = desk.answer(at(0), client_id="sent twice")
    second = other.answer(at(0, 9, 1), WRONG_CHOICE, client_id="sent twice")

    assert (second.review_id, second.answer) == (first.review_id, RIGHT_WORDS)
    assert second.asked.fact_id == desk.fact_id
    assert second.rating is GOOD
    assert other.card == NO_CARD
    assert other.log() == []


def test_two_learners_may_happen_on_the_same_client_id(session: Session, desk: Desk) -> None:
    fellow = factories.learner(session)
    form = desk.form()
    first = record(session, desk.learner, form, at(0))
    second = record(session, fellow, form, at(0))

    assert second.review_id != first.review_id
    assert card_of(session, fellow.id, desk.fact_id).projection == desk.card.projection


def test_an_answer_to_an_older_form_is_stored_and_does_not_move(desk: Desk) -> None:
    in_other_tab = desk.form(WRONG_WORDS)
    desk.answer(at(0))
    before = desk.card
    reply = record(desk.session, desk.learner, in_other_tab, at(0, 9, 2))

    assert desk.card == before
    assert not reply.affects_schedule
    assert (reply.rating, reply.schedule) == (AGAIN, desk.schedule)
    row = desk.row(reply.review_id)
    assert (row.affects_schedule, row.due_on, row.recall_expected) == (False, None, None)


def test_an_answer_that_did_not_move_gets_the_same_reply_when_sent_twice(desk: Desk) -> None:
    desk.learn()
    form = desk.form()
    first = record(desk.session, desk.learner, form, at(0, 10))
    second = record(desk.session, desk.learner, form, at(0, 10, 1))

    assert first.due_on == second.due_on == on(2)


def test_a_second_try_on_a_study_day_does_not_move(desk: Desk) -> None:
    desk.learn()
    desk.answer(at(2))
    before = desk.card
    reply = desk.answer(at(2, 20), WRONG_WORDS)

    assert not reply.affects_schedule
    assert desk.card == before


def test_answers_inside_the_steps_all_move(desk: Desk) -> None:
    replies = [
        desk.answer(at(0, 9, 0), WRONG_WORDS, certainty=NOT_SURE),
        desk.answer(at(0, 9, 1)),
        desk.answer(at(0, 9, 11)),
    ]

    assert all(reply.affects_schedule for reply in replies)
    assert desk.card.projection.reviews == 3
    assert (desk.schedule.state, desk.schedule.step) == (CardState.REVIEW, None)


def test_a_right_answer_that_only_recognises_stays_in_the_steps(desk: Desk) -> None:
    desk.answer(at(0), RIGHT_CHOICE)
    desk.answer(at(0, 9, 10), RIGHT_CHOICE)

    assert (desk.schedule.state, desk.schedule.step) == (CardState.LEARNING, 1)


def test_a_fact_read_today_does_not_move(session: Session, desk: Desk) -> None:
    session.add(
        Reading(learner_id=desk.learner.id, fact_id=desk.fact_id, study_day=on(0), read_at=at(0))
    )
    session.flush()
    today = desk.answer(at(0, 10))
    tomorrow = desk.answer(at(1))

    assert (today.affects_schedule, tomorrow.affects_schedule) == (False, True)
    assert desk.schedule.last_review_on == on(1)


def test_a_step_left_open_goes_on_the_next_day_by_the_spaced_formula(
    session: Session, desk: Desk
) -> None:
    same_day = Desk(session, desk.learner, factories.fact(session))
    for each in (desk, same_day):
        each.answer(at(0))
    same_day.answer(at(0, 9, 10))
    reply = desk.answer(at(1))

    assert reply.affects_schedule
    assert desk.row(reply.review_id).recall_expected is not None
    assert desk.schedule.state is CardState.REVIEW
    assert desk.schedule.stability_days > same_day.schedule.stability_days


def test_a_study_day_begins_at_the_roll_over(desk: Desk) -> None:
    assert desk.answer(at(1, 3, 59)).study_day == on(0)
    assert desk.answer(at(1, 4, 0)).study_day == on(1)


def test_a_study_day_never_runs_backwards(session: Session, desk: Desk) -> None:
    desk.learner = moved_to(session, desk.learner, "Pacific/Auckland")
    first = desk.answer(at(0, 20))
    desk.learner = moved_to(session, desk.learner, "Pacific/Honolulu")
    second = desk.answer(at(0, 20, 10))
    third = desk.answer(at(0, 20, 30))

    assert (first.study_day, second.study_day, third.study_day) == (on(1), on(1), on(1))
    assert (second.affects_schedule, third.affects_schedule) == (True, False)
    assert desk.row(second.review_id).time_zone == "Pacific/Honolulu"
    assert desk.card.projection == desk.replayed()


@pytest.mark.parametrize("late", [1, 2, 3])
def test_an_answer_that_arrives_late_leaves_what_the_order_of_answering_gives(
    session: Session, desk: Desk, late: int
) -> None:
    moments = [at(0), at(0, 9, 10), at(2), at(9), at(40)]
    in_order = Desk(session, factories.learner(session), factories.fact(session))
    in_order.fact_id, in_order.short_id = desk.fact_id, desk.short_id
    for moment in moments:
        in_order.answer(moment, RIGHT_WORDS)
    for moment in [*moments[:late], *moments[late + 1 :], moments[late]]:
        reply = desk.answer(moment, RIGHT_WORDS)

    assert reply.affects_schedule
    assert desk.card.projection == in_order.card.projection == desk.replayed()
    twin = in_order.log()[late]
    row = desk.row(reply.review_id)
    assert (row.due_on, row.recall_expected) == (twin.due_on, twin.recall_expected)
    assert reply.schedule == desk.schedule


def test_an_answer_that_arrives_late_takes_the_place_of_the_first_try_of_its_day(
    session: Session, desk: Desk
) -> None:
    in_order = Desk(session, factories.learner(session), factories.fact(session))
    in_order.fact_id, in_order.short_id = desk.fact_id, desk.short_id
    for each in (desk, in_order):
        each.learn()
    in_order.answer(at(2, 9))
    in_order.answer(at(2, 10), WRONG_WORDS)
    desk.answer(at(2, 10), WRONG_WORDS)
    desk.answer(at(2, 9))

    assert desk.card.projection == in_order.card.projection == desk.replayed()


def test_a_second_try_that_arrives_late_does_not_move(desk: Desk) -> None:
    desk.learn()
    desk.answer(at(2))
    desk.answer(at(11))
    before = desk.card
    reply = desk.answer(at(2, 10), WRONG_WORDS)

    assert not reply.affects_schedule
    assert reply.study_day == on(2)
    assert desk.card == before


def test_suspending_and_setting_aside_survive_answers_and_replays(desk: Desk) -> None:
    set_flags(desk.session, desk.learner.id, desk.fact_id, suspended=True, set_aside_until=on(5))
    assert desk.card.projection.schedule is None
    desk.answer(at(0))
    replay(desk.session, desk.learner.id, desk.fact_id, at(1))

    assert (desk.card.suspended, desk.card.set_aside_until) == (True, on(5))
    assert desk.card.revision == 3
    assert desk.card.projection == desk.replayed()


def test_flags_can_be_taken_off_and_leave_the_memory_alone(desk: Desk) -> None:
    desk.learn()
    before = desk.card.projection
    for suspended, until in ((True, on(5)), (False, None)):
        set_flags(
            desk.session, desk.learner.id, desk.fact_id, suspended=suspended, set_aside_until=until
        )

    assert (desk.card.suspended, desk.card.set_aside_until) == (False, None)
    assert desk.card.projection == before


NEAR = Short(
    id="near",
    prompt="Which body signed the orders?",
    accept=["Military Revolutionary Committee"],
    near=[NearMiss(text="Soviet", say="The soviet was its parent.")],
)


@pytest.mark.parametrize(
    ("answer", "certainty", "hint_used", "rating"),
    [
        (Typed("military revolutionary comittee"), SURE, False, GOOD),
        (Typed("Military Revolutionary Committee"), NOT_SURE, False, GOOD),
        (Typed("Military Revolutionary Committee"), SURE, True, HARD),
        (Typed("Soviet"), SURE, False, AGAIN),
        (Typed("Cabinet"), NOT_SURE, False, AGAIN),
        (Typed("Military Revolutionary Committee"), DONT_KNOW, False, AGAIN),
    ],
    ids=["slip", "recalled, not sure", "after a hint", "near miss", "wrong", "I don't know"],
)
def test_an_answer_is_rated_by_the_table(
    session: Session, answer: Answer, certainty: Certainty, *, hint_used: bool, rating: Rating
) -> None:
    fact = factories.fact(session, None, factories.choice(), NEAR)
    desk = Desk(session, factories.learner(session), fact)
    reply = desk.answer(at(0), answer, certainty=certainty, hint_used=hint_used)

    assert reply.rating is rating
    assert desk.row(reply.review_id).rating == rating


def test_what_was_recognised_but_not_surely_is_hard(desk: Desk) -> None:
    assert desk.answer(at(0), RIGHT_CHOICE, certainty=NOT_SURE).rating is HARD


def test_a_near_miss_is_answered_and_counts_as_wrong(session: Session) -> None:
    fact = factories.fact(session, None, factories.choice(), NEAR)
    desk = Desk(session, factories.learner(session), fact)
    reply = desk.answer(at(0), Typed("Soviet"))

    assert (reply.marked.verdict, reply.marked.share) == (Verdict.NEAR, 0.0)
    assert reply.marked.notes == ("The soviet was its parent.",)


def test_i_dont_know_is_wrong_but_no_confident_error(desk: Desk) -> None:
    reply = desk.answer(at(0), Typed(""), certainty=DONT_KNOW)

    assert (reply.marked.verdict, reply.marked.notes) == (Verdict.WRONG, ())
    assert not desk.schedule.next_day


def test_a_flashcard_is_rated_by_the_learner(session: Session) -> None:
    card = Flashcard(id="flashcard", front="Who signed?", back="The committee")
    fact = factories.fact(session, None, factories.choice(), card)
    desk = Desk(session, factories.learner(session), fact)
    reply = desk.answer(at(0), Revealed(), own_rating=EASY)

    row = desk.row(reply.review_id)
    assert (row.rating, row.rated_by, row.share) == (EASY, "learner", 1.0)
    assert desk.schedule.state is CardState.REVIEW


@pytest.mark.parametrize("relearning_steps", ["10", ""], ids=["with a step", "without steps"])
def test_a_confident_error_is_due_the_next_study_day_also_after_its_steps(
    session: Session, relearning_steps: str
) -> None:
    learner = factories.learner(session, relearning_steps=relearning_steps)
    desk = Desk(session, learner, factories.fact(session))
    desk.learn()
    for day in (2, 15, 75):
        desk.answer(at(day))
    desk.answer(at(200), WRONG_WORDS, certainty=SURE)
    if relearning_steps:
        assert desk.schedule.next_day
        desk.answer(at(200, 9, 10))

    assert desk.schedule.state is CardState.REVIEW
    assert desk.schedule.due_on == on(201)
    assert desk.card.projection == desk.replayed()


def test_an_error_that_was_not_sure_waits_as_long_as_its_memory_allows(desk: Desk) -> None:
    desk.learn()
    for day in (2, 15, 75):
        desk.answer(at(day))
    desk.answer(at(200), WRONG_WORDS, certainty=NOT_SURE)
    desk.answer(at(200, 9, 10))

    assert desk.schedule.due_on > on(201)


def test_fuzz_differs_between_learners_and_is_the_same_in_a_replay(session: Session) -> None:
    fact = factories.fact(session)
    due_days = set[date]()
    for seed in range(8):
        desk = Desk(session, factories.learner(session, fuzz_seed=seed), fact)
        desk.learn()
        for day in (2, 15, 75):
            desk.answer(at(day))
        due_days.add(desk.schedule.due_on)
        assert replay(session, desk.learner.id, fact.id, at(75)) == desk.card.projection
        assert desk.card.projection == desk.replayed()

    assert len(due_days) > 3


def test_settings_changed_in_between_do_not_change_a_replay(session: Session, desk: Desk) -> None:
    desk.learn()
    desk.answer(at(2))
    before = desk.card.projection
    desk.learner = with_rules(session, desk.learner, desired_retention=0.8, learning_steps="")

    assert replay(session, desk.learner.id, desk.fact_id, at(3)) == before
    reply = desk.answer(at(11))
    assert desk.row(reply.review_id).rules_id == desk.learner.rules_id
    assert desk.card.projection == desk.replayed()


def test_new_settings_act_from_the_next_answer_on(session: Session, desk: Desk) -> None:
    same_settings = Desk(session, desk.learner, factories.fact(session))
    desk.learn()
    same_settings.learn()
    desk.learner = with_rules(session, desk.learner, desired_retention=0.7)
    for each in (desk, same_settings):
        each.answer(at(2))

    assert desk.schedule.stability_days == same_settings.schedule.stability_days
    assert desk.schedule.due_on > same_settings.schedule.due_on


def test_a_question_that_does_not_exist_is_not_found(desk: Desk) -> None:
    with pytest.raises(QuestionNotFoundError):
        desk.answer(at(0), question_version_id=10**6)


def test_a_result_counts_from_its_release_on(session: Session, desk: Desk) -> None:
    desk.learn()
    before = desk.card.projection
    reply = desk.answer(at(2))
    session.execute(
        text("UPDATE review SET counts_from = '2026-03-12 00:00:00.000000' WHERE id = :id"),
        {"id": reply.review_id},
    )

    assert replay(session, desk.learner.id, desk.fact_id, at(9)) == before
    assert replay(session, desk.learner.id, desk.fact_id, at(10)) == desk.replayed() != before


def test_an_answer_is_found_again_as_its_reply_showed_it(desk: Desk) -> None:
    reply = desk.answer(at(0), WRONG_CHOICE)
    again = recorded(desk.session, desk.learner, reply.review_id)

    assert again.marked == reply.marked
    assert again.answer == WRONG_CHOICE
    assert again.schedule == reply.schedule
