"""The form of the settings."""

import re
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    FloatField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, NumberRange, StopValidation

from quizapp.accounts.services import steps_as_text
from quizapp.accounts.study_settings import PRESETS, Habits, Scheduling
from quizapp.accounts.zones import zones_by_region
from quizapp.memory.learners import Learner
from quizapp.web.forms import BaseForm

OWN = "own"
MOST_STEPS = 5
MOST_STEP_MINUTES = 1_440  # a day
MOST_NEW = 100
MOST_REVIEWS = 9_999
LEAST_PERCENT, MOST_PERCENT = 70, 97
RETENTIONS = (
    SelectChoice("0.8", lazy_gettext("Relaxed: you recall about 8 in 10")),
    SelectChoice("0.85", lazy_gettext("Easy-going: about 17 in 20")),
    SelectChoice("0.9", lazy_gettext("Recommended: about 9 in 10")),
    SelectChoice("0.95", lazy_gettext("Thorough: about 19 in 20")),
)


def steps(_form: BaseForm, field: Any) -> None:
    """Refuse what is not up to five whole minutes within a day; none is fine."""
    words = re.split(r"[\s,;]+", (field.data or "").strip())
    words = [word for word in words if word]
    if len(words) > MOST_STEPS:
        raise ValidationError(gettext("Use five steps at most."))
    if not all(re.fullmatch(r"[0-9]{1,4}", word) for word in words) or not all(
        1 <= int(word) <= MOST_STEP_MINUTES for word in words
    ):
        raise ValidationError(gettext("Write whole minutes from 1 to 1440, like “1 10”."))
    field.minutes = tuple(map(int, words))


def own_share(form: Any, field: Any) -> None:
    """Ask for a number where another share is chosen; elsewhere none is fine."""
    if any(text.strip() for text in field.raw_data or ()):
        return
    field.errors = []
    raise StopValidation(
        gettext("Write a number from 70 to 97.") if form.retention.data == OWN else ""
    )


def whole(label: Any, least: int, most: int, description: Any) -> IntegerField:
    """Return a field for a whole number in a range."""
    message = lazy_gettext(
        "Write a whole number from %(least)d to %(most)d.", least=least, most=most
    )
    return IntegerField(
        label,
        [InputRequired(message), NumberRange(least, most, message)],
        description=description,
        render_kw={"min": least, "max": most},
    )


class SettingsForm(BaseForm):
    """How a person wants to study."""

    retention = RadioField(
        lazy_gettext("How much you want to remember"),
        choices=[*RETENTIONS, SelectChoice(OWN, lazy_gettext("Another share"))],
    )
    own_percent = FloatField(
        lazy_gettext("Percent that you want to recall"),
        [
            own_share,
            NumberRange(LEAST_PERCENT, MOST_PERCENT, lazy_gettext("Write a number from 70 to 97.")),
        ],
        description=lazy_gettext("From 70 to 97. Each percent near the top costs more minutes."),
        render_kw={"min": LEAST_PERCENT, "max": MOST_PERCENT, "step": "any"},
    )
    new_per_day = whole(
        lazy_gettext("New facts a day"), 0, MOST_NEW, lazy_gettext("0 to 100; 0 pauses new ones.")
    )
    reviews_per_day = whole(
        lazy_gettext("Most facts due a day"),
        1,
        MOST_REVIEWS,
        lazy_gettext("When more are due, the ones you know best come first; the rest wait."),
    )
    time_zone = SelectField(lazy_gettext("Time zone"))
    rollover_hour = SelectField(
        lazy_gettext("A new day begins at"),
        coerce=int,
        choices=[SelectChoice(hour, f"{hour:02}:00") for hour in range(24)],
        description=lazy_gettext(
            "If you study past midnight, those answers count for the day before."
        ),
    )
    learning_steps = StringField(
        lazy_gettext("Steps of a new fact"),
        [steps],
        description=lazy_gettext(
            "Minutes until it is asked again on its first day, like “1 10”. May be empty."
        ),
    )
    relearning_steps = StringField(
        lazy_gettext("Steps of a forgotten fact"),
        [steps],
        description=lazy_gettext("Minutes, like “10”. May be empty."),
    )
    path = RadioField(
        lazy_gettext("Where new facts come from"),
        choices=[
            SelectChoice(
                "beginning",
                lazy_gettext(
                    "From the beginning: a part opens once you have begun to remember "
                    "every fact of the one before"
                ),
            ),
            SelectChoice(
                "mixed",
                lazy_gettext("Everything mixed: from all parts, in another order each day"),
            ),
        ],
    )
    interleave = BooleanField(
        lazy_gettext("Mix the themes of a part"),
        description=lazy_gettext(
            "A day’s facts then come from several themes, which helps you tell them apart. "
            "Otherwise one theme follows the other."
        ),
    )
    tell_first = BooleanField(
        lazy_gettext("Show a new fact before asking it"),
        description=lazy_gettext("Otherwise it is asked first: a failed try helps you remember."),
    )
    theme = RadioField(
        lazy_gettext("Colours"),
        choices=[
            SelectChoice("auto", lazy_gettext("As the device has it")),
            SelectChoice("light", lazy_gettext("Light")),
            SelectChoice("dark", lazy_gettext("Dark")),
        ],
    )
    rating_buttons = RadioField(
        lazy_gettext("When you judge your own answer"),
        coerce=int,
        choices=[
            SelectChoice(2, lazy_gettext("Two buttons: forgot, remembered")),
            SelectChoice(4, lazy_gettext("Four buttons: again, hard, good, easy")),
        ],
    )
    letter_keys = BooleanField(
        lazy_gettext("Letter keys"),
        description=lazy_gettext("S and N send, U takes back, ? shows help."),
    )

    def __init__(self, *args: Any, learner: Learner, **kwargs: Any) -> None:
        super().__init__(*args, data=_saved(learner), **kwargs)
        self.time_zone.choices = [
            SelectChoice(name, place, optgroup=region or None)
            for region, places in zones_by_region(learner.time_zone).items()
            for name, place in places
        ]
        self._saved_percent = _percent(learner.rules.desired_retention)

    @property
    def desired_retention(self) -> float:
        """The share chosen. A number typed counts even if its choice was not ticked."""
        typed = self.own_percent.data
        if typed is not None and (self.retention.data == OWN or typed != self._saved_percent):
            return float(round(typed / 100, 4))
        return float(self.retention.data)

    @property
    def scheduling(self) -> Scheduling:
        """What changes when facts come back."""
        return Scheduling(
            desired_retention=self.desired_retention,
            learning_steps=self.learning_steps.minutes,
            relearning_steps=self.relearning_steps.minutes,
        )

    @property
    def habits(self) -> Habits:
        """The other settings."""
        return Habits(**{name: self[name].data for name in Habits.__slots__})


def _saved(learner: Learner) -> dict[str, Any]:
    """Return the form's values for what a learner has set."""
    retention = learner.rules.desired_retention
    named = retention in PRESETS
    return {name: getattr(learner, name) for name in Habits.__slots__} | {
        "retention": str(retention) if named else OWN,
        "own_percent": None if named else _percent(retention),
        "learning_steps": steps_as_text(learner.rules.learning_steps_minutes),
        "relearning_steps": steps_as_text(learner.rules.relearning_steps_minutes),
    }


def _percent(share: float) -> float:
    return round(share * 100, 2)
