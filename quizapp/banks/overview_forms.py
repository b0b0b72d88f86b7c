"""What of the glossary and of the timeline to show."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SearchField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from quizapp.banks.queries import BankLine
from quizapp.domain.timeline import Window, Zoom, window
from quizapp.web.choices import ANY, any_or
from quizapp.web.forms import BaseForm

DAY = re.compile(r"[0-9]{3,4}(-[0-9]{2}(-[0-9]{2})?)?")
ZOOMS = {
    Zoom.CENTURY: _l("centuries"),
    Zoom.DECADE: _l("decades"),
    Zoom.YEAR: _l("years"),
    Zoom.MONTH: _l("months"),
    Zoom.DAY: _l("days"),
}


def a_day(form: BaseForm, field: StringField) -> None:
    """Refuse what is not written as a year, a month or a day."""
    del form
    if not DAY.fullmatch(field.data):
        raise ValidationError(_l("Write a year, a month or a day, as 1917-10-25."))


class PartForm(BaseForm):
    """One of the parts whose banks are loaded, or any."""

    part = SelectField(_l("Part"), default=ANY)

    def __init__(self, *args: Any, banks: Iterable[BankLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = {str(bank.part): f"{bank.part}. {bank.title}" for bank in banks if bank.part}
        self.part.choices = any_or(parts)

    @property
    def chosen_part(self) -> int | None:
        """The number of the part of a valid form; None for any."""
        return int(self.part.data) if self.part.data else None


class GlossaryForm(PartForm):
    """A part, and words to search for."""

    search = SearchField(
        _l("Search"),
        [Length(max=100)],
        default="",
        description=_l("Looks through names and what you have met so far."),
    )


class TimelineForm(PartForm):
    """A part, a stretch of time, and into what it is divided."""

    begins = StringField(
        _l("From"),
        [Optional(), a_day],
        name="from",
        default="",
        description=_l("A year, a month or a day: 1917, 1917-10 or 1917-10-25."),
    )
    ends = StringField(
        _l("To"),
        [Optional(), a_day],
        name="to",
        default="",
        description=_l("Empty for that year, month or day alone."),
    )
    zoom = SelectField(
        _l("Divided into"),
        default=ANY,
        choices=[
            SelectChoice(ANY, _l("what fits")),
            *(SelectChoice(zoom.value, name) for zoom, name in ZOOMS.items()),
        ],
    )

    def validate_begins(self, field: StringField) -> None:
        """Refuse days that do not exist, and an end before the beginning."""
        ends = self.ends.data or ""
        is_read = DAY.fullmatch(field.data) and (not ends or DAY.fullmatch(ends))
        if is_read and window(field.data, ends) is None:
            raise ValidationError(_l("There is no such stretch of time."))

    def validate_ends(self, field: StringField) -> None:
        """Refuse an end without a beginning."""
        if field.data and not self.begins.data:
            raise ValidationError(_l("Say from when, too."))

    @property
    def chosen_window(self) -> Window | None:
        """The stretch of time of a valid form; None for all time."""
        return window(self.begins.data, self.ends.data or "") if self.begins.data else None

    @property
    def chosen_zoom(self) -> Zoom | None:
        """Into what a valid form divides it; None for what fits."""
        return Zoom(self.zoom.data) if self.zoom.data else None
