"""What the domain's names are called on pages, and lengths of time in words."""

from collections.abc import Mapping
from datetime import date

from flask_babel import LazyString, format_date, gettext, lazy_gettext, ngettext

STRENGTHS: Mapping[str, LazyString] = {
    "new": lazy_gettext("new"),
    "learning": lazy_gettext("learning"),
    "remembered": lazy_gettext("remembered"),
    "strong": lazy_gettext("strong"),
}
KINDS: Mapping[str, LazyString] = {
    "event": lazy_gettext("event"),
    "person": lazy_gettext("person"),
    "organisation": lazy_gettext("organisation"),
    "concept": lazy_gettext("concept"),
    "argument": lazy_gettext("argument"),
    "place": lazy_gettext("place"),
}
CERTAINTIES: Mapping[str, LazyString] = {
    "sure": lazy_gettext("sure"),
    "not-sure": lazy_gettext("not sure"),
    "dont-know": lazy_gettext("I don’t know"),
}
RATINGS: Mapping[int, LazyString] = {
    1: lazy_gettext("Again"),
    2: lazy_gettext("Hard"),
    3: lazy_gettext("Good"),
    4: lazy_gettext("Easy"),
}
QUESTION_TYPES: Mapping[str, LazyString] = {
    "choice": lazy_gettext("choice"),
    "multiple": lazy_gettext("several right"),
    "true-false": lazy_gettext("true or false"),
    "short": lazy_gettext("a few words"),
    "number": lazy_gettext("number"),
    "date": lazy_gettext("date"),
    "cloze": lazy_gettext("gaps"),
    "order": lazy_gettext("order"),
    "match": lazy_gettext("pairs"),
    "flashcard": lazy_gettext("flashcard"),
    "explain": lazy_gettext("explanation"),
}

DAYS_IN_MONTH = 30.44
DAYS_IN_YEAR = 365.25
MONTHS_FROM_DAYS = 60
YEARS_FROM_DAYS = 730
DAYS_OF_ONE_YEAR = 300  # so near that a date needs no year


def days_in_words(days: float) -> str:
    """Return a length of time as "less than a day", "12 days", "3 months" or "2 years"."""
    whole_days = round(days)
    if whole_days < 1:
        return str(gettext("less than a day"))
    if whole_days < MONTHS_FROM_DAYS:
        return str(ngettext("%(num)d day", "%(num)d days", whole_days))
    if whole_days < YEARS_FROM_DAYS:
        return str(ngettext("%(num)d month", "%(num)d months", round(days / DAYS_IN_MONTH)))
    return str(ngettext("%(num)d year", "%(num)d years", round(days / DAYS_IN_YEAR)))


def percent(share: float) -> str:
    """Return a share as "91 %", with the narrow space that keeps it on one line."""
    return f"{round(100 * share)}\N{NARROW NO-BREAK SPACE}%"


def how_it_went(share: float, certainty: str) -> str:
    """Return what came of an answer: "right, sure", "wrong", "67 % right, not sure"."""
    said = str(CERTAINTIES[certainty])
    if certainty == "dont-know":
        return said
    if 0 < share < 1:
        return str(gettext("%(share)s right, %(said)s", share=percent(share), said=said))
    if share:
        return str(gettext("right, %(said)s", said=said))
    return str(gettext("wrong, %(said)s", said=said))


def day_in_words(day: date, today: date) -> str:
    """Return a day from today on as "today", "tomorrow", or "on 12 March" with its year if later.

    A day that is past is written as a date too.
    """
    ahead = (day - today).days
    if ahead in {0, 1}:
        return str(gettext("tomorrow") if ahead else gettext("today"))
    pattern = "EEE d MMM" if 0 < ahead < DAYS_OF_ONE_YEAR else "d MMM yyyy"
    return str(gettext("on %(day)s", day=format_date(day, pattern)))
