"""What administrators see and do, and that nobody else does."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.db import sqlite
from quizapp.models import Fact, OneTimeLink, QuestionReport, User
from tests import factories
from tests.factories import BEGINNING, csrf_token, log_in


@pytest.fixture
def boss(client: FlaskClient, session: Session) -> User:
    """The administrator, logged in."""
    user = factories.user(session, log_in_name="Boss", is_administrator=True)
    log_in(client, user)
    return user


def send(client: FlaskClient, url: str) -> TestResponse:
    return client.post(url, data={"csrf_token": csrf_token(client.get("/account"))})


def report(session: Session, of: Fact, reason: str, text: str = "") -> None:
    session.add(
        QuestionReport(
            learner_id=factories.user(session).id,
            question_version_id=of.questions[0].versions[0].id,
            reason=reason,
            text=text,
            reported_at=BEGINNING,
        )
    )
    session.flush()


@pytest.mark.parametrize(
    "url", ["/administration", "/administration/people", "/administration/reports"]
)
def test_pages_of_administrators_are_closed_to_learners(
    client: FlaskClient, session: Session, url: str
) -> None:
    log_in(client, factories.user(session))
    page = client.get(url)
    assert page.status_code == 403
    assert "not yours to see" in page.text


@pytest.mark.parametrize("deed", ["promote", "demote", "link"])
def test_learners_can_do_nothing_to_people(
    client: FlaskClient, session: Session, deed: str
) -> None:
    user = factories.user(session)
    boss = factories.user(session, is_administrator=True)
    log_in(client, user)
    for whose in (user, boss):
        assert send(client, f"/administration/people/{whose.id}/{deed}").status_code == 403
    session.expire_all()
    assert not user.is_administrator
    assert boss.is_administrator
    assert session.scalar(select(func.count()).select_from(OneTimeLink)) == 0


def test_people_are_listed_by_name(client: FlaskClient, session: Session, boss: User) -> None:
    factories.user(session, log_in_name="zoe", display_name="<b>Zoe</b>")
    factories.user(session, log_in_name="Ada", email="ada@example.org")
    page = client.get("/administration/people")
    assert re.findall(r'"meta">(\w+) ·', page.text) == ["Ada", boss.log_in_name, "zoe"]
    assert "<b>Zoe" not in page.text
    assert "ada@example.org" not in page.text
    assert "3 accounts" in page.text


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ADA", ["ada", "adam"]),
        ("love", ["ada"]),
        ("%", []),
        ("_", []),
        ("\x00ada", ["ada", "adam"]),
    ],
)
def test_people_are_found_by_either_name(
    client: FlaskClient, session: Session, boss: User, search: str, found: list[str]
) -> None:
    factories.user(session, log_in_name="ada", display_name="Lovelace")
    factories.user(session, log_in_name="adam")
    page = client.get("/administration/people", query_string={"q": search})
    shown = [name for name in ("ada", "adam", "Boss") if f">{name} ·" in page.text]
    assert shown == found
    assert ("Nobody has such a name" in page.text) is not bool(found)
    assert boss.is_administrator


def test_a_long_list_comes_in_pages(
    client: FlaskClient, session: Session, boss: User, count_queries: list[str]
) -> None:
    client.get("/administration/people")
    count_queries.clear()
    client.get("/administration/people")
    with_one = len(count_queries)
    for number in range(100):
        factories.user(session, log_in_name=f"name{number:03}")
    session.commit()
    count_queries.clear()
    first = client.get("/administration/people")
    assert len(count_queries) == with_one
    assert first.text.count("Password link</button>") == 50
    assert "Page 1 of 3" in first.text
    last = client.get("/administration/people?page=3")
    assert last.text.count("Password link</button>") == 1
    assert "name099" in last.text
    assert boss.log_in_name in first.text


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 20, "", "1.5"])
def test_a_page_number_that_is_none_is_no_error(client: FlaskClient, boss: User, page: str) -> None:
    for url in ("/administration/people", "/administration/reports"):
        assert client.get(url, query_string={"page": page}).status_code == 200
    assert boss.is_administrator


def test_an_administrator_makes_another_and_lets_go(
    client: FlaskClient, session: Session, boss: User
) -> None:
    user = factories.user(session)
    assert send(client, f"/administration/people/{user.id}/promote").status_code == 303
    session.expire_all()
    assert user.is_administrator
    answer = send(client, f"/administration/people/{boss.id}/demote")
    assert answer.location == "/account"
    assert client.get("/administration").status_code == 403


def test_the_last_administrator_stays_one(
    client: FlaskClient, session: Session, boss: User
) -> None:
    page = send(client, f"/administration/people/{boss.id}/demote")
    assert page.status_code == 409
    assert "There must be one administrator at least" in page.text
    session.expire_all()
    assert boss.is_administrator


def test_who_is_none_is_demoted_without_harm(
    client: FlaskClient, session: Session, boss: User
) -> None:
    user = factories.user(session)
    assert send(client, f"/administration/people/{user.id}/demote").status_code == 303
    session.expire_all()
    assert boss.is_administrator


def test_a_password_link_is_shown_once_and_works(
    client: FlaskClient, session: Session, boss: User
) -> None:
    user = factories.user(session)
    page = send(client, f"/administration/people/{user.id}/link")
    address = page.text.split('class="phrase address">')[1].split("<")[0]
    assert address.startswith("http://localhost/link/")
    assert client.get(address).status_code == 200
    [link] = session.scalars(select(OneTimeLink))
    assert (link.user_id, link.purpose) == (user.id, "password")
    assert link.token_hash not in address
    assert boss.is_administrator


@pytest.mark.parametrize("deed", ["promote", "demote", "link"])
def test_nothing_is_done_to_who_does_not_exist(client: FlaskClient, boss: User, deed: str) -> None:
    for user_id in (boss.id + 1, 2**63 - 1, 2**63, 10**20, 0):
        assert send(client, f"/administration/people/{user_id}/{deed}").status_code == 404


def test_reports_are_listed_by_question_those_with_most_first(
    client: FlaskClient, session: Session, boss: User, count_queries: list[str]
) -> None:
    assert "Nothing was reported yet" in client.get("/administration/reports").text
    once = factories.fact(session, None, factories.choice("Asked once?"))
    twice = factories.fact(session, None, factories.choice("Asked twice?"))
    report(session, once, "unclear")
    report(session, twice, "typo", "Teh <i>")
    session.commit()
    count_queries.clear()
    client.get("/administration/reports")
    before = len(count_queries)
    for _ in range(5):
        report(session, twice, "wrong-key")
    session.commit()
    count_queries.clear()
    page = client.get("/administration/reports")
    assert len(count_queries) == before
    assert page.text.index("Asked twice?") < page.text.index("Asked once?")
    assert "6 reports" in page.text
    assert "1 report," in page.text
    assert "a slip of the pen: Teh &lt;i&gt;" in page.text
    assert boss.is_administrator


def test_many_reported_questions_come_in_pages(
    client: FlaskClient, session: Session, boss: User
) -> None:
    bank = factories.bank(session)
    for number in range(26):
        report(session, factories.fact(session, bank, factories.choice(f"Q{number}?")), "other")
    page = client.get("/administration/reports")
    assert page.text.count('class="reported"') == 25
    assert "Page 1 of 2" in page.text
    assert client.get("/administration/reports?page=2").text.count('class="reported"') == 1
    assert boss.is_administrator


def test_versions_are_for_administrators(client: FlaskClient, boss: User) -> None:
    page = client.get("/administration")
    assert f"<dd>{sqlite.sqlite_version}</dd>" in page.text
    assert "<dt>Python</dt>" in page.text
    assert boss.is_administrator
