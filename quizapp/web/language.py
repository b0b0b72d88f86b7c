"""The words of pages in the reader's language; English only for now."""

from flask import Flask, g
from flask_babel import Babel, get_translations


def _translations() -> object:
    """Return the translations of this request, looked up once for all its words."""
    found = g.get("translations")
    if found is None:
        found = g.translations = get_translations()
    return found


def _gettext(message: str) -> str:
    return str(_translations().ugettext(message))  # type: ignore[attr-defined]  # Flask-Babel's


def _ngettext(one: str, many: str, count: int) -> str:
    return str(_translations().ungettext(one, many, count))  # type: ignore[attr-defined]  # so is this


def init_app(app: Flask) -> None:
    """Give the app and its templates their words."""
    Babel(app)
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]  # Jinja's extension adds it
