"""drills and probes."""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0011"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "drills",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("begun_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drills")),
    )
    op.create_index(op.f("ix_drills_begun_at"), "drills", ["begun_at"], unique=False)
    op.create_table(
        "drill_people",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("drill_id", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("phone_id", sa.String(length=16), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=16), nullable=True),
        sa.Column("call_state", sa.String(length=8), nullable=False),
        sa.Column("call_status", sa.String(length=16), nullable=False),
        sa.Column("call_sid", sa.String(length=64), nullable=True),
        sa.Column("said_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["drill_id"], ["drills.id"], name=op.f("fk_drill_people_drill_id_drills"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_people")),
        sa.UniqueConstraint("drill_id", "staff_id", name=op.f("uq_drill_people_drill_id_staff_id")),
    )
    op.create_index(op.f("ix_drill_people_phone_id"), "drill_people", ["phone_id"], unique=False)
    op.create_index(op.f("ix_drill_people_call_state"), "drill_people", ["call_state"], unique=False)
    op.create_table(
        "probes",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("begun_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("heard_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("paged_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("alarmed_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("sid", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_probes")),
    )
    op.create_index(op.f("ix_probes_begun_at"), "probes", ["begun_at"], unique=False)


def downgrade() -> None:
    """Back to the old shape."""
    op.drop_index(op.f("ix_probes_begun_at"), table_name="probes")
    op.drop_table("probes")
    op.drop_index(op.f("ix_drill_people_call_state"), table_name="drill_people")
    op.drop_index(op.f("ix_drill_people_phone_id"), table_name="drill_people")
    op.drop_table("drill_people")
    op.drop_index(op.f("ix_drills_begun_at"), table_name="drills")
    op.drop_table("drills")
