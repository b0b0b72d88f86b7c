"""What the filters of lists are chosen from."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext
from wtforms import SelectChoice

ANY = ""
LAST_PAGE = 1_000_000


def any_or(names: Mapping[str, str | LazyString]) -> list[SelectChoice]:
    """Return "any" and then each of the names, to choose from."""
    every = [SelectChoice(ANY, lazy_gettext("any"))]
    return every + [SelectChoice(key, name) for key, name in names.items()]
