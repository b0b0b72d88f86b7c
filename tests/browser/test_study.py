"""A learner with a mouse studies, with JavaScript: nothing is loaded twice, nothing is lost."""

import pytest
from playwright.sync_api import Page, expect

from quizapp.models import Note, QuestionReport
from tests.browser.serving import Server
from tests.browser.small_bank import OWN, WAYS, SmallBank, choose, choose_wrongly, type_on
from tests.browser.steps import ask, begin, go_on, requests_of, send
from tests.browser.visiting import Visitors


@pytest.fixture
def page(visitors: Visitors, user_id: int) -> Page:
    return visitors.page(user_id)


def test_every_type_of_question_is_answered_without_loading_the_page_again(
    server: Server, page: Page, user_id: int
) -> None:
    begin(page)
    page.evaluate("window.stays = true")
    seen: list[str] = []
    while len(seen) < len(WAYS):
        seen.append(type_on(page))
        WAYS[seen[-1]].answer(page)
        send(page)
        if seen[-1] in OWN:
            expect(page.locator(".feedback")).to_be_focused()
            page.get_by_role("button", name="I knew it").click()
        expect(page.locator(".outcome")).to_have_text("You knew it" if seen[-1] in OWN else "Right")
        expect(page.locator(".feedback")).to_be_focused()
        assert page.evaluate("window.stays")
        go_on(page)
    page.wait_for_url("**/study/end")
    assert sorted(seen) == sorted(WAYS)
    assert [review.share for review in server.log_of(user_id)] == [1] * len(WAYS)
    expect(page.get_by_role("heading", level=1)).to_have_text("Done for now")


def test_the_next_question_waits_in_the_page(page: Page) -> None:
    begin(page)
    choose(page)
    send(page)
    expect(page.locator(".outcome")).to_have_text("Right")
    answered = requests_of(page)

    go_on(page)

    expect(page.locator("form.question")).to_have_attribute("data-type", "multiple")
    assert not answered
    page.reload()
    expect(page.locator("form.question")).to_have_attribute("data-type", "multiple")


def test_a_wrong_answer_hears_why_and_may_be_overruled(
    server: Server, page: Page, user_id: int, bank: SmallBank
) -> None:
    ask(page, bank, "choice")
    choose_wrongly(page)
    send(page)
    expect(page.locator(".outcome")).to_have_text("Not right")
    expect(page.get_by_text("The cabinet had lost the garrison.")).to_be_visible()
    expect(
        page.get_by_text("You were sure, so it comes back on the next study day.")
    ).to_be_visible()

    page.get_by_role("button", name="I was right").click()

    expect(page.locator(".outcome")).to_have_text("Right")
    expect(page.locator(".feedback")).to_be_focused()
    [review] = server.log_of(user_id)
    assert (review.rating, review.rated_by) == (3, "learner")


def test_the_rating_can_be_changed(
    server: Server, page: Page, user_id: int, bank: SmallBank
) -> None:
    ask(page, bank, "choice")
    choose(page)
    send(page, "Not sure")
    page.get_by_text("More", exact=True).click()
    expect(page.get_by_role("button", name="Hard")).to_be_disabled()

    page.get_by_role("button", name="Easy").click()

    expect(page.locator(".feedback")).to_be_focused()
    page.get_by_text("More", exact=True).click()
    expect(page.get_by_role("button", name="Easy")).to_be_disabled()
    [review] = server.log_of(user_id)
    assert review.rating == 4


def test_an_answer_is_taken_back_and_asked_again(
    server: Server, page: Page, user_id: int, bank: SmallBank
) -> None:
    ask(page, bank, "choice")
    choose(page)
    send(page)
    page.get_by_text("More", exact=True).click()

    page.get_by_role("button", name="Undo this answer").click()

    expect(page.get_by_text("That answer is taken back.")).to_be_visible()
    expect(page.locator("form.question")).to_be_visible()
    assert not server.log_of(user_id)


def test_a_hint_takes_away_a_wrong_option(
    server: Server, page: Page, user_id: int, bank: SmallBank
) -> None:
    ask(page, bank, "choice")
    expect(page.get_by_role("radio")).to_have_count(4)
    page.get_by_role("button", name="Hint").click()
    expect(page.get_by_role("radio")).to_have_count(3)

    choose(page)
    send(page)

    expect(page.locator(".outcome")).to_have_text("Right")
    [review] = server.log_of(user_id)
    assert (review.hint_used, review.rating) == (True, 2)


def test_a_hint_leaves_what_was_typed(page: Page, bank: SmallBank) -> None:
    ask(page, bank, "number")
    page.get_by_label("How many members").fill("60")

    page.get_by_role("button", name="Hint").click()

    expect(page.get_by_text("Hint: Under a hundred.")).to_be_visible()
    expect(page.get_by_label("How many members")).to_have_value("60")


def test_a_note_is_kept_and_a_fault_is_reported(
    server: Server, page: Page, user_id: int, bank: SmallBank
) -> None:
    ask(page, bank, "choice")
    choose(page)
    send(page)
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Your private note on this fact").fill("Sixty-six of them.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("Your note is kept.")).to_be_visible()
    expect(page.locator(".outcome")).to_have_text("Right")
    page.get_by_text("More", exact=True).click()
    expect(page.get_by_label("Your private note on this fact")).to_have_value("Sixty-six of them.")

    page.get_by_label("Is something wrong with this question?").select_option("It is unclear")
    page.get_by_label("What did you find?").fill("Which garrison?")
    page.get_by_role("button", name="Report it").click()

    expect(page.get_by_text("Thank you.")).to_be_visible()
    with server.session() as session:
        assert session.get(Note, (user_id, bank.facts["choice"])) is not None
        [report] = session.query(QuestionReport).filter_by(learner_id=user_id)
    assert (report.reason, report.text) == ("unclear", "Which garrison?")


@pytest.mark.parametrize(
    ("button", "told"),
    [
        ("Set aside until tomorrow", "This fact is set aside until tomorrow."),
        ("Do not ask this fact any more", "This fact is not asked any more."),
    ],
)
def test_a_fact_is_put_away(page: Page, bank: SmallBank, button: str, told: str) -> None:
    ask(page, bank, "choice")
    choose(page)
    send(page)
    page.get_by_text("More", exact=True).click()

    page.get_by_role("button", name=button).click()

    expect(page.get_by_text(told)).to_be_visible()


def test_nothing_answered_is_said_beside_the_question(visitors: Visitors, user_id: int) -> None:
    page = visitors.page(user_id, expecting=["422"])
    begin(page)

    send(page)

    expect(page.get_by_role("alert")).to_contain_text("Nothing was answered yet.")
    choose(page)
    send(page)
    expect(page.locator(".outcome")).to_have_text("Right")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_sitting_is_left_and_summed_up(page: Page) -> None:
    begin(page)
    send(page, "I don’t know")
    expect(page.locator(".outcome")).to_have_text("Now you have seen it")

    page.get_by_role("button", name="Leave sitting").click()

    page.wait_for_url("**/study/end")
    expect(page.get_by_text("You went over 1 fact and knew 0 at the first try.")).to_be_visible()
    expect(page.get_by_role("heading", name="Hard today")).to_be_visible()
