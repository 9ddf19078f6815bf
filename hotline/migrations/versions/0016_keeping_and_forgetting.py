"""keeping and forgetting: holds, tombstones, copies at the carrier, reviews, backups, anonymous records."""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _id(name: str, **more: bool) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=16), nullable=more.get("nullable", False))


def _at(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, hotline.db.UtcDateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "carrier_copies",
        _id("id"),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("sid", sa.String(length=64), nullable=False),
        sa.Column("line", sa.String(length=32), nullable=False),
        _id("message_id", nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("error", sa.String(length=40), nullable=False),
        _at("due_at"),
        _at("gone_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier_copies")),
        sa.UniqueConstraint("kind", "sid", name=op.f("uq_carrier_copies_kind_sid")),
    )
    op.create_index(op.f("ix_carrier_copies_message_id"), "carrier_copies", ["message_id"])
    op.create_index(op.f("ix_carrier_copies_state"), "carrier_copies", ["state"])
    op.create_table(
        "carrier_checks",
        _id("id"),
        sa.Column("line", sa.String(length=32), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("proven", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        _at("at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier_checks")),
    )
    op.create_index(op.f("ix_carrier_checks_line"), "carrier_checks", ["line"])
    op.create_table(
        "legal_holds",
        _id("id"),
        _id("thread_id"),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("placed_by", sa.String(length=32), nullable=False),
        _at("placed_at"),
        sa.Column("lifted_by", sa.String(length=32), nullable=True),
        _at("lifted_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name=op.f("fk_legal_holds_thread_id_threads"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    op.create_index(op.f("ix_legal_holds_thread_id"), "legal_holds", ["thread_id"])
    op.create_table(
        "tombstones",
        _id("id"),
        sa.Column("what", sa.String(length=8), nullable=False),
        _id("row_id"),
        sa.Column("kept_as", sa.String(length=12), nullable=False),
        sa.Column("forms", sa.String(length=120), nullable=False),
        sa.Column("why", sa.String(length=24), nullable=False),
        _at("begun_at"),
        _at("ended_at", nullable=True),
        _at("purged_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstones")),
    )
    op.create_index(op.f("ix_tombstones_row_id"), "tombstones", ["row_id"])
    op.create_index(op.f("ix_tombstones_purged_at"), "tombstones", ["purged_at"])
    op.create_table(
        "suspect_reviews",
        _id("record_id"),
        _at("review_at"),
        _at("expires_at"),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("confirmed_by", sa.String(length=32), nullable=True),
        _at("confirmed_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["records.id"],
            name=op.f("fk_suspect_reviews_record_id_records"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_suspect_reviews")),
    )
    op.create_index(op.f("ix_suspect_reviews_review_at"), "suspect_reviews", ["review_at"])
    op.create_table(
        "backups_made",
        _id("id"),
        _at("at"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backups_made")),
    )
    op.create_index(op.f("ix_backups_made_at"), "backups_made", ["at"])
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.add_column(sa.Column("anonymous", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_threads_closed_at"), ["closed_at"], unique=False)


def downgrade() -> None:
    """Back to the old shape."""
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threads_closed_at"))
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.drop_column("anonymous")
    for table in (
        "backups_made", "suspect_reviews", "tombstones", "legal_holds", "carrier_checks", "carrier_copies",
    ):  # fmt: skip
        op.drop_table(table)
