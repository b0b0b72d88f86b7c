"""Create the tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001_create_tables"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "bank",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank")),
        sa.UniqueConstraint("text_id", name=op.f("uq_bank_text_id")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log_in_name", sa.String(), nullable=False),
        sa.Column("log_in_key", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("recovery_hash", sa.String(), nullable=True),
        sa.Column("is_administrator", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("rollover_hour", sa.Integer(), nullable=False),
        sa.Column("new_per_day", sa.Integer(), nullable=False),
        sa.Column("reviews_per_day", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), server_default="beginning", nullable=False),
        sa.Column("interleave", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("tell_first", sa.Boolean(), nullable=False),
        sa.Column("rating_buttons", sa.Integer(), nullable=False),
        sa.Column("letter_keys", sa.Boolean(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("fuzz_seed", sa.Integer(), nullable=False),
        sa.CheckConstraint("path IN ('beginning', 'mixed')", name=op.f("ck_user_path_known")),
        sa.CheckConstraint("theme IN ('auto', 'light', 'dark')", name=op.f("ck_user_theme_known")),
        sa.CheckConstraint("new_per_day >= 0", name=op.f("ck_user_new_per_day_not_negative")),
        sa.CheckConstraint("rating_buttons IN (2, 4)", name=op.f("ck_user_rating_buttons_known")),
        sa.CheckConstraint("reviews_per_day >= 1", name=op.f("ck_user_reviews_per_day_positive")),
        sa.CheckConstraint("rollover_hour BETWEEN 0 AND 23", name=op.f("ck_user_rollover_in_day")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("log_in_key", name=op.f("uq_user_log_in_key")),
    )
    op.create_table(
        "log_in",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_log_in_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_log_in")),
    )
    with op.batch_alter_table("log_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_in_user_id"), ["user_id"], unique=False)

    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('administrator', 'password')", name=op.f("ck_one_time_link_purpose_known")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_one_time_link_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_link")),
    )
    with op.batch_alter_table("one_time_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_link_user_id"), ["user_id"], unique=False)

    op.create_table(
        "paused_bank",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("paused_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["bank.id"], name=op.f("fk_paused_bank_bank_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_paused_bank_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "bank_id", name=op.f("pk_paused_bank")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("partisan", sa.Boolean(), nullable=False),
        sa.Column("further", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["bank.id"], name=op.f("fk_source_bank_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("bank_id", "text_id", name=op.f("uq_source_bank_id_text_id")),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["bank.id"], name=op.f("fk_theme_bank_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("bank_id", "text_id", name=op.f("uq_theme_bank_id_text_id")),
    )
    op.create_table(
        "weights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=True),
        sa.Column("algorithm", sa.String(), nullable=False),
        sa.Column("numbers", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("fitted_on", sa.Integer(), nullable=False),
        sa.Column("log_loss", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_weights_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weights")),
    )
    with op.batch_alter_table("weights", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_weights_learner_id"), ["learner_id"], unique=False)

    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("people", sa.String(), nullable=False),
        sa.Column("cites", sa.String(), nullable=False),
        sa.Column("see", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["bank.id"], name=op.f("fk_fact_bank_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_fact_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
        sa.UniqueConstraint("bank_id", "text_id", name=op.f("uq_fact_bank_id_text_id")),
    )
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fact_bank_id_position_id"), ["bank_id", "position", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_fact_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("weights_id", sa.Integer(), nullable=False),
        sa.Column("desired_retention", sa.Double(), nullable=False),
        sa.Column("learning_steps", sa.String(), nullable=False),
        sa.Column("relearning_steps", sa.String(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "desired_retention BETWEEN 0.7 AND 0.97", name=op.f("ck_rules_retention_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_rules_learner_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["weights_id"], ["weights.id"], name=op.f("fk_rules_weights_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules")),
    )
    with op.batch_alter_table("rules", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rules_current",
            ["learner_id"],
            unique=True,
            sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current"),
        )

    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.Column("facts_wanted", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("bank_id", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("has_backlog", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("facts_wanted >= 1", name=op.f("ck_sitting_facts_wanted_positive")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_sitting_bank_id")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_sitting_learner_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_sitting_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
    )
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sitting_learner_id_started_at"),
            ["learner_id", "started_at"],
            unique=False,
        )

    op.create_table(
        "card",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("stability_days", sa.Double(), nullable=True),
        sa.Column("difficulty", sa.Double(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("step_due_at", sa.DateTime(), nullable=True),
        sa.Column("last_review_on", sa.Date(), nullable=True),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("next_day", sa.Boolean(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("last_question_id", sa.Integer(), nullable=True),
        sa.Column("introduced_on", sa.Date(), nullable=True),
        sa.Column("last_answered_at", sa.DateTime(), nullable=True),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("set_aside_until", sa.Date(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'new') = (due_on IS NULL)", name=op.f("ck_card_new_is_not_due")
        ),
        sa.CheckConstraint(
            "(state = 'new') = (stability_days IS NULL)", name=op.f("ck_card_new_has_no_memory")
        ),
        sa.CheckConstraint(
            "state IN ('new', 'learning', 'review', 'relearning')", name=op.f("ck_card_state_known")
        ),
        sa.CheckConstraint(
            "(step IS NULL) = (step_due_at IS NULL)", name=op.f("ck_card_step_has_its_moment")
        ),
        sa.CheckConstraint("difficulty BETWEEN 1 AND 10", name=op.f("ck_card_difficulty_in_range")),
        sa.CheckConstraint("stability_days > 0", name=op.f("ck_card_stability_positive")),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_card_fact_id")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_card_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "fact_id", name=op.f("pk_card")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.create_index(
            "ix_card_in_steps",
            ["learner_id", "step_due_at"],
            unique=False,
            sqlite_where=sa.text("step_due_at IS NOT NULL"),
            postgresql_where=sa.text("step_due_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_card_queue",
            ["learner_id", "due_on", "fact_id"],
            unique=False,
            sqlite_where=sa.text("NOT suspended"),
            postgresql_where=sa.text("NOT suspended"),
        )

    op.create_table(
        "day_list",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('due', 'new')", name=op.f("ck_day_list_kind_known")),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_day_list_fact_id")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_day_list_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "study_day", "fact_id", name=op.f("pk_day_list")),
    )
    op.create_table(
        "fact_apart",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["fact.id"], name=op.f("fk_fact_apart_fact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["fact.id"], name=op.f("fk_fact_apart_other_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("fact_id", "other_id", name=op.f("pk_fact_apart")),
    )
    op.create_table(
        "note",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["fact.id"], name=op.f("fk_note_fact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_note_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "fact_id", name=op.f("pk_note")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("demand", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("demand BETWEEN 1 AND 4", name=op.f("ck_question_demand_known")),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["fact.id"], name=op.f("fk_question_fact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("fact_id", "text_id", name=op.f("uq_question_fact_id_text_id")),
    )
    op.create_table(
        "reading",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["fact.id"], name=op.f("fk_reading_fact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_reading_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "fact_id", "study_day", name=op.f("pk_reading")),
    )
    op.create_table(
        "question_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_version_question_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_version")),
        sa.UniqueConstraint(
            "question_id", "number", name=op.f("uq_question_version_question_id_number")
        ),
    )
    op.create_table(
        "derived_ask",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("card_revision", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["fact.id"], name=op.f("fk_derived_ask_fact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_derived_ask_learner_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_version.id"],
            name=op.f("fk_derived_ask_question_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("learner_id", "fact_id", name=op.f("pk_derived_ask")),
    )
    op.create_table(
        "question_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('wrong-key', 'second-answer', 'unclear', 'typo', 'source', 'other')",
            name=op.f("ck_question_report_reason_known"),
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["user.id"],
            name=op.f("fk_question_report_learner_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_version.id"],
            name=op.f("fk_question_report_question_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_report")),
    )
    with op.batch_alter_table("question_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_question_report_learner_id"), ["learner_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_question_report_question_version_id"),
            ["question_version_id"],
            unique=False,
        )

    op.create_table(
        "reveal",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("answered", sa.String(), nullable=False),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("hint_used", sa.Boolean(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=True),
        sa.Column("card_revision", sa.Integer(), nullable=False),
        sa.Column("revealed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_reveal_fact_id")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_reveal_learner_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_version.id"],
            name=op.f("fk_reveal_question_version_id"),
        ),
        sa.PrimaryKeyConstraint("learner_id", "client_id", name=op.f("pk_reveal")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("answered", sa.String(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("hint_used", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("rated_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=True),
        sa.Column("recall_expected", sa.Double(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("affects_schedule", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("counts_from", sa.DateTime(), nullable=True),
        sa.Column("rules_id", sa.Integer(), nullable=False),
        sa.Column("card_revision", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "certainty IN ('sure', 'not-sure', 'dont-know')", name=op.f("ck_review_certainty_known")
        ),
        sa.CheckConstraint(
            "kind IN ('practice', 'quiz', 'live', 'cram', 'import')",
            name=op.f("ck_review_kind_known"),
        ),
        sa.CheckConstraint(
            "rated_by IN ('marking', 'learner')", name=op.f("ck_review_rated_by_known")
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_review_void_has_its_reason"),
        ),
        sa.CheckConstraint("rating BETWEEN 1 AND 4", name=op.f("ck_review_rating_known")),
        sa.CheckConstraint("share BETWEEN 0 AND 1", name=op.f("ck_review_share_in_range")),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_review_fact_id")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_review_learner_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_version.id"],
            name=op.f("fk_review_question_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["review.id"], name=op.f("fk_review_replaced_by_id")
        ),
        sa.ForeignKeyConstraint(["rules_id"], ["rules.id"], name=op.f("fk_review_rules_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("learner_id", "client_id", name=op.f("uq_review_learner_id_client_id")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_learner_id_fact_id"), ["learner_id", "fact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_learner_id_study_day"), ["learner_id", "study_day"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_question_version_id"), ["question_version_id"], unique=False
        )
        batch_op.create_index(
            "ix_review_replaced_by_id",
            ["replaced_by_id"],
            unique=False,
            sqlite_where=sa.text("replaced_by_id IS NOT NULL"),
            postgresql_where=sa.text("replaced_by_id IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_review_replaced_by_id",
            sqlite_where=sa.text("replaced_by_id IS NOT NULL"),
            postgresql_where=sa.text("replaced_by_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_review_question_version_id"))
        batch_op.drop_index(batch_op.f("ix_review_learner_id_study_day"))
        batch_op.drop_index(batch_op.f("ix_review_learner_id_fact_id"))

    op.drop_table("review")
    op.drop_table("reveal")
    with op.batch_alter_table("question_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_report_question_version_id"))
        batch_op.drop_index(batch_op.f("ix_question_report_learner_id"))

    op.drop_table("question_report")
    op.drop_table("derived_ask")
    op.drop_table("question_version")
    op.drop_table("reading")
    op.drop_table("question")
    op.drop_table("note")
    op.drop_table("fact_apart")
    op.drop_table("day_list")
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_card_queue",
            sqlite_where=sa.text("NOT suspended"),
            postgresql_where=sa.text("NOT suspended"),
        )
        batch_op.drop_index(
            "ix_card_in_steps",
            sqlite_where=sa.text("step_due_at IS NOT NULL"),
            postgresql_where=sa.text("step_due_at IS NOT NULL"),
        )

    op.drop_table("card")
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sitting_learner_id_started_at"))

    op.drop_table("sitting")
    with op.batch_alter_table("rules", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_rules_current",
            sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current"),
        )

    op.drop_table("rules")
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_theme_id"))
        batch_op.drop_index(batch_op.f("ix_fact_bank_id_position_id"))

    op.drop_table("fact")
    with op.batch_alter_table("weights", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_weights_learner_id"))

    op.drop_table("weights")
    op.drop_table("theme")
    op.drop_table("source")
    op.drop_table("paused_bank")
    with op.batch_alter_table("one_time_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_link_user_id"))

    op.drop_table("one_time_link")
    with op.batch_alter_table("log_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_in_user_id"))

    op.drop_table("log_in")
    op.drop_table("user")
    op.drop_table("bank")
