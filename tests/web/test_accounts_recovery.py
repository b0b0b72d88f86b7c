"""Forgotten passwords: by phrase, by an administrator's link, by e-mail."""

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_string
from queue import Queue

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.accounts import passwords, services
from quizapp.accounts.queries import credentials_of_name
from quizapp.db import begin_writing
from quizapp.domain.errors import ConflictError
from quizapp.models import LogIn, OneTimeLink, User
from tests import factories
from tests.conftest import FakeClock
from tests.factories import csrf_token, log_in
from tests.web.test_accounts import MEMORY_KIB, PASSWORD, enter, is_logged_in, person

PHRASE = "oak river stone lamp kite honey"
NEW = "another river"


def forgetful(session: Session, **given: object) -> User:
    return person(session, recovery_hash=passwords.hashed(PHRASE, MEMORY_KIB), **given)


def recover(client: FlaskClient, name: str, phrase: str, password: str = NEW) -> TestResponse:
    token = csrf_token(client.get("/recover"))
    form = {"log_in_name": name, "phrase": phrase, "password": password, "csrf_token": token}
    return client.post("/recover", data=form)


def link(session: Session, clock: FakeClock, user: User) -> str:
    token = services.password_link(session, user.id, clock.moment, timedelta(days=1))
    session.commit()
    return f"/link/{token}"


def first_link(session: Session, clock: FakeClock) -> str | None:
    token = services.first_administrator_link(session, clock.moment)
    session.commit()
    return token and f"/link/{token}"


def log_in_count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(LogIn)) or 0


@pytest.mark.parametrize("phrase", [PHRASE, PHRASE.upper(), PHRASE.replace(" ", "-")])
def test_the_phrase_sets_a_new_password_and_ends_all_log_ins(
    client: FlaskClient, session: Session, phrase: str
) -> None:
    user = forgetful(session)
    log_in(client, user)
    with client.session_transaction() as cookie:
        cookie.clear()
    answer = recover(client, user.log_in_name.upper(), phrase)
    assert (answer.status_code, answer.location) == (303, "/log-in")
    assert log_in_count(session) == 0
    assert enter(client, user.log_in_name, PASSWORD).status_code == 422
    assert enter(client, user.log_in_name, NEW).status_code == 303


def test_a_wrong_phrase_and_an_unknown_name_get_the_same_words(
    client: FlaskClient, session: Session
) -> None:
    user, without = forgetful(session), person(session)
    for name, phrase in (
        (user.log_in_name, "oak river stone lamp kite lemon"),
        (without.log_in_name, PHRASE),
        ("nobody", PHRASE),
    ):
        page = recover(client, name, phrase)
        assert page.status_code == 422
        assert "This phrase does not belong to this log-in name." in page.text
    session.refresh(user)
    assert passwords.check(user.password_hash, PASSWORD, MEMORY_KIB).right


def test_recovering_asks_for_a_good_password(client: FlaskClient, session: Session) -> None:
    user = forgetful(session, log_in_name="ada lovelace")
    assert recover(client, user.log_in_name, PHRASE, "short").status_code == 422
    assert recover(client, user.log_in_name, PHRASE, "Ada Lovelace").status_code == 422
    assert recover(client, "", "", "").status_code == 422


def test_tries_of_phrases_are_limited_by_account(client: FlaskClient, session: Session) -> None:
    user = forgetful(session)
    tried = [recover(client, user.log_in_name, "oak").status_code for _ in range(11)]
    assert tried == [422] * 10 + [429]


def test_without_e_mail_the_page_says_whom_to_ask(client: FlaskClient) -> None:
    page = client.get("/recover")
    assert "Ask an administrator" in page.text
    assert "Send me a link" not in page.text


def test_a_link_sets_a_new_password_once(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    user = person(session)
    log_in(client, user)
    address, other = link(session, clock, user), link(session, clock, user)
    page = client.get(address)
    assert user.log_in_name in page.text
    form = {"password": NEW, "csrf_token": csrf_token(page)}
    assert client.post(address, data=form).location == "/log-in"
    assert not is_logged_in(client)
    for used in (address, other):
        page = client.get(used)
        assert page.status_code == 404
        assert "This link was used already" in page.text
    assert enter(client, user.log_in_name, NEW).status_code == 303


def test_a_link_asks_for_a_good_password(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    user = person(session, log_in_name="ada lovelace")
    address = link(session, clock, user)
    for password in ("", "short", "Ada Lovelace"):
        form = {"password": password, "csrf_token": csrf_token(client.get(address))}
        assert client.post(address, data=form).status_code == 422
    session.refresh(user)
    assert passwords.check(user.password_hash, PASSWORD, MEMORY_KIB).right


def test_links_end_by_themselves(client: FlaskClient, session: Session, clock: FakeClock) -> None:
    user = person(session)
    address = link(session, clock, user)
    token = csrf_token(client.get(address))
    clock.advance(hours=24)
    answer = client.post(address, data={"password": NEW, "csrf_token": token})
    assert answer.status_code == 404
    link(session, clock, user)
    assert session.scalar(select(func.count()).select_from(OneTimeLink)) == 1


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "%ED%A0%80", "..%2F.."])
def test_no_other_token_opens_anything(client: FlaskClient, token: str) -> None:
    assert client.get(f"/link/{token}").status_code == 404


def test_the_first_link_makes_an_administrator_of_who_signs_up(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    address = first_link(session, clock)
    assert address
    page = client.get(address)
    assert "Make the administrator’s account" in page.text
    form = {"log_in_name": "Ada", "password": PASSWORD, "csrf_token": csrf_token(page)}
    assert "recovery phrase" in client.post(address, data=form).text
    [user] = session.scalars(select(User))
    assert user.is_administrator
    assert client.get("/administration").status_code == 200
    assert client.get(address).status_code == 404
    assert first_link(session, clock) is None


def test_mistakes_do_not_use_the_first_link_up(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    factories.user(session, log_in_name="Ada")
    address = first_link(session, clock)
    assert address
    for name, password in (("Bea", "short"), ("ada", PASSWORD)):
        token = csrf_token(client.get(address))
        form = {"log_in_name": name, "password": password, "csrf_token": token}
        assert client.post(address, data=form).status_code == 422
    assert session.scalar(select(func.count()).select_from(User)) == 1
    assert client.get(address).status_code == 200


def test_the_first_link_makes_an_administrator_of_who_is_logged_in(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    user = factories.user(session)
    log_in(client, user)
    address = first_link(session, clock)
    assert address
    token = csrf_token(client.get(address))
    session.refresh(user)
    assert not user.is_administrator
    answer = client.post(address, data={"csrf_token": token})
    assert answer.location == "/administration"
    session.refresh(user)
    assert user.is_administrator
    assert client.post(address, data={"csrf_token": token}).status_code == 404


def test_an_older_first_link_works_no_more(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    older, newer = first_link(session, clock), first_link(session, clock)
    assert client.get(str(older)).status_code == 404
    assert client.get(str(newer)).status_code == 200


def test_a_password_changed_while_one_logs_in_keeps_them_out(session: Session) -> None:
    user = person(session)
    session.commit()
    seen = credentials_of_name(session, user.log_in_name)
    session.rollback()
    begin_writing(session)
    services.set_password(session, user, passwords.hashed(NEW, MEMORY_KIB))
    session.commit()
    with pytest.raises(ConflictError):
        services.confirmed(session, seen)


class Post(socketserver.StreamRequestHandler):
    """A mail server that keeps what it gets."""

    def handle(self) -> None:
        self.say("220 test")
        for line in self.rfile:
            word = line.decode().split(maxsplit=1)[0].upper()
            if word == "DATA":
                self.say("354 go on")
                self.keep()
            if word == "QUIT":
                self.say("221 bye")
                return
            self.say("250 ok")

    def keep(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.letters.put(b"".join(lines).decode())  # type: ignore[attr-defined]  # set below

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def letters(app: Flask) -> Iterator["Queue[str]"]:
    """The e-mails sent while the app has a mail server."""
    before = app.extensions["settings"]
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as server:
        server.letters = Queue()  # type: ignore[attr-defined]  # read by its handlers
        threading.Thread(target=server.serve_forever, daemon=True).start()
        app.extensions["settings"] = replace(
            before,
            SMTP_URL=f"smtp://127.0.0.1:{server.server_address[1]}",
            MAIL_FROM="app@example.org",
            PUBLIC_URL="https://learn.example.org",
        )
        yield server.letters  # type: ignore[attr-defined]  # set above
        app.extensions["settings"] = before
        server.shutdown()


def test_a_link_comes_by_e_mail(
    client: FlaskClient, session: Session, clock: FakeClock, letters: "Queue[str]"
) -> None:
    user = person(session, email="ada@example.org")
    page = client.get("/recover")
    assert "Send me a link" in page.text
    form = {"log_in_name": user.log_in_name, "csrf_token": csrf_token(page)}
    assert client.post("/recover/link", data=form).location == "/recover"
    letter = message_from_string(letters.get(timeout=10))
    assert (letter["To"], letter["From"]) == ("ada@example.org", "app@example.org")
    text = letter.get_payload(decode=True)
    assert isinstance(text, bytes)
    [address] = [line for line in text.decode().splitlines() if line.startswith("https:")]
    assert address.startswith("https://learn.example.org/link/")
    path = address.removeprefix("https://learn.example.org")
    clock.advance(hours=1.9)
    form = {"password": NEW, "csrf_token": csrf_token(client.get(path))}
    assert client.post(path, data=form).location == "/log-in"
    assert enter(client, user.log_in_name, NEW).status_code == 303


def test_whether_an_account_has_an_e_mail_is_told_to_nobody(
    client: FlaskClient, session: Session, letters: "Queue[str]"
) -> None:
    with_one = person(session, email="ada@example.org")
    without = person(session)
    pages = []
    for name in (with_one.log_in_name, without.log_in_name, "nobody", ""):
        token = csrf_token(client.get("/recover"))
        form = {"log_in_name": name, "csrf_token": token}
        pages.append(client.post("/recover/link", data=form, follow_redirects=True).text)
    assert len({page.split("<main", 1)[1].split("<form")[0] for page in pages}) == 1
    assert "a link is on its way" in pages[0]
    assert letters.get(timeout=10)
    assert letters.empty()
    assert session.scalars(select(OneTimeLink.user_id)).all() == [with_one.id]


def test_a_mail_server_that_is_down_is_no_error_for_people(
    app: Flask, client: FlaskClient, session: Session, letters: "Queue[str]"
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], SMTP_URL="smtp://127.0.0.1:1")
    user = person(session, email="ada@example.org")
    form = {
        "log_in_name": user.log_in_name,
        "csrf_token": csrf_token(client.get("/recover")),
    }
    assert client.post("/recover/link", data=form).status_code == 303
    assert letters.empty()
