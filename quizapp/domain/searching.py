"""Finding words in texts, whatever their case and accents."""

import unicodedata


def folded(text: str) -> str:
    """Return a text without case and accents, and with single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


def matches(wanted: str, text: str) -> bool:
    """Return whether every word of `wanted` stands in a text, as a word or a part of one.

    Nothing wanted is found in every text.
    """
    inside = folded(text)
    return all(word in inside for word in folded(wanted).split())
