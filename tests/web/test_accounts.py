"""Sign-up, log-in and log-out, as a browser does them."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.accounts import passwords
from quizapp.memory.learners import Learner, token_hash
from quizapp.models import LogIn, Rules, User, Weights
from tests import factories
from tests.conftest import FakeClock
from tests.factories import csrf_token, log_in

PASSWORD = "a long river"  # noqa: S105  # of nobody
MEMORY_KIB = 64


def person(session: Session, **given: Any) -> User:
    """Add a person who can log in with `PASSWORD`."""
    return factories.user(session, password_hash=passwords.hashed(PASSWORD, MEMORY_KIB), **given)


def sign_up(client: FlaskClient, **given: Any) -> TestResponse:
    form = {"log_in_name": "Ada", "password": PASSWORD, "time_zone": "Europe/Berlin"} | given
    token = csrf_token(client.get("/sign-up"))
    return client.post("/sign-up", data=form | {"csrf_token": token})


def enter(client: FlaskClient, name: str, password: str = PASSWORD, **given: Any) -> TestResponse:
    form = {"log_in_name": name, "password": password} | given
    token = csrf_token(client.get("/log-in"))
    return client.post("/log-in", data=form | {"csrf_token": token})


def is_logged_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def cookie_token(client: FlaskClient) -> str | None:
    with client.session_transaction() as cookie:
        return cookie.get("_user_id")


def count(session: Session, model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_an_account_is_made_with_settings_rules_and_a_phrase(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    page = sign_up(client, log_in_name="  Ada Lovelace ", email="ada@example.org")

    assert page.status_code == 200
    [user] = session.scalars(select(User))
    assert (user.log_in_name, user.log_in_key) == ("Ada Lovelace", "ada lovelace")
    assert user.display_name == "Ada Lovelace"
    assert user.email == "ada@example.org"
    assert user.time_zone == "Europe/Berlin"
    assert user.created_at == clock.moment
    assert not user.is_administrator
    assert 0 <= user.fuzz_seed < 2**31
    assert user.password_hash.startswith("$argon2id$")
    [rules] = session.scalars(select(Rules))
    assert (rules.learner_id, rules.is_current) == (user.id, True)
    assert rules.desired_retention == 0.9
    assert (rules.learning_steps, rules.relearning_steps) == ("1 10", "10")
    phrase = re.search(r'class="phrase">([a-z ]+)<', page.text)
    assert phrase
    assert passwords.check(user.recovery_hash, phrase[1], MEMORY_KIB).right
    assert is_logged_in(client)


def test_the_shipped_weights_are_stored_once(client: FlaskClient, session: Session) -> None:
    sign_up(client, log_in_name="Ada")
    client.post("/log-out", data={"csrf_token": csrf_token(client.get("/account"))})
    sign_up(client, log_in_name="Bea")
    assert count(session, User) == 2
    assert count(session, Weights) == 1
    assert len({user.fuzz_seed for user in session.scalars(select(User))}) == 2


def test_after_the_phrase_one_goes_on_to_what_was_asked_for(client: FlaskClient) -> None:
    token = csrf_token(client.get("/sign-up?next=/banks"))
    form = {"log_in_name": "Ada", "password": PASSWORD, "next": "/banks", "csrf_token": token}
    assert 'href="/banks">I wrote it down' in client.post("/sign-up", data=form).text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"log_in_name": "a"}, "Use 2 to 40 characters."),
        ({"log_in_name": " a "}, "Use 2 to 40 characters."),
        ({"log_in_name": ""}, "Use 2 to 40 characters."),
        ({"log_in_name": "a" * 41}, "Use 2 to 40 characters."),
        ({"log_in_name": "Ada\u200b"}, "that can be seen"),
        ({"password": "1234567"}, "Use 8 characters or more."),
        ({"password": ""}, "Use 8 characters or more."),
        ({"password": "x" * 201}, "Use 200 characters or fewer."),
        ({"log_in_name": "Adalovelace", "password": "ADAlovelace"}, "than your log-in name"),
        ({"email": "nobody"}, "Write it like name@example.org"),
        ({"email": "a@b\r\nBcc: c@d"}, "Write it like name@example.org"),
        ({"email": "a" * 250 + "@b.org"}, "Field cannot be longer than 254"),
        ({"display_name": "a" * 61}, "Field cannot be longer than 60"),
    ],
)
def test_a_form_with_mistakes_says_so_and_makes_nothing(
    client: FlaskClient, session: Session, given: dict[str, str], said: str
) -> None:
    page = sign_up(client, **given)
    assert page.status_code == 422
    assert said in page.text
    assert PASSWORD not in page.text
    assert count(session, User) == 0
    assert not is_logged_in(client)


@pytest.mark.parametrize("name", ["ada", "ADA", " Ada ", "\N{FULLWIDTH LATIN CAPITAL LETTER A}da"])
def test_a_log_in_name_is_given_once_whatever_its_case(
    client: FlaskClient, session: Session, name: str
) -> None:
    factories.user(session, log_in_name="Ada")
    page = sign_up(client, log_in_name=name)
    assert page.status_code == 409
    assert "Somebody has this log-in name already" in page.text
    assert count(session, User) == 1
    assert not is_logged_in(client)


def test_a_time_zone_that_is_none_becomes_utc(client: FlaskClient, session: Session) -> None:
    sign_up(client, time_zone="Middle/Earth")
    assert session.scalars(select(User.time_zone)).one() == "UTC"


def test_who_is_logged_in_needs_no_account(client: FlaskClient, session: Session) -> None:
    log_in(client, factories.user(session))
    assert client.get("/sign-up").location == "/today"
    assert client.get("/log-in?next=/banks").location == "/banks"


@pytest.fixture
def taken_over(app: Flask) -> Iterator[list[tuple[Learner, list[str]]]]:
    """What a hook saw of each new account and of what the stranger had answered."""
    seen: list[tuple[Learner, list[str]]] = []

    def take_over(_session: Session, learner: Learner, cookie: Any, _now: object) -> None:
        seen.append((learner, cookie.get("try_out")))

    hooks = app.extensions["after_sign_up"]
    before = list(hooks)
    hooks[:] = [take_over]
    yield seen
    hooks[:] = before


def test_what_a_stranger_answered_is_handed_over_once(
    client: FlaskClient, session: Session, taken_over: list[tuple[Learner, list[str]]]
) -> None:
    with client.session_transaction() as cookie:
        cookie["try_out"] = ["an answer"]
        cookie["other"] = "is cleared"
    sign_up(client)
    [(learner, answers)] = taken_over
    assert learner.id == session.scalars(select(User.id)).one()
    assert answers == ["an answer"]
    with client.session_transaction() as cookie:
        assert "try_out" not in cookie
        assert "other" not in cookie


def test_an_account_is_not_made_when_taking_over_fails(
    app: Flask, client: FlaskClient, session: Session, taken_over: list[Any]
) -> None:
    def fail(*_: object) -> None:
        raise ConnectionError

    app.extensions["after_sign_up"].append(fail)
    with client.session_transaction() as cookie:
        cookie["try_out"] = ["an answer"]
    with pytest.raises(ConnectionError):
        sign_up(client)
    assert len(taken_over) == 1
    assert count(session, User) == 0
    with client.session_transaction() as cookie:
        assert cookie["try_out"] == ["an answer"]


@pytest.mark.parametrize("name", ["Ada", "ADA", " ada"])
def test_a_person_logs_in(
    client: FlaskClient, session: Session, clock: FakeClock, name: str
) -> None:
    user = person(session, log_in_name="Ada")
    answer = enter(client, name)
    assert (answer.status_code, answer.location) == (303, "/today")
    [row] = session.scalars(select(LogIn))
    assert row.user_id == user.id
    assert row.created_at == clock.moment
    assert row.expires_at == clock.moment + timedelta(days=90)
    token = cookie_token(client)
    assert token is not None
    assert row.token_hash == token_hash(token)
    with client.session_transaction() as cookie:
        assert cookie.permanent


def test_an_unknown_name_and_a_wrong_password_get_the_same_words(
    client: FlaskClient, session: Session
) -> None:
    person(session, log_in_name="Ada")
    wrong = enter(client, "Ada", "not the river")
    unknown = enter(client, "Eve", "not the river")
    assert wrong.status_code == unknown.status_code == 422
    assert "do not belong together" in wrong.text
    hidden = r'value="[^"]{60,}"'
    assert re.sub(hidden, "", wrong.text).replace("Ada", "Eve") == re.sub(hidden, "", unknown.text)
    assert "not the river" not in wrong.text
    assert count(session, LogIn) == 0


def test_a_log_in_ends_the_one_that_the_browser_had(client: FlaskClient, session: Session) -> None:
    person(session, log_in_name="Ada")
    enter(client, "Ada")
    first = cookie_token(client)
    token = csrf_token(client.get("/account"))
    form = {"log_in_name": "Ada", "password": PASSWORD, "csrf_token": token}
    client.post("/log-in", data=form)
    assert cookie_token(client) != first
    assert count(session, LogIn) == 1


def test_a_log_in_deletes_those_that_have_expired(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    user = person(session)
    enter(client, user.log_in_name)
    clock.advance(days=91)
    assert not is_logged_in(client)
    enter(client, user.log_in_name)
    assert is_logged_in(client)
    assert count(session, LogIn) == 1


def test_a_weak_hash_is_made_anew_at_log_in(client: FlaskClient, session: Session) -> None:
    user = factories.user(session, password_hash=passwords.hashed(PASSWORD, 32))
    enter(client, user.log_in_name)
    session.refresh(user)
    assert "m=64," in user.password_hash
    assert is_logged_in(client)


@pytest.mark.parametrize(
    ("wanted", "location"),
    [
        ("/banks", "/banks"),
        ("/account/settings?a=b", "/account/settings?a=b"),
        ("//example.org", "/today"),
        ("/\\example.org", "/today"),
        ("https://example.org/banks", "/today"),
        ("banks", "/today"),
        ("/\t/example.org", "/today"),
        ("/no/such/page", "/today"),
        ("/log-out", "/today"),
        ("", "/today"),
    ],
)
def test_a_log_in_goes_on_to_pages_of_ours_only(
    client: FlaskClient, session: Session, wanted: str, location: str
) -> None:
    user = person(session)
    assert enter(client, user.log_in_name, next=wanted).location == location


def test_a_stranger_is_led_back_to_the_page_after_the_log_in(
    client: FlaskClient, session: Session
) -> None:
    user = person(session)
    to_log_in = client.get("/account/settings")
    assert to_log_in.location == "/log-in?next=/account/settings"
    page = client.get(to_log_in.location)
    assert 'name="next" value="/account/settings"' in page.text
    answer = enter(client, user.log_in_name, next="/account/settings")
    assert answer.location == "/account/settings"


def test_logging_out_ends_the_log_in_on_the_server(client: FlaskClient, session: Session) -> None:
    user = person(session)
    enter(client, user.log_in_name)
    stolen = cookie_token(client)
    answer = client.post("/log-out", data={"csrf_token": csrf_token(client.get("/account"))})
    assert answer.location == "/"
    assert count(session, LogIn) == 0
    assert cookie_token(client) is None
    with client.session_transaction() as cookie:
        cookie["_user_id"] = stolen
    assert not is_logged_in(client)


def test_logging_out_needs_a_post(client: FlaskClient, session: Session) -> None:
    log_in(client, factories.user(session))
    assert client.get("/log-out").status_code == 405
    assert is_logged_in(client)


def test_logging_out_everywhere_ends_all_own_log_ins(client: FlaskClient, session: Session) -> None:
    user, other = factories.user(session), factories.user(session)
    log_in(client, other)
    log_in(client, user)
    log_in(client, user)
    token = csrf_token(client.get("/account"))
    assert client.post("/log-out-everywhere", data={"csrf_token": token}).location == "/"
    assert session.scalars(select(LogIn.user_id)).all() == [other.id]
    assert not is_logged_in(client)


def test_too_many_tries_from_one_address_are_stopped(client: FlaskClient) -> None:
    tried = [enter(client, f"name{number}").status_code for number in range(11)]
    assert tried == [422] * 10 + [429]


def test_too_many_tries_for_one_account_are_stopped_from_everywhere(
    client: FlaskClient, session: Session
) -> None:
    user = person(session, log_in_name="Ada")
    token = csrf_token(client.get("/log-in"))

    def try_from(address: int, name: str, password: str) -> int:
        return client.post(
            "/log-in",
            data={"log_in_name": name, "password": password, "csrf_token": token},
            environ_overrides={"REMOTE_ADDR": f"10.0.0.{address}"},
        ).status_code

    assert [try_from(number, "Ada", "wrong") for number in range(10)] == [422] * 10
    assert try_from(20, " ADA ", PASSWORD) == 429
    assert try_from(20, "Bea", "wrong") == 422
    assert count(session, LogIn) == 0
    assert user.log_in_name == "Ada"


def test_sign_ups_from_one_address_are_limited_but_mistakes_are_not(
    client: FlaskClient, session: Session
) -> None:
    for number in range(21):
        assert sign_up(client, log_in_name=f"name{number}", password="short").status_code == 422
    for number in range(20):
        with client.session_transaction() as cookie:
            cookie.clear()
        assert sign_up(client, log_in_name=f"name{number}").status_code == 200
    with client.session_transaction() as cookie:
        cookie.clear()
    page = sign_up(client, log_in_name="one-more")
    assert page.status_code == 429
    assert "Nothing was lost" in page.text
    assert count(session, User) == 20
