"""Practice: sittings, today's chosen list, answers being judged, notes and reports."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base


class Sitting(Base):
    """One stretch of practice; what was answered in it is found in the log by its moments."""

    __tablename__ = "sitting"
    __table_args__ = (
        CheckConstraint("facts_wanted >= 1", name="facts_wanted_positive"),
        Index(None, "learner_id", "started_at"),  # read by study.queries.open_sitting
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    started_at: Mapped[datetime]
    study_day: Mapped[date]
    facts_wanted: Mapped[int]  # how many facts it should ask
    minutes: Mapped[int | None]  # when it was asked for in minutes
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id"))  # only facts of this bank
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    has_backlog: Mapped[bool]  # due facts come from the day's list
    ended_at: Mapped[datetime | None]


class DayList(Base):
    """What was chosen for a learner on a study day, once and for all of it.

    New facts always, due ones only when there is a backlog.
    """

    __tablename__ = "day_list"
    __table_args__ = (CheckConstraint("kind IN ('due', 'new')", name="kind_known"),)

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    study_day: Mapped[date] = mapped_column(primary_key=True)
    fact_id: Mapped[int] = mapped_column(ForeignKey("fact.id"), primary_key=True)
    kind: Mapped[str]
    position: Mapped[int]


class PausedBank(Base):
    """A bank that a learner is asked nothing of for now; what is remembered of it stays."""

    __tablename__ = "paused_bank"

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    bank_id: Mapped[int] = mapped_column(
        ForeignKey("bank.id", ondelete="CASCADE"), primary_key=True
    )
    paused_at: Mapped[datetime]


class Reveal(Base):
    """An answer the learner judges: stored before the right one is shown, rated afterwards."""

    __tablename__ = "reveal"

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    client_id: Mapped[str] = mapped_column(primary_key=True)
    fact_id: Mapped[int] = mapped_column(ForeignKey("fact.id"))
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    answered: Mapped[str]  # a `marking.Answer` as JSON
    certainty: Mapped[str]
    hint_used: Mapped[bool]
    milliseconds: Mapped[int | None]
    card_revision: Mapped[int]
    revealed_at: Mapped[datetime]


class DerivedAsk(Base):
    """The question, made from facts, by which a learner's fact is asked next.

    It holds for one revision of the card: once that has moved, it is asked no more.
    """

    __tablename__ = "derived_ask"

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    fact_id: Mapped[int] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )
    question_version_id: Mapped[int] = mapped_column(
        ForeignKey("question_version.id", ondelete="CASCADE")
    )
    card_revision: Mapped[int]
    made_at: Mapped[datetime]  # a bank loaded later may have changed what it was made from


class Reading(Base):
    """A fact page that was read ahead of being asked: it is no review."""

    __tablename__ = "reading"

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    fact_id: Mapped[int] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )
    study_day: Mapped[date] = mapped_column(primary_key=True)
    read_at: Mapped[datetime]


class Note(Base):
    """A learner's private note on a fact."""

    __tablename__ = "note"

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    fact_id: Mapped[int] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )
    text: Mapped[str]
    written_at: Mapped[datetime]


class QuestionReport(Base):
    """A fault that a learner found in a question."""

    __tablename__ = "question_report"
    __table_args__ = (
        CheckConstraint(
            "reason IN ('wrong-key', 'second-answer', 'unclear', 'typo', 'source', 'other')",
            name="reason_known",
        ),
        Index(None, "question_version_id"),
        Index(None, "learner_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    question_version_id: Mapped[int] = mapped_column(
        ForeignKey("question_version.id", ondelete="CASCADE")
    )
    reason: Mapped[str]
    text: Mapped[str]
    reported_at: Mapped[datetime]
