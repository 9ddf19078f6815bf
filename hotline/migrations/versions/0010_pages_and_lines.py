"""what pages need: failed texts followed up, people asked by others, alerts at rest, lines in trouble."""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0010"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "line_troubles",
        sa.Column("line", sa.String(length=32), nullable=False),
        sa.Column("since", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_line_troubles")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("snoozed_until", hotline.db.UtcDateTime(timezone=True), nullable=True))
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("followed_up", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("text_over_at", hotline.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("asked", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("asked_by", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("asked_calls", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Back to the old shape."""
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.drop_column("asked_calls")
        batch_op.drop_column("asked_by")
        batch_op.drop_column("asked")
        batch_op.drop_column("text_over_at")
        batch_op.drop_column("followed_up")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_column("snoozed_until")
    op.drop_table("line_troubles")
