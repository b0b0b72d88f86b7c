"""Passwords and recovery phrases: how they are kept, compared and made."""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quizapp.accounts.words import WORDS

FEWEST_CHARACTERS = 8
MOST_CHARACTERS = 200
WORDS_IN_PHRASE = 6  # of 1,024 words: 60 bits


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a secret was right, and its new hash where the stored one is weaker than today's."""

    right: bool
    new_hash: str | None = None


def hashed(secret: str, memory_kib: int) -> str:
    """Return the Argon2id hash of a password or phrase, with its salt and parameters in it."""
    return _hasher(memory_kib).hash(normal(secret))


def check(stored: str | None, secret: str, memory_kib: int) -> Checked:
    """Return whether `secret` is the one whose hash is stored.

    Where nothing is stored, as for a name that nobody has, as much time is spent and the answer
    is no: how long it takes tells a stranger nothing.
    """
    hasher = _hasher(memory_kib)
    if not stored:
        hasher.hash(normal(secret))
        return Checked(right=False)
    try:
        hasher.verify(stored, normal(secret))
    except (VerificationError, InvalidHashError):
        return Checked(right=False)
    weak = hasher.check_needs_rehash(stored)
    return Checked(right=True, new_hash=hasher.hash(normal(secret)) if weak else None)


def normal(secret: str) -> str:
    """Return a password as it is hashed: the same whichever keyboard composed its letters."""
    return unicodedata.normalize("NFC", secret)


def new_phrase() -> str:
    """Return a recovery phrase nobody can guess: six words."""
    return " ".join(secrets.choice(WORDS) for _ in range(WORDS_IN_PHRASE))


def normal_phrase(entered: str) -> str:
    """Return a phrase as it is hashed: words in small letters, however they were set apart."""
    return " ".join(re.findall(r"[a-z]+", entered.casefold()))


@lru_cache
def _hasher(memory_kib: int) -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=memory_kib, parallelism=1)
