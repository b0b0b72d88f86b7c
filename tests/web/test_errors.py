"""Bad input: a clear message, the right status, and nothing half-written."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.models import LogIn, User
from tests import factories
from tests.factories import csrf_token, log_in
from tests.web.test_accounts import PASSWORD, enter, person, sign_up

SURROGATE = b"%ED%A0%80"  # half a character, as no browser sends it
PAGES_WITH_FORMS = ["/log-in", "/sign-up", "/recover"]
OWN_PAGES_WITH_FORMS = [
    "/account/profile",
    "/account/password",
    "/account/recovery-phrase",
    "/account/settings",
    "/account/delete",
]
FIELDS = [
    "log_in_name",
    "display_name",
    "email",
    "password",
    "current_password",
    "phrase",
    "time_zone",
    "next",
    "resume_action",
    "pending-note",
    "retention",
    "own_percent",
    "new_per_day",
    "reviews_per_day",
    "rollover_hour",
    "learning_steps",
    "theme",
    "rating_buttons",
    "log_in",
]


def send_raw(client: FlaskClient, url: str, value: bytes) -> TestResponse:
    """Send a form with the same bytes in every field."""
    token = csrf_token(client.get(url))
    fields = b"&".join(name.encode() + b"=" + value for name in FIELDS)
    return client.post(
        url,
        data=fields + b"&csrf_token=" + token.encode(),
        content_type="application/x-www-form-urlencoded",
    )


NONSENSE = [
    SURROGATE * 3,
    b"%00",
    b"%00%00%00%00%00%00%00%00%00%00",
    b"99999999999999999999",
    b"-99999999999999999999",
    b"NaN",
    b"%FF%FE",
    b"%F0%9F%92%A9" * 50,
    b"'%22%3E%3Cscript%3E",
    b"",
    b"x" * 100_00,
]


@pytest.mark.parametrize("value", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize("url", PAGES_WITH_FORMS)
def test_nonsense_of_strangers_is_told_and_makes_nothing(
    client: FlaskClient, session: Session, url: str, value: bytes
) -> None:
    page = send_raw(client, url, value)
    assert page.status_code == 422
    assert "<script>" not in page.text
    assert session.scalar(select(func.count()).select_from(User)) == 0


@pytest.mark.parametrize("value", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize("url", OWN_PAGES_WITH_FORMS)
def test_nonsense_of_learners_is_told_and_changes_nothing(
    client: FlaskClient, session: Session, url: str, value: bytes
) -> None:
    user = person(session, email="ada@example.org")
    log_in(client, user)
    before = (user.display_name, user.password_hash, user.theme, user.email)
    page = send_raw(client, url, value)
    assert page.status_code == 422
    assert "<script>" not in page.text
    session.expire_all()
    assert (user.display_name, user.password_hash, user.theme, user.email) == before


@pytest.mark.parametrize("url", ["/log-in", "/sign-up", "/recover", "/recover/link"])
def test_a_text_of_600_kb_is_too_much(client: FlaskClient, session: Session, url: str) -> None:
    form = {"log_in_name": "x" * 600_000, "csrf_token": csrf_token(client.get("/log-in"))}
    page = client.post(url, data=form)
    assert page.status_code == 413
    assert "Nothing was stored; shorten it" in page.text
    assert session.scalar(select(func.count()).select_from(User)) == 0


def test_a_learners_600_kb_are_too_much(client: FlaskClient, session: Session) -> None:
    log_in(client, person(session))
    form = {"display_name": "x" * 600_000, "csrf_token": csrf_token(client.get("/account"))}
    for url in OWN_PAGES_WITH_FORMS:
        assert client.post(url, data=form).status_code == 413


@pytest.mark.parametrize("number", ["99999999999999999999", "9223372036854775808", "0", "-1", "x"])
def test_an_id_that_no_table_holds_is_not_found(
    client: FlaskClient, session: Session, number: str
) -> None:
    log_in(client, factories.user(session, is_administrator=True))
    token = csrf_token(client.get("/account"))
    for url in (f"/administration/people/{number}/promote", f"/facts/{number}/note"):
        page = client.post(url, data={"csrf_token": token})
        assert page.status_code == 404
        assert "Nothing was lost" in page.text


def test_a_foreign_token_is_told_and_nothing_is_sent(client: FlaskClient, session: Session) -> None:
    user = person(session)
    foreign = csrf_token(client.get("/log-in"))
    with client.session_transaction() as cookie:
        cookie.clear()
    client.get("/log-in")
    form = {"log_in_name": user.log_in_name, "password": PASSWORD, "csrf_token": foreign}
    page = client.post("/log-in", data=form)
    assert page.status_code == 400
    assert "Please send this again" in page.text
    assert PASSWORD not in page.text
    assert session.scalar(select(func.count()).select_from(LogIn)) == 0


def test_a_cookie_that_is_no_log_in_is_a_stranger(client: FlaskClient) -> None:
    for token in ("", "x", "\x00", "x" * 3000):
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
        assert client.get("/account").status_code == 302
    client.set_cookie("session", "no cookie of ours")
    assert client.get("/account").status_code == 302
    assert client.get("/log-in").status_code == 200


def test_a_method_that_a_page_does_not_take_is_told(client: FlaskClient) -> None:
    page = client.put("/log-in")
    assert page.status_code == 405
    assert "Nothing was changed" in page.text


def test_a_name_in_any_script_is_a_name(client: FlaskClient, session: Session) -> None:
    assert sign_up(client, log_in_name="Ζωή Ω").status_code == 200
    with client.session_transaction() as cookie:
        cookie.clear()
    assert enter(client, "ζωή ω").status_code == 303
    assert session.scalars(select(User.log_in_name)).one() == "Ζωή Ω"


def test_errors_have_the_headers_of_all_pages(client: FlaskClient) -> None:
    for page in (client.get("/no/such/page"), client.post("/account/delete")):
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Cache-Control"] == "no-store"
