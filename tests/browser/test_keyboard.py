"""A learner without a mouse: everything is reached and done by keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import Server
from tests.browser.small_bank import EXPLANATION, ORDERED, OWN, PAIRS, WAYS, SmallBank, type_on
from tests.browser.steps import learner
from tests.browser.visiting import Visitors

FOCUSED = "document.activeElement.innerText.trim()"
MOST_STOPS = 40  # of the Tab key on any page


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus reads like `name`."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return
    pytest.fail(f"Tab never comes to {name!r}")


def press_options(page: Page, *names: str) -> None:
    """Press the number beside each of some options."""
    for name in names:
        row = page.locator("label.option", has_text=name)
        page.keyboard.press(row.locator(".key").inner_text())


def choose_in_lists(page: Page, wanted: dict[str, str]) -> None:
    """Choose from each list that Tab comes to by typing what it should say."""
    lists = page.locator("form.question select")
    labels = page.evaluate(
        "[...document.querySelectorAll('form.question select')].map(s => s.labels[0].innerText)"
    )
    for place, label in enumerate(labels):
        page.keyboard.press("Tab")
        expect(lists.nth(place)).to_be_focused()
        page.keyboard.type(wanted[label])


def gaps(page: Page) -> None:
    page.keyboard.type("Petrograd")
    page.keyboard.press("Tab")
    page.keyboard.type("garrison")


def pairs(page: Page) -> None:
    choose_in_lists(page, PAIRS)


def ranks(page: Page) -> None:
    choose_in_lists(page, {item: str(place) for place, item in enumerate(ORDERED, 1)})


# How each type is answered and sent: with each of the keys that send.
KEYS: dict[str, tuple[Callable[[Page], None], str, str]] = {
    "choice": (lambda page: press_options(page, "The committee"), "s", "sure"),
    "multiple": (lambda page: press_options(page, "workers", "soldiers"), "Enter", "sure"),
    "true-false": (lambda page: page.keyboard.press("1"), "n", "not-sure"),
    "short": (lambda page: page.keyboard.type("committee"), "Enter", "sure"),
    "number": (lambda page: page.keyboard.type("66"), "Control+Enter", "not-sure"),
    "date": (lambda page: page.keyboard.type("22 October 1917"), "Enter", "sure"),
    "cloze typed": (gaps, "Enter", "sure"),
    "cloze chosen": (
        lambda page: choose_in_lists(page, {"Gap 1": "soviet"}),
        "Control+Enter",
        "not-sure",
    ),
    "order": (ranks, "Control+Enter", "not-sure"),
    "match": (pairs, "Control+Enter", "not-sure"),
    "flashcard": (lambda _page: None, "s", "sure"),
    "explain": (lambda page: page.keyboard.type(EXPLANATION), "Control+Enter", "not-sure"),
}


def begin_by_keys(page: Page) -> None:
    page.goto("/today")
    tab_to(page, "Study now")
    page.keyboard.press("Enter")
    page.wait_for_url("**/study")  # and until its script has begun


def test_every_type_of_question_is_answered_by_keys(
    server: Server, visitors: Visitors, user_id: int
) -> None:
    page = visitors.page(user_id)
    begin_by_keys(page)
    expected = []
    for _ in WAYS:
        type_ = type_on(page)
        answer, key, certainty = KEYS[type_]
        answer(page)
        page.keyboard.press(key)
        if type_ in OWN:
            expect(page.locator("form.rate")).to_be_visible()
            page.keyboard.press("2")
        expect(page.locator(".outcome")).to_have_text("You knew it" if type_ in OWN else "Right")
        expect(page.locator(".feedback")).to_be_focused()
        expected.append((1, certainty))
        page.keyboard.press("Enter")
        expect(page.locator(".outcome")).to_have_count(0)
    page.wait_for_url("**/study/end")
    assert [(row.share, row.certainty) for row in server.log_of(user_id)] == expected


def test_not_knowing_undo_and_help_have_keys(
    server: Server, visitors: Visitors, user_id: int
) -> None:
    page = visitors.page(user_id)
    begin_by_keys(page)
    page.keyboard.press("?")
    expect(page.get_by_text("undo the last answer", exact=True)).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_text("undo the last answer", exact=True)).to_be_hidden()
    page.keyboard.press("0")
    expect(page.locator(".outcome")).to_have_text("Now you have seen it")
    [review] = server.log_of(user_id)
    assert review.certainty == "dont-know"

    page.keyboard.press("u")

    expect(page.get_by_text("That answer is taken back.")).to_be_visible()
    assert not server.log_of(user_id)


def test_the_rare_things_are_reached_by_tab(visitors: Visitors, user_id: int) -> None:
    page = visitors.page(user_id)
    begin_by_keys(page)
    page.keyboard.press("0")
    expect(page.locator(".feedback")).to_be_focused()
    tab_to(page, "More")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Undo this answer")).to_be_visible()
    tab_to(page, "Set aside until tomorrow")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This fact is set aside until tomorrow.")).to_be_visible()


def test_letters_that_are_typed_are_no_keys(
    server: Server, visitors: Visitors, user_id: int, bank: SmallBank
) -> None:
    page = visitors.page(user_id)
    page.goto(f"/study/again/{bank.facts['short']}")
    page.keyboard.type("sun 0?")
    expect(page.locator("#text")).to_have_value("sun 0?")
    assert not server.log_of(user_id)


def test_single_keys_can_be_turned_off(server: Server, visitors: Visitors, bank: SmallBank) -> None:
    user_id = learner(server, letter_keys=False)
    page = visitors.page(user_id)
    page.goto(f"/study/again/{bank.facts['choice']}")
    page.get_by_role("radio", name="The committee").press("Space")
    for key in "s0nu1?":
        page.keyboard.press(key)
    expect(page.get_by_role("radio", name="The committee")).to_be_checked()
    assert not server.log_of(user_id)

    page.keyboard.press("Enter")

    expect(page.locator(".outcome")).to_have_text("Right")


def test_the_content_is_one_key_away(visitors: Visitors, user_id: int) -> None:
    page = visitors.page(user_id)
    page.goto("/banks")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
