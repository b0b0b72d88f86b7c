"""The same without JavaScript: plain forms, and a page for each step."""

import re

from playwright.sync_api import Page, expect
from sqlalchemy import select

from quizapp.models import User
from tests.browser.serving import Server
from tests.browser.small_bank import OWN, WAYS, SmallBank, choose, type_on
from tests.browser.steps import PASSWORD, ask, begin, go_on, send
from tests.browser.visiting import Visitors


def sign_up(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Make an account").first.click()
    page.get_by_label("Log-in name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.get_by_role("link", name="I wrote it down, go on").click()
    page.wait_for_url("**/today")


def user_named(server: Server, name: str) -> User:
    with server.session() as session:
        return session.scalars(select(User).where(User.log_in_name == name)).one()


def test_an_account_is_made_and_set_up(server: Server, visitors: Visitors, bank: SmallBank) -> None:
    del bank
    page = visitors.page(java_script=False)
    sign_up(page, "plain")
    page.get_by_role("link", name="plain").click()
    page.get_by_role("link", name="How you study").click()
    page.get_by_label("New facts a day").fill("7")
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".flash-success")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    user = user_named(server, "plain")
    assert (user.new_per_day, user.theme) == (7, "dark")
    page.goto("/account")
    page.get_by_role("button", name="Log out", exact=True).click()
    expect(page.get_by_text("You are logged out.")).to_be_visible()
    page.get_by_role("link", name="Log in").click()
    page.get_by_label("Log-in name").fill("PLAIN")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/today")


def test_every_type_of_question_is_answered(
    server: Server, visitors: Visitors, user_id: int
) -> None:
    page = visitors.page(user_id, java_script=False)
    begin(page)
    for _ in WAYS:
        type_ = type_on(page)
        WAYS[type_].answer(page)
        send(page)
        if type_ in OWN:
            page.get_by_role("button", name="I knew it").click()
        expect(page.locator(".outcome")).to_have_text("You knew it" if type_ in OWN else "Right")
        go_on(page)
    page.wait_for_url("**/study/end")
    assert [review.share for review in server.log_of(user_id)] == [1] * len(WAYS)


def test_a_hint_undo_and_a_note_are_plain_forms(
    server: Server, visitors: Visitors, user_id: int, bank: SmallBank
) -> None:
    page = visitors.page(user_id, java_script=False)
    ask(page, bank, "choice")
    page.get_by_role("button", name="Hint").click()
    expect(page.get_by_role("radio")).to_have_count(3)
    choose(page)
    send(page, "Not sure")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Your private note on this fact").fill("A note.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("Your note is kept.")).to_be_visible()
    expect(page.locator(".outcome")).to_have_text("Right")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Undo this answer").click()
    expect(page.locator("form.question")).to_be_visible()
    assert not server.log_of(user_id)


def test_a_double_click_counts_once(server: Server, visitors: Visitors, user_id: int) -> None:
    page = visitors.page(user_id, java_script=False)
    begin(page)
    choose(page)
    page.get_by_role("button", name=re.compile("^Sure")).dblclick()
    expect(page.locator(".outcome")).to_have_text("Right")
    assert len(server.log_of(user_id)) == 1


def test_an_empty_answer_is_asked_for_again(visitors: Visitors, user_id: int) -> None:
    page = visitors.page(user_id, java_script=False, expecting=["422"])
    begin(page)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Nothing was answered yet.")
    choose(page)
    send(page)
    expect(page.locator(".outcome")).to_have_text("Right")


def test_places_given_twice_are_told_and_kept(
    visitors: Visitors, user_id: int, bank: SmallBank
) -> None:
    page = visitors.page(user_id, java_script=False, expecting=["422"])
    ask(page, bank, "order")
    page.get_by_label("The garrison meets").select_option("2")
    page.get_by_label("The order is signed").select_option("2")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Each place must be given once.")
    expect(page.get_by_label("The garrison meets")).to_have_value("2")
    WAYS["order"].answer(page)
    send(page)
    expect(page.locator(".outcome")).to_have_text("Right")
