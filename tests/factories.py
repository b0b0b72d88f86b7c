"""Rows for tests: each factory fills in what the test does not care about."""

import re
from datetime import UTC, datetime
from itertools import count
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from quizapp.domain.bank_files import (
    Choice,
    Distractor,
    Question,
    Short,
    demand,
    question_as_json,
)
from quizapp.domain.scheduling import DEFAULT_WEIGHTS
from quizapp.memory.learners import Learner, learner_by_id, token_hash
from quizapp.models import (
    Bank,
    Fact,
    LogIn,
    QuestionVersion,
    Rules,
    Theme,
    User,
    Weights,
)
from quizapp.models import Question as QuestionRow

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_numbers = count(1)


def user(session: Session, **given: Any) -> User:
    """Add a person with the default settings; `learning_steps` and the like go to the rules."""
    number = next(_numbers)
    rules = {
        name: given.pop(name, default)
        for name, default in {
            "desired_retention": 0.9,
            "learning_steps": "1 10",
            "relearning_steps": "10",
        }.items()
    }
    name = given.pop("log_in_name", f"learner{number}")
    defaults = {
        "display_name": name.title(),
        "log_in_key": name.casefold(),
        "password_hash": "",
        "created_at": BEGINNING,
        "fuzz_seed": 7,
    }
    row = User(log_in_name=name, **(defaults | given))
    session.add(row)
    session.flush()
    session.add(
        Rules(
            learner_id=row.id,
            weights_id=default_weights(session).id,
            is_current=True,
            made_at=BEGINNING,
            **rules,
        )
    )
    session.flush()
    return row


def learner(session: Session, **given: Any) -> Learner:
    """Add a person and return it as pages and rules see it."""
    return learner_by_id(session, user(session, **given).id)


def default_weights(session: Session) -> Weights:
    """Return the shipped weights, added at the first call."""
    found = session.scalar(select(Weights).where(Weights.learner_id.is_(None)))
    if found is None:
        found = Weights(
            algorithm="FSRS-6", numbers=str(list(DEFAULT_WEIGHTS)), made_at=BEGINNING, fitted_on=0
        )
        session.add(found)
        session.flush()
    return found


def bank(session: Session, **given: Any) -> Bank:
    """Add a bank with one theme."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "text_id": f"bank-{number}",
        "part": None,
        "title": f"Bank {number}",
        "period": "1917",
        "calendar": "Old Style",
        "basis": "article",
        "summary": "A bank.",
        "content_hash": "",
        "loaded_at": BEGINNING,
    }
    row = Bank(**(defaults | given))
    row.themes.append(Theme(text_id="theme", title="A theme", position=1))
    session.add(row)
    session.flush()
    return row


def fact(session: Session, of: Bank | None = None, *questions: Question, **given: Any) -> Fact:
    """Add a fact with its questions; with none given, a choice and a short one."""
    of = of or bank(session)
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "bank_id": of.id,
        "theme_id": of.themes[0].id,
        "text_id": f"fact-{number}",
        "kind": "event",
        "statement": f"Statement {number}.",
        "why": f"Reason {number}.",
        "people": "[]",
        "cites": '[{"paragraph": 1}]',
        "see": "[]",
        "position": number,
    }
    row = Fact(**(defaults | given))
    for position, question in enumerate(questions or (choice(), short()), 1):
        row.questions.append(
            QuestionRow(
                text_id=f"{question.id}-{position}",
                type=question.__struct_config__.tag,
                demand=demand(question),
                position=position,
                version=1,
                versions=[
                    QuestionVersion(number=1, content=question_as_json(question), made_at=BEGINNING)
                ],
            )
        )
    session.add(row)
    session.flush()
    return row


def choice(prompt: str = "Who signed the orders?") -> Choice:
    """Return a choice whose right option is "The committee"."""
    return Choice(
        id="choice",
        prompt=prompt,
        answer="The committee",
        distractors=[
            Distractor(text="The cabinet", why_wrong="The cabinet had lost the garrison."),
            Distractor(text="The congress", why_wrong="The congress had not met."),
        ],
    )


def short(prompt: str = "Which body signed the orders?") -> Short:
    """Return a short question whose answer is "Committee"."""
    return Short(id="short", prompt=prompt, accept=["Committee"])


def log_in(client: FlaskClient, who: User) -> None:
    """Let a test's browser be logged in as `who`, without the log-in page."""
    token = f"token-{who.id}-{next(_numbers)}"
    session: Session = client.session  # type: ignore[attr-defined]  # tests/conftest.py sets it
    session.add(
        LogIn(
            token_hash=token_hash(token),
            user_id=who.id,
            created_at=BEGINNING,
            expires_at=datetime(2036, 1, 1, tzinfo=UTC),
            browser="A test",
        )
    )
    session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True


def csrf_token(page: TestResponse) -> str:
    """Return the token in the first form of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]
