"""The password once more, before something that cannot be taken back."""

from typing import Any

from flask_babel import gettext as _

from quizapp.accounts import passwords
from quizapp.accounts.browser import settings
from quizapp.accounts.queries import Credentials


def wrong_password(field: Any, seen: Credentials) -> bool:
    """Whether a field holds another password than the person's; it then says so.

    Takes as long as hashing does: call it while no lock is held.
    """
    memory_kib = settings().ARGON2_MEMORY_KIB
    if passwords.check(seen.password_hash, field.data or "", memory_kib).right:
        return False
    field.errors = [_("This is not your password.")]
    return True
