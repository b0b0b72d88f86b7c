"""Answering every type of question through the pages, without JavaScript."""

import re
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.domain.answer_key import right_answer_text
from quizapp.domain.bank_files import Question
from quizapp.domain.presentation import shown
from quizapp.models import Reveal, Review, Source
from tests.answer_forms import (
    CHOICE,
    CLOZE_CHOSEN,
    CLOZE_TYPED,
    DATE,
    EVERY_TYPE,
    EXPLAIN,
    FLASHCARD,
    HIDDEN,
    MARKED,
    MATCH,
    MULTIPLE,
    NUMBER,
    ORDER,
    SHORT,
    TRUE_FALSE,
)
from tests.conftest import FakeClock
from tests.factories import csrf_token
from tests.web.study_pages import (
    FRAGMENT,
    answer_form,
    asked,
    feedback,
    form_shown,
    kind_of,
    question_form,
    reviews,
    send,
    shown_on,
    sitter,
    start,
    words,
)

OWN = (FLASHCARD, EXPLAIN)


def by_id(question: Question) -> str:
    return question.id


def question_page(
    client: FlaskClient, session: Session, *questions: Question, **given: Any
) -> TestResponse:
    """Return the page of a new fact that is asked by these questions."""
    sitter(client, session, **given)
    asked(session, *questions)
    return start(client)


def reveal(client: FlaskClient, page: TestResponse, question: Question) -> TestResponse:
    form = {"certainty": "sure", "text": "My own words.", **question_form(page)}
    reply = client.post("/study/answer", data=form)
    assert reply.status_code == 303
    assert reply.location.startswith("/study/reveal/")
    assert kind_of(page) == question.__struct_config__.tag
    return client.get(reply.location)


@pytest.mark.parametrize(("question", "hidden"), HIDDEN, ids=[q.id for q, _ in HIDDEN])
def test_a_question_page_holds_no_answer_and_no_comment(
    client: FlaskClient, session: Session, question: Question, hidden: Sequence[str]
) -> None:
    page = question_page(client, session, question)
    assert kind_of(page) == question.__struct_config__.tag
    said = page.text + words(page)
    assert [text for text in hidden if text in said] == []
    assert "Reason" not in said  # why the fact matters
    assert "Statement" not in said


def test_every_type_is_tried_for_what_it_must_hide() -> None:
    assert [question for question, _ in HIDDEN] == list(EVERY_TYPE)


@pytest.mark.parametrize("question", MARKED, ids=by_id)
def test_a_right_answer_is_told_so(
    client: FlaskClient, session: Session, question: Question
) -> None:
    page = question_page(client, session, question)
    told = words(feedback(client, page, question))
    assert "Right" in told
    assert "Not right" not in told
    assert "Comes back in 10 minutes" in told
    assert question.explanation or "Reason" in told
    assert "Part 15, ¶1" in told
    assert "I was right" not in told
    [review] = reviews(session)
    assert (review.share, review.rating, review.certainty) == (1, 3, "sure")


@pytest.mark.parametrize("question", MARKED, ids=by_id)
def test_a_wrong_answer_is_told_what_is_right(
    client: FlaskClient, session: Session, question: Question
) -> None:
    page = question_page(client, session, question)
    told = words(feedback(client, page, question, right=False))
    assert "Not right" in told
    right = right_answer_text(question, "Old Style")
    separators = r"; | → | – "
    assert all(part in told for part in re.split(separators, right))
    assert "You were sure, so it comes back on the next study day." in told
    assert "Comes back in 1 minute" in told
    assert "I was right" in told
    [review] = reviews(session)
    assert (review.share, review.rating) == (0, 1)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (CHOICE, "The cabinet had lost the garrison."),
        (MULTIPLE, "Tashkent was too far."),
        (TRUE_FALSE, "He wrote for The Masses."),
    ],
    ids=["choice", "multiple", "true-false"],
)
def test_a_chosen_option_is_told_why_it_is_wrong(
    client: FlaskClient, session: Session, question: Question, why: str
) -> None:
    page = question_page(client, session, question)
    told = words(feedback(client, page, question, right=False))
    assert why in told
    assert "✗ Your answer" in told
    assert "The congress had not met." not in told


def test_the_explanation_of_a_question_stands_for_that_of_its_fact(
    client: FlaskClient, session: Session
) -> None:
    told = words(feedback(client, question_page(client, session, CHOICE), CHOICE))
    assert "The committee spoke for the garrison." in told
    assert "Reason" not in told


def test_every_source_is_named(client: FlaskClient, session: Session) -> None:
    sitter(client, session)
    cites = '[{"paragraph": 17, "note": "xix"}, {"source": "figes", "page": "477"}]'
    fact = asked(session, SHORT, cites=cites)
    session.add(
        Source(
            bank_id=fact.bank_id,
            text_id="figes",
            title="A People's Tragedy",
            author="Orlando Figes",
            year=1996,
            partisan=False,
            further=False,
        )
    )
    session.flush()
    told = words(feedback(client, start(client), SHORT))
    assert "Part 15, ¶17, note xix" in told
    assert "Orlando Figes, A People's Tragedy (1996), p. 477" in told


def test_a_fact_that_left_its_steps_comes_back_in_days(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    page = question_page(client, session, SHORT)
    feedback(client, page, SHORT)
    clock.advance(minutes=10)
    told = feedback(client, client.get("/study"), SHORT)
    assert "Comes back in 2 days" in words(told)
    for said in ("Comes back tomorrow", "Comes back today"):
        clock.advance(days=1)
        assert said in words(client.get(told.request.full_path))


def test_a_near_miss_is_answered(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, SHORT)
    told = words(feedback(client, page, SHORT, text="soviet"))
    assert "Close, but not it" in told
    assert "The Soviet founded it." in told
    assert "Your answer soviet" in told
    assert reviews(session)[0].rating == 1


def test_a_slip_of_spelling_is_right(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, SHORT)
    told = words(feedback(client, page, SHORT, text="revolutionary comnittee"))
    assert "Right, with a slip of spelling" in told
    assert reviews(session)[0].rating == 3


def test_a_date_of_the_other_calendar_is_close(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, DATE)
    told = words(feedback(client, page, DATE, text="22 October 1917"))
    assert "Close, but not it" in told
    assert "By the Old Style calendar it is 9 October 1917." in told


def test_a_partly_right_answer_shows_its_parts(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, MATCH)
    rights = shown_on(page).options
    form: dict[str, Any] = {f"right-{n}": str(rights.index("Reporter")) for n in range(3)}
    told = words(feedback(client, page, MATCH, **form))
    assert "Partly right" in told
    assert "Reporter ✓ Right" in told
    assert "Minister ✗ you had: Reporter" in told


def test_an_order_shows_the_places_given(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, ORDER)
    told = words(feedback(client, page, ORDER, right=False))
    assert "The revolt ✗ you had 4" in told


def test_gaps_show_what_was_filled_in(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, CLOZE_TYPED)
    changed: dict[str, Any] = {"gap-month": "May"}
    told = words(feedback(client, page, CLOZE_TYPED, **changed))
    assert "The Milrevcom met in October." in told
    assert "Milrevcom ✓ Milrevcom" in told
    assert "October ✗ you had: May" in told


def test_options_stand_in_the_feedback_as_they_were_shown(
    client: FlaskClient, session: Session
) -> None:
    page = question_page(client, session, CHOICE)
    answered = feedback(client, page, CHOICE)
    found = re.findall(r'aria-hidden="true">\d</span>\s*<span>(.*?)</span>', answered.text)
    assert tuple(found) == shown_on(page).options


@pytest.mark.parametrize(("certainty", "rating"), [("sure", 3), ("not-sure", 2), ("dont-know", 1)])
def test_certainty_comes_with_the_answer(
    client: FlaskClient, session: Session, certainty: str, rating: int
) -> None:
    page = question_page(client, session, CHOICE)
    feedback(client, page, CHOICE, certainty=certainty)
    [review] = reviews(session)
    assert (review.certainty, review.rating) == (certainty, rating)


@pytest.mark.parametrize("question", EVERY_TYPE, ids=by_id)
def test_not_knowing_shows_the_answer(
    client: FlaskClient, session: Session, question: Question
) -> None:
    page = question_page(client, session, question)
    form = question_form(page) | {"certainty": "dont-know"}
    reply = client.post("/study/answer", data=form)
    told = words(client.get(reply.location))
    assert ("Not known yet" if question in OWN else "Now you have seen it") in told
    right = right_answer_text(question, "Old Style")
    assert all(part in told for part in re.split(r"; | → | – ", right))
    assert "✗" not in told
    [review] = reviews(session)
    assert (review.share, review.rating, review.certainty) == (0, 1, "dont-know")


def test_how_long_the_answer_took_is_kept(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    page = question_page(client, session, CHOICE)
    clock.advance(seconds=7)
    feedback(client, page, CHOICE)
    assert reviews(session)[0].milliseconds == 7000


# Answers that the learner judges


@pytest.mark.parametrize("question", OWN, ids=by_id)
def test_an_own_answer_is_revealed_then_rated(
    client: FlaskClient, session: Session, question: Question
) -> None:
    page = question_page(client, session, question)
    revealed = reveal(client, page, question)
    assert right_answer_text(question) in words(revealed)
    assert ("My own words." in words(revealed)) == (question is EXPLAIN)
    assert ("He wrote at once" in words(revealed)) == (question is EXPLAIN)
    assert reviews(session) == []
    reply = client.post("/study/rate", data=question_form(revealed) | {"rating": "3"})
    assert reply.status_code == 303
    told = words(client.get(reply.location))
    assert "You knew it" in told
    assert "Comes back in 10 minutes" in told
    assert "I was right" not in told
    [review] = reviews(session)
    assert (review.rating, review.rated_by) == (3, "learner")


@pytest.mark.parametrize(
    ("buttons", "labels"),
    [
        (2, ["I did not know it", "I knew it"]),
        (4, ["Not known", "With effort", "Known", "Easily"]),
    ],
)
def test_a_learner_has_two_or_four_rating_buttons(
    client: FlaskClient, session: Session, buttons: int, labels: list[str]
) -> None:
    page = question_page(client, session, FLASHCARD, rating_buttons=buttons)
    revealed = reveal(client, page, FLASHCARD)
    found = re.findall(
        r'name="rating" value="\d">(.*?)<span class="when">(.*?)</span>', revealed.text
    )
    assert [label for label, _ in found] == labels
    assert found[0][1] == "Comes back in 1 minute"
    if buttons == 4:
        assert "days" in found[3][1]


def test_a_rating_sent_twice_counts_once(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, FLASHCARD)
    form = question_form(reveal(client, page, FLASHCARD))
    replies = [client.post("/study/rate", data=form | {"rating": rating}) for rating in "31"]
    assert replies[0].location == replies[1].location
    assert [review.rating for review in reviews(session)] == [3]


def test_an_answer_that_waits_for_its_rating_comes_first(
    client: FlaskClient, session: Session, clock: FakeClock
) -> None:
    page = question_page(client, session, FLASHCARD)
    reveal(client, page, FLASHCARD)
    clock.advance(days=2)
    waiting = client.get("/study")
    assert waiting.location == f"/study/reveal/{question_form(page)['client_id']}"


def test_a_reveal_that_was_rated_leads_to_its_feedback(
    client: FlaskClient, session: Session
) -> None:
    page = question_page(client, session, FLASHCARD)
    revealed = reveal(client, page, FLASHCARD)
    rated = client.post("/study/rate", data=question_form(revealed) | {"rating": "1"})
    again = client.get(f"/study/reveal/{question_form(page)['client_id']}")
    assert again.status_code == 302
    assert again.location.split("?")[0] == rated.location.split("?")[0]


# Hints


def test_a_choice_gets_a_wrong_option_fewer(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, CHOICE)
    form = question_form(page)
    hinted = client.get(f"/study?form={form['client_id']}&hint=1")
    assert form_shown(hinted) == form_shown(page) | {"hint": "1"}
    assert set(shown_on(hinted).options) < set(shown_on(page).options)
    assert len(shown_on(hinted).options) == 3
    assert ">Hint<" not in hinted.text
    feedback(client, hinted, CHOICE)
    [review] = reviews(session)
    assert (review.share, review.rating, review.hint_used) == (1, 2, True)


def test_typed_words_get_their_first_letter(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, SHORT)
    assert "Hint" in words(page)
    hinted = client.get(f"/study?form={question_form(page)['client_id']}&hint=1")
    assert "Hint: R…" in words(hinted)
    told = feedback(client, hinted, SHORT)
    assert reviews(session)[0].rating == 2
    assert "Right" in words(told)


@pytest.mark.parametrize("question", [NUMBER, MATCH, CLOZE_CHOSEN, EXPLAIN], ids=by_id)
def test_where_there_is_no_hint_none_is_offered_or_counted(
    client: FlaskClient, session: Session, question: Question
) -> None:
    page = question_page(client, session, question)
    assert ">Hint<" not in page.text
    hinted = client.get(f"/study?form={question_form(page)['client_id']}&hint=1")
    assert "hint" not in question_form(hinted)


# Blank answers and uneven orders


@pytest.mark.parametrize("question", [*MARKED, EXPLAIN], ids=by_id)
def test_a_blank_answer_shows_the_question_again(
    client: FlaskClient, session: Session, question: Question
) -> None:
    page = question_page(client, session, question)
    again = client.post("/study/answer", data=question_form(page) | {"certainty": "sure"})
    assert again.status_code == 422
    assert "Nothing was answered yet." in words(again)
    assert form_shown(again) == form_shown(page)
    assert shown_on(again) == shown_on(page)
    assert reviews(session) == []
    if question is not EXPLAIN:
        assert "Right" in words(feedback(client, again, question))


def test_an_uneven_order_keeps_its_places(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, ORDER)
    ranks: dict[str, Any] = {"rank-0": "1", "rank-1": "1", "rank-2": "3", "rank-3": ""}
    again = send(client, page, ORDER, **ranks)
    assert again.status_code == 422
    assert "Each place must be given once." in words(again)
    boxes = re.findall(r'<select[^>]*id="rank-\d".*?</select>', again.text, re.DOTALL)
    chosen = [re.findall(r"<option selected>(\d)", box) for box in boxes]
    assert chosen == [["1"], ["1"], ["3"], []]
    assert reviews(session) == []
    assert "Right" in words(feedback(client, again, ORDER))


def test_a_blank_answer_keeps_the_hint(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, SHORT)
    hinted = client.get(f"/study?form={question_form(page)['client_id']}&hint=1")
    again = client.post("/study/answer", data=question_form(hinted) | {"text": "  "})
    assert again.status_code == 422
    assert "Hint: R…" in words(again)
    assert question_form(again)["hint"] == "1"


def test_a_question_asked_again_stays_so_when_it_is_shown_again(
    client: FlaskClient, session: Session
) -> None:
    sitter(client, session)
    fact = asked(session, SHORT)
    page = client.get(f"/study/again/{fact.id}")
    again = client.post("/study/answer", data=question_form(page))
    assert again.status_code == 422
    for seen in (page, again):
        assert "Asked because you wanted to." in words(seen)
        assert f'action="/study/again/{fact.id}"' in seen.text


@pytest.mark.parametrize(
    ("question", "entered", "kept"),
    [
        (SHORT, {"text": ['a "quoted" <b>']}, 'value="a &#34;quoted&#34; &lt;b&gt;"'),
        (CHOICE, {"option": ["1"]}, 'value="1" checked'),
        (MULTIPLE, {"option": ["0", "2"]}, 'value="2" checked'),
        (TRUE_FALSE, {"option": ["false"]}, 'value="false" checked'),
        (MATCH, {"right-1": ["2"]}, '<option value="2" selected>'),
        (CLOZE_CHOSEN, {"gap-house": ["1"]}, '<option value="1" selected>'),
        (CLOZE_TYPED, {"gap-month": ["May"]}, 'value="May"'),
        (EXPLAIN, {"text": ["One\nTwo <i>"]}, ">One\nTwo &lt;i&gt;</textarea>"),
    ],
    ids=lambda value: getattr(value, "id", ""),
)
def test_what_was_entered_is_there_when_a_question_is_shown_again(
    app: Flask, question: Question, entered: dict[str, list[str]], kept: str
) -> None:
    page = shown(question, Random(1))
    with app.test_request_context():
        component = app.jinja_env.get_template("components/question.html").module
        fresh, again = (component.fields(page, given) for given in ({}, entered))  # type: ignore[attr-defined]  # a macro
    assert kept in again
    assert kept not in fresh


def test_a_script_gets_the_sentence_alone(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, SHORT)
    reply = client.post("/study/answer", data=question_form(page), headers=FRAGMENT)
    assert reply.status_code == 422
    assert reply.text == "Nothing was answered yet. Answer the question, or press “I don’t know”."


# The same form twice, two tabs, the back button


@pytest.mark.parametrize("question", MARKED, ids=by_id)
def test_a_double_send_gets_the_same_reply_and_counts_once(
    client: FlaskClient, session: Session, question: Question
) -> None:
    page = question_page(client, session, question)
    first, second = (send(client, page, question) for _ in range(2))
    third = send(client, page, question, right=False)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert (third.status_code, third.location) == (first.status_code, first.location)
    assert len(reviews(session)) == 1


@pytest.mark.parametrize("question", OWN, ids=by_id)
def test_a_double_send_of_an_own_answer_waits_once(
    client: FlaskClient, session: Session, question: Question
) -> None:
    page = question_page(client, session, question)
    form = question_form(page) | {"certainty": "sure", "text": "words"}
    replies = [client.post("/study/answer", data=form) for _ in range(2)]
    assert replies[0].location == replies[1].location
    assert len(session.scalars(select(Reveal)).all()) == 1


def test_a_second_tab_is_kept_and_moves_nothing(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, SHORT)
    tab = client.get("/study")
    assert question_form(tab)["client_id"] != question_form(page)["client_id"]
    feedback(client, page, SHORT)
    told = words(feedback(client, tab, SHORT, right=False))
    assert "Kept in your history; the schedule had moved already" in told
    assert [review.affects_schedule for review in reviews(session)] == [True, False]


def test_the_back_button_finds_the_feedback_again(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, CHOICE)
    reply = send(client, page, CHOICE)
    first, again = client.get(reply.location), client.get(reply.location)
    assert words(first) == words(again)


def test_a_form_sent_after_undo_says_that_it_was_taken_back(
    client: FlaskClient, session: Session
) -> None:
    page = question_page(client, session, SHORT)
    told = feedback(client, page, SHORT)
    client.post("/study/undo", data={"csrf_token": csrf_token(told)})
    again = send(client, page, SHORT)
    assert again.status_code == 404
    assert "already taken back" in words(again)


# As a script asks


def test_a_fragment_brings_feedback_and_the_next_question(
    client: FlaskClient, session: Session
) -> None:
    page = question_page(client, session, CHOICE)
    asked(session, SHORT)
    client.post("/study/start", data={"csrf_token": csrf_token(page)})
    form = answer_form(client.get("/study"), CHOICE)
    reply = client.post("/study/answer", data=form, headers=FRAGMENT)
    assert reply.status_code == 200
    assert "<html" not in reply.text
    now, following = reply.text.split('<template id="following">')
    assert "The committee spoke for the garrison." in now
    assert 'data-type="short"' in following
    assert "Milrevcom" not in following
    assert "Revolutionary" not in following
    again = client.post("/study/answer", data=form, headers=FRAGMENT)
    assert again.status_code == 200
    assert len(reviews(session)) == 1


def test_a_fragment_of_an_own_answer_is_its_reveal_then_its_feedback(
    client: FlaskClient, session: Session
) -> None:
    page = question_page(client, session, FLASHCARD)
    revealed = client.post("/study/answer", data=question_form(page), headers=FRAGMENT)
    assert "It was John Reed" in revealed.text
    assert "<html" not in revealed.text
    form = question_form(revealed) | {"rating": "3"}
    told = client.post("/study/rate", data=form, headers=FRAGMENT)
    assert "You knew it" in words(told)


def test_the_last_fragment_has_no_next_question(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, SHORT, learning_steps="")
    reply = client.post("/study/answer", data=answer_form(page, SHORT), headers=FRAGMENT)
    assert "<template" not in reply.text
    assert client.get("/study").location == "/study/end"


# Other people's


def test_other_people_s_answers_are_not_found(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, SHORT, rating_buttons=4)
    told = feedback(client, page, SHORT, right=False)
    [review] = reviews(session)
    card = asked(session, FLASHCARD)
    waiting = client.get(f"/study/again/{card.id}")
    reveal(client, waiting, FLASHCARD)
    assert told.status_code == 200

    sitter(client, session)
    token = csrf_token(client.get("/account"))
    client_id = question_form(waiting)["client_id"]
    form = {"csrf_token": token, "review_id": review.id, "client_id": client_id, "rating": 3}
    assert client.get(f"/study/feedback/{review.id}").status_code == 404
    assert client.get(f"/study/reveal/{client_id}").status_code == 404
    for action in ("rate", "undo", "rating", "right"):
        assert client.post(f"/study/{action}", data=form).status_code == 404, action
    session.expire_all()
    assert [(row.id, row.voided_at) for row in reviews(session)] == [(review.id, None)]
    assert len(session.scalars(select(Reveal)).all()) == 1


def test_another_learner_may_use_the_same_client_id(client: FlaskClient, session: Session) -> None:
    page = question_page(client, session, SHORT)
    form = question_form(page)
    feedback(client, page, SHORT)
    sitter(client, session)
    other = start(client)
    feedback(client, other, SHORT, client_id=form["client_id"])
    assert len({review.learner_id for review in reviews(session)}) == 2
    assert len(session.scalars(select(Review)).all()) == 2


@pytest.mark.parametrize(
    "address",
    ["/study/reveal/0c9f2a52-3f6b-4c1e-9c65-5f1d9a3d7c11", "/study/reveal/x", "/study/feedback/9"],
)
def test_what_was_never_answered_is_not_found(
    client: FlaskClient, session: Session, address: str
) -> None:
    sitter(client, session)
    assert client.get(address).status_code == 404
