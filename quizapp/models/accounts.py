"""People, their log-ins and one-time links."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, true
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.models.base import Base


class User(Base):
    """A person with an account, and how that person wants to study.

    Retention, steps and weights are in the person's current `Rules`.
    """

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint("rollover_hour BETWEEN 0 AND 23", name="rollover_in_day"),
        CheckConstraint("rating_buttons IN (2, 4)", name="rating_buttons_known"),
        CheckConstraint("theme IN ('auto', 'light', 'dark')", name="theme_known"),
        CheckConstraint("path IN ('beginning', 'mixed')", name="path_known"),
        CheckConstraint("new_per_day >= 0", name="new_per_day_not_negative"),
        CheckConstraint("reviews_per_day >= 1", name="reviews_per_day_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    log_in_name: Mapped[str]
    log_in_key: Mapped[str] = mapped_column(unique=True)  # the name, case-folded
    display_name: Mapped[str]
    email: Mapped[str | None]
    password_hash: Mapped[str]
    recovery_hash: Mapped[str | None]  # of the recovery phrase
    is_administrator: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]

    time_zone: Mapped[str] = mapped_column(default="UTC")
    rollover_hour: Mapped[int] = mapped_column(default=4)  # when a study day begins
    new_per_day: Mapped[int] = mapped_column(default=10)
    reviews_per_day: Mapped[int] = mapped_column(default=200)  # more due than this is a backlog
    path: Mapped[str] = mapped_column(  # in which order new facts come
        default="beginning", server_default="beginning"
    )
    interleave: Mapped[bool] = mapped_column(  # mix a day's facts across the themes of a part
        default=True, server_default=true()
    )
    tell_first: Mapped[bool] = mapped_column(default=False)  # show a new fact before it is asked
    rating_buttons: Mapped[int] = mapped_column(default=2)
    letter_keys: Mapped[bool] = mapped_column(default=True)
    theme: Mapped[str] = mapped_column(default="auto")
    fuzz_seed: Mapped[int]  # the learner's random number


class LogIn(Base):
    """One browser in which a person is logged in; without its row the cookie is worth nothing."""

    __tablename__ = "log_in"
    __table_args__ = (Index(None, "user_id"),)  # read by accounts.queries.log_ins_of

    token_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of what the cookie holds
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    browser: Mapped[str]  # as the browser names itself, shortened


class OneTimeLink(Base):
    """A link that works once: it makes the first administrator, or sets a new password."""

    __tablename__ = "one_time_link"
    __table_args__ = (
        CheckConstraint("purpose IN ('administrator', 'password')", name="purpose_known"),
        Index(None, "user_id"),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(  # none: whoever opens it first
        ForeignKey("user.id", ondelete="CASCADE")
    )
    expires_at: Mapped[datetime]
