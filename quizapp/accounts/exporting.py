"""Everything that belongs to a learner, as JSON or as a table of answers."""

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from io import StringIO
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from quizapp.models import (
    Bank,
    Card,
    DayList,
    DerivedAsk,
    Fact,
    LogIn,
    Note,
    PausedBank,
    Question,
    QuestionReport,
    QuestionVersion,
    Reading,
    Reveal,
    Review,
    Rules,
    Sitting,
    Theme,
    User,
    Weights,
)

ROWS_AT_ONCE = 500
SECRET = {"password_hash", "recovery_hash", "token_hash"}
UNTOLD = SECRET | {"learner_id", "user_id", "log_in_key"}
AS_JSON = {"answered", "numbers"}  # columns that hold JSON
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"  # spreadsheets read UTF-8 by it
CSV_COLUMNS = (
    "answered_at", "study_day", "time_zone", "bank", "fact", "statement", "question_type",
    "prompt", "answered", "share", "certainty", "hint_used", "rating", "rated_by", "kind",
    "milliseconds", "recall_expected", "due_on", "affects_schedule", "voided_at", "void_reason",
)  # fmt: skip

_FACT = (Bank.text_id.label("bank"), Fact.text_id.label("fact"), Fact.statement)
_QUESTION = (
    Question.text_id.label("question"),
    Question.type.label("question_type"),
    QuestionVersion.number.label("question_version"),
    QuestionVersion.content,
)


def as_json(session: Session, learner_id: int, now: datetime) -> Iterator[str]:
    """Yield, in pieces, a JSON object of all that belongs to a learner; no hashes of secrets."""
    yield f'{{"exported_at": {json.dumps(now.isoformat())}'
    for name, statement in _sections(learner_id).items():
        yield f',\n"{name}": ['
        separator = "\n"
        for row in _rows(session, statement):
            yield separator + json.dumps(row, ensure_ascii=False)
            separator = ",\n"
        yield "]"
    yield "}\n"


def reviews_as_csv(session: Session, learner_id: int) -> Iterator[str]:
    """Yield, line by line, a table of a learner's answers."""
    yield BYTE_ORDER_MARK + _line(CSV_COLUMNS)
    for row in _rows(session, _reviews(learner_id)):
        row["answered"] = json.dumps(row["answered"], ensure_ascii=False)
        yield _line([harmless(row[name]) for name in CSV_COLUMNS])


def harmless(cell: Any) -> Any:
    """Return a cell that no spreadsheet runs as a formula."""
    if isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


def _line(cells: Any) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _sections(learner_id: int) -> Mapping[str, Select[Any]]:
    """Return what is read for each section of the export, each row by row in a fixed order."""
    of_user = User.__table__.c
    return {
        "account": select(*_told(of_user)).where(User.id == learner_id),
        "rules": select(*_told(Rules.__table__.c))
        .where(Rules.learner_id == learner_id)
        .order_by(Rules.id),
        "weights": _weights(learner_id),
        "log_ins": select(*_told(LogIn.__table__.c))
        .where(LogIn.user_id == learner_id)
        .order_by(LogIn.created_at, LogIn.token_hash),
        "cards": _with_fact(Card, learner_id).order_by(Card.fact_id),
        "reviews": _reviews(learner_id),
        "notes": _with_fact(Note, learner_id).order_by(Note.fact_id),
        "readings": _with_fact(Reading, learner_id).order_by(Reading.study_day, Reading.fact_id),
        "sittings": _sittings(learner_id),
        "paused_banks": select(*_told(PausedBank.__table__.c), Bank.text_id.label("bank"))
        .join(Bank, Bank.id == PausedBank.bank_id)
        .where(PausedBank.learner_id == learner_id)
        .order_by(PausedBank.bank_id),
        "day_lists": _with_fact(DayList, learner_id).order_by(DayList.study_day, DayList.position),
        "answers_being_judged": _with_question(Reveal, learner_id).order_by(Reveal.revealed_at),
        "questions_prepared": _with_question(DerivedAsk, learner_id).order_by(DerivedAsk.fact_id),
        "reports": _with_question(QuestionReport, learner_id).order_by(QuestionReport.id),
    }


def _weights(learner_id: int) -> Select[Any]:
    """Return the weights that the learner's rules name, the shipped ones among them."""
    named = select(Rules.weights_id).where(Rules.learner_id == learner_id)
    return (
        select(*_told(Weights.__table__.c))
        .where(Weights.id.in_(named) | (Weights.learner_id == learner_id))
        .order_by(Weights.id)
    )


def _reviews(learner_id: int) -> Select[Any]:
    return _with_question(Review, learner_id).order_by(Review.id)


def _sittings(learner_id: int) -> Select[Any]:
    return (
        select(
            *_told(Sitting.__table__.c), Bank.text_id.label("bank"), Theme.text_id.label("theme")
        )
        .outerjoin(Bank, Bank.id == Sitting.bank_id)
        .outerjoin(Theme, Theme.id == Sitting.theme_id)
        .where(Sitting.learner_id == learner_id)
        .order_by(Sitting.id)
    )


def _with_fact(model: Any, learner_id: int) -> Select[Any]:
    return (
        select(*_told(model.__table__.c), *_FACT)
        .join(Fact, Fact.id == model.fact_id)
        .join(Bank, Bank.id == Fact.bank_id)
        .where(model.learner_id == learner_id)
    )


def _with_question(model: Any, learner_id: int) -> Select[Any]:
    return (
        select(*_told(model.__table__.c), *_FACT, *_QUESTION)
        .join(QuestionVersion, QuestionVersion.id == model.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(Fact, Fact.id == Question.fact_id)
        .join(Bank, Bank.id == Fact.bank_id)
        .where(model.learner_id == learner_id)
    )


def _told(columns: Any) -> list[Any]:
    return [column for column in columns if column.name not in UNTOLD]


def _rows(session: Session, statement: Select[Any]) -> Iterator[dict[str, Any]]:
    for row in session.execute(statement.execution_options(yield_per=ROWS_AT_ONCE)).mappings():
        yield _told_row(dict(row))


def _told_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as JSON can hold it, with the prompt in place of a question's whole content."""
    if "content" in row:
        row["prompt"] = prompt_of(row.pop("content"))
    for name in AS_JSON & row.keys():
        row[name] = json.loads(row[name])
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()
    }


@lru_cache(maxsize=1024)
def prompt_of(content: str) -> str:
    """Return what a stored question asks: its prompt, its text with gaps, or its front."""
    question = json.loads(content)
    return str(next(question[name] for name in ("prompt", "text", "front") if name in question))
