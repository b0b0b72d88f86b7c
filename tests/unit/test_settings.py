"""Settings come from the environment, typed, with a secret key of their own."""

from pathlib import Path
from stat import S_IMODE

import pytest

from quizapp.settings import SettingError, Settings, secret_key, settings_from


def test_nothing_set_gives_the_defaults_and_a_database_in_the_instance_folder(
    tmp_path: Path,
) -> None:
    settings = settings_from({}, tmp_path)

    assert settings == Settings(
        SECRET_KEY=secret_key(tmp_path),
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'quizapp.db'}",
    )


def test_each_setting_is_read_from_its_variable(tmp_path: Path) -> None:
    environment = {
        "QUIZAPP_SECRET_KEY": "given",
        "QUIZAPP_PUBLIC_URL": "https://learn.example.org",
        "QUIZAPP_FACTS_PER_SITTING": "35",
        "QUIZAPP_UNKNOWN": "ignored",
        "APP_NAME": "of another program",
    }
    settings = settings_from(environment, tmp_path)

    assert (settings.SECRET_KEY, settings.FACTS_PER_SITTING) == ("given", 35)
    assert settings.PUBLIC_URL == "https://learn.example.org"
    assert settings.APP_NAME == Settings(SECRET_KEY="").APP_NAME


@pytest.mark.parametrize("text", ["", "ten", "1.5", "0x10"])
def test_a_number_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingError, match=r"QUIZAPP_LOG_IN_DAYS is .* whole number"):
        settings_from({"QUIZAPP_LOG_IN_DAYS": text}, tmp_path)


def test_the_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    instance = tmp_path / "made" / "instance"
    first, second = secret_key(instance), secret_key(instance)

    assert first == second
    assert len(bytes.fromhex(first)) == 32
    assert S_IMODE((instance / "secret_key").stat().st_mode) == 0o600


def test_two_folders_have_different_keys(tmp_path: Path) -> None:
    assert secret_key(tmp_path / "one") != secret_key(tmp_path / "other")


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SettingError, match=r"cannot be written .*: make it writable"):
        secret_key(tmp_path / "file" / "instance")


@pytest.mark.parametrize(
    ("address", "is_https"),
    [
        ("", False),
        ("http://127.0.0.1:8000", False),
        ("https://learn.example.org", True),
        ("HTTPS://learn.example.org", True),
    ],
)
def test_an_https_address_makes_cookies_secure(address: str, *, is_https: bool) -> None:
    settings = Settings(SECRET_KEY="key", PUBLIC_URL=address)

    assert settings.is_https == is_https
    assert settings.as_flask_config()["SESSION_COOKIE_SECURE"] == is_https


def test_flask_gets_every_setting_and_what_follows_from_it() -> None:
    settings = Settings(SECRET_KEY="key", LOG_IN_DAYS=2, MAX_CONTENT_LENGTH=1000)
    config = settings.as_flask_config()

    assert (config["SECRET_KEY"], config["APP_NAME"]) == ("key", settings.APP_NAME)
    assert config["PERMANENT_SESSION_LIFETIME"] == 2 * 24 * 60 * 60
    assert config["MAX_FORM_MEMORY_SIZE"] == config["MAX_CONTENT_LENGTH"] == 1000
    assert config["WTF_CSRF_TIME_LIMIT"] is None
