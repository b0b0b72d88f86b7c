"""Every setting of the app, typed, read once when it starts."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import get_type_hints
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"
MEGABYTE = 1_000_000


class SettingError(ValueError):
    """A setting has a value that the app cannot start with."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What can be set, each by an environment variable: `QUIZAPP_` and the name."""

    SECRET_KEY: str  # signs cookies; made in instance/ at the first start
    SQLALCHEMY_DATABASE_URI: str = f"sqlite:///{INSTANCE / 'quizapp.db'}"
    APP_NAME: str = "Long Memory"  # the name on pages
    PUBLIC_URL: str = (
        ""  # address used in links, e.g. https://learn.example.org; https makes cookies Secure
    )
    TRUSTED_PROXIES: int = 0  # how many proxies stand in front and set X-Forwarded headers
    SMTP_URL: str = ""  # smtp://user:password@host:587; without it no e-mail is sent
    MAIL_FROM: str = ""  # sender of e-mails, needed with SMTP_URL
    FACTS_PER_SITTING: int = 20  # most facts asked in one sitting
    LOG_INS_PER_MINUTE: int = 10  # tries from one address, and for one account
    SIGN_UPS_PER_HOUR: int = 20  # new accounts from one address
    TRY_OUT_ANSWERS_PER_MINUTE: int = 60  # answers of strangers from one address
    ARGON2_MEMORY_KIB: int = 19_456  # of the password hash; OWASP's minimum, tests use less
    MAX_CONTENT_LENGTH: int = MEGABYTE // 2  # bytes of one request
    LOG_IN_DAYS: int = 90  # days after which a log-in ends by itself

    @property
    def is_https(self) -> bool:
        """Whether people reach the app by https, so that cookies can be Secure."""
        return urlsplit(self.PUBLIC_URL).scheme == "https"

    def as_flask_config(self) -> dict[str, object]:
        """Return these settings and what follows from them, as Flask and its extensions want it."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SECURE": self.is_https,
            "SESSION_REFRESH_EACH_REQUEST": False,  # the log-in's own end is in the database
            "PERMANENT_SESSION_LIFETIME": self.LOG_IN_DAYS * 86_400,
            "MAX_FORM_MEMORY_SIZE": self.MAX_CONTENT_LENGTH,
            "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a slow answer is not lost
            "WTF_CSRF_CHECK_DEFAULT": False,  # web/access.py checks it, after the log-in
            "SEND_FILE_MAX_AGE_DEFAULT": 3_600,  # seconds; longer with a fingerprint
            "BOOTSTRAP_SERVE_LOCAL": True,
            "RATELIMIT_STORAGE_URI": "memory://",
            "RATELIMIT_HEADERS_ENABLED": False,
        }


def settings_from(environment: Mapping[str, str], instance: Path = INSTANCE) -> Settings:
    """Return the settings that an environment gives, with a secret key kept in `instance`.

    Raises `SettingError` naming the variable that cannot be used.
    """
    given: dict[str, object] = {}
    for name, kind in get_type_hints(Settings).items():
        text = environment.get(f"QUIZAPP_{name}")
        if text is not None:
            given[name] = _typed(name, kind, text)
    if "SECRET_KEY" not in given:
        given["SECRET_KEY"] = secret_key(instance)
    given.setdefault("SQLALCHEMY_DATABASE_URI", f"sqlite:///{instance / 'quizapp.db'}")
    return Settings(**given)  # type: ignore[arg-type]  # each value was made of its field's type


def secret_key(instance: Path) -> str:
    """Return the key in `instance`, made at the first call and readable by its owner only.

    Raises `SettingError` when the folder cannot be written.
    """
    file = instance / "secret_key"
    try:
        instance.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _write_once(file, secrets.token_hex(32))
        return file.read_text(encoding="ascii").strip()
    except OSError as error:
        msg = f"The folder {instance} cannot be written ({error.strerror}): make it writable."
        raise SettingError(msg) from error


def _write_once(file: Path, text: str) -> None:
    """Write a file that others see whole or not at all; one that is there already stays."""
    with NamedTemporaryFile("w", dir=file.parent, encoding="ascii", delete=False) as new:
        new.write(text)
    try:
        os.link(new.name, file)
    except FileExistsError:  # another process was faster
        pass
    finally:
        Path(new.name).unlink()


def _typed(name: str, kind: type, text: str) -> object:
    if kind is not int:
        return text
    try:
        return int(text)
    except ValueError as error:
        msg = f"QUIZAPP_{name} is {text!r}, but must be a whole number."
        raise SettingError(msg) from error
