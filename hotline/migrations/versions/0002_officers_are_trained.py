"""officers are trained, confirmed, and have supervisors."""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    with op.batch_alter_table("officers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed_at", hotline.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("asked_at", hotline.db.UtcDateTime(timezone=True), nullable=True))

    op.create_table(
        "agencies",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("folded", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("supervisor_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
        sa.UniqueConstraint("folded", name=op.f("uq_agencies_folded")),
    )
    op.create_table(
        "join_tries",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("number_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_tries")),
    )
    with op.batch_alter_table("join_tries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_join_tries_number_index"), ["number_index"], unique=False)

    op.create_table(
        "training_sessions",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("code_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("agency", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("begins_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_sessions")),
    )
    with op.batch_alter_table("training_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_sessions_code_index"), ["code_index"], unique=False)

    op.create_table(
        "joinings",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("number_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("contact_id", sa.String(length=16), nullable=False),
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_sessions.id"],
            name=op.f("fk_joinings_session_id_training_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joinings")),
        sa.UniqueConstraint("number_index", name=op.f("uq_joinings_number_index")),
    )
    op.create_table(
        "trainings",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("officer_id", sa.String(length=16), nullable=True),
        sa.Column("agency", sa.String(length=120), nullable=False),
        sa.Column("at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officers.id"],
            name=op.f("fk_trainings_officer_id_officers"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_sessions.id"],
            name=op.f("fk_trainings_session_id_training_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )
    with op.batch_alter_table("trainings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trainings_officer_id"), ["officer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trainings_session_id"), ["session_id"], unique=False)


def downgrade() -> None:
    """Back to the old shape."""
    for table in ("trainings", "joinings", "training_sessions", "join_tries", "agencies"):
        op.drop_table(table)
    with op.batch_alter_table("officers", schema=None) as batch_op:
        batch_op.drop_column("asked_at")
        batch_op.drop_column("confirmed_at")
