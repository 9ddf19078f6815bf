"""locked down."""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "lockdowns",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("begun_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lockdowns")),
    )


def downgrade() -> None:
    """Back to the old shape."""
    op.drop_table("lockdowns")
