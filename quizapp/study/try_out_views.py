"""The pages of the try-out: five questions without an account."""

from dataclasses import replace
from random import SystemRandom

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from quizapp import clock
from quizapp.db import db
from quizapp.domain.answer_key import right_answer_text
from quizapp.domain.answers import answer_from_json
from quizapp.domain.bank_files import demand
from quizapp.domain.errors import BlankAnswerError, RuleError, UnevenOrderError
from quizapp.domain.feedback import given_text, pieces
from quizapp.domain.presentation import shown, shuffle
from quizapp.domain.rating import rate
from quizapp.study import queries, try_out
from quizapp.study.answering import Form
from quizapp.study.blueprint import bp
from quizapp.study.page_types import FeedbackPart, Progress, StudyPage
from quizapp.study.posted import posted_form, secret, wants_fragment
from quizapp.study.services import QuestionPage
from quizapp.web.errors import sentence, status_of
from quizapp.web.limits import limiter


def answers_limit() -> str:
    """Return how many answers an address may send."""
    return f"{current_app.config['TRY_OUT_ANSWERS_PER_MINUTE']} per minute"


@bp.get("/try", endpoint="try_out")
def try_out_page() -> ResponseReturnValue:
    """Ask the next of five questions."""
    try_out.begin(db.session(), session, SystemRandom())
    page = question_page(len(try_out.answers(session)))
    if page is None:
        return redirect(url_for("study.try_out_end"))
    return render_template("study/try_out.html", page=page)


@bp.post("/try")
@limiter.limit(answers_limit)
def try_out_answer() -> ResponseReturnValue:
    """Keep an answer in the cookie and show how it went."""
    form = posted_form(request.form)
    try:
        place = try_out.keep_answer(db.session(), session, form, secret=secret(), now=clock.now())
    except (BlankAnswerError, UnevenOrderError) as error:
        return show_again(form, error)
    if not wants_fragment():
        return redirect(url_for("study.try_out_feedback", place=place), 303)
    page, following = feedback_page(place), question_page(len(try_out.answers(session)))
    return render_template("study/fragment.html", page=page, following=following)


def show_again(form: Form, error: RuleError) -> ResponseReturnValue:
    """Answer with the question again, with what was entered and why it was not taken."""
    page = question_page(len(try_out.answers(session)))
    if wants_fragment() or page is None or page.question is None:
        raise error
    question = replace(page.question, entered=form.fields, trouble=sentence(error))
    return render_template("study/try_out.html", page=replace(page, question=question)), status_of(
        error
    )


@bp.get("/try/<int(max=4):place>")
def try_out_feedback(place: int) -> ResponseReturnValue:
    """Show how an answer of the try-out went."""
    page = feedback_page(place)
    if page is None:
        return redirect(url_for("study.try_out"))
    return render_template("study/try_out.html", page=page)


@bp.get("/try/end")
def try_out_end() -> ResponseReturnValue:
    """Show how the five questions went, and how to keep them."""
    given = try_out.answers(session)
    right = try_out.right_count(db.session(), session)
    return render_template(
        "study/try_out_end.html",
        answered=len(given),
        right=right,
        may_go_on=len(given) < try_out.asked_count(session),
    )


def question_page(place: int) -> StudyPage | None:
    """Return a question of the try-out, or None beyond the last."""
    asked = try_out.asked(db.session(), session, place)
    if asked is None:
        return None
    rng = shuffle(secret(), asked.client_id, asked.version_id)
    question = QuestionPage(
        client_id=asked.client_id,
        fact_id=asked.fact_id,
        version_id=asked.version_id,
        card_revision=0,
        heading=queries.heading(asked.row.part, asked.row.bank_title, asked.row.theme_title),
        shown=shown(asked.question, rng),
        hint=None,
        has_hint=False,
        with_hint=False,
        is_own=False,
        is_again=False,
    )
    return StudyPage(
        kind="question",
        progress=Progress(answered=place, wanted=try_out.asked_count(session)),
        question=question,
        is_try_out=True,
    )


def feedback_page(place: int) -> StudyPage | None:
    """Return how an answer of the try-out went, or None if there is no such answer."""
    given, asked = try_out.answers(session), try_out.asked(db.session(), session, place)
    if asked is None or place >= len(given):
        return None
    answer, marked = answer_from_json(given[place].answer), try_out.marked(asked, given[place])
    question, told = asked.question, queries.told_from_row(db.session(), asked.row)
    page = shown(question, shuffle(secret(), asked.client_id, asked.version_id))
    part = FeedbackPart(
        review_id=0,
        client_id=asked.client_id,
        version_id=asked.version_id,
        told=told,
        shown=page,
        pieces=pieces(question, page, answer, marked.parts),
        verdict=marked.verdict,
        certainty=given[place].certainty,
        given=given_text(answer),
        right=right_answer_text(question, asked.calendar),
        notes=[note for note in marked.notes if note],
        explanation=question.explanation or told.why,
        rating=rate(
            share=marked.share,
            certainty=given[place].certainty,
            demand=demand(question),
            hint_used=False,
        ),
        is_own=False,
        may_overrule=False,
        is_confident_error=False,
        affects_schedule=True,
        comes_back="",
    )
    progress = Progress(answered=place + 1, wanted=try_out.asked_count(session))
    return StudyPage(kind="feedback", progress=progress, feedback=part, is_try_out=True)
