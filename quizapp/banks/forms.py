"""Which facts of a bank to list."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SearchField, SelectField
from wtforms.validators import Length, NumberRange, Optional

from quizapp.models import Theme
from quizapp.web.choices import ANY, LAST_PAGE, any_or
from quizapp.web.forms import BaseForm
from quizapp.web.words import KINDS, STRENGTHS


class FactFilterForm(BaseForm):
    """Theme, kind and state, words to search for, and the page of the list."""

    theme = SelectField(_l("Theme"), default=ANY)
    kind = SelectField(_l("Kind"), default=ANY, choices=any_or(KINDS))
    state = SelectField(_l("State"), default=ANY, choices=any_or(STRENGTHS))
    search = SearchField(
        _l("Search"),
        [Length(max=100)],
        default="",
        description=_l("Looks through what you have met so far."),
    )
    page = IntegerField(_l("Page"), [Optional(), NumberRange(1, LAST_PAGE)], default=1)

    def __init__(self, *args: Any, themes: Iterable[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theme.choices = any_or({theme.text_id: theme.title for theme in themes})
