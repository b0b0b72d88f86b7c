"""What the study pages take."""

from wtforms import IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional

from quizapp.web.converters import LARGEST_ID
from quizapp.web.forms import BaseForm

REASONS = ("wrong-key", "second-answer", "unclear", "typo", "source", "other")
MOST_FACTS, MOST_MINUTES, MOST_NOTE = 500, 240, 5_000


class StartForm(BaseForm):
    """What to practise, and how much."""

    bank_id = IntegerField(validators=[Optional(), NumberRange(1, LARGEST_ID)])
    theme_id = IntegerField(validators=[Optional(), NumberRange(1, LARGEST_ID)])
    facts = IntegerField(validators=[Optional(), NumberRange(1, MOST_FACTS)])
    minutes = IntegerField(validators=[Optional(), NumberRange(1, MOST_MINUTES)])


class NoteForm(BaseForm):
    """A private note."""

    note = StringField(validators=[Length(max=MOST_NOTE)])


class ReportForm(BaseForm):
    """A fault in a question."""

    reason = SelectField(choices=[SelectChoice(reason, reason) for reason in REASONS])
    note = StringField(validators=[Length(max=MOST_NOTE)])
