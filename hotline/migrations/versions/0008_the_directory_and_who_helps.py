"""the directory and who helps."""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0008"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "directory_entries",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("languages", sa.String(length=80), nullable=False),
        sa.Column("districts", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_entries")),
    )
    with op.batch_alter_table("directory_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directory_entries_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_directory_entries_name_index"), ["name_index"], unique=False)

    op.create_table(
        "phone_checks",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("of", sa.String(length=12), nullable=False),
        sa.Column("phone_id", sa.String(length=16), nullable=False),
        sa.Column("number_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("code_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("by_call", sa.Boolean(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("expires_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_checks")),
        sa.UniqueConstraint("phone_id", name=op.f("uq_phone_checks_phone_id")),
    )
    with op.batch_alter_table("phone_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phone_checks_number_index"), ["number_index"], unique=False)

    op.create_table(
        "directory_phones",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("entry_id", sa.String(length=16), nullable=False),
        sa.Column("number_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("landline", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("verified_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["directory_entries.id"],
            name=op.f("fk_directory_phones_entry_id_directory_entries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_phones")),
    )
    with op.batch_alter_table("directory_phones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directory_phones_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_directory_phones_number_index"), ["number_index"], unique=False)

    op.create_table(
        "helpers",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.String(length=16), nullable=False),
        sa.Column("alert_id", sa.String(length=16), nullable=True),
        sa.Column("thread_id", sa.String(length=16), nullable=True),
        sa.Column("entry_id", sa.String(length=16), nullable=False),
        sa.Column("phone_id", sa.String(length=16), nullable=False),
        sa.Column("number_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("district", sa.String(length=8), nullable=False),
        sa.Column("joins", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.String(length=16), nullable=True),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("lead", sa.String(length=20), nullable=True),
        sa.Column("call_sid", sa.String(length=64), nullable=True),
        sa.Column("tree_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("next_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("told_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("on_way_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("there_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("done_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_helpers_alert_id_alerts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name=op.f("fk_helpers_thread_id_threads"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helpers")),
    )
    with op.batch_alter_table("helpers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_helpers_alert_id"), ["alert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_helpers_call_sid"), ["call_sid"], unique=False)
        batch_op.create_index(batch_op.f("ix_helpers_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_helpers_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_helpers_number_index"), ["number_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_helpers_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_helpers_thread_id"), ["thread_id"], unique=False)


def downgrade() -> None:
    """Back to the old shape."""
    with op.batch_alter_table("helpers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_helpers_thread_id"))
        batch_op.drop_index(batch_op.f("ix_helpers_request_id"))
        batch_op.drop_index(batch_op.f("ix_helpers_number_index"))
        batch_op.drop_index(batch_op.f("ix_helpers_next_at"))
        batch_op.drop_index(batch_op.f("ix_helpers_code"))
        batch_op.drop_index(batch_op.f("ix_helpers_call_sid"))
        batch_op.drop_index(batch_op.f("ix_helpers_alert_id"))

    op.drop_table("helpers")
    with op.batch_alter_table("directory_phones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_directory_phones_number_index"))
        batch_op.drop_index(batch_op.f("ix_directory_phones_entry_id"))

    op.drop_table("directory_phones")
    with op.batch_alter_table("phone_checks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phone_checks_number_index"))

    op.drop_table("phone_checks")
    with op.batch_alter_table("directory_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_directory_entries_name_index"))
        batch_op.drop_index(batch_op.f("ix_directory_entries_kind"))

    op.drop_table("directory_entries")
