"""how far ahead each line's carrier is busy with what it was given."""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "line_paces",
        sa.Column("line", sa.String(length=32), nullable=False),
        sa.Column("texts_until", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("calls_until", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_line_paces")),
    )


def downgrade() -> None:
    """Back to the old shape."""
    op.drop_table("line_paces")
