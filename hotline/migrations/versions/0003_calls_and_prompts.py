"""calls and prompts: callers by hash, PINs of staff, prompts spoken by phone."""

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
        "prompt_takes",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("line", sa.String(length=32), nullable=False),
        sa.Column("recording", sa.String(length=64), nullable=False),
        sa.Column("folder", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("media", sa.LargeBinary(), nullable=True),
        sa.Column("at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_takes")),
    )
    with op.batch_alter_table("prompt_takes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prompt_takes_state"), ["state"], unique=False)
    op.create_table(
        "staff_pins",
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("locked_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("set_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_pins_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff_pins")),
    )
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.add_column(sa.Column("caller_index", sa.LargeBinary(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_calls_caller_index"), ["caller_index"], unique=False)


def downgrade() -> None:
    """Back to the old one."""
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calls_caller_index"))
        batch_op.drop_column("caller_index")
    op.drop_table("staff_pins")
    with op.batch_alter_table("prompt_takes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prompt_takes_state"))
    op.drop_table("prompt_takes")
