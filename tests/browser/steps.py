"""Steps that many journeys take."""

import re

from playwright.sync_api import Page, Request, expect

from quizapp.accounts.passwords import hashed
from tests import factories
from tests.browser.serving import Server
from tests.browser.small_bank import SmallBank

PASSWORD = "correct horse battery"  # noqa: S105  # of people who exist in tests only


def learner(server: Server, **given: object) -> int:
    """Add a learner who meets every fact on the first day, each once."""
    settings = {"new_per_day": 50, "learning_steps": "", "relearning_steps": ""}
    settings |= {"password_hash": hashed(PASSWORD, 64)} | given
    with server.session() as session:
        user_id = factories.user(session, **settings).id
        session.commit()
    return user_id


def begin(page: Page) -> None:
    """Begin a sitting from the day's page."""
    page.goto("/today")
    page.get_by_role("button", name="Study now").click()
    expect(page.locator("form.question")).to_be_visible()


def ask(page: Page, bank: SmallBank, type_: str) -> None:
    """Show the question of a fact, whatever the queue says."""
    page.goto(f"/study/again/{bank.facts[type_]}")


def send(page: Page, how: str = "Sure") -> None:
    """Send the answer that is entered."""
    page.get_by_role("button", name=re.compile(f"^{how}")).click()


def go_on(page: Page) -> None:
    """Leave the feedback for what comes next."""
    page.get_by_role("link", name="Next").click()


def requests_of(page: Page) -> list[Request]:
    """Return a list that gets each request of a page once it is answered."""
    answered: list[Request] = []

    def note(request: Request) -> None:
        answered.append(request)

    page.on("requestfinished", note)
    return answered
