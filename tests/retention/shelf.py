"""Rows to keep and to forget, without a house round them."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from hotline.config import load
from hotline.db import write
from hotline.forms.book import Book
from hotline.now import Ids
from hotline.records.tables import Record, RecordField
from hotline.standards.crosswalk import Crosswalk
from hotline.threads.contacts import contact_of, thread_of
from hotline.threads.conversations import begin
from hotline.threads.kit import Kit
from hotline.threads.sending import write_text
from hotline.threads.tables import Direction
from hotline.vault.keys import KeyFolder
from tests.house import CALLER
from tests.vaulted import sealer_of

ROOT = Path(__file__).resolve().parents[2]


@cache
def _book() -> Book:
    return Book.open(ROOT)


def a_kit(data_dir: Path, ids: Ids) -> Kit:
    """A kit with keys of its own."""
    keys = KeyFolder(data_dir / "keys")
    keys.make()
    return Kit(load({"DATA_DIR": str(data_dir)}), sealer_of(keys), ids, _book())


def a_record(engine: Engine, kit: Kit, now: datetime, *fields: str) -> str:
    """A record of the online form with these fields answered, in an open thread with words in it, of somebody who was not
    asked for a name; its id."""
    with write(engine) as tx:
        contact = contact_of(tx, kit, CALLER, now)
        thread = thread_of(tx, kit, contact, "sms", "main", now)
        conversation = begin(tx, kit, thread.id, "sms", kit.book.hash, now)
        conversation.disposition = "completed"
        for way in (Direction.IN, Direction.OUT):
            message = write_text(
                tx, kit, "a woman cleans all day", now, line="main", thread_id=thread.id, contact_id=contact.id,
                public=True,
            )  # fmt: skip
            message.direction = way.value
            tx.add(message)
        record = Record(
            id=kit.ids.new(), reference="K7P", conversation_id=conversation.id, thread_id=thread.id,
            form="online", channel="sms", language="en", contact_kind="other", disposition="completed",
            anonymous=True, created_at=now, changed_at=now,
        )  # fmt: skip
        tx.add(record)
        tx.flush()
        for name in fields:
            sensitivity = Crosswalk.load().field("online", name).sensitivity
            field_id = kit.ids.new()
            content = {"value": "told", "said": "told", "at": 0, "channel": "sms"}
            sealed = kit.sealer.seal(tx, record.id, field_id, sensitivity, json.dumps(content).encode())
            tx.add(
                RecordField(
                    id=field_id, record_id=record.id, field=name, status="answered",
                    sensitivity=sensitivity.value, sealed=sealed,
                )
            )  # fmt: skip
        return record.id
