"""Calendars, gaps that were told, and questions of the rota."""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "rota_feeds",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("url_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("off_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("next_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("good_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("failing_since", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=20), nullable=False),
        sa.Column("stale_told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_feeds")),
    )
    op.create_table(
        "rota_gaps",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("start", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("end", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("seen_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("told_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("day_told", sa.Boolean(), nullable=False),
        sa.Column("hour_told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_gaps")),
    )
    op.create_index(op.f("ix_rota_gaps_end"), "rota_gaps", ["end"], unique=False)
    op.create_table(
        "rota_calendars",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("feed_id", sa.String(length=16), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("zones", sa.String(length=400), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("unknown_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("unknown_told", sa.Boolean(), nullable=False),
        sa.Column("read_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("set_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"],
            ["rota_feeds.id"],
            name=op.f("fk_rota_calendars_feed_id_rota_feeds"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_calendars")),
    )
    op.create_index(op.f("ix_rota_calendars_state"), "rota_calendars", ["state"], unique=False)
    op.create_table(
        "rota_questions",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=True),
        sa.Column("calendar_id", sa.String(length=16), nullable=True),
        sa.Column("start", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("end", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("other_start", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("other_end", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["rota_calendars.id"],
            name=op.f("fk_rota_questions_calendar_id_rota_calendars"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_questions")),
    )
    op.create_index(op.f("ix_rota_questions_code"), "rota_questions", ["code"], unique=False)
    op.create_index("ix_rota_questions_kind_state", "rota_questions", ["kind", "state"], unique=False)
    op.create_index(op.f("ix_rota_questions_staff_id"), "rota_questions", ["staff_id"], unique=False)
    op.create_table(
        "rota_shifts",
        sa.Column("calendar_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("end", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["rota_calendars.id"],
            name=op.f("fk_rota_shifts_calendar_id_rota_calendars"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("calendar_id", "number", "position", name=op.f("pk_rota_shifts")),
    )


def downgrade() -> None:
    """Back to the old shape."""
    op.drop_table("rota_shifts")
    op.drop_index(op.f("ix_rota_questions_staff_id"), table_name="rota_questions")
    op.drop_index("ix_rota_questions_kind_state", table_name="rota_questions")
    op.drop_index(op.f("ix_rota_questions_code"), table_name="rota_questions")
    op.drop_table("rota_questions")
    op.drop_index(op.f("ix_rota_calendars_state"), table_name="rota_calendars")
    op.drop_table("rota_calendars")
    op.drop_index(op.f("ix_rota_gaps_end"), table_name="rota_gaps")
    op.drop_table("rota_gaps")
    op.drop_table("rota_feeds")
