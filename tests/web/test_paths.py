"""Choosing what to study: a path, a theme, and banks that are paused and resumed."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.memory.learners import learner_by_id
from quizapp.models import Bank, Fact, PausedBank, Sitting, User
from tests import factories
from tests.conftest import FakeClock
from tests.db.answering import Desk, at


@pytest.fixture
def bank(session: Session) -> Bank:
    return factories.bank(session, text_id="part-1", part=1, title="The rising")


@pytest.fixture
def ada(client: FlaskClient, session: Session) -> User:
    ada = factories.user(session, display_name="Ada")
    factories.log_in(client, ada)
    return ada


def learned(session: Session, user: User, bank: Bank) -> Desk:
    desk = Desk(session, learner_by_id(session, user.id), factories.fact(session, bank))
    desk.learn()
    return desk


def post(client: FlaskClient, path: str, **given: object) -> TestResponse:
    token = factories.csrf_token(client.get("/banks"))
    return client.post(path, data={"csrf_token": token, **given})


def paused(session: Session) -> list[tuple[int, int]]:
    session.rollback()
    return [(row.learner_id, row.bank_id) for row in session.query(PausedBank)]


def offered(client: FlaskClient) -> str:
    """Return the sentence of the day, and expect that practice then offers the same."""
    before = client.get("/today").text
    post(client, "/study/start")
    sentence = before.split('class="lead">')[1].split("<")[0].strip()
    assert sentence in client.get("/today").text
    return sentence


def test_today_counts_the_new_facts_of_the_open_part(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    factories.fact(session, bank)
    second = factories.bank(session, part=2)
    for _ in range(3):
        factories.fact(session, second)

    assert offered(client).startswith("Begin with one fact,")
    ada.path = "mixed"
    assert offered(client).startswith("Begin with 4 facts,")


def test_the_path_is_explained_and_kept(client: FlaskClient, ada: User) -> None:
    del ada
    page = client.get("/account/settings").text

    assert "From the beginning" in page
    assert "Everything mixed" in page
    assert 'checked id="path-0"' in page
    assert 'checked id="interleave"' in page


def test_a_path_that_nobody_knows_is_shown_again(
    client: FlaskClient, session: Session, ada: User
) -> None:
    token = factories.csrf_token(client.get("/account/settings"))

    answer = client.post("/account/settings", data={"csrf_token": token, "path": "backwards"})

    session.refresh(ada)
    assert (answer.status_code, ada.path) == (422, "beginning")


def test_a_theme_is_started_from_the_list_of_banks(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    fact = factories.fact(session, bank)
    page = client.get("/banks").text
    assert f'name="theme_id" value="{fact.theme_id}"' in page

    answer = post(client, "/study/start", theme_id=fact.theme_id)

    session.rollback()
    assert answer.location == "/study"
    assert session.query(Sitting).one().theme_id == fact.theme_id


def test_a_bank_is_paused_and_resumed(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock
) -> None:
    learned(session, ada, bank)
    factories.fact(session, bank)
    clock.advance(days=2)
    assert "1 fact is due and 1 is new" in client.get("/today").text

    answer = post(client, "/banks/part-1/pause")

    assert (answer.status_code, answer.location) == (303, "/banks")
    assert paused(session) == [(ada.id, bank.id)]
    page = client.get("/banks").text
    assert "“The rising” is paused." in page
    assert "Study this part" not in page
    assert 'name="theme_id"' not in page
    today = client.get("/today").text
    assert "Nothing is due." in today
    assert "Nothing comes back in the next two weeks" in today
    assert "Paused: nothing of it is asked" in today
    assert "1 of 2 remembered" in today

    assert post(client, "/banks/part-1/resume").location == "/banks"
    assert paused(session) == []
    assert "1 fact is due and 1 is new" in client.get("/today").text
    assert "Paused" not in client.get("/today").text


def test_pausing_or_resuming_twice_changes_nothing_more(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    for _ in range(2):
        assert post(client, "/banks/part-1/pause").status_code == 303
        assert paused(session) == [(ada.id, bank.id)]
    for _ in range(2):
        assert post(client, "/banks/part-1/resume").status_code == 303
        assert paused(session) == []


@pytest.mark.parametrize("word", ["pause", "resume"])
def test_a_bank_that_does_not_exist_cannot_be_paused(
    client: FlaskClient, ada: User, bank: Bank, word: str
) -> None:
    del ada, bank
    assert post(client, f"/banks/part-99/{word}").status_code == 404


@pytest.mark.parametrize("by", ["bank_id", "theme_id"])
def test_a_sitting_on_a_paused_bank_explains_and_offers_to_resume(
    client: FlaskClient, session: Session, ada: User, bank: Bank, by: str
) -> None:
    del ada
    fact = factories.fact(session, bank)
    post(client, "/banks/part-1/pause")

    answer = post(client, "/study/start", **{by: getattr(fact, by)})

    assert answer.status_code == 409
    assert "You have paused “The rising”, so nothing of it is asked." in answer.text
    assert 'action="/banks/part-1/resume"' in answer.text
    session.rollback()
    assert session.query(Sitting).count() == 0


def test_with_every_bank_paused_a_newcomer_is_told_so(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    factories.fact(session, bank)
    post(client, "/banks/part-1/pause")

    page = client.get("/today").text

    assert "Resume a bank that you paused." in page
    assert "Study now" not in page


def test_steps_and_the_end_of_a_sitting_leave_a_paused_bank_out(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    learned(session, ada, bank)
    begun = Desk(session, learner_by_id(session, ada.id), factories.fact(session, bank))
    begun.answer(at(0))
    assert "comes back at 09:10" in client.get("/today").text
    post(client, "/banks/part-1/pause")

    assert "comes back at" not in client.get("/today").text
    assert "Nothing is waiting." in client.get("/study/end").text


def test_another_learner_s_banks_go_on(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    factories.fact(session, bank)
    post(client, "/banks/part-1/pause")
    factories.log_in(client, factories.user(session))

    assert "Begin with one fact" in client.get("/today").text
    assert "Study this part" in client.get("/banks").text


@pytest.mark.parametrize("word", ["pause", "resume"])
def test_strangers_pause_nothing(
    client: FlaskClient, session: Session, bank: Bank, word: str
) -> None:
    del bank
    assert client.post(f"/banks/part-1/{word}").status_code == 401
    assert paused(session) == []


def test_a_fact_of_a_paused_bank_says_so(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    desk = learned(session, ada, bank)
    assert "It comes back" in client.get(f"/facts/{desk.fact_id}").text
    post(client, "/banks/part-1/pause")

    page = client.get(f"/facts/{desk.fact_id}").text

    assert "Its bank is paused: it is not asked." in page
    assert "It comes back" not in page


def test_the_log_stays_when_a_bank_is_paused(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    desk = learned(session, ada, bank)
    before = desk.replayed()
    post(client, "/banks/part-1/pause")
    session.rollback()

    assert (
        session.get_one(Fact, desk.fact_id).statement in client.get(f"/facts/{desk.fact_id}").text
    )
    assert desk.card.projection == desk.replayed() == before


def test_the_export_names_paused_banks(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock
) -> None:
    del session, ada, bank
    post(client, "/banks/part-1/pause")

    told = client.get("/account/data.json").json

    assert told is not None
    assert told["paused_banks"] == [
        {"bank_id": 1, "paused_at": clock.moment.isoformat(), "bank": "part-1"}
    ]
    assert (told["account"][0]["path"], told["account"][0]["interleave"]) == ("beginning", True)
