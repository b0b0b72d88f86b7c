"""Marking of numbers, written in digits or in English words."""

import re
from fractions import Fraction

from rapidfuzz.distance import OSA

from quizapp.domain.text_folding import plain, word_set, words
from quizapp.domain.text_marking import FILLERS, NEGATIONS

_READ_CHARACTERS = 300  # a longer text is no number
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = (
    {word: value for value, word in enumerate(_UNITS)}
    | {word: 10 * place for place, word in enumerate(_TENS, 2)}
    | {"nil": 0, "nought": 0, "dozen": 12, "fourty": 40, "ninty": 90, "fiveteen": 15}
)
_SCALES = {"thousand": 10**3, "million": 10**6, "milliard": 10**9, "billion": 10**9}
_MULTIPLIERS = {"hundred", "hundreds", "dozen", *_SCALES}
_MINUS = frozenset({"-", "minus", "negative"})
_ABOUT = word_set("about around roughly approximately circa ca some exactly altogether")
# Words of a prompt that may not stand beside a number without changing it.
_CHANGING = NEGATIONS | word_set("more less fewer over under than nearly almost half quarter")

_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2019": "'", "%": " percent "})
_TOKEN = re.compile(
    r"(?<![0-9a-z])-(?=\s*[.0-9])|(?:(?<![0-9a-z])\.)?[0-9]+(?:[.,' ][0-9]+)*|[^\W\d_]+"
)
_GROUPED = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?P<mark>[.,' ])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<part>[0-9]+))?"
)
_POINTED = re.compile(r"(?P<whole>[0-9]*)(?P<mark>[.,])(?P<part>[0-9]+)")
_LETTERS_WITH_A_SLIP = 5  # shorter words of a unit must be spelt right


def number_fits(
    text: str, answer: float, tolerance: float = 0, unit: str | None = None, prompt: str = ""
) -> bool:
    """Return whether a typed number lies within `tolerance` of the answer, both included.

    Beside the number may stand words of the unit and of the prompt, fillers and "about";
    any other word, a second number or a range makes the text wrong. "1.200" is read as
    1200 and as 1.2, whichever fits; "1,200" as 1200 only, "1,5" as 1.5.
    """
    try:
        target, width = Fraction(str(answer)), Fraction(str(tolerance))
    except ValueError:  # infinite, or no number
        return False
    return any(abs(value - target) <= width for value in readings(text, f"{unit or ''} {prompt}"))


def readings(text: str, beside: str = "") -> frozenset[Fraction]:
    """Return the numbers a text may stand for; none when it is not one number.

    `beside` holds the words that may stand beside the number without a say in it.
    """
    if len(text.strip()) > _READ_CHARACTERS:
        return frozenset()
    tokens = _tokens(text)
    known = _words_beside(beside)
    if not all(_is_part(token) or _is_beside(token, known) for token in tokens):
        return frozenset()
    parts = [token for place, token in enumerate(tokens) if _counts(tokens, place)]
    values = {_value(parts, points_group=choice) for choice in (True, False)}
    return frozenset(value for value in values if value is not None)


def _tokens(text: str) -> list[str]:
    text = " ".join(plain(text.translate(_SIGNS)).translate(_SIGNS).split())
    return _TOKEN.findall(text.replace("per cent", "percent"))


def _words_beside(beside: str) -> frozenset[str]:
    text = beside.replace("%", " percent ").replace("per cent", "percent")
    known = {word.removesuffix("s") for word in words(text)} - _CHANGING
    return frozenset(known | FILLERS | _ABOUT)


def _is_part(token: str) -> bool:
    return token[-1].isdigit() or token in _SMALL or token in _MULTIPLIERS or token in _MINUS


def _is_beside(token: str, known: frozenset[str]) -> bool:
    folded = "".join(words(token))
    word = folded.removesuffix("s")
    return not known.isdisjoint((folded, word)) or (
        len(word) >= _LETTERS_WITH_A_SLIP and any(OSA.distance(word, other) <= 1 for other in known)
    )


def _counts(tokens: list[str], place: int) -> bool:
    """Return whether a token is part of the number; "a" is before hundred and the like."""
    following = tokens[place + 1] if place + 1 < len(tokens) else ""
    return _is_part(tokens[place]) or (tokens[place] == "a" and following in _MULTIPLIERS)


def _value(parts: list[str], *, points_group: bool) -> Fraction | None:
    """Return the number that the parts make, None when they make none or several."""
    sign = -1 if parts and parts[0] in _MINUS else 1
    parts = parts[1:] if sign < 0 else parts
    total, scale_before, group = Fraction(0), 10**12, _Group()
    for part in parts:
        if part in _SCALES:
            if group.value is None or _SCALES[part] >= scale_before:
                return None
            scale_before = _SCALES[part]
            total, group = total + group.value * scale_before, _Group()
        elif not group.add(part, points_group=points_group):
            return None
    return sign * (total + (group.value or 0)) if parts else None


class _Group:
    """The part of a number below a thousand, or digits, put together word by word."""

    def __init__(self) -> None:
        self.value: Fraction | None = None
        self.room = 0  # what is added next must be below this

    def add(self, part: str, *, points_group: bool) -> bool:
        """Take one more part; False when it does not fit what is there."""
        if part[-1].isdigit():
            fits = self.value is None
            self.value = _amount(part, points_group=points_group)
            return fits and self.value is not None
        if part in ("hundred", "hundreds"):
            return self._times(100)
        if part == "dozen" and self.value is not None:
            return self._times(12)
        return self._plus(1 if part == "a" else _SMALL.get(part))

    def _times(self, factor: int) -> bool:
        fits = self.value is not None and 0 < self.value < factor
        self.value = (self.value or 0) * Fraction(factor)
        self.room = factor
        return fits

    def _plus(self, value: int | None) -> bool:
        if value is None or (self.value is not None and not 0 < value < self.room):
            return False
        self.value = (self.value or Fraction(0)) + value
        self.room = 10 if value in range(20, 100, 10) else 0
        return True


def _amount(digits: str, *, points_group: bool) -> Fraction | None:
    """Return what digits with separators stand for."""
    if digits.isdecimal():
        return Fraction(digits)
    grouped, pointed = _GROUPED.fullmatch(digits), _POINTED.fullmatch(digits)
    if grouped and (points_group or grouped["mark"] != "." or pointed is None):
        whole = re.sub(r"[.,' ]", "", grouped["whole"])
        return Fraction(f"{whole}.{grouped['part'] or 0}")
    if pointed:
        return Fraction(f"{pointed['whole'] or 0}.{pointed['part']}")
    return None
