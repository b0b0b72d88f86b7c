"""The parent of all forms, and text as it may enter the app."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field


def clean_text(text: str | None) -> str | None:
    """Return text without what no table can hold, and with one kind of line end."""
    if text is None:
        return None
    text = text.encode("utf-8", "replace").decode()
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


class BaseForm(FlaskForm):
    """Turns text into types and says what is malformed. `web/access.py` checks the CSRF token."""

    class Meta(FlaskForm.Meta):
        """Cleans every text, and leaves the token to the guard in front of all pages."""

        csrf = False

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Give every field the filter that cleans its text."""
            filters = [_clean, *unbound_field.kwargs.get("filters", ())]
            return unbound_field.bind(form=form, **options, filters=filters)


def _clean(entered: object) -> object:
    return clean_text(entered) if isinstance(entered, str) else entered
