"""What the page of progress shows: figures, each with the sentence that it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from quizapp.domain.figures import Band, Share, bands
from quizapp.domain.rating import Certainty
from quizapp.insights import queries
from quizapp.insights.bank_states import BankStates, bank_states
from quizapp.insights.queries import Tries
from quizapp.insights.today_pages import day_name
from quizapp.memory.learners import Learner
from quizapp.memory.progress import Tally, added
from quizapp.web import charts
from quizapp.web.words import CERTAINTIES, percent

LATELY_DAYS = 30
LONG_DAYS = 90
DAYS_AHEAD = 30


@dataclass(frozen=True, slots=True)
class Shares:
    """A chart of shares: what it says, and its bars."""

    sentence: str
    rows: Sequence[charts.ShareBar]


@dataclass(frozen=True, slots=True)
class Days:
    """A chart of days: what it says, and its bars."""

    sentence: str
    bars: Sequence[charts.Bar]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPage:
    """What a learner has kept, is asked, and may expect."""

    has_answered: bool
    kept: Shares
    aim: str  # in percent, what the learner wants to keep
    states_sentence: str
    banks: Sequence[BankStates]
    answers: Days
    coming: Days
    calibration: Shares
    certainty: Shares
    since: date  # the first study day of most figures


def progress_page(session: Session, learner: Learner, now: datetime) -> ProgressPage:
    """Return the figures of a learner, from the answers of the last 90 days."""
    today = learner.study_day(now)
    since = today - timedelta(days=LONG_DAYS - 1)
    tries = queries.first_tries(
        session,
        learner.id,
        since=since,
        lately_since=today - timedelta(days=LATELY_DAYS - 1),
        now=now,
    )
    banks = bank_states(session, learner.id)
    return ProgressPage(
        has_answered=queries.has_answered(session, learner.id),
        kept=_kept(tries, learner),
        aim=percent(learner.rules.desired_retention),
        states_sentence=_states_sentence(added(line.tally for line in banks)),
        banks=banks,
        answers=_answers(session, learner, today),
        coming=_coming(session, learner, today),
        calibration=_calibration(bands(tries.expected)),
        since=since,
        certainty=_certainty(queries.right_by_certainty(session, learner.id, since)),
    )


def _of(share: Share) -> str:
    """Return a share as "91 % of 240"."""
    if share.share is None:
        return str(gettext("no answers yet"))
    return str(gettext("%(share)s of %(of)d", share=percent(share.share), of=share.of))


def _kept(tries: Tries, learner: Learner) -> Shares:
    aim = learner.rules.desired_retention
    if tries.all.share is None:
        sentence = gettext("What you kept shows here once facts have come back to you")
        return Shares(str(sentence), ())
    lately = tries.lately if tries.lately.of else tries.all
    period = gettext("last month") if tries.lately.of else gettext("in the last three months")
    sentence = gettext(
        "You kept %(share)s of what you were asked %(period)s",
        share=percent(lately.share or 0),
        period=period,
    )
    rows = [
        charts.share_bar(str(gettext("Last 30 days")), tries.lately, _of(tries.lately), aim),
        charts.share_bar(str(gettext("Last 90 days")), tries.all, _of(tries.all), aim),
    ]
    return Shares(str(sentence), rows)


def _calibration(found: Sequence[Band]) -> Shares:
    answers = sum(band.kept.of for band in found)
    if not answers:
        return Shares(str(gettext("How well the schedule knows you shows here later")), ())
    expected = sum(band.expected * band.kept.of for band in found) / answers
    kept = sum(band.kept.count for band in found) / answers
    sentence = gettext(
        "The schedule expected %(expected)s and you kept %(kept)s",
        expected=percent(expected),
        kept=percent(kept),
    )
    rows = [
        charts.share_bar(_band_name(band), band.kept, _beside_expected(band), band.expected)
        for band in found
    ]
    return Shares(str(sentence), rows)


def _beside_expected(band: Band) -> str:
    kept, expected = _of(band.kept), percent(band.expected)
    return str(gettext("%(kept)s; expected %(expected)s", kept=kept, expected=expected))


def _band_name(band: Band) -> str:
    return str(
        gettext("%(first)d to %(last)d %%", first=band.starts_percent, last=band.ends_percent)
    )


def _certainty(found: Mapping[str, Share]) -> Shares:
    sure = found.get(Certainty.SURE, Share(0, 0))
    not_sure = found.get(Certainty.NOT_SURE, Share(0, 0))
    rows = [
        charts.share_bar(str(CERTAINTIES[name]), share, _of(share), key=name)
        for name, share in ((Certainty.SURE, sure), (Certainty.NOT_SURE, not_sure))
    ]
    if sure.share is None:
        return Shares(str(gettext("You have not been sure of an answer yet")), rows)
    sentence = gettext(
        "When you were sure you were right %(share)s of the time", share=percent(sure.share)
    )
    return Shares(str(sentence), rows)


def _states_sentence(tally: Tally) -> str:
    return str(
        gettext(
            "You remember %(kept)d of %(total)d facts, %(strong)d of them strongly",
            kept=tally.kept,
            total=tally.total,
            strong=tally.strong,
        )
    )


def _answers(session: Session, learner: Learner, today: date) -> Days:
    first = today - timedelta(days=LATELY_DAYS - 1)
    found = queries.answers_by_day(session, learner.id, first)
    days = [first + timedelta(days=ahead) for ahead in range(LATELY_DAYS)]
    answers = ngettext("%(num)d question", "%(num)d questions", sum(found.values()))
    sentence = ngettext(
        "You answered %(answers)s on %(num)d of the last 30 days",
        "You answered %(answers)s on %(num)d of the last 30 days",
        len(found),
        answers=answers,
    )
    bars = charts.days_in_bars([(day, found.get(day, 0)) for day in days], day_name)
    return Days(str(sentence), bars)


def _coming(session: Session, learner: Learner, today: date) -> Days:
    due = dict(queries.due_after(session, learner.id, today))
    days = [today + timedelta(days=ahead) for ahead in range(1, DAYS_AHEAD + 1)]
    counts = [(day, due.get(day, 0)) for day in days]
    sentence = ngettext(
        "%(num)d fact comes back in the next 30 days",
        "%(num)d facts come back in the next 30 days",
        sum(count for _, count in counts),
    )
    return Days(str(sentence), charts.days_in_bars(counts, day_name))
