"""What the page of one fact shows, worked out before the template sees it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from flask_babel import LazyString, format_date, format_datetime, gettext, lazy_gettext
from sqlalchemy.orm import Session

from quizapp.banks import queries
from quizapp.banks.queries import Opened
from quizapp.domain.answer_key import right_answer_text
from quizapp.domain.bank_texts import prompt
from quizapp.domain.citations import source_lines
from quizapp.domain.forgetting import Memory, stretches
from quizapp.domain.rating import Rating
from quizapp.domain.strength import Strength, strength
from quizapp.domain.timeline import dated_text
from quizapp.memory.history import Remembered, remembered_after_each
from quizapp.memory.learners import Learner
from quizapp.memory.pausing import paused_bank_ids
from quizapp.memory.sight import SeenFact, see_also
from quizapp.models import Card, Fact, Review
from quizapp.web import charts, words

DAYS_AHEAD = 60  # how far the forgetting curve goes
TABLE_DAYS = (0, 1, 3, 7, 14, 30, 60)  # days from today in the table behind it
LEAST_DAYS_TOLD = 0.5  # what rounds to no day is "less than a day"
LINES_SHOWN = 10  # newest answers; the earlier ones are folded away
STATES: Mapping[Strength, LazyString] = {
    Strength.NEW: lazy_gettext("It is new."),
    Strength.LEARNING: lazy_gettext("You are still learning it."),
    Strength.REMEMBERED: lazy_gettext("It is remembered."),
    Strength.STRONG: lazy_gettext("It is strong."),
}


@dataclass(frozen=True, slots=True)
class SeenQuestion:
    """A question that was answered, and what is right."""

    prompt: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One answer to a fact, in words."""

    when: str  # in the learner's zone
    question_type: str
    how_it_went: str
    rating: str
    interval: str
    is_voided: bool


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """The chance of recall on one day, in words."""

    day: str
    chance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPage:
    """A fact as its page shows it; what answers its questions only if it is open."""

    fact: Fact
    is_open: bool
    is_read: bool  # opened by reading it today
    is_met: bool
    is_suspended: bool
    state_words: str
    stability: str  # how long it would be remembered; empty for a new fact
    due_words: str  # empty for a fact that waits for its turn
    date_text: str
    people: Sequence[str]
    sources: Sequence[str]
    see: Sequence[SeenFact]
    questions: Sequence[SeenQuestion]
    answers: int
    history: Sequence[HistoryLine]  # the newest first
    earlier: Sequence[HistoryLine]
    curve: charts.Curve | None
    first_day: str  # of the curve
    forecast: Sequence[ForecastLine]
    note: str
    hides_note: bool  # what the learner wrote may answer the fact, too


def fact_page(session: Session, learner: Learner, fact_id: int, now: datetime) -> FactPage:
    """Return what a learner may see of a fact now."""
    fact = queries.fact_by_id(session, fact_id)
    today = learner.study_day(now)
    opened = queries.opened(session, learner.id, fact.id, today)
    card = queries.card_of(session, learner.id, fact.id)
    reviews = queries.reviews_of(session, learner.id, fact.id)
    states = remembered_after_each(session, learner.id, fact.id, now) if reviews else []
    memories = _memories(states)
    history = [_history_line(review, name, learner) for review, name in reviews]
    note = queries.note_of(session, learner.id, fact.id)
    is_open = opened is not Opened.NO
    return FactPage(
        fact=fact,
        is_open=is_open,
        is_read=opened is Opened.READ,
        is_met=any(review.voided_at is None for review, _ in reviews),
        is_suspended=card is not None and card.suspended,
        state_words=_state_words(card),
        stability=_stability(card),
        due_words=_paused_words(session, learner, fact) or _due_words(card, learner, today),
        date_text=_date_text(fact) if is_open else "",
        people=queries.people_of(fact) if is_open else [],
        sources=_sources(session, fact) if is_open else [],
        see=see_also(session, learner.id, fact.see, today) if is_open else [],
        questions=_questions(session, learner, fact) if is_open else [],
        answers=len(history),
        history=history[:LINES_SHOWN],
        earlier=history[LINES_SHOWN:],
        curve=_curve(states, memories, today) if memories else None,
        first_day=format_date(memories[0].answered_on, "d MMM yyyy") if memories else "",
        forecast=_forecast(memories[-1], today) if memories else [],
        note=note if is_open else "",
        hides_note=bool(note) and not is_open,
    )


def _state_words(card: Card | None) -> str:
    known = Strength.NEW if card is None else strength(card.state, card.stability_days)
    return str(STATES[known])


def _stability(card: Card | None) -> str:
    """Return how long a fact would be remembered, "about 12 days"; nothing for a new one."""
    if card is None or card.stability_days is None:
        return ""
    time = words.days_in_words(card.stability_days)
    if card.stability_days < LEAST_DAYS_TOLD:
        return time
    return str(gettext("about %(time)s", time=time))


def _paused_words(session: Session, learner: Learner, fact: Fact) -> str:
    if fact.bank_id not in paused_bank_ids(session, learner.id):
        return ""
    return str(gettext("Its bank is paused: it is not asked."))


def _due_words(card: Card | None, learner: Learner, today: date) -> str:
    """Return when a fact is asked next, or why it is not."""
    if card is None:
        return ""
    return _kept_back_words(card, today) or _coming_words(card, learner, today)


def _kept_back_words(card: Card, today: date) -> str:
    if card.suspended:
        return str(gettext("It is suspended: it is not asked."))
    if card.set_aside_until is None or card.set_aside_until <= today:
        return ""
    day = words.day_in_words(card.set_aside_until, today)
    return str(gettext("It is set aside and can be asked again %(day)s.", day=day))


def _coming_words(card: Card, learner: Learner, today: date) -> str:
    if card.due_on is None:
        return ""
    if card.step_due_at is not None:
        moment = format_datetime(card.step_due_at.astimezone(learner.zone), "HH:mm", rebase=False)
        return str(gettext("It comes back at %(time)s.", time=moment))
    if card.due_on <= today:
        return str(gettext("It is due today."))
    day = words.day_in_words(card.due_on, today)
    return str(gettext("It comes back %(day)s.", day=day))


def _date_text(fact: Fact) -> str:
    """Return "21 October 1917 (Old Style)" or a stretch; no calendar behind a Gregorian date."""
    if fact.date is None:
        return ""
    return dated_text(fact.date, queries.calendar_of(fact.bank))


def _sources(session: Session, fact: Fact) -> list[str]:
    sources = queries.sources_of(session, fact.bank_id)
    return source_lines(queries.cites_of(fact), sources, fact.bank.part)


def _questions(session: Session, learner: Learner, fact: Fact) -> list[SeenQuestion]:
    calendar = queries.calendar_of(fact.bank)
    return [
        SeenQuestion(prompt(question), right_answer_text(question, calendar))
        for question in queries.questions_seen(session, learner.id, fact.id)
    ]


def _history_line(review: Review, question_type: str, learner: Learner) -> HistoryLine:
    answered_at = review.answered_at.astimezone(learner.zone)
    return HistoryLine(
        when=format_datetime(answered_at, "d MMM yyyy, HH:mm", rebase=False),
        question_type=str(words.QUESTION_TYPES[question_type]),
        how_it_went=words.how_it_went(review.share, review.certainty),
        rating=str(words.RATINGS[review.rating]),
        interval=_interval(review),
        is_voided=review.voided_at is not None,
    )


def _interval(review: Review) -> str:
    """Return the wait that an answer gave, in words."""
    if not review.affects_schedule or review.due_on is None:
        return str(gettext("no change"))
    days = (review.due_on - review.study_day).days
    return words.days_in_words(days) if days else str(gettext("minutes"))


def _memories(states: Iterable[Remembered]) -> list[Memory]:
    """Return what was remembered after the last answer of each study day."""
    days = groupby(states, key=lambda state: state.answered_on)
    last = [list(of_day)[-1] for _, of_day in days]
    return [Memory(state.answered_on, state.schedule.stability_days, state.decay) for state in last]


def _curve(states: Sequence[Remembered], memories: Sequence[Memory], today: date) -> charts.Curve:
    until = today + timedelta(days=DAYS_AHEAD)
    days = groupby(states, key=lambda state: state.answered_on)
    answers = [(day, next(of_day).rating is not Rating.AGAIN) for day, of_day in days]
    return charts.curve(stretches(memories, until), answers, today, until)


def _forecast(memory: Memory, today: date) -> list[ForecastLine]:
    chances = [
        (day, memory.chance(day)) for day in (today + timedelta(days=ahead) for ahead in TABLE_DAYS)
    ]
    return [
        ForecastLine(words.day_in_words(day, today), words.percent(chance))
        for day, chance in chances
        if chance is not None
    ]
