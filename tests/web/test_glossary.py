"""People and terms of all banks, and facts that name facts of other parts."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.bank_files import Short
from quizapp.memory.learners import learner_by_id
from quizapp.memory.services import set_flags
from quizapp.models import Bank, Card, Fact, Question, Reading, User
from tests import factories
from tests.conftest import FakeClock
from tests.db.answering import RIGHT_CHOICE, Desk, at, on
from tests.web.study_pages import FRAGMENT, question_form, start


@pytest.fixture
def ada(client: FlaskClient, session: Session) -> User:
    ada = factories.user(session)
    factories.log_in(client, ada)
    return ada


@pytest.fixture
def bank(session: Session) -> Bank:
    return factories.bank(session, text_id="part-15", part=15, title="The twilight")


def desk(session: Session, user: User, fact: Fact) -> Desk:
    return Desk(session, learner_by_id(session, user.id), fact)


def entry(page: str, name: str) -> str:
    """Return what the page says of a person or a term."""
    found = re.search(rf"<dt>{name}</dt>.*?</dd>", page, re.DOTALL)
    assert found, page
    return " ".join(found[0].split())


def term(session: Session, bank: Bank, name: str, **given: str) -> Fact:
    """Add a fact about a concept that is called by a name."""
    questions = (factories.choice(), Short(id="name", prompt="What is it called?", accept=[name]))
    return factories.fact(session, bank, *questions, **({"kind": "concept"} | given))


def test_the_glossary_is_closed_to_strangers(client: FlaskClient) -> None:
    assert client.get("/glossary").location.startswith("/log-in")


def test_a_person_is_listed_with_parts_and_only_what_was_met(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    other = factories.bank(session, part=9)
    met = factories.fact(session, bank, people='["Marx"]', statement="Marx wrote.")
    factories.fact(session, bank, people='["Marx"]', statement="Marx read.")
    factories.fact(session, other, people='["Marx", "Blanqui"]', statement="Marx spoke.")
    desk(session, ada, met).learn()

    page = client.get("/glossary").text
    marx = entry(page, "Marx")

    assert ">Part 9</a>" in marx
    assert ">Part 15</a>" in marx
    assert f'<a href="/facts/{met.id}">Marx wrote.</a>' in marx
    assert "A theme · remembered" in marx
    assert "2 more you have not met yet" in marx
    assert "1 fact you have not met yet" in entry(page, "Blanqui")
    assert "Marx read." not in page
    assert "Marx spoke." not in page


def test_people_stand_in_the_order_of_their_names_under_letters(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    factories.fact(session, bank, people='["Zasulich", "Émile Thomas", "Engels", "\u00b2"]')

    page = client.get("/glossary").text

    names = re.findall(r"<dt>(.*?)</dt>", page)
    assert names == ["\u00b2", "Émile Thomas", "Engels", "Zasulich"]
    for anchor in ("people-e", "people-z", "people-other"):
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page


def test_what_was_read_is_shown_and_stays_so(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock
) -> None:
    fact = factories.fact(session, bank, people='["Marx"]', statement="Marx wrote.")
    session.add(Reading(learner_id=ada.id, fact_id=fact.id, study_day=on(0), read_at=at(0)))
    clock.advance(days=3)

    assert "Marx wrote." in client.get("/glossary").text


def test_a_fact_that_is_due_is_hidden_until_it_was_asked_or_read(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock
) -> None:
    fact = factories.fact(session, bank, people='["Marx"]', statement="Marx wrote.")
    work = desk(session, ada, fact)
    work.learn()
    clock.advance(days=2)

    before = client.get("/glossary").text
    work.answer(at(2))

    assert "Marx wrote." not in before
    assert "1 hidden: you will be asked it today" in entry(before, "Marx")
    assert "Marx wrote." in client.get("/glossary").text


@pytest.mark.parametrize("how", ["read", "suspended", "set aside"])
def test_a_due_fact_that_will_not_be_asked_today_is_shown(
    client: FlaskClient, session: Session, ada: User, bank: Bank, clock: FakeClock, how: str
) -> None:
    fact = factories.fact(session, bank, people='["Marx"]', statement="Marx wrote.")
    desk(session, ada, fact).learn()
    clock.advance(days=2)
    if how == "read":
        session.add(Reading(learner_id=ada.id, fact_id=fact.id, study_day=on(2), read_at=at(2)))
    else:
        until = on(3) if how == "set aside" else None
        set_flags(session, ada.id, fact.id, suspended=until is None, set_aside_until=until)

    assert "Marx wrote." in client.get("/glossary").text


def test_a_term_has_its_name_only_once_it_was_met(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    met = term(session, bank, "dual power", statement="Two powers stood side by side.")
    term(session, bank, "defencism", statement="They defended.")
    factories.fact(session, bank, kind="event", statement="It happened.")
    desk(session, ada, met).answer(at(0), RIGHT_CHOICE)

    page = client.get("/glossary").text

    assert "Two powers stood side by side." in entry(page, "dual power")
    assert "defencism" not in page
    assert "Of the facts about terms: 1 more you have not met yet." in " ".join(page.split())
    assert "It happened." not in page


def test_facts_about_one_term_stand_together_whatever_its_capitals(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    for name in ("Left SRs", "left SRs"):
        desk(session, ada, term(session, bank, name)).answer(at(0), RIGHT_CHOICE)

    page = client.get("/glossary").text

    assert entry(page, "Left SRs").count("/facts/") == 2


@pytest.mark.parametrize("answer", ["Diderot", "Denis Diderot"])
def test_a_term_is_not_called_by_the_name_of_a_person(
    client: FlaskClient, session: Session, ada: User, bank: Bank, answer: str
) -> None:
    fact = term(session, bank, answer, statement="The book was banned.", people='["Diderot"]')
    desk(session, ada, fact).answer(at(0), RIGHT_CHOICE)

    page = client.get("/glossary").text

    assert page.count("<dt>") == 1
    themes = page[page.index('id="themes"') :]
    assert "A theme" in themes
    assert "The book was banned." in themes


def test_a_retired_question_names_no_term(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    fact = term(session, bank, "dual power")
    desk(session, ada, fact).answer(at(0), RIGHT_CHOICE)
    session.execute(update(Question).where(Question.type == "short").values(retired_at=at(0)))

    assert "<dt>" not in client.get("/glossary").text


def test_many_facts_of_one_name_are_folded_away(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    for _ in range(5):
        fact = factories.fact(session, bank, people='["Lenin"]')
        desk(session, ada, fact).learn()

    assert "<summary>5 facts you have met</summary>" in entry(client.get("/glossary").text, "Lenin")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("search=MARX", ["Marx"]),
        ("search=wrote", ["Marx"]),
        ("search=hidden", []),
        ("part=9", ["Blanqui"]),
        ("part=9&search=marx", []),
        ("", ["Blanqui", "Marx"]),
    ],
    ids=["a name", "words that were met", "words that were not", "a part", "both", "nothing"],
)
def test_the_glossary_is_filtered(
    client: FlaskClient, session: Session, ada: User, bank: Bank, query: str, names: list[str]
) -> None:
    other = factories.bank(session, part=9)
    met = factories.fact(session, bank, people='["Marx"]', statement="Somebody wrote.")
    factories.fact(session, bank, people='["Marx"]', statement="Hidden words.")
    factories.fact(session, other, people='["Blanqui"]')
    term(session, bank, "dual power")
    desk(session, ada, met).learn()

    page = client.get(f"/glossary?{query}").text

    assert re.findall(r"<dt>(.*?)</dt>", page) == names


@pytest.mark.parametrize("query", ["part=99", "part=x", "search=" + 101 * "a"])
def test_a_filter_that_makes_no_sense_is_shown_again(
    client: FlaskClient, ada: User, bank: Bank, query: str
) -> None:
    del ada, bank
    assert client.get(f"/glossary?{query}").status_code == 422


def test_what_was_retired_and_what_others_met_is_left_out(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    factories.fact(session, bank, people='["Marx"]', retired_at=at(0))
    factories.fact(session, factories.bank(session, retired_at=at(0)), people='["Blanqui"]')
    fact = factories.fact(session, bank, people='["Engels"]', statement="Engels wrote.")
    desk(session, factories.user(session), fact).learn()

    page = client.get("/glossary").text

    assert re.findall(r"<dt>(.*?)</dt>", page) == ["Engels"]
    assert "Engels wrote." not in page


def test_the_glossary_costs_no_more_with_more_facts(
    client: FlaskClient, session: Session, ada: User, bank: Bank, count_queries: list[str]
) -> None:
    costs = []
    for _ in range(2):
        for number in range(6):
            fact = term(session, bank, f"term {number}", people='["Marx"]')
            desk(session, ada, fact).answer(at(0), RIGHT_CHOICE)
            factories.fact(session, people=f'["Person {number}"]')
        session.commit()
        count_queries.clear()
        client.get("/glossary")
        costs.append(len(count_queries))

    assert costs[0] == costs[1]


def seeing(session: Session, bank: Bank, *others: str) -> Fact:
    see = ", ".join(f'"{other}"' for other in others)
    return factories.fact(session, bank, see=f"[{see}]", statement="The Commune was new.")


def read(client: FlaskClient, fact: Fact) -> str:
    token = factories.csrf_token(client.get(f"/facts/{fact.id}"))
    client.post(f"/facts/{fact.id}/read", data={"csrf_token": token})
    return " ".join(client.get(f"/facts/{fact.id}").text.split())


def test_the_page_of_a_fact_names_facts_of_other_parts(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    other = factories.bank(session, text_id="part-09", part=9)
    met = factories.fact(session, other, text_id="met", statement="Paris voted.")
    unmet = factories.fact(session, other, text_id="unmet", statement="Paris fell.")
    desk(session, ada, met).learn()
    fact = seeing(session, bank, "part-09/unmet", "part-09/met", "part-09/nowhere", "odd")

    hidden = client.get(f"/facts/{fact.id}").text
    page = read(client, fact)

    assert "See also" not in hidden
    assert "See also" in page
    assert f'<a href="/facts/{met.id}">Paris voted.</a>' in page
    assert f'<a href="/facts/{unmet.id}">Part 9 · A theme</a>' in page
    assert "Paris fell." not in page
    assert page.index(f"/facts/{unmet.id}") < page.index(f"/facts/{met.id}")


@pytest.mark.parametrize("see", [["part-09/nowhere"], []], ids=["nowhere", "nothing"])
def test_a_fact_that_names_none_that_is_there_says_nothing_of_it(
    client: FlaskClient, session: Session, ada: User, bank: Bank, see: list[str]
) -> None:
    del ada
    assert "See also" not in read(client, seeing(session, bank, *see))


def test_retired_facts_are_not_named(
    client: FlaskClient, session: Session, ada: User, bank: Bank
) -> None:
    del ada
    factories.fact(session, bank, text_id="old", retired_at=at(0))
    gone = factories.bank(session, text_id="gone", retired_at=at(0))
    factories.fact(session, gone, text_id="fact")

    page = read(client, seeing(session, bank, "part-15/old", "gone/fact"))

    assert "See also" not in page


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["a page", "a fragment"])
def test_feedback_names_facts_of_other_parts(
    client: FlaskClient, session: Session, ada: User, bank: Bank, headers: dict[str, str]
) -> None:
    other = factories.bank(session, text_id="part-09", part=9)
    known = factories.fact(session, other, text_id="known", statement="Paris voted.")
    due = factories.fact(session, other, text_id="due", statement="Paris fell.")
    desk(session, ada, known).learn()
    desk(session, ada, due).learn()
    session.execute(
        update(Card)
        .where(Card.fact_id == due.id)
        .values(due_on=on(-1), last_review_on=on(-4), suspended=False)
    )
    seeing(session, bank, "part-09/known", "part-09/due")
    form = question_form(start(client, bank_id=bank.id)) | {"certainty": "dont-know"}

    page = client.post("/study/answer", data=form, headers=headers, follow_redirects=True).text

    assert "See also" in page
    assert "Paris voted." in page
    assert "Paris fell." not in page
    assert "hidden: you will be asked it today" in page


def test_feedback_costs_one_statement_more_only_where_a_fact_names_others(
    client: FlaskClient, session: Session, ada: User, bank: Bank, count_queries: list[str]
) -> None:
    other = factories.bank(session, text_id="part-09", part=9)
    for number in range(4):
        factories.fact(session, other, text_id=f"fact-{number}")
    costs = []
    for see in ([], ["part-09/fact-0"], [f"part-09/fact-{number}" for number in range(4)]):
        fact = seeing(session, bank, *see)
        review = desk(session, ada, fact).answer(at(0))
        session.commit()
        count_queries.clear()
        assert client.get(f"/study/feedback/{review.review_id}").status_code == 200
        costs.append(len(count_queries))

    assert costs == [costs[0], costs[0] + 1, costs[0] + 1]
