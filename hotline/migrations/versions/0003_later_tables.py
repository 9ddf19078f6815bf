"""later tables."""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "recordings",
        sa.Column("message_id", sa.String(length=16), nullable=False),
        sa.Column("media_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("fetched_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages.id"],
            name=op.f("fk_recordings_message_id_messages"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_recordings")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bridged_at", hotline.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("asked_at", hotline.db.UtcDateTime(timezone=True), nullable=True))

    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_at", hotline.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("tree_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Back to the old shape."""
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.drop_column("tree_sealed")
        batch_op.drop_column("ended_at")

    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_column("asked_at")
        batch_op.drop_column("bridged_at")

    op.drop_table("recordings")
