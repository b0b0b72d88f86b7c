"""Banks: facts, the ways to ask them, and where they come from."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.base import Base


class Bank(Base):
    """The facts and questions of one part of the series."""

    __tablename__ = "bank"

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[str] = mapped_column(unique=True)
    part: Mapped[int | None]
    title: Mapped[str]
    period: Mapped[str]
    calendar: Mapped[str]
    url: Mapped[str | None]
    basis: Mapped[str]
    summary: Mapped[str]
    content_hash: Mapped[str]  # of the file it was loaded from: the same file is not read twice
    loaded_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    themes: Mapped[list["Theme"]] = relationship(order_by="Theme.position")


class Theme(Base):
    """A chapter of a bank."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("bank_id", "text_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    text_id: Mapped[str]
    title: Mapped[str]
    position: Mapped[int]


class Source(Base):
    """A work that facts of a bank cite, or that it names for further reading."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("bank_id", "text_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    text_id: Mapped[str]
    title: Mapped[str]
    author: Mapped[str | None]
    year: Mapped[int | None]
    publisher: Mapped[str | None]
    url: Mapped[str | None]
    partisan: Mapped[bool]
    further: Mapped[bool]  # named for reading on; no fact cites it


class Fact(Base):
    """One thing worth remembering: what is scheduled."""

    __tablename__ = "fact"
    __table_args__ = (
        UniqueConstraint("bank_id", "text_id"),
        Index(None, "bank_id", "position", "id"),  # read by memory.queries.NEW_FACTS
        Index(None, "theme_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    text_id: Mapped[str]
    kind: Mapped[str]
    statement: Mapped[str]
    why: Mapped[str]
    date: Mapped[str | None]  # as the file has it, in the bank's calendar
    people: Mapped[str]  # a JSON list of names
    cites: Mapped[str]  # a JSON list of `bank_files.Cite`
    see: Mapped[str]  # a JSON list of text ids
    position: Mapped[int]
    retired_at: Mapped[datetime | None]

    bank: Mapped[Bank] = relationship()
    theme: Mapped[Theme] = relationship()
    questions: Mapped[list["Question"]] = relationship(
        back_populates="fact", order_by="Question.position"
    )


class FactApart(Base):
    """Two facts that give each other away; each pair stands in both directions."""

    __tablename__ = "fact_apart"

    fact_id: Mapped[int] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )


class Question(Base):
    """One way to ask one fact. Its text is in its versions."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("fact_id", "text_id"),
        CheckConstraint("demand BETWEEN 1 AND 4", name="demand_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fact_id: Mapped[int] = mapped_column(ForeignKey("fact.id", ondelete="CASCADE"))
    text_id: Mapped[str]
    type: Mapped[str]
    demand: Mapped[int]  # a `bank_files.Demand`
    position: Mapped[int]
    version: Mapped[int]  # the number of the version that is asked now
    retired_at: Mapped[datetime | None]

    fact: Mapped[Fact] = relationship(back_populates="questions")
    versions: Mapped[list["QuestionVersion"]] = relationship(
        back_populates="question", order_by="QuestionVersion.number"
    )


class QuestionVersion(Base):
    """The text of a question as it was at some time. An answer is marked by the one shown."""

    __tablename__ = "question_version"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    number: Mapped[int]  # 1, 2, ...
    content: Mapped[str]  # a `bank_files.Question` as JSON
    made_at: Mapped[datetime]

    question: Mapped[Question] = relationship(back_populates="versions")
