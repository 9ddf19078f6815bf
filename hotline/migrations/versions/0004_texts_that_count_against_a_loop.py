"""texts that count against a loop."""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("text_index", sa.LargeBinary(length=32), nullable=True))
        batch_op.create_index("ix_messages_contact_id_text_index", ["contact_id", "text_index"], unique=False)

    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fell_silent_at", hotline.db.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Back to the old shape."""
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.drop_column("fell_silent_at")

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index("ix_messages_contact_id_text_index")
        batch_op.drop_column("text_index")
