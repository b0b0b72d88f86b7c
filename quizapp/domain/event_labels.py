"""Short names of dated facts, for questions that ask what came first: they tell no date.

A statement is written for people who read it alone. Only those that are simple are shortened:
one date, said as exactly as the fact's own, and nothing that points at another sentence.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from quizapp.domain.date_marking import MONTHS

LONGEST_LABEL = 110  # characters
FEWEST_WORDS = 4
FEWEST_OF_A_PART = 8  # words; a shorter part of a statement may fit another event as well

_MONTH = "|".join(MONTHS)
_TOLD = re.compile(
    rf"(?:(?P<day>\d{{1,2}}) )?(?:(?P<month>{_MONTH})\b)?(?: ?\b(?P<year>\d{{4}})\b)?"
)
_WHEN = (
    rf"(?:\d{{1,2}} (?:{_MONTH})\b(?: \d{{4}}\b)?|(?:{_MONTH})\b \d{{4}}\b"
    r"|(?<![\d-])\d{4}\b(?!-))"
)
_ANY_DATE = re.compile(rf"(?<![\d-] )(?<![\d-]){_WHEN}")
_SEASON = "spring|summer|autumn|winter"
_PART_OF = rf"(?:the (?:end|start|beginning|night|evening|morning|{_SEASON}) of )"
_LEADING = re.compile(rf"^(?:(?:Late|Early) )?(?:On|In|At) {_PART_OF}?(?:early |late )?{_WHEN},? ")
_PHRASE = rf"(?:(?:early|late) )?(?:on|in|at) {_PART_OF}?(?:early |late )?{_WHEN}"
_ADDED = re.compile(rf", (?:passed|issued|signed|published) {_PHRASE},")
_INSIDE = re.compile(rf" {_PHRASE}(?=$|,| )")
_OF_A_THING = re.compile(rf"(?<!\bthat) of {_WHEN}(?=$|,| )")
_STYLE = re.compile(r" \((?:(?:Old|New) Style|\d[^()]*(?:Old|New) Style)\)")
_TAIL = re.compile(
    r"(?:, (?:and|but|so|although|because|while|which|where|to|after|as|with) |: )[^,:]*$"
)

# What tells when something was, or cannot be understood without what came before.
_UNFIT = re.compile(
    rf"\d{{3}}|\b(?:{_MONTH}|{_SEASON}|Vendemiaire|Brumaire|Frimaire|Nivose|Pluviose|Ventose"
    r"|Germinal|Floreal|Prairial|Messidor|Thermidor|Fructidor|Easter|Christmas|Style|New Year"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|noon|midnight|century"
    r"|mid|at the (?:start|end|beginning|middle)(?! of)"
    r"|year|years|month|months|week|weeks|days|eve|anniversary|date|dated|day|night|evening"
    r"|morning|hour|hours|today|tomorrow|yesterday"
    r"|first|second|last|final|finally|eventually|at last|in the end"
    r"|later|then|next|previous|previously|earlier|early|late|soon|again|still|already|meanwhile"
    r"|same|following|followed|afterwards|once|ago|since|until|now|new|former|before|after|during"
    r"|had|author|article|this|that time|these|those|such|there"
    r"|his own|thus|therefore|however|instead|also|too|even|only|no longer|other|another"
    r"|would|was to|were to|did not|began|followers|answer|answered"
    r"|doubted|wanted|believed|thought|feared|hoped)\b",
    re.IGNORECASE,
)
_DANGLING_START = re.compile(
    r"^(?:He|She|It|They|His|Her|Its|Their|Both|All|Some|Many|Most|Here|What|Who|When|As|For|By"
    r"|Unlike|Without|With|Asked|Pressed|Following|Among|Against|Under|From)\b"
)
_BROKEN = re.compile(
    r",$|,,| ,|  |, \w+ed,|\b(?:which|who) \w+,|\b(?:on|in|at|of|from|to|by|the|and|a|between|for)$"
    r"|\b(?:on|in|at|of|from|to|by|the|and|a|between|for),|(?<!\w)'|'(?!\w)|[\"(]|^\W"
)


@lru_cache(maxsize=4096)
def event_label(statement: str, date: str) -> str | None:
    """Return what happened, in at most 110 characters without its date, or None.

    `date` is that of the bank file. None whenever leaving out the date is not surely safe: the
    statement has no date or several, says another than `date`, or would still tell when it
    was ("later", "the first", a season) or lean on another sentence ("He").
    """
    plain = _STYLE.sub("", statement.strip().removesuffix("."))
    told = _told_dates(plain)
    if len(told) != 1 or not _holds(told[0], date):
        return None
    for text in _shorter(plain):
        label = _without_date(text)
        fewest = FEWEST_WORDS if text == plain else FEWEST_OF_A_PART
        if label is not None and _is_fit(label, fewest):
            return label
    return None


def _is_fit(label: str, fewest_words: int) -> bool:
    """Return whether a text is short, whole, and tells nothing of when it was."""
    if len(label) > LONGEST_LABEL or len(label.split()) < fewest_words:
        return False
    return not any(rule.search(label) for rule in (_UNFIT, _DANGLING_START, _BROKEN))


def _holds(told: str, date: str) -> bool:
    """Return whether a statement tells a date, as exactly as the fact does or less so."""
    if "/" in date:
        return False
    return date == told or date.startswith(f"{told}-") or date.endswith(told.removeprefix("?"))


def _told_dates(text: str) -> list[str]:
    """Return the dates in a text as a bank file writes them; "?" stands for a missing year."""
    return [_as_in_file(found[0]) for found in _ANY_DATE.finditer(text)]


def _as_in_file(told: str) -> str:
    """Return "28 August 1640" as "1640-08-28"."""
    found = _TOLD.search(told)
    parts = found.groupdict() if found else {}
    month = f"-{MONTHS.index(parts['month']) + 1:02}" if parts["month"] else ""
    day = f"-{int(parts['day']):02}" if parts["day"] else ""
    return (parts["year"] or "?") + month + day


def _shorter(text: str) -> list[str]:
    """Return a text up to a semicolon, and what is left as its last clauses are cut off."""
    texts = [text.partition(";")[0]]
    while found := _TAIL.search(texts[-1]):
        head = texts[-1][: found.start()]
        if "," in head and found[0].startswith((", and", ", but", ", so")):
            break  # the last of several clauses, without which the others do not stand
        texts.append(head)
    return texts


def _without_date(text: str) -> str | None:
    """Return a text without its one date, or None if that does not go smoothly."""
    for rule, instead in ((_LEADING, ""), (_ADDED, ""), (_INSIDE, ""), (_OF_A_THING, "")):
        label, count = rule.subn(instead, text, count=1)
        if count:
            return label[:1].upper() + label[1:]
    return None


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something, and what it was."""

    who: str
    what: str


_LEANING = re.compile(
    r"\b(?:then|again|still|already|soon|later|afterwards|also|too|instead|therefore|however|thus"
    r"|same|following|argued|explained|latter|former|next|another|other|ways out|author|article)\b",
    re.IGNORECASE,
)
_SECOND_CLAUSE = re.compile(r":|, and (?:the |[A-Z])")
_NO_NAME = r"In|On|At|Under|With|After|Before|By|From|For|When|As|Like|To"
_OF_MANY = r"and|was|were|is|had|has|of|with|or|could|would|did|at|in|on|under|both|died|himself"


@lru_cache(maxsize=4096)
def deed(statement: str, people: tuple[str, ...]) -> Deed | None:
    """Return what a statement says that one of its people did, in at most 110 characters, or None.

    The person is its subject, after a date that may lead it. None for what was done to somebody,
    with somebody else, or cannot be understood without another sentence.
    """
    plain = _LEADING.sub("", _STYLE.sub("", statement.strip().removesuffix(".")), count=1)
    for text in _shorter(plain):
        for name in people:
            found = _deed_of(text, name)
            if found is not None and not _names_another(found.what, name, people):
                return found
    return None


def _deed_of(text: str, name: str) -> Deed | None:
    who = rf"(?!(?:{_NO_NAME})\b)(?:[A-Z][\w'-]+ |de |la )*{re.escape(name)}"
    found = re.fullmatch(rf"({who}) (?!(?:{_OF_MANY})\b)([a-z].*)", text)
    if found is None or len(found[2]) > LONGEST_LABEL or len(found[2].split()) < FEWEST_WORDS:
        return None
    if any(rule.search(found[2]) for rule in (_LEANING, _BROKEN, _SECOND_CLAUSE)):
        return None
    return Deed(found[1], found[2][:1].upper() + found[2][1:])


def _names_another(what: str, name: str, people: tuple[str, ...]) -> bool:
    """Return whether another of the people acts too."""
    return any(f"and {other} " in what for other in people if other != name)
