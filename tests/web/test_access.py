"""Every page is closed to strangers unless it is named public."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from quizapp.models import Base
from quizapp.web.access import HASHING, PUBLIC, RESUMABLE, STATIC
from tests import factories
from tests.factories import csrf_token, log_in
from tests.web.test_accounts_own import studied

READING = {"GET", "HEAD", "OPTIONS"}
FIELDS = {  # what forms of the app carry, so that a page that is open would do something
    "current_password": "a long river",
    "password": "a longer river",
    "display_name": "Eve",
    "note": "by a stranger",
    "text": "by a stranger",
    "answer": "Committee",
    "reason": "typo",
    "rating": "4",
    "suspended": "1",
    "certainty": "sure",
    "form": "9f0a3f6e-6f0e-4f1e-9f43-5d9b6a9e2f11",
    "client_id": "9f0a3f6e-6f0e-4f1e-9f43-5d9b6a9e2f11",
    "fact": "1",
    "fact_id": "1",
    "version": "1",
    "review": "1",
    "review_id": "1",
    "revision": "0",
    "minutes": "5",
}


def rules_of(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC)


def address(app: Flask, rule: Rule) -> str:
    """Return an address of a page: with the id 1, which the tests have rows for."""
    return app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, 1))


def all_rows(session: Session) -> Mapping[str, list[Any]]:
    """Return what is in every table."""
    session.rollback()
    return {
        table.name: sorted(map(repr, session.execute(table.select()).all()))
        for table in Base.metadata.sorted_tables
    }


@pytest.fixture
def rows(session: Session) -> Mapping[str, list[Any]]:
    """A person with rows of all kinds, and all rows there are."""
    studied(session, factories.user(session))
    session.commit()
    return all_rows(session)


def test_the_names_of_pages_in_the_lists_are_those_of_pages(app: Flask) -> None:
    known = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert (PUBLIC | HASHING | RESUMABLE) - known == set()


def test_a_stranger_reads_public_pages_only(
    app: Flask, client: FlaskClient, session: Session, rows: Mapping[str, list[Any]]
) -> None:
    closed = 0
    for rule in rules_of(app):
        if "GET" not in (rule.methods or ()) or rule.endpoint in PUBLIC:
            continue
        answer = client.get(address(app, rule))
        assert answer.status_code == 302, rule
        assert str(answer.location).startswith("/log-in?next="), rule
        closed += 1
    assert closed >= 10
    assert all_rows(session) == rows


def test_a_stranger_changes_nothing(
    app: Flask, client: FlaskClient, session: Session, rows: Mapping[str, list[Any]]
) -> None:
    token = csrf_token(client.get("/log-in"))
    closed = 0
    for rule in rules_of(app):
        for method in (rule.methods or set()) - READING:
            if rule.endpoint in PUBLIC:
                continue
            answer = client.open(
                address(app, rule), method=method, data=FIELDS | {"csrf_token": token}
            )
            assert answer.status_code == 401, rule
            assert "Log in again" in answer.text, rule
            closed += 1
    assert closed >= 10
    assert all_rows(session) == rows


def test_a_form_without_its_token_changes_nothing(
    app: Flask, client: FlaskClient, session: Session, rows: Mapping[str, list[Any]]
) -> None:
    person = factories.user(session, is_administrator=True)
    log_in(client, person)
    before = all_rows(session)
    for rule in rules_of(app):
        for method in (rule.methods or set()) - READING:
            for token in ({}, {"csrf_token": "foreign"}):
                answer = client.open(address(app, rule), method=method, data=FIELDS | token)
                assert answer.status_code == 400, rule
    assert all_rows(session) == before
    assert len(rows["user"]) == 1


def test_public_pages_answer_strangers(app: Flask, client: FlaskClient) -> None:
    for rule in rules_of(app):
        if rule.endpoint in PUBLIC and "GET" in (rule.methods or ()):
            answer = client.get(address(app, rule))
            assert answer.status_code != 401, rule
            assert not str(answer.location or "").startswith("/log-in"), rule


def test_an_address_that_is_none_is_not_found(client: FlaskClient) -> None:
    assert client.get("/no/such/page").status_code == 404
    assert client.post("/no/such/page").status_code == 404


def test_pages_of_a_person_are_kept_by_no_cache(client: FlaskClient, session: Session) -> None:
    log_in(client, factories.user(session))
    assert client.get("/account").headers["Cache-Control"] == "no-store"
    assert client.get("/account/data.json").headers["Cache-Control"] == "no-store"
