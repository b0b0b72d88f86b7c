"""Which answers to list."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from quizapp.web.choices import ANY, LAST_PAGE, any_or
from quizapp.web.forms import BaseForm
from quizapp.web.words import CERTAINTIES


class AnswerFilterForm(BaseForm):
    """One study day or the first of several, the certainty, and the page of the list."""

    day = DateField(_l("Day"), [Optional()])
    since = DateField(_l("Or since"), [Optional()])
    certainty = SelectField(_l("You said"), default=ANY, choices=any_or(CERTAINTIES))
    page = IntegerField(_l("Page"), [Optional(), NumberRange(1, LAST_PAGE)], default=1)
