"""Practice as the services do it: sittings, questions, answers, and what is said of facts."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Question
from quizapp.domain.errors import (
    BankNotFoundError,
    BlankAnswerError,
    FactNotFoundError,
    MalformedAnswerError,
    QuestionNotFoundError,
    ReviewNotFoundError,
)
from quizapp.domain.presentation import shown, shuffle
from quizapp.domain.rating import Certainty, Rating
from quizapp.memory import corrections, queries
from quizapp.memory.learners import Learner
from quizapp.memory.queue import EVERYTHING, Scope
from quizapp.memory.services import Recorded
from quizapp.models import Fact, Note, QuestionReport, Reveal, Review, Sitting, Theme
from quizapp.study import answering, services
from quizapp.study import queries as study_queries
from quizapp.study.answering import Form
from quizapp.study.services import QuestionPage
from tests import factories
from tests.answer_forms import CHOICE, EXPLAIN, FLASHCARD, MARKED, SHORT, right_fields
from tests.db.answering import at, on

KEY = "test"
NINE = at(0)


def form(page: QuestionPage, fields: Any = None, **given: Any) -> Form:
    values: dict[str, Any] = {
        "client_id": page.client_id,
        "version_id": page.version_id,
        "card_revision": page.card_revision,
        "certainty": Certainty.SURE,
        "hint_used": page.with_hint,
        "shown_at": None,
        "fields": fields or {},
    }
    return Form(**(values | given))


def page_of(session: Session, learner: Learner, fact: Fact, **given: Any) -> QuestionPage:
    values: dict[str, Any] = {"client_id": str(uuid4()), "secret": KEY}
    return services.question_page(session, learner, fact.id, **(values | given))


def answered(
    session: Session, learner: Learner, sent: Form, now: datetime = NINE
) -> Recorded | Reveal:
    result = answering.answer(session, learner, sent, secret=KEY, now=now)
    session.flush()
    return result


def recorded(session: Session, learner: Learner, sent: Form, now: datetime = NINE) -> Recorded:
    result = answered(session, learner, sent, now)
    assert isinstance(result, Recorded)
    return result


def reviews(session: Session) -> list[Review]:
    return list(session.scalars(select(Review).order_by(Review.id)))


def start(session: Session, learner: Learner, now: datetime = NINE, **given: Any) -> Sitting:
    values: dict[str, Any] = {"facts_wanted": 20, "minutes": None, "now": now}
    scope = given.pop("scope", EVERYTHING)
    return services.start_sitting(session, learner, scope, **(values | given))


def test_a_sitting_ends_the_one_before(session: Session) -> None:
    learner = factories.learner(session)
    first, second = start(session, learner), start(session, learner, at(0, 10))
    session.refresh(first)
    assert first.ended_at == at(0, 10)
    assert second.ended_at is None
    services.end_sitting(session, learner, at(0, 11))
    assert study_queries.open_sitting(session, learner.id) is None
    last = study_queries.last_sitting(session, learner.id)
    assert last is not None
    assert last.id == second.id


def test_minutes_become_facts_by_the_usual_time_for_an_answer(session: Session) -> None:
    assert start(session, factories.learner(session), minutes=2).facts_wanted == 15


@pytest.mark.parametrize(("seconds", "facts"), [(30, 4), (0, 120)])
def test_minutes_become_facts_by_the_learner_s_own_times(
    session: Session, seconds: int, facts: int
) -> None:
    learner = factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, SHORT))
    recorded(
        session,
        learner,
        form(page, {"text": ["x"]}, shown_at=at(0)),
        at(0).replace(second=seconds),
    )
    assert start(session, learner, at(0, 10), minutes=2).facts_wanted == facts


@pytest.mark.parametrize("scope", [Scope(bank_id=99), Scope(theme_id=99)])
def test_a_sitting_needs_a_bank_and_theme_that_exist(session: Session, scope: Scope) -> None:
    learner = factories.learner(session)
    open_one = start(session, learner)
    with pytest.raises(BankNotFoundError):
        start(session, learner, scope=scope)
    assert open_one.ended_at is None


def test_a_sitting_may_be_of_one_theme(session: Session) -> None:
    learner = factories.learner(session)
    theme = session.scalars(select(Theme).where(Theme.bank_id == factories.bank(session).id)).one()
    sitting = start(session, learner, scope=Scope(bank_id=theme.bank_id, theme_id=theme.id))
    assert (sitting.bank_id, sitting.theme_id) == (theme.bank_id, theme.id)


def test_a_sitting_is_over_with_its_study_day(session: Session) -> None:
    learner = factories.learner(session)
    factories.fact(session)
    start(session, learner, at(0, 23))
    row = study_queries.open_sitting(session, learner.id)
    assert row is not None
    assert services.next_up(session, learner, row, at(1, 3)).fact_id is not None
    assert services.next_up(session, learner, row, at(1, 4)).fact_id is None


def test_a_page_shown_again_is_the_same(session: Session) -> None:
    learner = factories.learner(session)
    fact = factories.fact(session, None, CHOICE, SHORT)
    page = page_of(session, learner, fact)
    assert page_of(session, learner, fact, client_id=page.client_id) == page
    others = {page_of(session, learner, fact).shown.options for _ in range(40)}
    assert len(others) > 1


def test_a_hint_is_shown_where_there_is_one(session: Session) -> None:
    learner = factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, SHORT), with_hint=True)
    assert (page.hint, page.has_hint, page.with_hint) == ("R…", True, True)
    page = page_of(session, learner, factories.fact(session, None, EXPLAIN), with_hint=True)
    assert (page.hint, page.has_hint, page.with_hint) == (None, False, False)


def test_a_fact_without_questions_cannot_be_asked(session: Session) -> None:
    learner = factories.learner(session)
    fact = factories.fact(session)
    for question in fact.questions:
        question.retired_at = at(0)
    session.flush()
    with pytest.raises(FactNotFoundError):
        page_of(session, learner, fact)


@pytest.mark.parametrize("question", MARKED, ids=lambda question: question.id)
def test_a_right_answer_is_recorded_as_right(session: Session, question: Question) -> None:
    learner = factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, question))
    result = recorded(session, learner, form(page, right_fields(question, page.shown)))
    assert result.marked.share == 1
    assert result.rating is Rating.GOOD
    [review] = reviews(session)
    assert (review.share, review.rated_by, review.client_id) == (1, "marking", page.client_id)


def test_a_hint_makes_a_right_answer_hard(session: Session) -> None:
    learner = factories.learner(session)
    fact = factories.fact(session, None, CHOICE)
    page = page_of(session, learner, fact, with_hint=True)
    result = recorded(session, learner, form(page, right_fields(CHOICE, page.shown)))
    assert (result.rating, result.hint_used) == (Rating.HARD, True)


def test_the_same_form_counts_once_and_gets_the_first_reply(session: Session) -> None:
    learner = factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, SHORT))
    first = recorded(session, learner, form(page, {"text": ["Milrevcom"]}))
    for fields in ({"text": ["Milrevcom"]}, {"text": ["another"]}, {}):
        again = recorded(session, learner, form(page, fields), at(0, 10))
        assert (again.review_id, again.answer) == (first.review_id, first.answer)
    assert len(reviews(session)) == 1


def test_a_form_sent_after_its_answer_was_taken_back_is_told_so(session: Session) -> None:
    learner = factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, SHORT))
    first = recorded(session, learner, form(page, {"text": ["x"]}))
    corrections.void(session, learner, first.review_id, "undone", at(0))
    with pytest.raises(ReviewNotFoundError):
        answered(session, learner, form(page, {"text": ["x"]}))


def test_a_form_sent_after_a_correction_gets_the_answer_as_it_stands(session: Session) -> None:
    learner = factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, SHORT))
    first = recorded(session, learner, form(page, {"text": ["x"]}))
    second = corrections.overrule(session, learner, first.review_id, at(0))
    third = corrections.change_rating(session, learner, second, Rating.EASY, at(0))
    again = recorded(session, learner, form(page, {"text": ["x"]}))
    assert (again.review_id, again.rating) == (third, Rating.EASY)
    assert answering.first_reply(session, learner, third).review_id == third


def test_an_answer_of_somebody_else_is_not_found(session: Session) -> None:
    learner, other = factories.learner(session), factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, SHORT))
    first = recorded(session, learner, form(page, {"text": ["x"]}))
    with pytest.raises(ReviewNotFoundError):
        answering.first_reply(session, other, first.review_id)
    with pytest.raises(ReviewNotFoundError):
        answering.rate(session, other, page.client_id, Rating.GOOD, at(0))


@pytest.mark.parametrize("question", [*MARKED, EXPLAIN], ids=lambda question: question.id)
def test_a_blank_answer_is_no_review(session: Session, question: Question) -> None:
    learner = factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, question))
    with pytest.raises(BlankAnswerError):
        answered(session, learner, form(page, {"text": ["  "]}))
    assert reviews(session) == []
    assert session.scalars(select(Reveal)).all() == []


@pytest.mark.parametrize("question", [*MARKED, FLASHCARD, EXPLAIN], ids=lambda q: q.id)
def test_not_knowing_is_an_answer_to_every_question(session: Session, question: Question) -> None:
    learner = factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, question))
    sent = form(page, certainty=Certainty.DONT_KNOW)
    assert recorded(session, learner, sent).rating is Rating.AGAIN


def test_the_question_comes_again_with_what_was_entered(session: Session) -> None:
    learner = factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, CHOICE), with_hint=True)
    sent = form(page, {"text": ["half"]}, is_again=True)
    again = answering.question_again(session, learner, sent, "No.", secret=KEY, now=at(0))
    assert (again.shown, again.hint, again.version_id) == (page.shown, page.hint, page.version_id)
    assert (again.client_id, again.card_revision) == (page.client_id, page.card_revision)
    assert (again.entered, again.trouble) == ({"text": ["half"]}, "No.")
    assert again.is_again
    assert again.heading == page.heading


@pytest.mark.parametrize(
    "client_id",
    [
        "",
        "x",
        "1" * 36,
        "0C9F2A52-3F6B-4C1E-9C65-5F1D9A3D7C11",
        "0c9f2a52-3f6b-4c1e-9c65-5f1d9a3d7c11\n",
    ],
)
def test_a_form_needs_an_id_as_forms_have_it(session: Session, client_id: str) -> None:
    learner = factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, SHORT))
    with pytest.raises(MalformedAnswerError):
        answered(session, learner, form(page, {"text": ["x"]}, client_id=client_id))


def test_a_question_that_does_not_exist_is_not_answered(session: Session) -> None:
    learner = factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, SHORT))
    with pytest.raises(QuestionNotFoundError):
        answered(session, learner, form(page, {"text": ["x"]}, version_id=10**9))


def test_a_second_tab_is_stored_and_moves_nothing(session: Session) -> None:
    learner = factories.learner(session)
    fact = factories.fact(session, None, SHORT)
    first, second = page_of(session, learner, fact), page_of(session, learner, fact)
    assert recorded(session, learner, form(first, {"text": ["x"]})).affects_schedule
    card = queries.card_of(session, learner.id, fact.id)
    assert not recorded(session, learner, form(second, {"text": ["y"]})).affects_schedule
    assert queries.card_of(session, learner.id, fact.id) == card
    assert len(reviews(session)) == 2


def revealed(session: Session, learner: Learner, question: Question, **given: Any) -> QuestionPage:
    page = page_of(session, learner, factories.fact(session, None, question))
    result = answered(session, learner, form(page, {"text": ["My words."]}, **given))
    assert isinstance(result, Reveal)
    return page


@pytest.mark.parametrize("question", [FLASHCARD, EXPLAIN], ids=lambda question: question.id)
@pytest.mark.parametrize("rating", list(Rating))
def test_the_learner_s_own_rating_is_recorded_once(
    session: Session, question: Question, rating: Rating
) -> None:
    learner = factories.learner(session)
    page = revealed(session, learner, question)
    assert reviews(session) == []
    first = answering.rate(session, learner, page.client_id, rating, at(0, 9, 1))
    session.flush()
    again = answering.rate(session, learner, page.client_id, Rating.EASY, at(0, 9, 2))
    assert (again.review_id, again.rating) == (first.review_id, rating)
    [review] = reviews(session)
    assert (review.rating, review.rated_by, review.answered_at) == (rating, "learner", at(0, 9, 1))
    assert study_queries.pending_reveal(session, learner.id) is None


def test_a_form_sent_again_before_its_rating_finds_its_reveal(session: Session) -> None:
    learner = factories.learner(session)
    page = revealed(session, learner, EXPLAIN)
    result = answered(session, learner, form(page, {"text": ["Other words."]}))
    assert isinstance(result, Reveal)
    assert "My words." in result.answered
    assert len(session.scalars(select(Reveal)).all()) == 1


def test_who_goes_back_and_does_not_know_has_nothing_left_to_rate(session: Session) -> None:
    learner = factories.learner(session)
    page = revealed(session, learner, FLASHCARD)
    recorded(session, learner, form(page, certainty=Certainty.DONT_KNOW))
    assert study_queries.pending_reveal(session, learner.id) is None
    assert len(reviews(session)) == 1


def test_a_form_sent_again_after_its_rating_gets_the_feedback(session: Session) -> None:
    learner = factories.learner(session)
    page = revealed(session, learner, FLASHCARD)
    first = answering.rate(session, learner, page.client_id, Rating.GOOD, at(0))
    session.flush()
    assert recorded(session, learner, form(page)).review_id == first.review_id


def test_the_oldest_reveal_is_rated_first(session: Session) -> None:
    learner = factories.learner(session)
    first = revealed(session, learner, FLASHCARD)
    page = page_of(session, learner, factories.fact(session, None, FLASHCARD))
    answered(session, learner, form(page), at(0, 10))
    waiting = study_queries.pending_reveal(session, learner.id)
    assert waiting is not None
    assert waiting.client_id == first.client_id


@pytest.mark.parametrize(
    ("shown_at", "milliseconds"),
    [
        (at(0, 9, 0), 60_000),
        (at(0, 9, 1), 0),
        (at(0, 8, 31), 1_800_000),
        (at(0, 8, 30), None),
        (at(0, 9, 2), None),
        (None, None),
    ],
    ids=["a minute", "at once", "half an hour", "longer", "in the future", "not known"],
)
def test_how_long_an_answer_took(shown_at: datetime | None, milliseconds: int | None) -> None:
    assert answering.milliseconds(shown_at, at(0, 9, 1)) == milliseconds


def test_the_last_answer_is_the_one_given_last_not_the_one_corrected_last(
    session: Session,
) -> None:
    learner = factories.learner(session)
    found = []
    for minute in (0, 1):
        page = page_of(session, learner, factories.fact(session, None, SHORT))
        found.append(recorded(session, learner, form(page, {"text": ["x"]}), at(0, 9, minute)))
    corrections.overrule(session, learner, found[0].review_id, at(0, 9, 2))
    last = study_queries.last_answer_id(session, learner.id, at(0))
    assert last == found[1].review_id
    assert study_queries.last_answer_id(session, learner.id, at(0, 10)) is None


def test_notes_are_kept_changed_and_removed(session: Session) -> None:
    learner = factories.learner(session)
    fact = factories.fact(session)
    for text in ("First.", "Second."):
        services.write_note(session, learner, fact.id, text, at(0))
        session.flush()
        assert session.scalars(select(Note.text)).all() == [text]
    for _ in range(2):
        services.write_note(session, learner, fact.id, "  \n", at(0))
        session.flush()
        assert session.scalars(select(Note)).all() == []


def test_flags_keep_each_other(session: Session) -> None:
    learner = factories.learner(session)
    fact = factories.fact(session)
    services.set_aside(session, learner, fact.id, at(0))
    services.suspend(session, learner, fact.id, suspended=True)
    services.set_aside(session, learner, fact.id, at(1))
    card = queries.card_of(session, learner.id, fact.id)
    assert (card.suspended, card.set_aside_until, card.revision) == (True, on(2), 3)


def test_a_report_names_the_version_that_was_shown(session: Session) -> None:
    learner = factories.learner(session)
    version_id = factories.fact(session).questions[0].versions[0].id
    services.report(session, learner, version_id, "typo", "A comma.", at(0))
    [report] = session.scalars(select(QuestionReport))
    assert (report.question_version_id, report.reason, report.text) == (
        version_id,
        "typo",
        "A comma.",
    )


def test_nothing_is_said_of_what_does_not_exist(session: Session) -> None:
    learner = factories.learner(session)
    with pytest.raises(FactNotFoundError):
        services.tell(session, learner, 99, at(0))
    with pytest.raises(FactNotFoundError):
        services.suspend(session, learner, 99, suspended=True)
    with pytest.raises(FactNotFoundError):
        services.set_aside(session, learner, 99, at(0))
    with pytest.raises(FactNotFoundError):
        services.write_note(session, learner, 99, "x", at(0))
    with pytest.raises(QuestionNotFoundError):
        services.report(session, learner, 99, "typo", "", at(0))


def test_the_next_due_day_leaves_out_what_is_not_asked(session: Session) -> None:
    learner = factories.learner(session)
    bank = factories.bank(session)
    facts = [factories.fact(session, bank, SHORT) for _ in range(4)]
    for fact in facts:
        for minute in (0, 10):
            page = page_of(session, learner, fact)
            recorded(session, learner, form(page, {"text": ["Milrevcom"]}), at(0, 9, minute))
    services.suspend(session, learner, facts[0].id, suspended=True)
    services.set_aside(session, learner, facts[1].id, at(2))
    facts[2].retired_at = at(1)
    session.flush()
    assert study_queries.next_due(session, learner.id, on(2)) == (on(2), None)
    services.suspend(session, learner, facts[3].id, suspended=True)
    assert study_queries.next_due(session, learner.id, on(2)) == (None, None)
    assert study_queries.next_due(session, learner.id, on(3)) == (on(2), None)


def test_the_learner_s_ending_steps_ask_for_more_than_recognising(session: Session) -> None:
    learner = factories.learner(session)
    fact = factories.fact(session, None, CHOICE, SHORT)
    page = page_of(session, learner, fact)
    assert page.shown.type == "choice"
    recorded(session, learner, form(page, right_fields(CHOICE, page.shown)))
    assert page_of(session, learner, fact).shown.type == "short"


def test_what_is_shown_is_what_the_form_s_id_shuffles(session: Session) -> None:
    learner = factories.learner(session)
    page = page_of(session, learner, factories.fact(session, None, CHOICE))
    assert page.shown == shown(CHOICE, shuffle(KEY, page.client_id, page.version_id))
