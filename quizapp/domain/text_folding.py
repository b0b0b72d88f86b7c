"""Text made comparable: what case, accents, punctuation and transliteration hide is laid bare.

Folding serves comparison only; nothing folded is ever shown or stored.
"""

import re
import unicodedata
from collections.abc import Iterable

LIMIT_CHARACTERS = 300  # most folded characters of a text that are compared
READ_CHARACTERS = 10 * LIMIT_CHARACTERS  # most characters that are read to get them

Words = tuple[str, ...]

_APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u201b\u02bc\u02b9\u2032`\u00b4"))
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
    }
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_ROMAN = re.compile(r"(?=.)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_DOUBLED = re.compile(r"([^\W\d_])\1+")

# Renderings of Russian sounds, folded in this order; capitals stand for one sound each.
_SOUNDS = (
    (re.compile(r"tsch"), "C"),
    (re.compile(r"shch|sch"), "Q"),
    (re.compile(r"tch|ch"), "C"),
    (re.compile(r"sh"), "S"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ts|tz|cz"), "T"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"c(?=[eiy]|a[iy])"), "T"),
    (re.compile(r"c"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"yo|(?<=p)io"), "e"),  # Khrushchyov and Khrushchev, Piotr and Petr
    (re.compile(r"y"), "i"),
    (re.compile(r"ie"), "e"),
    (re.compile(r"(?<=[eo])f+$"), "v"),
    (re.compile(r"(?<=[dt])r$"), "er"),  # Aleksandr and Alexander
)


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(listed.split())


def plain(text: str) -> str:
    """Return a text without letter case, typographic variants and digits of other scripts."""
    text = unicodedata.normalize("NFKC", text[:READ_CHARACTERS]).casefold()
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def words(text: str) -> Words:
    """Return the folded words of a text, at most `LIMIT_CHARACTERS` of them in all.

    Case, accents, punctuation, quotes, dashes, white space and the word "the" are gone,
    "&" is "and", ordinals are bare digits. A text of nothing but signs has no words.
    """
    text = plain(text.translate(_APOSTROPHES)).translate(_APOSTROPHES).replace("&", " and ")
    text = _ORDINAL.sub("", _THOUSANDS.sub("", text))
    text = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    letters = (c for c in text if unicodedata.category(c) != "Mn")
    found = "".join(c if c.isalnum() else " " for c in letters).split()
    kept = [word for word in found if word != "the"] or found
    return tuple(" ".join(kept)[:LIMIT_CHARACTERS].split())


def squeezed(parts: Iterable[str]) -> str:
    """Return words without the spaces between them, save between two digits.

    So "counter-revolution" equals "counterrevolution", but "19 17" is not "1917".
    """
    return _BETWEEN_DIGITS.sub("_", " ".join(parts)).replace(" ", "")


def is_number_word(word: str) -> bool:
    """Return whether a folded word holds a digit or is a Roman numeral: never misspelt."""
    return any(c.isdigit() for c in word) or _ROMAN.fullmatch(word) is not None


def sound_keys(parts: Words) -> tuple[Words, Words]:
    """Return two keys of folded words that are equal for renderings of one Russian name.

    The letter j is the sound of "zh" in the first key and of "y" in the second; two texts
    sound alike when they share either key. Numbers are left as they are.
    """
    as_zh = tuple(_sound(word.replace("zh", "Z").replace("j", "Z")) for word in parts)
    as_y = tuple(_sound(word.replace("zh", "Z").replace("j", "y")) for word in parts)
    return as_zh, as_y


def _sound(word: str) -> str:
    if is_number_word(word):
        return word
    for rendering, sound in _SOUNDS:
        word = rendering.sub(sound, word)
    return _DOUBLED.sub(r"\1", word)
