"""Somebody comes by, tries five questions, makes an account and begins to study."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from quizapp.models import User
from tests.browser.serving import FIRST_MOMENT, Server
from tests.browser.steps import PASSWORD, go_on, requests_of, send
from tests.browser.visiting import Visitors

TRIED = 5
MOST_BYTES_OF_FIRST_PAGE = 60_000


@pytest.fixture(scope="module")
def database(series_database: Path) -> Path:
    return series_database


def answer_somehow(page: Page) -> None:
    """Choose the first option where there are some; else it is not known."""
    options = page.locator("form.question input[name=option]")
    if options.count():
        options.first.check()
        send(page, "Not sure")
    else:
        send(page, "I don’t know")
    expect(page.locator(".feedback")).to_be_focused()


@pytest.mark.parametrize("java_script", [True, False])
def test_what_was_tried_counts_once_there_is_an_account(
    server: Server, visitors: Visitors, *, java_script: bool
) -> None:
    name = f"newcomer-{java_script}"
    page = visitors.page(java_script=java_script)
    page.goto("/")
    page.get_by_role("link", name="Try five questions").click()
    for _ in range(TRIED):
        server.clock.advance(minutes=1)
        page.wait_for_load_state()
        if java_script:
            answer_somehow(page)
        else:
            send(page, "I don’t know")
        go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("You knew")
    server.clock.advance(minutes=10)
    page.get_by_role("main").get_by_role("link", name="Make an account").click()
    page.get_by_label("Log-in name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    assert len(page.locator(".phrase").inner_text().split()) == 6
    page.get_by_role("link", name="I wrote it down, go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.get_by_role("button", name="Study now").click()
    expect(page.locator("form.question")).to_be_visible()

    with server.session() as session:
        user = session.scalars(select(User).where(User.log_in_name == name)).one()
    assert user.time_zone == ("Europe/Berlin" if java_script else "UTC")
    tried = server.log_of(user.id)
    assert len({review.fact_id for review in tried}) == TRIED
    assert [review.answered_at - FIRST_MOMENT for review in tried] == [
        timedelta(minutes=minute) for minute in range(1, TRIED + 1)
    ]


def test_the_first_page_is_light_and_asks_nobody_else(visitors: Visitors) -> None:
    page = visitors.page()
    answered = requests_of(page)

    page.goto("/")

    sizes = [request.sizes() for request in answered]
    sent = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert len(answered) > 3  # the page with its styles and script
    assert sent < MOST_BYTES_OF_FIRST_PAGE


def test_fifteen_parts_stand_on_the_line_of_time(visitors: Visitors) -> None:
    page = visitors.page()
    page.goto("/")
    expect(page.locator(".time-parts > li")).to_have_count(15)
    expect(page.get_by_text("it is not to scale")).to_be_visible()
