"""The tables, one file for each subject."""

from quizapp.models.accounts import LogIn, OneTimeLink, User
from quizapp.models.banks import (
    Bank,
    Fact,
    FactApart,
    Question,
    QuestionVersion,
    Source,
    Theme,
)
from quizapp.models.base import Base
from quizapp.models.memory import Card, Review, Rules, Weights
from quizapp.models.study import (
    DayList,
    DerivedAsk,
    Note,
    PausedBank,
    QuestionReport,
    Reading,
    Reveal,
    Sitting,
)

__all__ = [
    "Bank",
    "Base",
    "Card",
    "DayList",
    "DerivedAsk",
    "Fact",
    "FactApart",
    "LogIn",
    "Note",
    "OneTimeLink",
    "PausedBank",
    "Question",
    "QuestionReport",
    "QuestionVersion",
    "Reading",
    "Reveal",
    "Review",
    "Rules",
    "Sitting",
    "Source",
    "Theme",
    "User",
    "Weights",
]
