"""How a person wants to study, and what that changes."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.models import Review, Rules, User
from tests import factories
from tests.conftest import FakeClock
from tests.factories import BEGINNING, csrf_token, log_in
from tests.web.test_accounts_own import copy_review, studied

SAVED: dict[str, Any] = {
    "retention": "0.9",
    "own_percent": "",
    "new_per_day": "10",
    "reviews_per_day": "200",
    "time_zone": "UTC",
    "rollover_hour": "4",
    "path": "beginning",
    "interleave": "y",
    "learning_steps": "1 10",
    "relearning_steps": "10",
    "theme": "auto",
    "rating_buttons": "2",
    "letter_keys": "y",
}


def save(client: FlaskClient, **given: str) -> TestResponse:
    form = SAVED | given | {"csrf_token": csrf_token(client.get("/account/settings"))}
    return client.post("/account/settings", data=form)


def rules_of(session: Session, user: User) -> list[Rules]:
    rules = select(Rules).where(Rules.learner_id == user.id).order_by(Rules.id)
    return list(session.scalars(rules).all())


def minutes(page: TestResponse) -> list[float]:
    return [float(found) for found in re.findall(r"about ([0-9.]+) minutes a day", page.text)]


def test_settings_are_kept(client: FlaskClient, session: Session) -> None:
    user = factories.user(session)
    log_in(client, user)
    given = {
        "new_per_day": "0",
        "reviews_per_day": "50",
        "time_zone": "Asia/Kolkata",
        "rollover_hour": "0",
        "path": "mixed",
        "interleave": "",
        "tell_first": "y",
        "theme": "dark",
        "rating_buttons": "4",
        "letter_keys": "",
    }
    assert save(client, **given).location == "/account/settings"
    session.refresh(user)
    assert (user.new_per_day, user.reviews_per_day) == (0, 50)
    assert (user.time_zone, user.rollover_hour) == ("Asia/Kolkata", 0)
    assert (user.tell_first, user.theme, user.rating_buttons) == (True, "dark", 4)
    assert (user.path, user.interleave) == ("mixed", False)
    page = client.get("/account/settings")
    assert 'data-theme="dark"' in page.text
    assert 'selected value="Asia/Kolkata"' in page.text


def test_a_box_that_is_not_ticked_is_off(client: FlaskClient, session: Session) -> None:
    user = factories.user(session)
    log_in(client, user)
    form = {name: text for name, text in SAVED.items() if name != "letter_keys"}
    token = csrf_token(client.get("/account/settings"))
    client.post("/account/settings", data=form | {"csrf_token": token})
    session.refresh(user)
    assert not user.letter_keys
    assert not user.tell_first


def test_changed_scheduling_adds_rules_and_keeps_the_old(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    user = factories.user(session)
    log_in(client, user)
    save(client, retention="0.95", learning_steps="2, 20", relearning_steps="")
    old, new = rules_of(session, user)
    session.refresh(old)
    assert (old.desired_retention, old.is_current) == (0.9, False)
    assert (new.desired_retention, new.is_current) == (0.95, True)
    assert (new.learning_steps, new.relearning_steps) == ("2 20", "")
    assert new.made_at == clock.moment
    assert new.weights_id == old.weights_id


def test_the_same_scheduling_again_uses_its_rules_again(
    client: FlaskClient, session: Session
) -> None:
    user = factories.user(session)
    log_in(client, user)
    save(client)
    assert len(rules_of(session, user)) == 1
    for share in ("0.8", "0.9", "0.8", "0.8"):
        save(client, retention=share)
    session.expire_all()
    first, second = rules_of(session, user)
    assert (first.is_current, second.is_current) == (False, True)


def test_saving_moves_no_card(client: FlaskClient, session: Session) -> None:
    user = factories.user(session)
    review = studied(session, user)
    before = review.rules_id
    log_in(client, user)
    save(client, retention="0.8")
    session.expire_all()
    assert session.scalars(select(Review.rules_id)).all() == [before]


@pytest.mark.parametrize(
    ("given", "share"),
    [
        ({"retention": "own", "own_percent": "87"}, 0.87),
        ({"retention": "own", "own_percent": "70"}, 0.7),
        ({"retention": "own", "own_percent": "97"}, 0.97),
        ({"retention": "own", "own_percent": "92.5"}, 0.925),
        ({"retention": "0.9", "own_percent": "87"}, 0.87),
        ({"retention": "0.85", "own_percent": ""}, 0.85),
    ],
)
def test_any_share_from_70_to_97_percent_can_be_had(
    client: FlaskClient, session: Session, given: dict[str, str], share: float
) -> None:
    user = factories.user(session)
    log_in(client, user)
    assert save(client, **given).status_code == 303
    session.expire_all()
    assert rules_of(session, user)[-1].desired_retention == share


def test_a_named_share_replaces_an_own_one(client: FlaskClient, session: Session) -> None:
    user = factories.user(session, desired_retention=0.87)
    log_in(client, user)
    page = client.get("/account/settings")
    assert 'value="87.0"' in page.text
    assert len(minutes(page)) == 5
    save(client, retention="0.9", own_percent="87.0")
    session.expire_all()
    assert rules_of(session, user)[-1].desired_retention == 0.9


@pytest.mark.parametrize(
    "given",
    [
        {"retention": "0.99"},
        {"retention": "nan"},
        {"retention": ""},
        {"retention": "own"},
        {"retention": "own", "own_percent": "69.9"},
        {"retention": "own", "own_percent": "97.1"},
        {"retention": "own", "own_percent": "nan"},
        {"retention": "own", "own_percent": "inf"},
        {"retention": "own", "own_percent": "many"},
        {"new_per_day": "-1"},
        {"new_per_day": "101"},
        {"new_per_day": ""},
        {"new_per_day": "ten"},
        {"new_per_day": "9" * 20},
        {"new_per_day": "9" * 5000},
        {"reviews_per_day": "0"},
        {"reviews_per_day": "9" * 20},
        {"time_zone": "Middle/Earth"},
        {"time_zone": ""},
        {"rollover_hour": "24"},
        {"rollover_hour": "-1"},
        {"rollover_hour": ""},
        {"learning_steps": "0"},
        {"learning_steps": "1441"},
        {"learning_steps": "1 2 3 4 5 6"},
        {"learning_steps": "1.5"},
        {"learning_steps": "-1"},
        {"learning_steps": "ten"},
        {"learning_steps": "\u0663"},
        {"relearning_steps": "9" * 20},
        {"theme": "pink"},
        {"rating_buttons": "3"},
    ],
    ids=str,
)
def test_what_cannot_be_set_is_said_and_changes_nothing(
    client: FlaskClient, session: Session, given: dict[str, str]
) -> None:
    user = factories.user(session)
    log_in(client, user)
    page = save(client, **({"theme": "dark", "retention": "0.8"} | given))
    assert page.status_code == 422
    assert "has-error" in page.text or "problem" in page.text
    session.expire_all()
    assert user.theme == "auto"
    assert len(rules_of(session, user)) == 1


def test_minutes_stand_beside_each_share_and_grow_with_it(
    client: FlaskClient, session: Session
) -> None:
    log_in(client, factories.user(session))
    page = client.get("/account/settings")
    shown = minutes(page)
    assert len(shown) == 4
    assert shown == sorted(shown)
    assert 0 < shown[0] < shown[-1] < 60
    assert "from 100 facts, 10 new ones a day and 8 seconds an answer" in page.text


def test_minutes_go_by_the_banks_and_the_learners_own_pace(
    client: FlaskClient, session: Session
) -> None:
    user = factories.user(session)
    review = studied(session, user)
    review.milliseconds = 20_000
    for number in range(2):
        copy_review(session, user, number)
    for _ in range(3):
        factories.fact(session)
    factories.fact(session, retired_at=BEGINNING)
    log_in(client, user)
    page = client.get("/account/settings")
    assert "from 4 facts, 10 new ones a day and 20 seconds an answer" in page.text


def test_without_new_facts_no_minutes_are_made_up(client: FlaskClient, session: Session) -> None:
    log_in(client, factories.user(session, new_per_day=0))
    page = client.get("/account/settings")
    assert minutes(page) == []
    assert "once you begin new facts again" in page.text


def test_the_page_costs_the_same_with_many_answers(
    client: FlaskClient, session: Session, count_queries: list[str]
) -> None:
    user = factories.user(session)
    log_in(client, user)
    count_queries.clear()
    client.get("/account/settings")
    before = len(count_queries)
    studied(session, user)
    for number in range(100):
        copy_review(session, user, number)
    session.commit()
    count_queries.clear()
    client.get("/account/settings")
    assert len(count_queries) == before
