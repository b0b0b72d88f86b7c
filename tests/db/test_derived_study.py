"""Questions made from facts that were met: when they are prepared, asked and left."""

from random import Random
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Order, question_from_json
from quizapp.domain.rating import Certainty, Rating
from quizapp.memory import corrections, queries
from quizapp.memory.checking import check_memory
from quizapp.memory.learners import Learner
from quizapp.memory.services import Recorded
from quizapp.models import (
    Bank,
    DerivedAsk,
    Fact,
    Question,
    QuestionVersion,
    Reveal,
)
from quizapp.study import answering, services
from quizapp.study import queries as study_queries
from quizapp.study.answering import Form
from quizapp.study.derived import CHANCE
from quizapp.study.services import QuestionPage
from tests import factories
from tests.answer_forms import EXPLAIN, right_fields
from tests.db.answering import at

KEY = "test"
MONTHS = ("March", "May", "July", "September")


def events(session: Session, of: Bank, *questions: Any) -> list[Fact]:
    """Add four facts with dates: what happened in March, May, July and September 1848."""
    return [
        factories.fact(
            session,
            of,
            *questions,
            statement=f"In {month} 1848 the town of {month[1:].title()}burg took up arms.",
            date=f"1848-{number:02}",
        )
        for number, month in zip((3, 5, 7, 9), MONTHS, strict=True)
    ]


def has_its_turn(seed: int, fact_id: int, revision: int = 1) -> bool:
    """Return whether the lots ask a fact by a derived question after its first answer."""
    return Random(f"{seed}/{fact_id}/{revision}/derived").random() < CHANCE


def learner_for(session: Session, fact: Fact, *, turn: bool = True, **given: Any) -> Learner:
    """Return a learner without steps, whose lots give a fact a derived question, or do not."""
    seed = next(n for n in range(1000) if has_its_turn(n, fact.id) is turn)
    values = {"fuzz_seed": seed, "learning_steps": "", "relearning_steps": ""}
    return factories.learner(session, **(values | given))


def asked(session: Session, learner: Learner, fact: Fact) -> QuestionPage:
    return services.question_page(session, learner, fact.id, client_id=str(uuid4()), secret=KEY)


def filled(session: Session, page: QuestionPage) -> Form:
    """Return the form of a question, filled in rightly."""
    version = session.get_one(QuestionVersion, page.version_id)
    return Form(
        client_id=page.client_id,
        version_id=page.version_id,
        card_revision=page.card_revision,
        certainty=Certainty.SURE,
        hint_used=False,
        shown_at=None,
        fields=right_fields(question_from_json(version.content), page.shown),
    )


def answer(session: Session, learner: Learner, fact: Fact, day: int = 0) -> Recorded | Reveal:
    """Answer a fact rightly, in the form in which it is asked."""
    form = filled(session, asked(session, learner, fact))
    return answering.answer(session, learner, form, secret=KEY, now=at(day))


def derived_rows(session: Session) -> list[Question]:
    return list(session.scalars(select(Question).where(Question.text_id.like("derived-%"))))


def prepared(session: Session, **given: Any) -> tuple[Learner, list[Fact]]:
    """Return a learner who met four events and is asked the last by a question made of them."""
    facts = events(session, factories.bank(session, calendar="Gregorian"))
    learner = learner_for(session, facts[3], **given)
    for fact in facts:
        answer(session, learner, fact)
    return learner, facts


def test_a_remembered_fact_in_its_turn_gets_a_question_made_of_it_and_others(
    session: Session,
) -> None:
    learner, facts = prepared(session)
    page = asked(session, learner, facts[3])
    version = session.get_one(QuestionVersion, page.version_id)
    row = version.question
    assert row.fact_id == facts[3].id
    assert row.text_id.startswith(("derived-timeline-", "derived-before-or-after-"))
    assert row.retired_at == at(0)
    assert (row.version, version.number, row.position) == (1, 1, 1000)
    assert (row.type, row.demand) in {("order", 2), ("choice", 1)}
    question = question_from_json(version.content)
    assert question.id == row.text_id
    if isinstance(question, Order):
        assert question.items[-1] == "The town of Eptemberburg took up arms"


def test_reading_what_is_asked_writes_nothing(session: Session) -> None:
    learner, facts = prepared(session)
    changes = session.scalar(text("SELECT total_changes()"))
    first, second = asked(session, learner, facts[3]), asked(session, learner, facts[3])
    assert first.version_id == second.version_id
    assert session.scalar(text("SELECT total_changes()")) == changes


def test_a_derived_question_is_answered_logged_and_replayed_like_any_other(
    session: Session,
) -> None:
    learner, facts = prepared(session)
    before = queries.card_of(session, learner.id, facts[3].id)
    result = answer(session, learner, facts[3], day=3)
    assert isinstance(result, Recorded)
    assert result.marked.share == 1
    assert result.affects_schedule
    card = queries.card_of(session, learner.id, facts[3].id)
    assert card.revision == before.revision + 1
    assert card.projection.last_question_id == result.asked.question_id
    assert check_memory(session, at(4), repair=False).is_fine
    corrections.void(session, learner, result.review_id, "undone", at(3, 10))
    assert queries.card_of(session, learner.id, facts[3].id).projection == before.projection
    assert check_memory(session, at(4), repair=False).is_fine


def test_once_the_card_has_moved_its_derived_question_is_asked_no_more(session: Session) -> None:
    learner, facts = prepared(session)
    derived = asked(session, learner, facts[3]).version_id
    services.suspend(session, learner, facts[3].id, suspended=True)
    assert asked(session, learner, facts[3]).version_id != derived


def test_a_bank_loaded_since_may_have_changed_the_facts_so_a_written_question_is_asked(
    session: Session,
) -> None:
    learner, facts = prepared(session)
    derived = asked(session, learner, facts[3]).version_id
    facts[0].bank.loaded_at = at(1)
    session.flush()
    assert asked(session, learner, facts[3]).version_id != derived


def test_it_is_never_drawn_as_a_written_question_by_anybody(session: Session) -> None:
    _, facts = prepared(session)
    other = factories.learner(session)
    forms = study_queries.fact_forms(session, other.id, facts[3].id)
    assert forms is not None
    written = [row.id for row in facts[3].questions if row.retired_at is None]
    assert [one.question_id for one in forms.forms] == written
    assert forms.derived_id is None


def test_a_fact_with_only_a_derived_question_left_is_not_asked(session: Session) -> None:
    learner, facts = prepared(session)
    for row in facts[3].questions:
        row.retired_at = at(0)
    session.flush()
    assert study_queries.fact_forms(session, learner.id, facts[3].id) is None


def test_out_of_turn_a_written_question_is_asked(session: Session) -> None:
    learner, facts = prepared(session, turn=False)
    assert session.get(DerivedAsk, (learner.id, facts[3].id)) is None
    written = [row.versions[0].id for row in facts[3].questions]
    assert asked(session, learner, facts[3]).version_id in written


def test_a_fact_that_is_still_being_learned_gets_no_derived_question(session: Session) -> None:
    prepared(session, learning_steps="1 10")
    assert derived_rows(session) == []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM card WHERE fact_id <> :fact_id",
        "UPDATE card SET state = 'new', stability_days = NULL, due_on = NULL",
        "UPDATE fact SET retired_at = '2026-03-02 09:00:00.000000' WHERE id <> :fact_id",
        "UPDATE bank SET retired_at = '2026-03-02 09:00:00.000000' WHERE id <> :bank_id",
        "INSERT INTO paused_bank SELECT :learner_id, id, loaded_at FROM bank WHERE id <> :bank_id",
        "INSERT INTO fact_apart SELECT :fact_id, id FROM fact WHERE id <> :fact_id",
        "INSERT INTO fact_apart SELECT id, :fact_id FROM fact WHERE id <> :fact_id",
        "UPDATE bank SET calendar = 'Julian' WHERE id <> :bank_id",
        "UPDATE fact SET kind = 'concept' WHERE id <> :fact_id",
        "UPDATE fact SET date = '1700' WHERE id <> :fact_id",
        "UPDATE fact SET date = NULL WHERE id = :fact_id",
    ],
    ids=[
        "not met",
        "every answer undone",
        "retired",
        "of a retired bank",
        "of a paused bank",
        "kept apart",
        "kept apart the other way",
        "of another calendar",
        "no events",
        "far away in time",
        "no date of its own",
    ],
)
def test_company_is_only_what_was_met_and_may_stand_beside_it(
    session: Session, change: str
) -> None:
    bank = factories.bank(session, calendar="Gregorian")
    elsewhere = factories.bank(session, calendar="Gregorian")
    facts = events(session, elsewhere)[:3] + events(session, bank)[3:]
    learner = learner_for(session, facts[3])
    for fact in facts[:3]:
        answer(session, learner, fact)
    values = {"learner_id": learner.id, "fact_id": facts[3].id, "bank_id": bank.id}
    named = {name: value for name, value in values.items() if f":{name}" in change}
    session.execute(text(change), named)
    answer(session, learner, facts[3])
    assert session.get(DerivedAsk, (learner.id, facts[3].id)) is None


def test_events_of_several_banks_near_in_time_make_one_question(session: Session) -> None:
    bank = factories.bank(session, calendar="Gregorian")
    elsewhere = factories.bank(session, calendar="Gregorian")
    facts = events(session, elsewhere)[:3] + events(session, bank)[3:]
    learner = learner_for(session, facts[3])
    for fact in facts:
        answer(session, learner, fact)
    assert session.get(DerivedAsk, (learner.id, facts[3].id)) is not None


def test_people_without_dates_are_matched(session: Session) -> None:
    bank = factories.bank(session)
    facts = [
        factories.fact(session, bank, statement=f"{name} {deed}.", people=f'["{name}"]')
        for name, deed in (
            ("Cavour", "sent the army into the Papal States"),
            ("Bismarck", "published the Ems telegram in short"),
            ("Garibaldi", "landed in Sicily with volunteers"),
        )
    ]
    learner = learner_for(session, facts[2])
    for fact in facts:
        answer(session, learner, fact)
    page = asked(session, learner, facts[2])
    assert page.shown.type == "match"
    assert set(page.shown.lefts) == {"Cavour", "Bismarck", "Garibaldi"}
    result = answer(session, learner, facts[2], day=3)
    assert isinstance(result, Recorded)
    assert result.marked.share == 1


def test_an_answer_the_learner_rates_prepares_what_comes_next_too(session: Session) -> None:
    bank = factories.bank(session, calendar="Gregorian")
    facts = events(session, bank)[:3] + events(session, bank, EXPLAIN)[3:]
    learner = learner_for(session, facts[3])
    for fact in facts[:3]:
        answer(session, learner, fact)
    waiting = answer(session, learner, facts[3])
    assert isinstance(waiting, Reveal)
    answering.rate(session, learner, waiting.client_id, Rating.GOOD, at(0))
    assert session.get(DerivedAsk, (learner.id, facts[3].id)) is not None


def test_an_answer_that_does_not_move_the_card_prepares_nothing_new(session: Session) -> None:
    learner, facts = prepared(session)
    kept = session.get_one(DerivedAsk, (learner.id, facts[3].id))
    version = kept.question_version_id
    result = answer(session, learner, facts[3])  # again on the same study day
    assert isinstance(result, Recorded)
    assert not result.affects_schedule
    session.refresh(kept)
    assert (kept.question_version_id, kept.card_revision) == (version, 1)


def test_a_question_is_made_with_four_statements_and_its_turn_comes_every_fourth_time(
    session: Session, count_queries: list[str]
) -> None:
    facts = events(session, factories.bank(session, calendar="Gregorian"))
    sent = []
    for turn in (True, False):
        learner = learner_for(session, facts[3], turn=turn)
        for fact in facts[:3]:
            answer(session, learner, fact)
        session.commit()
        page = asked(session, learner, facts[3])
        form = filled(session, page)
        count_queries.clear()
        answering.answer(session, learner, form, secret=KEY, now=at(0))
        sent.append(len(count_queries))
    assert sent[0] - sent[1] == 4
    assert sum(has_its_turn(seed, 1) for seed in range(1000)) in range(200, 300)
