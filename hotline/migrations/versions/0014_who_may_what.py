"""who may what: people belong to an agency, reveals, broken glasses, and counts that lead back to nobody."""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "aggregate_counts",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("form", sa.String(length=24), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("field", sa.String(length=48), nullable=False),
        sa.Column("value", sa.String(length=48), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "month", "form", "channel", "field", "value", name=op.f("pk_aggregate_counts")
        ),
    )
    op.create_table(
        "counted_records",
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_counted_records")),
    )
    op.create_table(
        "reveals",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("thread_id", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("second", sa.Boolean(), nullable=False),
        sa.Column("asked_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("granted_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("refused_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=16), nullable=True),
        sa.Column("expires_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveals")),
    )
    op.create_index(op.f("ix_reveals_thread_id"), "reveals", ["thread_id"])
    op.create_table(
        "reveal_events",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("reveal_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=True),
        sa.Column("at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reveal_id"],
            ["reveals.id"],
            name=op.f("fk_reveal_events_reveal_id_reveals"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveal_events")),
    )
    op.create_index(op.f("ix_reveal_events_reveal_id"), "reveal_events", ["reveal_id"])
    op.create_table(
        "broken_glasses",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("alert_id", sa.String(length=16), nullable=False),
        sa.Column("thread_id", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("told_to", sa.String(length=16), nullable=True),
        sa.Column("told_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(length=16), nullable=True),
        sa.Column("confirmed_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broken_glasses")),
        sa.UniqueConstraint("alert_id", "staff_id", name=op.f("uq_broken_glasses_alert_id_staff_id")),
    )
    op.create_index(op.f("ix_broken_glasses_confirmed_at"), "broken_glasses", ["confirmed_at"])
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agency", sa.String(length=120), nullable=True))


def downgrade() -> None:
    """Back to the old shape."""
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_column("agency")
    op.drop_index(op.f("ix_broken_glasses_confirmed_at"), table_name="broken_glasses")
    op.drop_table("broken_glasses")
    op.drop_index(op.f("ix_reveal_events_reveal_id"), table_name="reveal_events")
    op.drop_table("reveal_events")
    op.drop_index(op.f("ix_reveals_thread_id"), table_name="reveals")
    op.drop_table("reveals")
    op.drop_table("counted_records")
    op.drop_table("aggregate_counts")
