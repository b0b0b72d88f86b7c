"""A sitting through its pages, and what a learner may say of facts and answers."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.memory import queries
from quizapp.memory.learners import learner_by_id
from quizapp.models import Card, Fact, Note, QuestionReport, Sitting, Theme, User
from tests import factories
from tests.answer_forms import CHOICE, FLASHCARD, NUMBER, SHORT
from tests.conftest import FakeClock
from tests.db.answering import on
from tests.factories import csrf_token
from tests.web.study_pages import (
    answer_form,
    asked,
    feedback,
    kind_of,
    question_form,
    reviews,
    sitter,
    start,
    words,
)
from tests.web.test_accounts import PASSWORD, person
from tests.web.test_accounts_expired import action, hidden_fields


def card(session: Session, user: User, fact: Fact) -> Card:
    session.expire_all()
    return session.get_one(Card, (user.id, fact.id))


def post(client: FlaskClient, page: TestResponse, address: str, **fields: Any) -> TestResponse:
    return client.post(address, data={"csrf_token": csrf_token(page)} | fields)


def progress(page: TestResponse) -> str:
    found = re.search(r'<progress[^>]*max="(\d+)" value="(\d+)"', page.text)
    assert found
    return f"{found[2]} of {found[1]}"


def answered(
    client: FlaskClient, session: Session, *, right: bool = True, **given: Any
) -> tuple[User, Fact, TestResponse]:
    """Return a learner at the feedback to an answer, with its fact."""
    user = sitter(client, session, **given)
    fact = asked(session, SHORT)
    return user, fact, feedback(client, start(client), SHORT, right=right)


# A sitting


def test_a_sitting_goes_from_question_to_question_to_its_end(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    sitter(client, session)
    for question in (SHORT, NUMBER):
        asked(session, question)
    page = start(client)
    assert progress(page) == "0 of 20"
    told = feedback(client, page, SHORT)
    assert progress(told) == "1 of 20"
    assert 'href="/study" data-next' in told.text
    page = client.get("/study")
    assert kind_of(page) == "number"
    feedback(client, page, NUMBER, right=False)
    clock.advance(minutes=1)
    for question in (NUMBER, SHORT, NUMBER):
        page = client.get("/study")
        assert kind_of(page) == question.id
        feedback(client, page, question)
        clock.advance(minutes=10)
    assert client.get("/study").location == "/study/end"
    end = words(client.get("/study/end"))
    assert "You went over 2 facts and knew 1 at the first try." in end
    assert "The next facts are due tomorrow." in end
    statements = [fact.statement for fact in session.scalars(select(Fact).order_by(Fact.id))]
    met, hard = end.split("Met for the first time")[1].split("Hard today")
    assert all(statement in met for statement in statements)
    assert statements[0] not in hard
    assert statements[1] in hard


def test_without_a_sitting_there_is_nothing_to_ask(client: FlaskClient, session: Session) -> None:
    sitter(client, session)
    asked(session, SHORT)
    assert client.get("/study").location == "/study/end"
    end = words(client.get("/study/end"))
    assert "Nothing to ask right now" in end
    assert "Nothing is waiting." in end


@pytest.mark.parametrize(
    ("minutes_later", "said"),
    [
        (0, "The next fact comes back in 10 minutes."),
        (9.6, "The next fact comes back in 1 minute."),
        (60 * 24, "The next fact comes back in 1 minute."),
    ],
)
def test_the_end_says_when_the_next_step_is_due(
    client: FlaskClient, session: Session, clock: FakeClock, minutes_later: float, said: str
) -> None:
    _, _, told = answered(client, session)
    clock.advance(minutes=minutes_later)
    left = post(client, told, "/study/leave")
    assert left.location == "/study/end"
    assert said in words(client.get("/study/end"))
    assert client.get("/study").location == "/study/end"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "The next facts are due in 2 days."),
        (1, "The next facts are due tomorrow."),
        (2, "More facts are due today."),
    ],
)
def test_the_end_says_when_the_next_facts_are_due(
    client: FlaskClient, session: Session, clock: FakeClock, days: int, said: str
) -> None:
    answered(client, session)
    clock.advance(minutes=10)
    feedback(client, client.get("/study"), SHORT)
    clock.advance(days=days)
    assert said in words(client.get("/study/end"))


def test_a_sitting_ends_with_its_study_day(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    answered(client, session)
    clock.advance(days=1)
    assert client.get("/study").location == "/study/end"
    assert kind_of(start(client)) == "short"


@pytest.mark.parametrize(
    ("fields", "wanted"), [({}, 20), ({"facts": "3"}, 3), ({"minutes": "10"}, 75)]
)
def test_a_sitting_is_asked_for_in_facts_or_minutes(
    client: FlaskClient, session: Session, fields: dict[str, str], wanted: int
) -> None:
    sitter(client, session)
    asked(session, SHORT)
    assert progress(start(client, **fields)) == f"0 of {wanted}"
    [sitting] = session.scalars(select(Sitting))
    assert sitting.facts_wanted == wanted
    assert sitting.minutes == (10 if "minutes" in fields else None)


def test_a_sitting_is_of_a_bank_or_a_theme(client: FlaskClient, session: Session) -> None:
    sitter(client, session)
    asked(session, SHORT)
    bank = factories.bank(session, part=16)
    theme = Theme(bank_id=bank.id, text_id="eve", title="The eve", position=2)
    session.add(theme)
    session.flush()
    factories.fact(session, bank, NUMBER)
    factories.fact(session, bank, CHOICE, theme_id=theme.id)
    assert kind_of(start(client, bank_id=bank.id)) == "number"
    page = start(client, bank_id=bank.id, theme_id=theme.id)
    assert kind_of(page) == "choice"
    assert "Part 16 · The eve" in words(page)


@pytest.mark.parametrize(
    "fields",
    [{"facts": "0"}, {"facts": "x"}, {"minutes": "9999"}, {"bank_id": "9" * 20}, {"facts": "\0"}],
)
def test_a_sitting_that_cannot_be_is_refused_in_words(
    client: FlaskClient, session: Session, fields: dict[str, str]
) -> None:
    sitter(client, session)
    page = start(client, **fields)
    assert page.request.path == "/today"
    assert "That sitting could not be started." in words(page)
    assert session.scalars(select(Sitting)).all() == []


@pytest.mark.parametrize("name", ["bank_id", "theme_id"])
def test_a_sitting_of_what_does_not_exist_is_refused(
    client: FlaskClient, session: Session, name: str
) -> None:
    sitter(client, session)
    page = start(client, **{name: 10**9})
    assert page.status_code == 404
    assert "There is no such bank." in words(page)
    assert session.scalars(select(Sitting)).all() == []


def test_a_new_fact_may_be_told_first(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    user = sitter(client, session, tell_first=True)
    fact = asked(session, SHORT)
    page = start(client)
    assert fact.statement in words(page)
    assert fact.why in words(page)
    assert "Part 15, ¶1" in words(page)
    for _ in range(2):  # a double click tells it once
        reply = post(client, page, "/study/told", fact_id=fact.id)
        assert (reply.status_code, reply.location) == (303, "/study")
    assert card(session, user, fact).told_at == clock.moment
    asking = client.get("/study")
    assert kind_of(asking) == "short"
    assert fact.statement not in words(asking)
    feedback(client, asking, SHORT)
    assert reviews(session)[0].affects_schedule


def test_a_fact_may_be_asked_again_whatever_the_queue_says(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    _, fact, _ = answered(client, session)
    clock.advance(minutes=10)
    feedback(client, client.get("/study"), SHORT)
    page = client.get(f"/study/again/{fact.id}")
    assert "Asked because you wanted to." in words(page)
    feedback(client, page, SHORT)
    assert [review.affects_schedule for review in reviews(session)] == [True, True, False]
    hinted = client.get(f"/study/again/{fact.id}?form={question_form(page)['client_id']}&hint=1")
    assert "Hint: R…" in words(hinted)
    assert client.get("/study/again/999").status_code == 404


# What is said of an answer


def test_an_answer_is_taken_back_and_asked_again(client: FlaskClient, session: Session) -> None:
    user, fact, told = answered(client, session, right=False)
    before = reviews(session)[0]
    reply = post(client, told, "/study/undo", review_id=before.id)
    assert (reply.status_code, reply.location) == (303, f"/study/again/{fact.id}")
    page = client.get(reply.location)
    assert "That answer is taken back." in words(page)
    [review] = reviews(session)
    assert review.void_reason == "undone"
    assert card(session, user, fact).state == "new"
    feedback(client, page, SHORT)
    assert [row.affects_schedule for row in reviews(session)] == [True, True]


def test_the_last_answer_is_taken_back_without_naming_it(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    _, _, told = answered(client, session)
    clock.advance(seconds=1)
    last = asked(session, NUMBER)
    told = feedback(client, client.get(f"/study/again/{last.id}"), NUMBER)
    assert post(client, told, "/study/undo").location == f"/study/again/{last.id}"
    assert [review.voided_at is None for review in reviews(session)] == [True, False]


def test_nothing_is_taken_back_by_a_malformed_id(client: FlaskClient, session: Session) -> None:
    _, _, told = answered(client, session)
    for review_id in ("x", "", "9" * 20, "-1"):
        assert post(client, told, "/study/undo", review_id=review_id).status_code == 400
    assert reviews(session)[0].voided_at is None


def test_without_an_answer_there_is_none_to_take_back(
    client: FlaskClient, session: Session
) -> None:
    sitter(client, session)
    asked(session, SHORT)
    for page in (client.get("/account"), start(client)):
        assert post(client, page, "/study/undo").status_code == 404


def test_an_answer_that_was_taken_back_is_not_shown_as_if_it_stood(
    client: FlaskClient, session: Session
) -> None:
    _, _, told = answered(client, session)
    address = told.request.full_path
    review_id = reviews(session)[0].id
    post(client, told, "/study/undo", review_id=review_id)
    assert client.get(address).status_code == 404
    again = post(client, told, "/study/undo", review_id=review_id)
    assert again.status_code == 404
    assert "already taken back" in words(again)


@pytest.mark.parametrize(
    ("rating", "state"), [("1", "learning"), ("2", "learning"), ("4", "review")]
)
def test_a_rating_is_changed(
    client: FlaskClient, session: Session, rating: str, state: str
) -> None:
    user, fact, told = answered(client, session)
    form = {"review_id": reviews(session)[0].id, "rating": rating, "form": "x"}
    reply = post(client, told, "/study/rating", **form)
    assert reply.status_code == 303
    page = client.get(reply.location)
    assert f'value="{rating}" aria-pressed="true" disabled' in page.text
    old, new = reviews(session)
    assert (old.void_reason, old.replaced_by_id) == ("rating changed", new.id)
    assert (new.rating, new.rated_by) == (int(rating), "learner")
    assert card(session, user, fact).state == state
    assert post(client, told, "/study/rating", **form).status_code == 404
    shown = client.get(f"/study/feedback/{old.id}")
    assert words(shown) == words(client.get(f"/study/feedback/{new.id}"))


def test_a_right_answer_rated_again_still_looks_right(
    client: FlaskClient, session: Session
) -> None:
    _, _, told = answered(client, session)
    reply = post(client, told, "/study/rating", review_id=reviews(session)[0].id, rating="1")
    assert 'class="outcome is-right"' in " ".join(client.get(reply.location).text.split())


def test_the_learner_s_word_makes_an_answer_right(client: FlaskClient, session: Session) -> None:
    user, fact, told = answered(client, session, right=False)
    reply = post(client, told, "/study/right", review_id=reviews(session)[0].id)
    page = client.get(reply.location)
    assert "Right" in words(page)
    assert "I was right" not in words(page)
    assert "You were sure" not in words(page)
    old, new = reviews(session)
    assert (old.void_reason, new.rating, new.share) == ("overruled", 3, 1)
    assert card(session, user, fact).lapses == 0
    post(client, page, "/study/undo", review_id=new.id)
    assert queries.card_of(session, user.id, fact.id).projection.schedule is None


@pytest.mark.parametrize("rating", ["0", "5", "x", "", "3.0", "9" * 30])
def test_there_are_four_ratings(client: FlaskClient, session: Session, rating: str) -> None:
    _, _, told = answered(client, session)
    form = {"review_id": reviews(session)[0].id, "rating": rating}
    assert post(client, told, "/study/rating", **form).status_code == 400
    assert len(reviews(session)) == 1


# What is said of a fact or a question


def test_a_fact_is_suspended_and_asked_again(client: FlaskClient, session: Session) -> None:
    user, fact, told = answered(client, session)
    reply = post(client, told, "/study/suspend", fact_id=fact.id)
    assert (reply.status_code, reply.location) == (303, "/study")
    assert card(session, user, fact).suspended
    assert client.get("/study").location == "/study/end"
    assert "This fact is not asked any more." in words(client.get("/study/end"))
    reply = post(client, told, "/study/suspend", fact_id=fact.id, suspended="0", **{"from": "fact"})
    assert reply.location == f"/facts/{fact.id}"
    assert not card(session, user, fact).suspended
    assert kind_of(client.get("/study")) == "short"


def test_a_fact_is_set_aside_until_tomorrow(client: FlaskClient, session: Session) -> None:
    user, fact, told = answered(client, session)
    reply = post(client, told, "/study/set-aside", fact_id=fact.id)
    assert reply.location == "/study"
    assert card(session, user, fact).set_aside_until == on(1)
    assert client.get("/study").location == "/study/end"


def test_a_private_note_is_kept_and_seen_by_its_writer_only(
    client: FlaskClient, session: Session
) -> None:
    user, fact, told = answered(client, session)
    text = "<b>Łódź</b>\r\nsecond line\0"
    back = told.request.full_path
    reply = post(client, told, f"/facts/{fact.id}/note", note=text, back=back)
    assert (reply.status_code, reply.location) == (303, back)
    [note] = session.scalars(select(Note))
    assert (note.learner_id, note.text) == (user.id, "<b>Łódź</b>\nsecond line")
    page = client.get(back)
    assert "&lt;b&gt;Łódź&lt;/b&gt;\nsecond line</textarea>" in page.text
    sitter(client, session)
    assert "Łódź" not in feedback(client, start(client), SHORT).text


def test_a_note_that_is_too_long_is_not_kept(client: FlaskClient, session: Session) -> None:
    _, fact, told = answered(client, session)
    reply = post(client, told, f"/facts/{fact.id}/note", note="x" * 5001)
    assert reply.location == f"/facts/{fact.id}"
    assert "That note is too long" in words(client.get(reply.location))
    assert session.scalars(select(Note)).all() == []
    assert post(client, told, f"/facts/{fact.id}/note", note="x" * 5000).status_code == 303
    assert len(session.scalars(select(Note)).all()) == 1


@pytest.mark.parametrize(
    "back",
    [
        "//example.org",
        "/\\example.org",
        "https://example.org/",
        "/\t/example.org",
        "/\n/example.org",
        "example.org",
        "",
    ],
)
def test_a_form_leads_to_this_site_only(client: FlaskClient, session: Session, back: str) -> None:
    _, fact, told = answered(client, session)
    reply = post(client, told, f"/facts/{fact.id}/note", note="x", back=back)
    assert reply.location == f"/facts/{fact.id}"


def test_a_fault_is_reported_with_the_version_that_was_shown(
    client: FlaskClient, session: Session
) -> None:
    user, fact, told = answered(client, session)
    version = fact.questions[0].versions[0].id
    form = {"version": version, "reason": "typo", "note": "A comma.", "back": "/study"}
    reply = post(client, told, "/study/report", **form)
    assert (reply.status_code, reply.location) == (303, "/study")
    [found] = session.scalars(select(QuestionReport))
    assert (found.learner_id, found.question_version_id, found.reason, found.text) == (
        user.id,
        version,
        "typo",
        "A comma.",
    )


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"reason": ""}, 303),
        ({"reason": "dull"}, 303),
        ({"version": "x"}, 400),
        ({"version": "999"}, 404),
    ],
)
def test_a_report_that_says_nothing_is_not_sent(
    client: FlaskClient, session: Session, fields: dict[str, str], status: int
) -> None:
    _, fact, told = answered(client, session)
    form = {"version": fact.questions[0].versions[0].id, "reason": "typo", "note": "x"}
    assert post(client, told, "/study/report", **(form | fields)).status_code == status
    assert session.scalars(select(QuestionReport)).all() == []


@pytest.mark.parametrize(
    "address",
    ["/study/suspend", "/study/set-aside", "/study/told"],
)
def test_nothing_is_said_of_a_fact_that_does_not_exist(
    client: FlaskClient, session: Session, address: str
) -> None:
    sitter(client, session)
    page = client.get("/account")
    assert post(client, page, address, fact_id=999).status_code == 404
    assert post(client, page, address, fact_id="x").status_code == 400
    assert post(client, page, address).status_code == 400
    assert post(client, page, "/facts/999/note", note="x").status_code == 404


# A log-in that has expired


@pytest.mark.parametrize("question", [SHORT, CHOICE, FLASHCARD], ids=lambda q: q.id)
def test_an_answer_that_meets_an_expired_log_in_is_sent_after_the_next(
    client: FlaskClient, session: Session, question: Any
) -> None:
    user = person(session)
    asked(session, question)
    factories.log_in(client, user)
    page = start(client)
    with client.session_transaction() as cookie:
        cookie.clear()
    expired = client.post("/study/answer", data=answer_form(page, question))
    assert expired.status_code == 401
    if question is SHORT:
        assert "Revolutionary Committee" in words(expired)
    assert reviews(session) == []
    form = hidden_fields(expired) | {"log_in_name": user.log_in_name, "password": PASSWORD}
    resumed = client.post(action(expired), data=form)
    reply = client.post(action(resumed), data=hidden_fields(resumed))
    assert reply.status_code == 303
    if question is FLASHCARD:
        assert "/study/reveal/" in reply.location
        return
    [review] = reviews(session)
    assert (review.learner_id, review.share, review.certainty) == (user.id, 1, "sure")
    assert review.affects_schedule


def test_the_learner_s_own_settings_are_on_the_page(client: FlaskClient, session: Session) -> None:
    user = sitter(client, session, letter_keys=False)
    asked(session, SHORT)
    assert 'data-letter-keys="off"' in start(client).text
    assert not learner_by_id(session, user.id).letter_keys


def test_the_last_answer_is_taken_back_outside_a_sitting_too(
    client: FlaskClient, session: Session
) -> None:
    sitter(client, session)
    fact = asked(session, SHORT)
    told = feedback(client, client.get(f"/study/again/{fact.id}"), SHORT)

    answer = post(client, told, "/study/undo")

    assert answer.status_code == 303
    [review] = reviews(session)
    assert review.voided_at is not None
