"""Questions made from facts: timelines, before-or-after pairs and who-was-who.

They are drawn for one fact with others as company. The same facts and the same lots give the
same question, in whatever order the company comes. Facts are set beside each other only where
there is one right answer: with dates that leave a day between them, of one calendar, and never
two that are kept apart.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from quizapp.domain.bank_dates import Ymd, day_range
from quizapp.domain.bank_files import Calendar, Choice, Distractor, Match, Order, Pair
from quizapp.domain.date_marking import date_text, julian_day_number
from quizapp.domain.event_labels import Deed, deed, event_label

LEAST_ITEMS, MOST_ITEMS = 3, 5
NEAREST = 8  # of the facts that could be company, how many are drawn from
NEARBY_YEARS = 20  # facts further apart in time are no question
TOLD_KINDS = {"event", "person"}  # of facts; concepts and arguments have no day, and many owners
DAYS_IN_YEAR = 365.25

_CALENDAR_NOTES: dict[Calendar, str] = {
    "Old Style": " (Old Style)",
    "Julian": " (Julian calendar)",
    "Gregorian": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MetFact:
    """A fact that the learner has met, as far as questions are made from it."""

    id: int
    bank_id: int
    kind: str
    statement: str
    why: str
    date: str | None
    calendar: Calendar
    people: tuple[str, ...] = ()
    apart: frozenset[int] = frozenset()  # the facts that it is kept apart from


Derived = Order | Choice | Match


@dataclass(frozen=True, slots=True)
class _Event:
    """A fact on the line of time: what happened, from which day to which, also as day numbers."""

    fact: MetFact
    label: str
    date: str
    first: Ymd
    last: Ymd
    begins: int
    ends: int

    def days_from(self, other: "_Event") -> int:
        """Return how many days lie from one to the other; 0 or less if they overlap."""
        return max(self.begins - other.ends, other.begins - self.ends)


def derived_question(
    fact: MetFact, company: Sequence[MetFact], rng: Random
) -> tuple[str, Derived] | None:
    """Return a question of any kind that can be made for a fact, with its kind; else None."""
    makers: list[tuple[str, Callable[[], Derived | None]]] = [
        ("timeline", lambda: timeline(fact, company, rng)),
        ("who-was-who", lambda: who_was_who(fact, company, rng)),
        ("before-or-after", lambda: _before_or_after_any(fact, company, rng)),
    ]
    rng.shuffle(makers)
    made = ((kind, make()) for kind, make in makers)
    return next(((kind, found) for kind, found in made if found is not None), None)


def timeline(fact: MetFact, company: Sequence[MetFact], rng: Random) -> Order | None:
    """Return three to five events to put in order, one of them the fact's, or None."""
    event = _event(fact)
    if event is None:
        return None
    wanted = rng.randint(LEAST_ITEMS, MOST_ITEMS)
    chosen = [event]
    near = list(islice(_nearest(event, company), NEAREST))
    for other in rng.sample(near, len(near)):
        if len(chosen) < wanted and all(_may_meet(other, one) for one in chosen):
            chosen.append(other)
    if len(chosen) < LEAST_ITEMS:
        return None
    ordered = sorted(chosen, key=lambda one: one.begins)
    dates = [one.date for one in ordered]
    told = f"{', '.join(dates[:-1])} and {dates[-1]}"
    return Order(
        id="timeline",
        prompt="Put these events in order, the earliest first.",
        items=[one.label for one in ordered],
        explanation=f"In order, they date from {told}{_CALENDAR_NOTES[fact.calendar]}. {fact.why}",
    )


def before_or_after(fact: MetFact, other: MetFact, rng: Random) -> Choice | None:
    """Return which of two events came first as a question, or None.

    Two options would be guessed too easily: the third says that they came together. The lots
    only choose the words.
    """
    event, second = _event(fact), _event(other)
    if event is None or second is None or not _may_meet(event, second):
        return None
    early, late = sorted((event, second), key=lambda one: one.begins)
    note = _CALENDAR_NOTES[fact.calendar]
    dates = f"The first dates from {early.date}, the second from {late.date}{note}."
    return Choice(
        id="before-or-after",
        prompt=rng.choice(("Which of these came first?", "What happened first?")),
        answer=early.label,
        distractors=[
            Distractor(text=late.label, why_wrong=f"This came second. {dates}"),
            Distractor(text=_together(early, late), why_wrong=f"They did not. {dates}"),
        ],
        explanation=f"{dates} {fact.why}",
    )


def who_was_who(fact: MetFact, company: Sequence[MetFact], rng: Random) -> Match | None:
    """Return people to match to what they did, one pair of them the fact's, or None."""
    done = _deed(fact)
    if done is None:
        return None
    chosen: list[tuple[MetFact, Deed]] = [(fact, done)]
    others = sorted(company, key=lambda one: one.id)
    for other in rng.sample(others, len(others)):
        found = _deed(other) if _lived_with(fact, other) else None
        if (
            found is not None
            and len(chosen) < LEAST_ITEMS + 1
            and all(_is_told_apart((other, found), one) for one in chosen)
        ):
            chosen.append((other, found))
    if len(chosen) < LEAST_ITEMS:
        return None
    return Match(
        id="who-was-who",
        prompt="Match each person to what they did.",
        pairs=[Pair(left=one.who, right=one.what) for _, one in chosen],
    )


def _before_or_after_any(fact: MetFact, company: Sequence[MetFact], rng: Random) -> Choice | None:
    event = _event(fact)
    near = list(islice(_nearest(event, company), NEAREST)) if event else []
    return before_or_after(fact, rng.choice(near).fact, rng) if near else None


def _event(fact: MetFact) -> _Event | None:
    """Return a fact as an event with its days, if it has a date and a name that hides it."""
    if fact.date is None or fact.kind not in TOLD_KINDS:
        return None
    label, days = event_label(fact.statement, fact.date), day_range(fact.date, fact.calendar)
    if label is None or days is None:
        return None
    begins, ends = (julian_day_number(*day, fact.calendar) for day in days)
    return _Event(fact, label, date_text(fact.date), *days, begins, ends)


def _nearest(event: _Event, company: Sequence[MetFact]) -> Iterator[_Event]:
    """Yield what may stand beside an event, the nearest in time first; ties go by fact."""
    others = [other for one in company if (other := _event(one)) is not None]
    near = [other for other in others if _may_meet(event, other)]
    yield from sorted(near, key=lambda other: (event.days_from(other), other.fact.id))


def _may_meet(first: _Event, second: _Event) -> bool:
    """Return whether it is sure which of two events came first, and may be asked."""
    return (
        first.fact.calendar == second.fact.calendar
        and 1 < first.days_from(second) <= NEARBY_YEARS * DAYS_IN_YEAR
        and not _are_apart(first.fact, second.fact)
        and first.label != second.label
    )


def _are_apart(first: MetFact, second: MetFact) -> bool:
    return first.id == second.id or second.id in first.apart or first.id in second.apart


def _together(early: _Event, late: _Event) -> str:
    """Return what is surely not so of two events, in the longest stretch that they do not share."""
    if early.last[0] != late.first[0]:
        return "Both fell in the same year"
    is_one_month = early.last[1] == late.first[1]
    return "Both fell on the same day" if is_one_month else "Both fell in the same month"


def _lived_with(fact: MetFact, other: MetFact) -> bool:
    """Return whether two facts are of one bank, or near in time in one calendar."""
    if fact.bank_id == other.bank_id:
        return True
    if fact.calendar != other.calendar or fact.date is None or other.date is None:
        return False
    return abs(_year(fact.date) - _year(other.date)) <= NEARBY_YEARS


def _year(date: str) -> int:
    return int(date.replace("/", "-").split("-", maxsplit=1)[0])


def _deed(fact: MetFact) -> Deed | None:
    return deed(fact.statement, fact.people) if fact.kind in TOLD_KINDS else None


def _is_told_apart(first: tuple[MetFact, Deed], second: tuple[MetFact, Deed]) -> bool:
    """Return whether neither of two people could have done what the other did."""
    (one, done), (other, done_too) = first, second
    if _are_apart(one, other) or one.calendar != other.calendar:
        return False
    return _is_alien(done.who, other, done_too) and _is_alien(done_too.who, one, done)


def _is_alien(who: str, fact: MetFact, done: Deed) -> bool:
    """Return whether a person has no part in a fact, unless it names them as somebody else."""
    return all(name not in who or name in done.what for name in fact.people)
