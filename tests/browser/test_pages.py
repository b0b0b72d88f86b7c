"""Every page, for a stranger, a newcomer and a learner with weeks of answers behind them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.app import create_app
from quizapp.domain.answers import Chosen
from quizapp.domain.rating import Certainty
from quizapp.memory.learners import learner_by_id, token_hash
from quizapp.memory.queries import card_of
from quizapp.memory.services import Submission, record, set_flags
from quizapp.models import Fact, Note, OneTimeLink, Question, QuestionReport, QuestionVersion
from quizapp.settings import Settings
from quizapp.web.access import PUBLIC
from tests.browser.examining import faults_of
from tests.browser.serving import FIRST_MOMENT, Server
from tests.browser.steps import PASSWORD, begin, learner, send
from tests.browser.visiting import NARROW, Visitors

NO_PAGES = {
    "health.healthz",
    "accounts.data_json",
    "accounts.data_csv",
    "study.sitting",  # leads to the end without a sitting; questions have a module of their own
}
ANSWERED = 40  # facts
LINK = "a-link"


def pages() -> Iterator[tuple[str, str]]:
    """Return the endpoint and the path of every page whose address has no id."""
    app = create_app(Settings(SECRET_KEY="test", SQLALCHEMY_DATABASE_URI="sqlite://"))
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments and rule.endpoint not in NO_PAGES:
            yield rule.endpoint, rule.rule


OPEN = sorted(path for endpoint, path in pages() if endpoint in PUBLIC)
CLOSED = sorted(path for endpoint, path in pages() if endpoint not in PUBLIC)


@pytest.fixture(scope="module")
def database(series_database: Path) -> Path:
    return series_database


@pytest.fixture(scope="module")
def newcomer(server: Server) -> int:
    return learner(server)


@pytest.fixture(scope="module")
def old_hand(server: Server) -> int:
    """An administrator who has answered for weeks, rightly and wrongly."""
    user_id = learner(server, is_administrator=True, display_name="Rosa", new_per_day=10)
    with server.session() as session:
        study_for_weeks(session, user_id)
        session.commit()
    return user_id


def study_for_weeks(session: Session, user_id: int) -> None:
    """Answer the first facts every few days until the moment the journeys begin."""
    who = learner_by_id(session, user_id)
    choices = session.execute(
        select(Question.fact_id, QuestionVersion.id)
        .join(QuestionVersion)
        .where(Question.type == "choice")
        .order_by(QuestionVersion.id)
    ).all()
    versions = {row.fact_id: row.id for row in choices}
    facts = list(versions)[:ANSWERED]
    for day in range(30, 0, -3):
        for place, fact_id in enumerate(facts):
            if (place + day) % 4 == 0:
                continue
            is_right = (place * day) % 5 != 0
            form = Submission(
                client_id=f"{day}-{place}",
                question_version_id=versions[fact_id],
                card_revision=card_of(session, user_id, fact_id).revision,
                answer=Chosen((0 if is_right else 1,)),
                certainty=Certainty.SURE if place % 3 else Certainty.NOT_SURE,
            )
            record(session, who, form, FIRST_MOMENT - timedelta(days=day, minutes=-place))
    set_flags(session, user_id, facts[1], suspended=True, set_aside_until=None)
    session.add(Note(learner_id=user_id, fact_id=facts[0], text="A note.", written_at=FIRST_MOMENT))
    session.add(
        QuestionReport(
            learner_id=user_id,
            question_version_id=versions[facts[0]],
            reason="unclear",
            text="Which committee?",
            reported_at=FIRST_MOMENT,
        )
    )


@pytest.mark.parametrize("path", OPEN)
def test_a_page_for_strangers_is_fit_for_all(visitors: Visitors, path: str) -> None:
    page = visitors.page(size=NARROW)
    page.goto(path)
    assert not faults_of(page)


@pytest.mark.parametrize("path", CLOSED)
def test_a_page_is_fit_for_a_newcomer(
    visitors: Visitors, newcomer: int, old_hand: int, path: str
) -> None:
    user_id = old_hand if path.startswith("/administration") else newcomer
    page = visitors.page(user_id, size=NARROW)
    page.goto(path)
    assert not faults_of(page)


@pytest.mark.parametrize(
    "path", [path for path in CLOSED if not path.startswith(("/account", "/administration"))]
)
def test_a_page_is_fit_for_a_learner_with_answers(
    visitors: Visitors, old_hand: int, path: str
) -> None:
    page = visitors.page(old_hand, size=NARROW)
    page.goto(path)
    assert not faults_of(page)


def facts_of(server: Server, user_id: int) -> dict[str, int]:
    """Return a fact that was answered, one that is suspended and one that is new."""
    answered = [review.fact_id for review in server.log_of(user_id)]
    with server.session() as session:
        everything = session.scalars(select(Fact.id).order_by(Fact.position)).all()
    new = next(fact_id for fact_id in everything if fact_id not in answered)
    return {"answered": min(answered), "suspended": sorted(set(answered))[1], "new": new}


@pytest.mark.parametrize("which", ["answered", "suspended", "new"])
def test_the_page_of_a_fact_is_fit_for_all(
    server: Server, visitors: Visitors, old_hand: int, which: str
) -> None:
    page = visitors.page(old_hand, size=NARROW)
    page.goto(f"/facts/{facts_of(server, old_hand)[which]}")
    show = page.get_by_role("button", name="Show the fact")
    if show.count():
        assert not faults_of(page)
        show.click()
    assert not faults_of(page)


@pytest.mark.parametrize("filters", ["", "?state=learning", "?search=nothing+like+it", "?page=2"])
def test_the_facts_of_a_bank_are_fit_for_all(
    visitors: Visitors, old_hand: int, filters: str
) -> None:
    page = visitors.page(old_hand, size=NARROW)
    page.goto(f"/banks/part-15/facts{filters}")
    assert not faults_of(page)


def test_a_sitting_and_its_end_are_fit_for_all(visitors: Visitors, old_hand: int) -> None:
    page = visitors.page(old_hand, size=NARROW)
    begin(page)
    assert not faults_of(page)
    send(page, "I don’t know")
    expect(page.locator(".outcome")).to_be_visible()
    assert not faults_of(page)
    page.get_by_role("button", name="Leave sitting").click()
    expect(page.get_by_role("heading", name="Done for now")).to_be_visible()
    assert not faults_of(page)


def test_the_try_out_is_fit_for_all(visitors: Visitors) -> None:
    page = visitors.page(size=NARROW)
    page.goto("/try")
    assert not faults_of(page)
    send(page, "I don’t know")
    expect(page.locator(".outcome")).to_be_visible()
    assert not faults_of(page)
    page.goto("/try/end")
    assert not faults_of(page)


def test_a_fact_that_is_told_first_is_fit_for_all(server: Server, visitors: Visitors) -> None:
    page = visitors.page(learner(server, tell_first=True), size=NARROW)
    page.goto("/today")
    page.get_by_role("button", name="Study now").click()
    expect(page.locator(".told")).to_be_visible()
    assert not faults_of(page)
    page.get_by_role("button", name="Ask me later").click()
    expect(page.locator(".told, form.question")).to_be_visible()


def fill_sign_up(page: Page, name: str, password: str) -> None:
    page.goto("/sign-up")
    page.get_by_label("Log-in name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Make the account").click()


def test_mistakes_in_forms_and_the_phrase_are_fit_for_all(visitors: Visitors) -> None:
    page = visitors.page(size=NARROW, expecting=["422"])
    fill_sign_up(page, "x", "short")
    expect(page.locator(".has-error").first).to_be_visible()
    assert not faults_of(page)
    fill_sign_up(page, "phrase", PASSWORD)
    expect(page.locator(".phrase")).to_be_visible()
    assert not faults_of(page)


def test_a_refused_log_in_and_a_missing_page_are_fit_for_all(visitors: Visitors) -> None:
    page = visitors.page(size=NARROW, expecting=["422", "404"])
    page.goto("/log-in")
    page.get_by_label("Log-in name").fill("nobody")
    page.get_by_label("Password").fill("nothing at all")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert not faults_of(page)
    page.goto("/facts/0/nowhere")
    assert not faults_of(page)


@pytest.mark.parametrize("purpose", ["administrator", "password"])
def test_a_one_time_link_is_fit_for_all(
    server: Server, visitors: Visitors, newcomer: int, purpose: str
) -> None:
    with server.session() as session:
        session.add(
            OneTimeLink(
                token_hash=token_hash(LINK + purpose),
                purpose=purpose,
                user_id=newcomer if purpose == "password" else None,
                expires_at=datetime(2036, 1, 1, tzinfo=UTC),
            )
        )
        session.commit()
    page = visitors.page(size=NARROW)
    page.goto(f"/link/{LINK}{purpose}")
    assert not faults_of(page)
