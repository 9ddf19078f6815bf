"""the first tables."""

import sqlalchemy as sa
from alembic import op

import hotline.db

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "books",
        sa.Column("hash", sa.String(length=24), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_books")),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("number_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("created_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("number_index", name=op.f("uq_contacts_number_index")),
    )
    op.create_table(
        "deeds",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.String(length=400), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("leased_until", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=120), nullable=False),
        sa.Column("ordered_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deeds")),
        sa.UniqueConstraint("key", name="uq_deeds_key"),
    )
    with op.batch_alter_table("deeds", schema=None) as batch_op:
        batch_op.create_index("ix_deeds_state_priority_due_at", ["state", "priority", "due_at"], unique=False)

    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "login_tries",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_tries")),
    )
    with op.batch_alter_table("login_tries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_tries_name_index"), ["name_index"], unique=False)

    op.create_table(
        "officers",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("number_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("post_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("agency", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
        sa.UniqueConstraint("number_index", name=op.f("uq_officers_number_index")),
    )
    op.create_table(
        "overrides",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("start", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("end", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("replaces", sa.String(length=16), nullable=True),
        sa.Column("added_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
    )
    op.create_table(
        "rotations",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("handover", sa.Time(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("first_week", sa.Date(), nullable=False),
        sa.Column("set_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotations")),
    )
    with op.batch_alter_table("rotations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rotations_set_at"), ["set_at"], unique=False)

    op.create_table(
        "seen_keys",
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("reply_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_seen_keys")),
    )
    with op.batch_alter_table("seen_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seen_keys_at"), ["at"], unique=False)

    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("languages", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("failed_logins", sa.Integer(), nullable=False),
        sa.Column("locked_until", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("added_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("name_index", name=op.f("uq_staff_name_index")),
    )
    op.create_table(
        "staff_replies",
        sa.Column("phone_id", sa.String(length=16), nullable=False),
        sa.Column("useless", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("phone_id", name=op.f("pk_staff_replies")),
    )
    op.create_table(
        "first_logins",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("expires_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_first_logins_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_first_logins")),
    )
    op.create_table(
        "rotation_members",
        sa.Column("rotation_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["rotation_id"],
            ["rotations.id"],
            name=op.f("fk_rotation_members_rotation_id_rotations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("rotation_id", "position", name=op.f("pk_rotation_members")),
    )
    op.create_table(
        "staff_phones",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("number_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("verified_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_phones_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_phones")),
        sa.UniqueConstraint("number_index", name=op.f("uq_staff_phones_number_index")),
    )
    with op.batch_alter_table("staff_phones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_phones_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "staff_sessions",
        sa.Column("id_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("csrf", sa.String(length=60), nullable=False),
        sa.Column("begun_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("active_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_sessions_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_staff_sessions")),
    )
    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_sessions_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "threads",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column("contact_id", sa.String(length=16), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("grade", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("line", sa.String(length=32), nullable=False),
        sa.Column("speaker", sa.String(length=8), nullable=False),
        sa.Column("unsafe", sa.Boolean(), nullable=False),
        sa.Column("unanswered_safety", sa.Boolean(), nullable=False),
        sa.Column("wants_person", sa.Boolean(), nullable=False),
        sa.Column("asked_to_forget", sa.Boolean(), nullable=False),
        sa.Column("taken_by", sa.String(length=16), nullable=True),
        sa.Column("taken_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("opened_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_in_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_threads_contact_id_contacts"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
    )
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_threads_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_threads_grade"), ["grade"], unique=False)
        batch_op.create_index(
            "uq_threads_one_open_per_contact",
            ["contact_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "alerts",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("thread_id", sa.String(length=16), nullable=True),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("grade", sa.String(length=12), nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("live_call", sa.String(length=64), nullable=True),
        sa.Column("bridged_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("manager", sa.Boolean(), nullable=False),
        sa.Column("also", sa.String(length=16), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("next_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("opened_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.String(length=16), nullable=True),
        sa.Column("taken_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("promised_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("told_again_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("asked_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("closed_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name=op.f("fk_alerts_thread_id_threads"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alerts_code"), ["code"], unique=False)
        batch_op.create_index("ix_alerts_state_next_at", ["state", "next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alerts_thread_id"), ["thread_id"], unique=False)
        batch_op.create_index(
            "uq_alerts_one_open_per_thread",
            ["thread_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )

    op.create_table(
        "calls",
        sa.Column("sid", sa.String(length=64), nullable=False),
        sa.Column("thread_id", sa.String(length=16), nullable=True),
        sa.Column("page_id", sa.String(length=16), nullable=True),
        sa.Column("staff_id", sa.String(length=16), nullable=True),
        sa.Column("line", sa.String(length=32), nullable=False),
        sa.Column("inbound", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("queue", sa.String(length=32), nullable=True),
        sa.Column("state_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("begun_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name=op.f("fk_calls_thread_id_threads"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sid", name=op.f("pk_calls")),
    )
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calls_page_id"), ["page_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calls_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("thread_id", sa.String(length=16), nullable=False),
        sa.Column("book_hash", sa.String(length=24), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("state_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("disposition", sa.String(length=12), nullable=True),
        sa.Column("begun_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("moved_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name=op.f("fk_conversations_thread_id_threads"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
    )
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversations_disposition"), ["disposition"], unique=False)
        batch_op.create_index(batch_op.f("ix_conversations_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("thread_id", sa.String(length=16), nullable=True),
        sa.Column("contact_id", sa.String(length=16), nullable=True),
        sa.Column("staff_id", sa.String(length=16), nullable=True),
        sa.Column("page_id", sa.String(length=16), nullable=True),
        sa.Column("direction", sa.String(length=4), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("line", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("outgoing_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("error_code", sa.String(length=8), nullable=False),
        sa.Column("sid", sa.String(length=64), nullable=True),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("recording", sa.String(length=64), nullable=True),
        sa.Column("at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_messages_contact_id_contacts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name=op.f("fk_messages_thread_id_threads"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_messages_page_id"), ["page_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_sid"), ["sid"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "records",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column("conversation_id", sa.String(length=16), nullable=False),
        sa.Column("thread_id", sa.String(length=16), nullable=True),
        sa.Column("form", sa.String(length=24), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("contact_kind", sa.String(length=8), nullable=True),
        sa.Column("danger", sa.String(length=12), nullable=False),
        sa.Column("disposition", sa.String(length=12), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("created_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name=op.f("fk_records_thread_id_threads"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_records_conversation_id")),
    )
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_records_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_records_reference"), ["reference"], unique=False)
        batch_op.create_index(batch_op.f("ix_records_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "alert_events",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("alert_id", sa.String(length=16), nullable=False),
        sa.Column("at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=True),
        sa.Column("page_id", sa.String(length=16), nullable=True),
        sa.Column("detail", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_alert_events_alert_id_alerts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_alert_events")),
    )
    with op.batch_alter_table("alert_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_events_alert_id"), ["alert_id"], unique=False)

    op.create_table(
        "pages",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("alert_id", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("phone_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("opened_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.String(length=16), nullable=True),
        sa.Column("texted_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("call_state", sa.String(length=8), nullable=False),
        sa.Column("call_sid", sa.String(length=64), nullable=True),
        sa.Column("rings", sa.Integer(), nullable=False),
        sa.Column("ring_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ring_until", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_at", hotline.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("tree_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_pages_alert_id_alerts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("alert_id", "staff_id", name=op.f("uq_pages_alert_id_staff_id")),
    )
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pages_call_sid"), ["call_sid"], unique=False)
        batch_op.create_index(batch_op.f("ix_pages_call_state"), ["call_state"], unique=False)
        batch_op.create_index(batch_op.f("ix_pages_phone_id"), ["phone_id"], unique=False)

    op.create_table(
        "record_fields",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=48), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("sensitivity", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_record_fields_record_id_records"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_fields")),
        sa.UniqueConstraint("record_id", "field", name=op.f("uq_record_fields_record_id_field")),
    )
    with op.batch_alter_table("record_fields", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_fields_record_id"), ["record_id"], unique=False)

    op.create_table(
        "recordings",
        sa.Column("message_id", sa.String(length=16), nullable=False),
        sa.Column("media_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("fetched_at", hotline.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages.id"],
            name=op.f("fk_recordings_message_id_messages"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_recordings")),
    )


def downgrade() -> None:
    """Back to the old shape."""
    op.drop_table("recordings")
    with op.batch_alter_table("record_fields", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_fields_record_id"))

    op.drop_table("record_fields")
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pages_phone_id"))
        batch_op.drop_index(batch_op.f("ix_pages_call_state"))
        batch_op.drop_index(batch_op.f("ix_pages_call_sid"))

    op.drop_table("pages")
    with op.batch_alter_table("alert_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_events_alert_id"))

    op.drop_table("alert_events")
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_records_thread_id"))
        batch_op.drop_index(batch_op.f("ix_records_reference"))
        batch_op.drop_index(batch_op.f("ix_records_created_at"))

    op.drop_table("records")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_messages_thread_id"))
        batch_op.drop_index(batch_op.f("ix_messages_sid"))
        batch_op.drop_index(batch_op.f("ix_messages_page_id"))

    op.drop_table("messages")
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversations_thread_id"))
        batch_op.drop_index(batch_op.f("ix_conversations_disposition"))

    op.drop_table("conversations")
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calls_thread_id"))
        batch_op.drop_index(batch_op.f("ix_calls_page_id"))

    op.drop_table("calls")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_alerts_one_open_per_thread",
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )
        batch_op.drop_index(batch_op.f("ix_alerts_thread_id"))
        batch_op.drop_index("ix_alerts_state_next_at")
        batch_op.drop_index(batch_op.f("ix_alerts_code"))

    op.drop_table("alerts")
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_threads_one_open_per_contact",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_threads_grade"))
        batch_op.drop_index(batch_op.f("ix_threads_contact_id"))

    op.drop_table("threads")
    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_sessions_staff_id"))

    op.drop_table("staff_sessions")
    with op.batch_alter_table("staff_phones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_phones_staff_id"))

    op.drop_table("staff_phones")
    op.drop_table("rotation_members")
    op.drop_table("first_logins")
    op.drop_table("staff_replies")
    op.drop_table("staff")
    with op.batch_alter_table("seen_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seen_keys_at"))

    op.drop_table("seen_keys")
    with op.batch_alter_table("rotations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rotations_set_at"))

    op.drop_table("rotations")
    op.drop_table("overrides")
    op.drop_table("officers")
    with op.batch_alter_table("login_tries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_tries_name_index"))

    op.drop_table("login_tries")
    op.drop_table("heartbeats")
    with op.batch_alter_table("deeds", schema=None) as batch_op:
        batch_op.drop_index("ix_deeds_state_priority_due_at")

    op.drop_table("deeds")
    op.drop_table("contacts")
    op.drop_table("books")
