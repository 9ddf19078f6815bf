"""what FORGET and the drop-off need."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "asked_questions",
        sa.Column("conversation_id", sa.String(length=16), nullable=False),
        sa.Column("form", sa.String(length=24), nullable=False),
        sa.Column("question", sa.String(length=48), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_asked_questions_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "form", "question", name=op.f("pk_asked_questions")),
    )
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("form", sa.String(length=24), server_default="opening", nullable=False))
        batch_op.add_column(sa.Column("question", sa.String(length=48), nullable=True))


def downgrade() -> None:
    """Back to the old shape."""
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_column("question")
        batch_op.drop_column("form")

    op.drop_table("asked_questions")
