"""The review log and what follows from it: what each learner remembers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.models.banks import Fact, QuestionVersion
from quizapp.models.base import Base


class Weights(Base):
    """FSRS weights. Row 1 holds the shipped defaults; others are fitted to one learner's log."""

    __tablename__ = "weights"
    __table_args__ = (Index(None, "learner_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    algorithm: Mapped[str]  # "FSRS-6"
    numbers: Mapped[str]  # a JSON list of 21 numbers
    made_at: Mapped[datetime]
    fitted_on: Mapped[int]  # answers; 0 for the defaults
    log_loss: Mapped[float | None]  # on held-out later answers


class Rules(Base):
    """How a learner's cards were scheduled from some moment on: weights, retention and steps.

    A changed setting adds a row. Each review names the one it was scheduled by, so that a replay
    of the log gives the same state whatever was set since.
    """

    __tablename__ = "rules"
    __table_args__ = (
        CheckConstraint("desired_retention BETWEEN 0.7 AND 0.97", name="retention_in_range"),
        Index(  # a learner has one that is current
            "ix_rules_current",
            "learner_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    weights_id: Mapped[int] = mapped_column(ForeignKey("weights.id"))
    desired_retention: Mapped[float]
    learning_steps: Mapped[str]  # minutes, e.g. "1 10"
    relearning_steps: Mapped[str]
    is_current: Mapped[bool]
    made_at: Mapped[datetime]

    weights: Mapped[Weights] = relationship()


class Card(Base):
    """What one learner remembers of one fact: one row for each pair, replayed from the log."""

    __tablename__ = "card"
    __table_args__ = (
        CheckConstraint("stability_days > 0", name="stability_positive"),
        CheckConstraint("difficulty BETWEEN 1 AND 10", name="difficulty_in_range"),
        CheckConstraint("state IN ('new', 'learning', 'review', 'relearning')", name="state_known"),
        CheckConstraint("(state = 'new') = (stability_days IS NULL)", name="new_has_no_memory"),
        CheckConstraint("(state = 'new') = (due_on IS NULL)", name="new_is_not_due"),
        CheckConstraint("(step IS NULL) = (step_due_at IS NULL)", name="step_has_its_moment"),
        Index(  # read by memory.queries.DUE
            "ix_card_queue",
            "learner_id",
            "due_on",
            "fact_id",
            sqlite_where=text("NOT suspended"),
            postgresql_where=text("NOT suspended"),
        ),
        Index(  # read by memory.queries.IN_STEPS
            "ix_card_in_steps",
            "learner_id",
            "step_due_at",
            sqlite_where=text("step_due_at IS NOT NULL"),
            postgresql_where=text("step_due_at IS NOT NULL"),
        ),
        {"sqlite_with_rowid": False},
    )

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    fact_id: Mapped[int] = mapped_column(ForeignKey("fact.id"), primary_key=True)
    state: Mapped[str]  # "new": flagged but never answered, or every answer undone
    stability_days: Mapped[float | None]
    difficulty: Mapped[float | None]
    step: Mapped[int | None]  # which step, from 0; none outside the steps
    due_on: Mapped[date | None]  # a study day of the learner
    step_due_at: Mapped[datetime | None]
    last_review_on: Mapped[date | None]
    lapses: Mapped[int]
    next_day: Mapped[bool]  # a wrong and sure answer: due the next study day, also after its steps
    reviews: Mapped[int]  # how many unvoided ones moved it; seeds the fuzz
    last_question_id: Mapped[int | None]  # what was asked last is not asked next
    introduced_on: Mapped[date | None]  # the study day of the first answer
    last_answered_at: Mapped[datetime | None]  # an answer given before it arrives late: replay
    suspended: Mapped[bool]
    set_aside_until: Mapped[date | None]  # not asked before this study day
    told_at: Mapped[datetime | None]  # when a new fact was shown before it was asked
    revision: Mapped[int]  # counts changes, so that an answer to an older form is noticed

    fact: Mapped[Fact] = relationship()


class Review(Base):
    """One answered question. Rows are added and voided, never changed otherwise."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("learner_id", "client_id"),  # sending twice counts once
        CheckConstraint("share BETWEEN 0 AND 1", name="share_in_range"),
        CheckConstraint("rating BETWEEN 1 AND 4", name="rating_known"),
        CheckConstraint("certainty IN ('sure', 'not-sure', 'dont-know')", name="certainty_known"),
        CheckConstraint("rated_by IN ('marking', 'learner')", name="rated_by_known"),
        CheckConstraint(
            "kind IN ('practice', 'quiz', 'live', 'cram', 'import')", name="kind_known"
        ),
        CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name="void_has_its_reason"),
        Index(None, "learner_id", "fact_id"),  # read by memory.queries.REVIEWS_OF_FACT
        Index(None, "learner_id", "study_day"),  # read by memory.queries.TODAY
        Index(None, "question_version_id"),
        Index(  # without it, deleting an account looks through every review for each of its own
            "ix_review_replaced_by_id",
            "replaced_by_id",
            sqlite_where=text("replaced_by_id IS NOT NULL"),
            postgresql_where=text("replaced_by_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    fact_id: Mapped[int] = mapped_column(ForeignKey("fact.id"))
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    kind: Mapped[str]
    answered: Mapped[str]  # a `marking.Answer` as JSON
    share: Mapped[float]  # how much of it was right, as marked
    certainty: Mapped[str]
    hint_used: Mapped[bool]
    rating: Mapped[int]
    rated_by: Mapped[str]
    answered_at: Mapped[datetime]
    study_day: Mapped[date]  # of the learner, then
    time_zone: Mapped[str]  # of the learner, then
    milliseconds: Mapped[int | None]  # from seeing the question to answering it
    recall_expected: Mapped[float | None]  # then, in [0, 1]; none within a study day or when new
    due_on: Mapped[date | None]  # what the answer gave; none where it does not affect the schedule
    affects_schedule: Mapped[bool] = mapped_column(server_default=true())
    counts_from: Mapped[datetime | None]  # replays leave it out before this moment
    rules_id: Mapped[int] = mapped_column(ForeignKey("rules.id"))
    card_revision: Mapped[int]  # of the card when the question was shown
    client_id: Mapped[str]  # UUID that came with the form
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"))

    question_version: Mapped[QuestionVersion] = relationship()
