"""What the day's page shows, worked out before the template sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import format_date, format_datetime, gettext, ngettext
from sqlalchemy.orm import Session

from quizapp.domain.planning import expected_minutes
from quizapp.domain.series import PARTS
from quizapp.insights import queries
from quizapp.insights.bank_states import BankStates, bank_states
from quizapp.memory.day_counts import DayCounts, day_counts
from quizapp.memory.learners import Learner
from quizapp.memory.pace import seconds_per_answer
from quizapp.memory.pausing import paused_bank_ids
from quizapp.web import charts
from quizapp.web.words import day_in_words

NOON = 12
EVENING = 18
DAYS_AHEAD = 14
WEEKS_SHOWN = 53
WEEKS_ON_A_PHONE = 5


@dataclass(frozen=True, slots=True)
class StudiedDay:
    """A day with answers, for the table."""

    title: str
    on: date
    count: int


@dataclass(frozen=True, slots=True)
class StudyCalendar:
    """The days on which a learner studied: a year, and its last weeks for small screens."""

    sentence: str
    year: charts.Calendar
    weeks: charts.Calendar
    days: Sequence[StudiedDay]  # the newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """What today holds; without charts as long as nothing was answered."""

    greeting: str
    sentence: str
    has_work: bool
    later: str  # what comes back in steps; empty if nothing does
    corrected: str  # that a corrected key counts answers anew; empty if none did
    banks: Sequence[BankStates]
    parts_missing: int
    coming: Sequence[charts.Bar]
    coming_sentence: str
    calendar: StudyCalendar | None


def today_page(session: Session, learner: Learner, now: datetime) -> TodayPage:
    """Return what a learner's study day holds and what is behind it."""
    today = learner.study_day(now)
    counts = day_counts(session, learner, now)
    minutes = expected_minutes(counts.due, counts.new, seconds_per_answer(session, learner.id))
    greeting = greeting_words(learner, now)
    if not queries.has_answered(session, learner.id):
        has_paused = bool(paused_bank_ids(session, learner.id))
        sentence = _first_sentence(learner, counts, minutes, has_paused=has_paused)
        return _newcomers_page(greeting, sentence, has_work=counts.new > 0)
    banks = bank_states(session, learner.id)
    coming = [(today, counts.due), *_next_days(session, learner, today)]
    return TodayPage(
        greeting=greeting,
        sentence=_sentence(counts, minutes) or _free_sentence(session, learner, today),
        has_work=counts.due + counts.new > 0,
        later=_later_sentence(session, learner, now),
        corrected=_corrected_sentence(session, learner),
        banks=banks,
        parts_missing=len(PARTS) - sum(line.bank.part is not None for line in banks),
        coming=charts.days_in_bars(coming, day_name),
        coming_sentence=_coming_sentence(sum(count for _, count in coming)),
        calendar=_calendar(session, learner, today),
    )


def _corrected_sentence(session: Session, learner: Learner) -> str:
    count = queries.answers_marked_anew(session, learner.id)
    if not count:
        return ""
    return str(
        ngettext(
            "An answer key was corrected: %(num)d answer of yours counts anew.",
            "Answer keys were corrected: %(num)d answers of yours count anew.",
            count,
        )
    )


def greeting_words(learner: Learner, now: datetime) -> str:
    """Return "Good morning, Ada" or what fits the hour in the learner's zone.

    The night before the roll-over hour belongs to the evening.
    """
    hour = now.astimezone(learner.zone).hour
    if learner.rollover_hour <= hour < NOON:
        return str(gettext("Good morning, %(name)s", name=learner.display_name))
    if NOON <= hour < EVENING:
        return str(gettext("Good afternoon, %(name)s", name=learner.display_name))
    return str(gettext("Good evening, %(name)s", name=learner.display_name))


def day_name(day: date) -> tuple[str, str, str]:
    """Return a day as "M", "2" below it, and "Monday 2 March" in full."""
    return format_date(day, "EEEEE"), str(day.day), format_date(day, "EEEE d MMMM yyyy")


def _newcomers_page(greeting: str, sentence: str, *, has_work: bool) -> TodayPage:
    return TodayPage(
        greeting=greeting,
        sentence=sentence,
        has_work=has_work,
        later="",
        corrected="",
        banks=(),
        parts_missing=0,
        coming=(),
        coming_sentence="",
        calendar=None,
    )


def _first_sentence(learner: Learner, counts: DayCounts, minutes: int, *, has_paused: bool) -> str:
    if not learner.new_per_day:
        return str(gettext("Your settings allow no new facts a day, so there is nothing to begin."))
    if not counts.new and has_paused:
        return str(gettext("There is nothing new to begin. Resume a bank that you paused."))
    if not counts.new:
        return str(gettext("There is nothing to learn here yet: no bank is loaded."))
    facts = ngettext("one fact", "%(num)d facts", counts.new)
    return str(
        gettext(
            "Begin with %(facts)s, about %(minutes)s. You are asked before you are told: "
            "a wrong guess helps, and so does “I don’t know”.",
            facts=facts,
            minutes=_minutes(minutes),
        )
    )


def _sentence(counts: DayCounts, minutes: int) -> str:
    """Return "12 facts are due and 10 are new, about 9 minutes."; nothing if there is nothing."""
    due = ngettext("%(num)d fact is due", "%(num)d facts are due", counts.due)
    if counts.due and counts.new:
        new = ngettext("%(num)d is new", "%(num)d are new", counts.new)
        return str(
            gettext("%(due)s and %(new)s, %(about)s.", due=due, new=new, about=_about(minutes))
        )
    if counts.due:
        return str(gettext("%(due)s, %(about)s.", due=due, about=_about(minutes)))
    if counts.new:
        new = ngettext("%(num)d new fact waits", "%(num)d new facts wait", counts.new)
        return str(gettext("%(new)s, %(about)s.", new=new, about=_about(minutes)))
    return ""


def _about(minutes: int) -> str:
    return str(gettext("about %(minutes)s", minutes=_minutes(minutes)))


def _minutes(minutes: int) -> str:
    return str(ngettext("%(num)d minute", "%(num)d minutes", max(1, minutes)))


def _free_sentence(session: Session, learner: Learner, today: date) -> str:
    """Return that nothing is left today, and when something comes back."""
    coming = queries.due_after(session, learner.id, today)
    if not coming:
        return str(gettext("Nothing is due."))
    day, count = coming[0]
    facts = ngettext("%(num)d fact comes back", "%(num)d facts come back", count)
    when = day_in_words(day, today)
    return str(gettext("Nothing is due now. %(facts)s %(when)s.", facts=facts, when=when))


def _later_sentence(session: Session, learner: Learner, now: datetime) -> str:
    """Return what comes back in steps later today, and when the first of it does."""
    moments = queries.steps_after(session, learner.id, now)
    if not moments:
        return ""
    first = format_datetime(moments[0].astimezone(learner.zone), "HH:mm", rebase=False)
    return str(
        ngettext(
            "%(num)d of them is being learned and comes back at %(first)s.",
            "%(num)d of them are being learned; the first comes back at %(first)s.",
            len(moments),
            first=first,
        )
    )


def _next_days(session: Session, learner: Learner, today: date) -> list[tuple[date, int]]:
    due = dict(queries.due_after(session, learner.id, today))
    days = [today + timedelta(days=ahead) for ahead in range(1, DAYS_AHEAD)]
    return [(day, due.get(day, 0)) for day in days]


def _coming_sentence(facts: int) -> str:
    if not facts:
        return str(gettext("Nothing comes back in the next two weeks"))
    return str(
        ngettext(
            "%(num)d fact comes back in the next two weeks",
            "%(num)d facts come back in the next two weeks",
            facts,
        )
    )


def _calendar(session: Session, learner: Learner, today: date) -> StudyCalendar:
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS_SHOWN - 1))
    answers = queries.answers_by_day(session, learner.id, first)

    def month_name(day: date) -> str:
        return str(format_date(day, "MMM"))

    year = charts.calendar(answers, today, WEEKS_SHOWN, month_name)
    return StudyCalendar(
        sentence=str(
            ngettext(
                "You studied on %(num)d day of the last year",
                "You studied on %(num)d days of the last year",
                len(answers),
            )
        ),
        year=year,
        weeks=charts.calendar(answers, today, WEEKS_ON_A_PHONE, month_name),
        days=[
            StudiedDay(day_name(cell.on)[2], cell.on, cell.count)
            for cell in reversed(year.cells)
            if cell.count
        ],
    )
