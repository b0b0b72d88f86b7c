"""The server, the net or the log-in goes away while a learner answers: nothing is lost."""

import re

from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete

from quizapp.models import LogIn, User
from tests.browser.serving import Server
from tests.browser.small_bank import EXPLANATION, SmallBank
from tests.browser.steps import PASSWORD, ask, begin, go_on, send
from tests.browser.visiting import Visitors

NOT_SAVED = "Not saved yet"
WORDS = "The comnittee"  # with a slip, so that it is seen to be the same


def answer_in_words(page: Page, bank: SmallBank) -> None:
    ask(page, bank, "short")
    page.get_by_label("Which body").fill(WORDS)
    send(page)


def test_an_answer_waits_for_a_server_that_is_away(
    server: Server, visitors: Visitors, user_id: int, bank: SmallBank
) -> None:
    page = visitors.page(user_id, expecting=["ERR_CONNECTION_REFUSED"])
    ask(page, bank, "short")
    server.stop()
    page.get_by_label("Which body").fill(WORDS)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text(NOT_SAVED)
    expect(page.get_by_label("Which body")).to_have_value(WORDS)
    server.start()

    send(page)

    expect(page.locator(".outcome")).to_have_text("Right, with a slip of spelling")
    expect(page.get_by_role("alert")).to_be_hidden()
    assert len(server.log_of(user_id)) == 1


def test_an_answer_whose_reply_was_lost_counts_once(
    server: Server, visitors: Visitors, user_id: int, bank: SmallBank
) -> None:
    page = visitors.page(user_id, expecting=["ERR_FAILED"])

    def lose_the_reply(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/study/answer", lose_the_reply, times=1)
    answer_in_words(page, bank)
    expect(page.get_by_role("alert")).to_contain_text(NOT_SAVED)
    assert len(server.log_of(user_id)) == 1

    send(page)

    expect(page.locator(".outcome")).to_have_text("Right, with a slip of spelling")
    assert len(server.log_of(user_id)) == 1


def test_an_answer_survives_a_proxy_whose_server_is_away(
    server: Server, visitors: Visitors, user_id: int, bank: SmallBank
) -> None:
    page = visitors.page(user_id, expecting=["502"])
    page.route(
        "**/study/answer", lambda route: route.fulfill(status=502, body="Bad gateway"), times=1
    )
    answer_in_words(page, bank)
    expect(page.get_by_role("alert")).to_contain_text(NOT_SAVED)
    expect(page.get_by_label("Which body")).to_have_value(WORDS)

    send(page)

    expect(page.locator(".outcome")).to_have_text("Right, with a slip of spelling")
    assert len(server.log_of(user_id)) == 1


def test_a_double_click_counts_once_and_skips_nothing(
    server: Server, visitors: Visitors, user_id: int, bank: SmallBank
) -> None:
    page = visitors.page(user_id)
    ask(page, bank, "choice")
    page.get_by_role("radio", name="The committee").check()
    page.get_by_role("button", name=re.compile("^Sure")).dblclick()
    expect(page.locator(".outcome")).to_have_text("Right")
    assert len(server.log_of(user_id)) == 1


def test_an_explanation_outlives_its_log_in(
    server: Server, visitors: Visitors, user_id: int, bank: SmallBank
) -> None:
    page = visitors.page(user_id, expecting=["401"])
    ask(page, bank, "explain")
    page.get_by_label("Why did the cabinet fall").fill(EXPLANATION)
    with server.session() as session:
        session.execute(delete(LogIn).where(LogIn.user_id == user_id))
        name = session.get_one(User, user_id).log_in_name
        session.commit()
    send(page)
    expect(page.get_by_role("heading", name="Log in again")).to_be_visible()
    expect(page.locator("blockquote")).to_have_text(EXPLANATION)

    page.get_by_label("Log-in name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("blockquote")).to_have_text(EXPLANATION)
    page.get_by_role("button", name="Send it now").click()

    expect(page.locator("blockquote")).to_have_text(EXPLANATION)
    page.get_by_role("button", name="I knew it").click()
    expect(page.locator(".outcome")).to_have_text("You knew it")
    [review] = server.log_of(user_id)
    assert EXPLANATION in review.answered


def test_a_reveal_waits_for_its_rating(
    server: Server, visitors: Visitors, user_id: int, bank: SmallBank
) -> None:
    page = visitors.page(user_id)
    ask(page, bank, "flashcard")
    send(page)
    expect(page.locator("form.rate")).to_be_visible()

    page.goto("/study")  # away and back

    page.get_by_role("button", name="I knew it").click()
    expect(page.locator(".outcome")).to_have_text("You knew it")
    assert len(server.log_of(user_id)) == 1


def test_two_tabs_move_the_schedule_once(server: Server, visitors: Visitors, user_id: int) -> None:
    one = visitors.page(user_id)
    begin(one)
    two = one.context.new_page()
    two.goto("/study")
    for page in (one, two):
        page.get_by_role("radio", name="The committee").check()
        send(page)
        expect(page.locator(".outcome")).to_have_text("Right")
    expect(two.get_by_text("the schedule had moved already")).to_be_visible()
    assert [row.affects_schedule for row in server.log_of(user_id)] == [True, False]

    for page in (one, two):
        go_on(page)
        expect(page.locator("form.question")).to_have_attribute("data-type", "multiple")


def test_the_back_button_counts_nothing_twice(
    server: Server, visitors: Visitors, user_id: int
) -> None:
    page = visitors.page(user_id)
    begin(page)
    page.get_by_role("radio", name="The committee").check()
    send(page)
    expect(page.locator(".outcome")).to_have_text("Right")
    page.go_back()
    page.go_forward()
    expect(page.locator("form.question")).to_have_attribute("data-type", "multiple")
    assert len(server.log_of(user_id)) == 1


def test_the_back_button_is_harmless_without_javascript(
    server: Server, visitors: Visitors, user_id: int
) -> None:
    page = visitors.page(user_id, java_script=False)
    begin(page)
    page.get_by_role("radio", name="The committee").check()
    send(page)
    expect(page.locator(".outcome")).to_have_text("Right")
    page.go_back()
    expect(page.locator("form.question")).to_have_attribute("data-type", "multiple")
    page.go_forward()
    expect(page.locator(".outcome")).to_have_text("Right")
    assert len(server.log_of(user_id)) == 1
