"""The pages of each type of question: before the answer, after a right and after a wrong one."""

import pytest
from playwright.sync_api import expect

from tests.browser.examining import faults_of
from tests.browser.small_bank import OWN, WAYS, SmallBank
from tests.browser.steps import ask, send
from tests.browser.visiting import NARROW, Visitors


@pytest.mark.parametrize("type_", WAYS)
def test_the_pages_of_a_question_are_fit_for_all(
    visitors: Visitors, user_id: int, bank: SmallBank, type_: str
) -> None:
    page = visitors.page(user_id, size=NARROW)
    ask(page, bank, type_)
    assert not faults_of(page)
    WAYS[type_].answer(page)
    send(page)
    if type_ in OWN:
        expect(page.locator("form.rate")).to_be_visible()
        assert not faults_of(page)
        page.get_by_role("button", name="I did not know it").click()
    expect(page.locator(".outcome")).to_be_visible()
    page.reload()  # to the whole page, with all that is in its menu
    assert not faults_of(page)


def test_wrong_answers_are_shown_in_a_way_that_is_fit_for_all(
    visitors: Visitors, user_id: int, bank: SmallBank
) -> None:
    page = visitors.page(user_id, size=NARROW)
    ask(page, bank, "choice")
    page.get_by_role("radio", name="The cabinet").check()
    send(page)
    expect(page.locator(".outcome")).to_have_text("Not right")
    assert not faults_of(page)
    ask(page, bank, "multiple")
    page.get_by_role("checkbox", name="The soldiers").check()
    page.get_by_role("checkbox", name="The bankers").check()
    send(page)
    expect(page.locator(".outcome")).to_be_visible()
    assert not faults_of(page)
    ask(page, bank, "short")
    page.locator("#text").fill("soviet")
    send(page)
    expect(page.locator(".outcome")).to_have_text("Close, but not it")
    assert not faults_of(page)


def test_what_was_forgotten_is_told_in_a_way_that_is_fit_for_all(
    visitors: Visitors, user_id: int, bank: SmallBank
) -> None:
    page = visitors.page(user_id, size=NARROW, expecting=["422"])
    ask(page, bank, "order")
    page.get_by_label("The garrison meets").select_option("1")
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert not faults_of(page)
