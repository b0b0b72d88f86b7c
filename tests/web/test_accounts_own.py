"""A person's own account: overview, name, password, phrase, log-ins, data, end."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.accounts import passwords
from quizapp.models import (
    Base,
    Card,
    DayList,
    DerivedAsk,
    LogIn,
    Note,
    OneTimeLink,
    PausedBank,
    QuestionReport,
    Reading,
    Reveal,
    Review,
    Rules,
    Sitting,
    User,
    Weights,
)
from tests import factories
from tests.conftest import FakeClock
from tests.factories import BEGINNING, csrf_token, log_in
from tests.web.test_accounts import MEMORY_KIB, PASSWORD, cookie_token, is_logged_in, person

DAY = date(2026, 1, 2)
NEW = "another river"


def send(client: FlaskClient, url: str, **form: str) -> TestResponse:
    page = client.get("/account")
    return client.post(url, data=form | {"csrf_token": csrf_token(page)})


def studied(session: Session, user: User, note: str = "A note") -> Review:
    """Add a row of each kind that belongs to a person."""
    fact = factories.fact(session)
    version = fact.questions[0].versions[0]
    rules = session.scalars(select(Rules).where(Rules.learner_id == user.id)).one()
    answer = {
        "fact_id": fact.id,
        "question_version_id": version.id,
        "answered": '{"type":"typed","text":"=1+1"}',
        "certainty": "sure",
        "hint_used": False,
        "milliseconds": 4000,
        "card_revision": 0,
    }
    review = Review(
        learner_id=user.id, kind="practice", share=1.0, rating=3, rated_by="marking",
        answered_at=BEGINNING, study_day=DAY, time_zone="UTC", rules_id=rules.id,
        client_id=f"client-{user.id}", **answer,
    )  # fmt: skip
    session.add_all(
        [
            review,
            Card(
                learner_id=user.id, fact_id=fact.id, state="new", lapses=0, next_day=False,
                reviews=0, suspended=False, revision=1,
            ),
            Sitting(
                learner_id=user.id, started_at=BEGINNING, study_day=DAY, facts_wanted=5,
                has_backlog=False,
            ),
            DayList(
                learner_id=user.id, study_day=DAY, fact_id=fact.id, kind="due", position=1
            ),
            PausedBank(learner_id=user.id, bank_id=fact.bank_id, paused_at=BEGINNING),
            Reveal(learner_id=user.id, client_id="other", revealed_at=BEGINNING, **answer),
            DerivedAsk(
                learner_id=user.id, fact_id=fact.id, question_version_id=version.id,
                card_revision=1, made_at=BEGINNING,
            ),
            Reading(learner_id=user.id, fact_id=fact.id, study_day=DAY, read_at=BEGINNING),
            Note(learner_id=user.id, fact_id=fact.id, text=note, written_at=BEGINNING),
            QuestionReport(
                learner_id=user.id, question_version_id=version.id, reason="typo", text="Teh",
                reported_at=BEGINNING,
            ),
            Weights(
                learner_id=user.id, algorithm="FSRS-6", numbers="[1]", made_at=BEGINNING,
                fitted_on=400,
            ),
            OneTimeLink(
                token_hash=f"link-{user.id}", purpose="password", user_id=user.id,
                expires_at=BEGINNING,
            ),
        ]
    )  # fmt: skip
    session.flush()
    return review


def rows_of(session: Session, user_id: int) -> dict[str, int]:
    """Count the rows of a person in every table that can have any."""
    found = {}
    for table in Base.metadata.sorted_tables:
        for name in {"learner_id", "user_id"} & set(table.columns.keys()):
            rows = select(func.count()).select_from(table).where(table.c[name] == user_id)
            found[table.name] = session.scalar(rows) or 0
    return found


def test_the_account_shows_where_one_is_logged_in_in_ones_own_time(
    client: FlaskClient, session: Session
) -> None:
    user = factories.user(session, email="ada@example.org", time_zone="Asia/Kolkata")
    log_in(client, user)
    page = client.get("/account")
    assert "ada@example.org" in page.text
    assert "A test" in page.text
    assert "1 January 2026, 05:30" in page.text
    assert "Administration" not in page.text


def test_the_account_costs_the_same_with_many_log_ins(
    client: FlaskClient, session: Session, count_queries: list[str]
) -> None:
    user = factories.user(session)
    log_in(client, user)
    client.get("/account")
    count_queries.clear()
    client.get("/account")
    with_one = len(count_queries)
    for _ in range(10):
        log_in(client, user)
    count_queries.clear()
    assert client.get("/account").text.count("A test</strong>") == 11
    assert len(count_queries) == with_one


def test_another_log_in_is_ended(client: FlaskClient, session: Session) -> None:
    user = factories.user(session)
    log_in(client, user)
    [other] = session.scalars(select(LogIn.token_hash))
    log_in(client, user)
    answer = send(client, "/account/log-ins/end", log_in=other)
    assert answer.location == "/account"
    assert other not in session.scalars(select(LogIn.token_hash)).all()
    assert is_logged_in(client)
    assert send(client, "/account/log-ins/end", log_in=other).status_code == 404


def test_ending_this_log_in_is_logging_out(client: FlaskClient, session: Session) -> None:
    log_in(client, factories.user(session))
    [this] = session.scalars(select(LogIn.token_hash))
    assert send(client, "/account/log-ins/end", log_in=this).location == "/"
    assert not is_logged_in(client)


def test_nobody_ends_the_log_in_of_another(client: FlaskClient, session: Session) -> None:
    log_in(client, factories.user(session))
    [other] = session.scalars(select(LogIn.token_hash))
    log_in(client, factories.user(session))
    assert send(client, "/account/log-ins/end", log_in=other).status_code == 404
    assert send(client, "/account/log-ins/end").status_code == 404
    assert session.scalar(select(func.count()).select_from(LogIn)) == 2


def test_the_name_on_pages_is_changed_without_the_password(
    client: FlaskClient, session: Session
) -> None:
    user = person(session, log_in_name="ada", email="ada@example.org")
    log_in(client, user)
    answer = send(client, "/account/profile", display_name=" Ada L. ", email="ada@example.org")
    assert answer.location == "/account"
    session.refresh(user)
    assert user.display_name == "Ada L."
    send(client, "/account/profile", display_name="", email="ada@example.org")
    session.refresh(user)
    assert user.display_name == "ada"


def test_the_e_mail_is_changed_with_the_password_only(
    client: FlaskClient, session: Session
) -> None:
    user = person(session, email="ada@example.org")
    log_in(client, user)
    for password in ("", "not the river"):
        form = {"display_name": "Ada", "email": "eve@example.org", "current_password": password}
        page = send(client, "/account/profile", **form)
        assert page.status_code == 422
        assert "This is not your password." in page.text
    session.refresh(user)
    assert user.email == "ada@example.org"
    form = {"display_name": "Ada", "email": "", "current_password": PASSWORD}
    assert send(client, "/account/profile", **form).location == "/account"
    session.refresh(user)
    assert user.email is None


def test_a_changed_password_ends_all_other_log_ins_and_renews_this(
    client: FlaskClient, session: Session
) -> None:
    user = person(session)
    log_in(client, user)
    log_in(client, user)
    before = cookie_token(client)
    form = {"current_password": PASSWORD, "password": NEW}
    assert send(client, "/account/password", **form).location == "/account"
    assert is_logged_in(client)
    assert cookie_token(client) != before
    assert session.scalar(select(func.count()).select_from(LogIn)) == 1
    session.refresh(user)
    assert passwords.check(user.password_hash, NEW, MEMORY_KIB).right


@pytest.mark.parametrize(
    ("current", "new"),
    [("not the river", NEW), ("", NEW), (PASSWORD, "short"), (PASSWORD, "Ada Lovelace")],
)
def test_a_password_is_changed_only_by_who_knows_it_to_a_good_one(
    client: FlaskClient, session: Session, current: str, new: str
) -> None:
    user = person(session, log_in_name="ada lovelace")
    log_in(client, user)
    page = send(client, "/account/password", current_password=current, password=new)
    assert page.status_code == 422
    session.refresh(user)
    assert passwords.check(user.password_hash, PASSWORD, MEMORY_KIB).right


def test_a_recovery_phrase_is_replaced(client: FlaskClient, session: Session) -> None:
    user = person(session)
    log_in(client, user)
    assert send(client, "/account/recovery-phrase", current_password="x").status_code == 422
    session.refresh(user)
    assert user.recovery_hash is None
    page = send(client, "/account/recovery-phrase", current_password=PASSWORD)
    phrase = page.text.split('class="phrase">')[1].split("<")[0]
    session.refresh(user)
    assert passwords.check(user.recovery_hash, phrase, MEMORY_KIB).right


def test_tries_of_the_password_are_limited_when_logged_in_too(
    client: FlaskClient, session: Session
) -> None:
    log_in(client, person(session))
    form = {"current_password": "not the river", "password": NEW}
    tried = [send(client, "/account/password", **form).status_code for _ in range(11)]
    assert tried == [422] * 10 + [429]


def test_everything_of_a_person_comes_as_json_and_nothing_of_others(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    user = person(session, email="ada@example.org")
    review = studied(session, user)
    other = person(session, email="bea@example.org")
    studied(session, other, note="A note of another")
    log_in(client, other)
    log_in(client, user)
    answer = client.get("/account/data.json")
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=long-memory-2026-03-02.json"
    )
    told = json.loads(answer.text)
    assert told["exported_at"] == clock.moment.isoformat()
    [account] = told["account"]
    assert account["email"] == "ada@example.org"
    assert account["new_per_day"] == 10
    for name in rows_of(session, user.id).keys() - {"one_time_link"}:
        section = {
            "card": "cards", "day_list": "day_lists", "derived_ask": "questions_prepared",
            "log_in": "log_ins", "note": "notes",
            "paused_bank": "paused_banks",
            "question_report": "reports", "reading": "readings", "sitting": "sittings",
            "reveal": "answers_being_judged", "review": "reviews", "rules": "rules",
            "weights": "weights",
        }[name]  # fmt: skip
        assert told[section], name
    [answered] = told["reviews"]
    assert answered["id"] == review.id
    assert answered["prompt"] == "Who signed the orders?"
    assert answered["answered"] == {"type": "typed", "text": "=1+1"}
    assert answered["answered_at"] == "2026-01-01T00:00:00+00:00"
    assert answered["study_day"] == "2026-01-02"
    assert "another" not in answer.text
    assert "bea@example.org" not in answer.text
    assert "hash" not in answer.text
    assert "argon2" not in answer.text


def test_the_export_costs_the_same_with_many_answers(
    client: FlaskClient, session: Session, count_queries: list[str]
) -> None:
    user = person(session)
    log_in(client, user)
    client.get("/account/data.json").get_data()
    count_queries.clear()
    client.get("/account/data.json").get_data()
    with_none = len(count_queries)
    studied(session, user)
    for number in range(700):
        copy_review(session, user, number)
    log_in(client, user)
    count_queries.clear()
    assert len(json.loads(client.get("/account/data.json").text)["reviews"]) == 701
    assert len(count_queries) == with_none


def copy_review(session: Session, user: User, number: int) -> None:
    names = [column.name for column in Review.__table__.columns if column.name != "id"]
    values = ", ".join(":client" if name == "client_id" else name for name in names)
    session.execute(
        text(
            f"INSERT INTO review ({', '.join(names)}) SELECT {values} FROM review "  # noqa: S608  # the names are the table's own
            "WHERE learner_id = :learner LIMIT 1"
        ),
        {"client": f"copy-{number}", "learner": user.id},
    )


def test_answers_come_as_a_table_that_runs_no_formula(
    client: FlaskClient, session: Session
) -> None:
    user = person(session)
    review = studied(session, user)
    version = review.question_version
    version.content = version.content.replace("Who signed", "=cmd() Who signed")
    studied(session, person(session))
    log_in(client, user)
    answer = client.get("/account/data.csv")
    assert answer.content_type.startswith("text/csv")
    [row] = csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    assert row["prompt"].startswith("'=cmd() Who signed")
    assert row["answered_at"] == "2026-01-01T00:00:00+00:00"
    assert json.loads(row["answered"])["text"] == "=1+1"
    assert (row["share"], row["rating"], row["voided_at"]) == ("1.0", "3", "")


def test_deleting_an_account_deletes_every_row_of_it_and_no_other(
    client: FlaskClient, session: Session
) -> None:
    user, other = person(session), person(session)
    first = studied(session, user)
    studied(session, other)
    log_in(client, other)
    log_in(client, user)
    first.voided_at, first.void_reason = datetime(2026, 1, 3, tzinfo=UTC), "undo"
    first.replaced_by_id = first.id
    session.commit()
    gone, stays = user.id, other.id
    before = rows_of(session, stays)
    assert min(rows_of(session, gone).values()) >= 1
    assert min(before.values()) >= 1

    answer = send(client, "/account/delete", current_password=PASSWORD)

    assert answer.location == "/"
    session.expire_all()
    assert set(rows_of(session, gone).values()) == {0}
    assert rows_of(session, stays) == before
    assert session.get(User, gone) is None
    assert cookie_token(client) is None
    assert not is_logged_in(client)
    assert session.execute(text("PRAGMA foreign_key_check")).all() == []


def test_an_account_is_deleted_with_the_password_only(
    client: FlaskClient, session: Session
) -> None:
    user = person(session)
    log_in(client, user)
    for password in ("", "not the river"):
        page = send(client, "/account/delete", current_password=password)
        assert page.status_code == 422
    assert is_logged_in(client)


def test_the_last_administrator_cannot_go(client: FlaskClient, session: Session) -> None:
    user = person(session, is_administrator=True)
    log_in(client, user)
    page = send(client, "/account/delete", current_password=PASSWORD)
    assert page.status_code == 409
    assert "There must be one administrator at least" in page.text
    assert is_logged_in(client)
    factories.user(session, is_administrator=True)
    assert send(client, "/account/delete", current_password=PASSWORD).location == "/"
    assert session.scalar(select(func.count()).select_from(User)) == 1
