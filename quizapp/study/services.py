"""Practice: sittings, the next question, and what a learner says of facts and questions."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Explain, Flashcard
from quizapp.domain.errors import (
    BankNotFoundError,
    BankPausedError,
    FactNotFoundError,
    QuestionNotFoundError,
)
from quizapp.domain.hints import as_asked, has_hint
from quizapp.domain.planning import facts_in_minutes
from quizapp.domain.presentation import Fields, Shown, shuffle
from quizapp.domain.scheduling import CardState
from quizapp.domain.selection import chosen_form
from quizapp.domain.strength import Strength, strength
from quizapp.memory import queries as memory_queries
from quizapp.memory.learners import Learner
from quizapp.memory.pace import seconds_per_answer
from quizapp.memory.queries import CardRow
from quizapp.memory.queue import Scope, SittingState, Upcoming, prepare_day, queue, upcoming
from quizapp.memory.services import set_flags
from quizapp.models import (
    Bank,
    Fact,
    Note,
    PausedBank,
    QuestionReport,
    QuestionVersion,
    Sitting,
    Theme,
)
from quizapp.study import queries

LEAST_SECONDS = 1.0  # for an answer, when a sitting is asked for in minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """A question, ready to be shown without its answer."""

    client_id: str
    fact_id: int
    version_id: int
    card_revision: int
    heading: str
    shown: Shown
    hint: str | None  # when it was asked for
    has_hint: bool
    with_hint: bool
    is_own: bool  # the learner judges the answer
    is_again: bool  # asked outside the queue, because the learner wanted to
    entered: Fields = field(default_factory=dict)  # when it is shown again with what was entered
    trouble: str = ""  # and why it is


def start_sitting(
    session: Session,
    learner: Learner,
    scope: Scope,
    *,
    facts_wanted: int,
    minutes: int | None,
    now: datetime,
) -> Sitting:
    """Begin a stretch of practice, of some facts or as many as fit some minutes."""
    _expect_scope(session, learner, scope)
    end_sitting(session, learner, now)
    if minutes is not None:
        seconds = max(seconds_per_answer(session, learner.id), LEAST_SECONDS)
        facts_wanted = facts_in_minutes(minutes, seconds)
    sitting = Sitting(
        learner_id=learner.id,
        started_at=now,
        study_day=learner.study_day(now),
        facts_wanted=facts_wanted,
        minutes=minutes,
        bank_id=scope.bank_id,
        theme_id=scope.theme_id,
        has_backlog=prepare_day(session, learner, scope, now),
    )
    session.add(sitting)
    session.flush()
    return sitting


def end_sitting(session: Session, learner: Learner, now: datetime) -> None:
    """End the open sitting, if there is one."""
    session.execute(queries.END_SITTINGS, {"learner_id": learner.id, "ended_at": now})


def sitting_state(row: Row[Any]) -> SittingState:
    """Return what the queue needs to know of a row of `sitting`."""
    return SittingState(
        scope=Scope(bank_id=row.bank_id, theme_id=row.theme_id),
        started_at=row.started_at,
        facts_wanted=row.facts_wanted,
        has_backlog=row.has_backlog,
    )


def next_up(session: Session, learner: Learner, sitting: Row[Any], now: datetime) -> Upcoming:
    """Return what comes next in a sitting; nothing once its study day is over."""
    state = sitting_state(sitting)
    if sitting.study_day != learner.study_day(now):
        return Upcoming(fact_id=None, wanted=state.facts_wanted)
    return upcoming(queue(session, learner, state, now), state, tell_first=learner.tell_first)


def question_page(
    session: Session,
    learner: Learner,
    fact_id: int,
    *,
    client_id: str,
    secret: str,
    with_hint: bool = False,
    is_again: bool = False,
) -> QuestionPage:
    """Return a question on a fact, in the form that fits how well it is known."""
    forms = queries.fact_forms(session, learner.id, fact_id)
    if forms is None:
        raise FactNotFoundError
    question_id = _question_id(forms, learner)
    question, version_id = forms.question(question_id), forms.versions[question_id]
    rng = shuffle(secret, client_id, version_id)
    with_hint = with_hint and has_hint(question)
    page, hint = as_asked(question, rng, with_hint=with_hint)
    return QuestionPage(
        client_id=client_id,
        fact_id=fact_id,
        version_id=version_id,
        card_revision=forms.card.revision,
        heading=forms.heading,
        shown=page,
        hint=hint,
        has_hint=has_hint(question),
        with_hint=with_hint,
        is_own=isinstance(question, Flashcard | Explain),
        is_again=is_again,
    )


def tell(session: Session, learner: Learner, fact_id: int, now: datetime) -> None:
    """Note that a new fact was shown, so that it is asked later in the sitting."""
    _expect_fact(session, fact_id)
    values = {"learner_id": learner.id, "fact_id": fact_id, "told_at": now}
    session.execute(memory_queries.TELL, values)


def suspend(session: Session, learner: Learner, fact_id: int, *, suspended: bool) -> None:
    """Ask a fact no more, or ask it again."""
    _expect_fact(session, fact_id)
    card = memory_queries.card_of(session, learner.id, fact_id)
    set_flags(
        session,
        learner.id,
        fact_id,
        suspended=suspended,
        set_aside_until=card.set_aside_until,
    )


def set_aside(session: Session, learner: Learner, fact_id: int, now: datetime) -> None:
    """Ask a fact no more before the next study day."""
    _expect_fact(session, fact_id)
    card = memory_queries.card_of(session, learner.id, fact_id)
    tomorrow = learner.study_day(now) + timedelta(days=1)
    set_flags(session, learner.id, fact_id, suspended=card.suspended, set_aside_until=tomorrow)


def write_note(session: Session, learner: Learner, fact_id: int, text: str, now: datetime) -> None:
    """Keep a learner's private note on a fact; an empty one removes it."""
    _expect_fact(session, fact_id)
    found = queries.note(session, learner.id, fact_id)
    if not text.strip():
        if found is not None:
            session.delete(found)
    elif found is None:
        session.add(Note(learner_id=learner.id, fact_id=fact_id, text=text, written_at=now))
    else:
        found.text, found.written_at = text, now


def report(
    session: Session, learner: Learner, version_id: int, reason: str, text: str, now: datetime
) -> None:
    """Tell the people who keep the bank about a fault in a question."""
    if session.get(QuestionVersion, version_id) is None:
        raise QuestionNotFoundError
    session.add(
        QuestionReport(
            learner_id=learner.id,
            question_version_id=version_id,
            reason=reason,
            text=text,
            reported_at=now,
        )
    )


def _expect_scope(session: Session, learner: Learner, scope: Scope) -> None:
    """Refuse a bank or theme that does not exist or that the learner has paused."""
    bank_ids = [] if scope.bank_id is None else [scope.bank_id]
    if scope.theme_id is not None:
        theme = session.get(Theme, scope.theme_id)
        if theme is None:
            raise BankNotFoundError
        bank_ids.append(theme.bank_id)
    for bank_id in bank_ids:
        bank = session.get(Bank, bank_id)
        if bank is None:
            raise BankNotFoundError
        if session.get(PausedBank, (learner.id, bank_id)) is not None:
            raise BankPausedError(title=bank.title, text_id=bank.text_id)


def _expect_fact(session: Session, fact_id: int) -> None:
    if session.get(Fact, fact_id) is None:
        raise FactNotFoundError


def _question_id(forms: queries.FactForms, learner: Learner) -> int:
    """Return the question that was made for this turn of a fact, else the written one to ask."""
    if forms.derived_id is not None:
        return forms.derived_id
    form = chosen_form(
        forms.forms,
        _strength(forms.card),
        last_question_id=forms.card.projection.last_question_id,
        ends_steps=_ends_steps(forms.card, learner),
        rng=Random(f"{learner.fuzz_seed}/{forms.fact_id}/{forms.card.revision}"),  # noqa: S311  # no secret
    )
    return form.question_id


def _strength(card: CardRow) -> Strength:
    schedule = card.projection.schedule
    if schedule is None:
        return Strength.NEW
    return strength(schedule.state, schedule.stability_days)


def _ends_steps(card: CardRow, learner: Learner) -> bool:
    """Return whether a right answer would end the steps of a card."""
    schedule = card.projection.schedule
    if schedule is None or schedule.step is None:
        return False
    rules = learner.rules
    steps = (
        rules.learning_steps_minutes
        if schedule.state is CardState.LEARNING
        else rules.relearning_steps_minutes
    )
    return schedule.step >= len(steps) - 1
