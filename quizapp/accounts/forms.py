"""Forms about accounts."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    EmailField,
    HiddenField,
    PasswordField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length

from quizapp.accounts import passwords
from quizapp.accounts.names import has_unprintable, is_address, log_in_key, tidy
from quizapp.accounts.zones import known_zone
from quizapp.web.forms import BaseForm

FEWEST_IN_NAME = 2
MOST_IN_NAME = 40
MOST_IN_DISPLAY_NAME = 60
MOST_IN_ADDRESS = 254


def tidied(text: str | None) -> str | None:
    """Return a name as it is kept."""
    return None if text is None else tidy(text)


def printable(_form: BaseForm, field: Any) -> None:
    """Refuse names with characters that nobody can see."""
    if has_unprintable(field.data or ""):
        raise ValidationError(gettext("Use letters, digits and signs that can be seen."))


def well_made_password(form: BaseForm, field: Any) -> None:
    """Refuse passwords that are too short or too long, or the log-in name."""
    password = passwords.normal(field.data or "")
    if len(password) < passwords.FEWEST_CHARACTERS:
        raise ValidationError(
            gettext("Use %(fewest)d characters or more.", fewest=passwords.FEWEST_CHARACTERS)
        )
    if len(password) > passwords.MOST_CHARACTERS:
        raise ValidationError(
            gettext("Use %(most)d characters or fewer.", most=passwords.MOST_CHARACTERS)
        )
    if log_in_key(password) == log_in_key(form.owner_name):
        raise ValidationError(gettext("Use something else than your log-in name."))


def address(_form: BaseForm, field: Any) -> None:
    """Refuse what cannot be an e-mail address; none at all is fine."""
    if field.data and not (is_address(field.data) and not has_unprintable(field.data)):
        raise ValidationError(gettext("Write it like name@example.org, or leave it empty."))


def new_password_field(label: Any) -> PasswordField:
    """Return a field for a password that is being chosen."""
    return PasswordField(
        label,
        [well_made_password],
        description=lazy_gettext("8 characters or more; a few words together are good."),
    )


def display_name_field() -> StringField:
    """Return a field for the name that others see."""
    return StringField(
        lazy_gettext("Name on pages"),
        [Length(max=MOST_IN_DISPLAY_NAME), printable],
        filters=[tidied],
        description=lazy_gettext("May stay empty; then your log-in name is shown."),
    )


def email_field() -> EmailField:
    """Return a field for an e-mail address."""
    return EmailField(
        lazy_gettext("E-mail"),
        [Length(max=MOST_IN_ADDRESS), address],
        filters=[tidied],
        description=lazy_gettext("May stay empty. Only used when you forget your password."),
    )


class LogInForm(BaseForm):
    """Who wants to come in. What is wrong is never said more exactly."""

    log_in_name = StringField()
    password = PasswordField()
    resume_action = HiddenField()


class SignUpForm(BaseForm):
    """A new account."""

    log_in_name = StringField(
        lazy_gettext("Log-in name"),
        [
            Length(
                min=FEWEST_IN_NAME,
                max=MOST_IN_NAME,
                message=lazy_gettext("Use 2 to 40 characters."),
            ),
            printable,
        ],
        filters=[tidied],
        description=lazy_gettext("2 to 40 characters. You need it to log in."),
    )
    password = new_password_field(lazy_gettext("Password"))
    display_name = display_name_field()
    email = email_field()
    time_zone = HiddenField()

    @property
    def owner_name(self) -> str:
        """The log-in name that the password must not be."""
        return self.log_in_name.data or ""

    @property
    def zone(self) -> str:
        """The time zone that the browser told, or UTC."""
        return known_zone(self.time_zone.data)


class NewPasswordForm(BaseForm):
    """A new password for the account named `owner_name`."""

    password = new_password_field(lazy_gettext("New password"))

    def __init__(self, *args: Any, owner_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner_name = owner_name


class RecoverForm(BaseForm):
    """A forgotten password, mended by the recovery phrase."""

    log_in_name = StringField(lazy_gettext("Log-in name"), [InputRequired()], filters=[tidied])
    phrase = StringField(
        lazy_gettext("Recovery phrase"),
        [InputRequired()],
        description=lazy_gettext("Six words. Capitals, spaces and hyphens do not matter."),
    )
    password = new_password_field(lazy_gettext("New password"))

    @property
    def owner_name(self) -> str:
        """The log-in name that the password must not be."""
        return self.log_in_name.data or ""


class MailLinkForm(BaseForm):
    """Whom to send a link to."""

    log_in_name = StringField(lazy_gettext("Log-in name"), filters=[tidied])


class ConfirmForm(BaseForm):
    """The password once more, before something that cannot be taken back."""

    current_password = PasswordField(lazy_gettext("Your password"))


class ChangePasswordForm(NewPasswordForm):
    """A new password, and the one it replaces."""

    current_password = PasswordField(lazy_gettext("Your password until now"))


class ProfileForm(BaseForm):
    """Name and address. Another address needs the password: links are sent to it."""

    display_name = display_name_field()
    email = email_field()
    current_password = PasswordField(
        lazy_gettext("Your password"),
        description=lazy_gettext("Only needed to change the e-mail."),
    )
