"""The study page after an answer: the right one beside it, and when the fact comes back."""

from datetime import datetime

from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from quizapp.domain.answer_key import right_answer_text
from quizapp.domain.answers import answer_from_json
from quizapp.domain.bank_files import Explain, Flashcard, Question
from quizapp.domain.feedback import given_text, pieces
from quizapp.domain.hints import as_asked
from quizapp.domain.presentation import Shown, shuffle
from quizapp.domain.rating import Rating, is_confident_error
from quizapp.domain.scheduling import Given, Schedule, outcomes
from quizapp.memory import queries as memory_queries
from quizapp.memory.learners import Learner
from quizapp.memory.services import Recorded
from quizapp.memory.sight import see_also
from quizapp.study import pages, queries
from quizapp.study.page_types import (
    AskedForm,
    FeedbackPart,
    Progress,
    RatingButton,
    RevealPart,
    StudyPage,
)
from quizapp.web.words import days_in_words


def reveal_page(
    session: Session, learner: Learner, client_id: str, now: datetime
) -> StudyPage | None:
    """Return an answer that waits for the learner's own rating, or None if there is none."""
    waiting = queries.reveal(session, learner.id, client_id)
    if waiting is None:
        return None
    asked = memory_queries.asked(
        session,
        learner.id,
        learner.fuzz_seed,
        version_id=waiting.question_version_id,
        client_id=client_id,
        today=learner.study_day(now),
    )
    if asked is None:
        return None
    question = asked.question
    part = RevealPart(
        client_id=client_id,
        told=queries.told_from_row(session, asked.row),
        prompt=prompt_of(question),
        given=given_text(answer_from_json(waiting.answered)),
        right=right_answer_text(question, asked.calendar),
        points=list(question.points) if isinstance(question, Explain) else [],
        buttons=_rating_buttons(asked, learner, now),
    )
    return pages.page("reveal", pages.sitting_progress(session, learner), learner, now, reveal=part)


def feedback_page(
    session: Session,
    learner: Learner,
    result: Recorded,
    now: datetime,
    form: AskedForm,
    progress: Progress | None = None,
) -> StudyPage:
    """Return an answer in the log beside the right one.

    `progress` is how far the sitting is, where the caller knows it already.
    """
    question = result.asked.question
    told = queries.told_from_row(session, result.asked.row)
    page = shown_again(question, result, form)
    is_own = isinstance(question, Flashcard | Explain)
    is_again = result.rating is Rating.AGAIN
    part = FeedbackPart(
        review_id=result.review_id,
        client_id=form.client_id,
        version_id=result.asked.version_id,
        told=told,
        shown=page,
        pieces=pieces(question, page, result.answer, result.marked.parts),
        verdict=result.marked.verdict,
        certainty=result.certainty,
        given=given_text(result.answer),
        right=right_answer_text(question, result.asked.calendar),
        notes=[note for note in result.marked.notes if note],
        explanation=question.explanation or told.why,
        rating=result.rating,
        is_own=is_own,
        may_overrule=is_again and not is_own,
        is_confident_error=is_again and is_confident_error(result.marked.share, result.certainty),
        affects_schedule=result.affects_schedule,
        comes_back=comes_back(result.schedule, learner, now),
        see=see_also(session, learner.id, result.asked.row.see, learner.study_day(now)),
    )
    progress = progress or pages.sitting_progress(session, learner)
    return pages.page("feedback", progress, learner, now, feedback=part)


def comes_back(schedule: Schedule | None, learner: Learner, now: datetime) -> str:
    """Return when a fact comes back, in words."""
    if schedule is None:
        return str(gettext("Stays as it was"))
    if schedule.step_due_at is not None:
        minutes = max(1, round((schedule.step_due_at - now).total_seconds() / 60))
        return str(
            ngettext("Comes back in %(num)d minute", "Comes back in %(num)d minutes", minutes)
        )
    days = (schedule.due_on - learner.study_day(now)).days
    if days <= 1:
        return str(gettext("Comes back tomorrow")) if days == 1 else gettext("Comes back today")
    return str(gettext("Comes back in %(time)s", time=days_in_words(days)))


def shown_again(question: Question, result: Recorded, form: AskedForm) -> Shown:
    """Return a question in the order in which its form showed it."""
    rng = shuffle(form.secret, form.client_id, result.asked.version_id)
    page, _ = as_asked(question, rng, with_hint=result.hint_used)
    return page


def prompt_of(question: Question) -> str:
    """Return what a question that the learner judges asks."""
    return question.front if isinstance(question, Flashcard) else getattr(question, "prompt", "")


def _rating_buttons(
    asked: memory_queries.Asked, learner: Learner, now: datetime
) -> list[RatingButton]:
    """Return the learner's two or four buttons, each with when the fact would come back."""
    labels = (
        {
            Rating.AGAIN: gettext("I did not know it"),
            Rating.GOOD: gettext("I knew it"),
        }
        if learner.rating_buttons == 2  # noqa: PLR2004  # the setting has two values, 2 and 4
        else {
            Rating.AGAIN: gettext("Not known"),
            Rating.HARD: gettext("With effort"),
            Rating.GOOD: gettext("Known"),
            Rating.EASY: gettext("Easily"),
        }
    )
    schedules = _outcomes(asked, learner, now)
    return [
        RatingButton(
            rating=rating.value,
            label=label,
            comes_back=comes_back(schedules[rating], learner, now),
        )
        for rating, label in labels.items()
    ]


def _outcomes(
    asked: memory_queries.Asked, learner: Learner, now: datetime
) -> dict[Rating, Schedule]:
    card = asked.card.projection
    today = learner.study_day(now)
    if card.schedule is not None:
        today = max(today, card.schedule.last_review_on)
    answer = Given(
        rating=Rating.GOOD,
        study_day=today,
        answered_at=now,
        fuzz=asked.fuzz_key.unit(card.reviews),
    )
    return outcomes(card.schedule, answer, learner.rules)
