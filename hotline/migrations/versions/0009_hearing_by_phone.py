"""what who took an alert does by phone: hearing, ringing back, answering."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def _at(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, hotline.db.UtcDateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "worker_copies",
        sa.Column("message_id", sa.String(length=16), nullable=False),
        sa.Column("thread_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        _at("at"),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages.id"],
            name=op.f("fk_worker_copies_message_id_messages"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["threads.id"],
            name=op.f("fk_worker_copies_thread_id_threads"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_worker_copies")),
    )
    op.create_index(op.f("ix_worker_copies_thread_id"), "worker_copies", ["thread_id"])
    op.create_index(op.f("ix_worker_copies_at"), "worker_copies", ["at"])
    op.create_table(
        "read_outs",
        sa.Column("call_sid", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=52), nullable=False),
        sa.Column("alert_id", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("parts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reply_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        _at("ordered_at"),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_read_outs_alert_id_alerts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_sid", name=op.f("pk_read_outs")),
        sa.UniqueConstraint("id", name=op.f("uq_read_outs_id")),
    )
    op.create_index(op.f("ix_read_outs_alert_id"), "read_outs", ["alert_id"])
    op.create_table(
        "read_out_sounds",
        sa.Column("id", sa.String(length=52), nullable=False),
        sa.Column("call_sid", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_sid"],
            ["read_outs.call_sid"],
            name=op.f("fk_read_out_sounds_call_sid_read_outs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_out_sounds")),
    )
    op.create_index(op.f("ix_read_out_sounds_call_sid"), "read_out_sounds", ["call_sid"])
    op.create_table(
        "ring_backs",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("alert_id", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("call_sid", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("sid", sa.String(length=64), nullable=True),
        _at("ordered_at"),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_ring_backs_alert_id_alerts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ring_backs")),
    )
    op.create_index(op.f("ix_ring_backs_alert_id"), "ring_backs", ["alert_id"])
    op.create_index(op.f("ix_ring_backs_call_sid"), "ring_backs", ["call_sid"])
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(_at("words_told_at", nullable=True))


def downgrade() -> None:
    """Back to the old shape."""
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_column("words_told_at")
    op.drop_table("ring_backs")
    op.drop_table("read_out_sounds")
    op.drop_table("read_outs")
    op.drop_table("worker_copies")
