"""The study page before an answer: what comes next, and how a sitting went."""

from datetime import date, datetime

from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from quizapp.domain.rating import Rating
from quizapp.memory.learners import Learner
from quizapp.memory.queue import Upcoming
from quizapp.study import answering, queries, services
from quizapp.study.answering import Form
from quizapp.study.page_types import (
    AskedForm,
    EndPage,
    FeedbackPart,
    Progress,
    RevealPart,
    StudyPage,
)
from quizapp.study.services import QuestionPage
from quizapp.web.words import days_in_words


def next_page(
    session: Session, learner: Learner, now: datetime, form: AskedForm
) -> StudyPage | None:
    """Return what comes next in the open sitting; None if nothing does or none is open."""
    sitting = queries.open_sitting(session, learner.id)
    if sitting is None:
        return None
    following = services.next_up(session, learner, sitting, now)
    if following.fact_id is None:
        return None
    if following.is_told:
        told = queries.told(session, learner.id, following.fact_id)
        return page("told", _progress(following), learner, now, told=told)
    question = _question(session, learner, following.fact_id, form)
    return page("question", _progress(following), learner, now, question=question)


def again_page(
    session: Session, learner: Learner, fact_id: int, now: datetime, form: AskedForm
) -> StudyPage:
    """Return a question on a fact that the learner wants to be asked."""
    question = _question(session, learner, fact_id, form, is_again=True)
    return page("question", sitting_progress(session, learner), learner, now, question=question)


def page_again(
    session: Session, learner: Learner, form: Form, trouble: str, now: datetime, secret: str
) -> StudyPage:
    """Return a question whose answer was not taken, with what was entered and why."""
    question = answering.question_again(session, learner, form, trouble, secret=secret, now=now)
    progress = sitting_progress(session, learner)
    return page("question", progress, learner, form.shown_at or now, question=question)


def end_page(session: Session, learner: Learner, now: datetime) -> EndPage:
    """Return how the last sitting went, and when the next fact is due."""
    sitting = queries.last_sitting(session, learner.id)
    answers = queries.answers_since(session, learner.id, sitting.started_at) if sitting else []
    by_fact: dict[int, list[int]] = {}
    for row in answers:
        by_fact.setdefault(row.fact_id, []).append(row.rating)
    statements = {row.fact_id: row.statement for row in answers}
    new = {row.fact_id for row in answers if row.introduced_on == row.study_day}
    hard = [fact for fact, ratings in by_fact.items() if ratings[0] == Rating.AGAIN]
    upcoming = queries.next_due(session, learner.id, learner.study_day(now))
    return EndPage(
        answered=len(by_fact),
        learned=[statements[fact] for fact in by_fact if fact in new],
        hard=[statements[fact] for fact in hard],
        right=len(by_fact) - len(hard),
        next_due=_next_due_words(upcoming, learner, now),
        may_go_on=queries.open_sitting(session, learner.id) is not None,
    )


def sitting_progress(session: Session, learner: Learner) -> Progress:
    """Return how far the open sitting is; nothing of nothing if none is open."""
    sitting = queries.open_sitting(session, learner.id)
    if sitting is None:
        return Progress(answered=0, wanted=0)
    answered = queries.facts_answered(session, learner.id, sitting.started_at)
    return Progress(answered=answered, wanted=sitting.facts_wanted)


def _question(
    session: Session, learner: Learner, fact_id: int, form: AskedForm, *, is_again: bool = False
) -> QuestionPage:
    return services.question_page(
        session,
        learner,
        fact_id,
        client_id=form.client_id,
        secret=form.secret,
        with_hint=form.with_hint,
        is_again=is_again,
    )


def page(
    kind: str,
    progress: Progress,
    learner: Learner,
    shown_at: datetime,
    *,
    question: QuestionPage | None = None,
    told: queries.Told | None = None,
    reveal: RevealPart | None = None,
    feedback: FeedbackPart | None = None,
) -> StudyPage:
    """Return one state of the study page; `shown_at` is when the learner first saw it."""
    return StudyPage(
        kind=kind,
        progress=progress,
        question=question,
        told=told,
        reveal=reveal,
        feedback=feedback,
        shown_at=round(shown_at.timestamp() * 1000),
        letter_keys=learner.letter_keys,
    )


def _progress(following: Upcoming) -> Progress:
    return Progress(answered=following.answered, wanted=following.wanted)


def _next_due_words(
    upcoming: tuple[date | None, datetime | None], learner: Learner, now: datetime
) -> str:
    due_on, step_due_at = upcoming
    if step_due_at is not None and learner.study_day(step_due_at) <= learner.study_day(now):
        minutes = max(1, round((step_due_at - now).total_seconds() / 60))
        return str(
            ngettext(
                "The next fact comes back in %(num)d minute.",
                "The next fact comes back in %(num)d minutes.",
                minutes,
            )
        )
    if due_on is None:
        return str(gettext("Nothing is waiting."))
    days = (due_on - learner.study_day(now)).days
    if days <= 0:
        return str(gettext("More facts are due today."))
    if days == 1:
        return str(gettext("The next facts are due tomorrow."))
    return str(gettext("The next facts are due in %(time)s.", time=days_in_words(days)))
