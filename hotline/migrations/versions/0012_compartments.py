"""compartments: a key pair of its own for each thread, record and contact by class.

What was sealed before, to the one records key and to the worker's, opens no more: until now there was test data only.
"""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "compartments",
        sa.Column("owner_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("public", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "kind", name=op.f("pk_compartments")),
    )
    op.create_table(
        "doomed_keys",
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("since", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_doomed_keys")),
    )
    op.create_table(
        "session_keys",
        sa.Column("session_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session_hash", "role", name=op.f("pk_session_keys")),
    )
    with op.batch_alter_table("session_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_keys_at"), ["at"], unique=False)
    op.create_table(
        "identity_hashes",
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["records.id"],
            name=op.f("fk_identity_hashes_record_id_records"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", "kind", "hash", name=op.f("pk_identity_hashes")),
    )
    with op.batch_alter_table("identity_hashes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_hashes_hash"), ["hash"], unique=False)


def downgrade() -> None:
    """Back to the old shape."""
    with op.batch_alter_table("identity_hashes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_hashes_hash"))
    op.drop_table("identity_hashes")
    with op.batch_alter_table("session_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_keys_at"))
    op.drop_table("session_keys")
    op.drop_table("doomed_keys")
    op.drop_table("compartments")
