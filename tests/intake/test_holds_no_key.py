"""The intake process runs without any private key. Whoever has its memory, its environment, the whole main database and the key
store opens nothing of a conversation that is over; worker and staff page do.
"""

from __future__ import annotations

import gc
import os
import types
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from nacl.bindings import crypto_secretbox_open_easy
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from sqlalchemy import Engine, LargeBinary, select

from hotline.alerts.tables import Alert
from hotline.alerts.taking import close
from hotline.config import Settings
from hotline.db import read, write
from hotline.intake import create_app
from hotline.intake.desk import Desk, open_desk
from hotline.now import CountedIds, RandomIds, SetClock
from hotline.records.tables import RecordField
from hotline.tables import metadata
from hotline.threads.tables import Contact, Message
from hotline.vault.keys import KeyFolder
from hotline.vault.store_tables import StoreBase
from tests.house import settings_of
from tests.intake.webhooks import Twilio
from tests.vaulted import reader_of
from worker import clock as clock_process
from worker.drain import drain
from worker.workshop import Workshop, open_workshop

SAID = "the woman in the blue boat cries every night"
NUMBER = "+12025550123"
CANARY = b"blue boat"


@pytest.fixture
def told(sqlite_url: str, tmp_path: Path) -> Settings:
    """The same on either database: one is enough."""
    return settings_of(sqlite_url, tmp_path / "var")


@pytest.fixture
def house(told: Settings, clock: SetClock) -> Iterator[Workshop]:
    """The worker's process, on the folder with all keys."""
    shop = open_workshop(told, clock, RandomIds())
    yield shop
    shop.engine.dispose()


@pytest.fixture
def bare(told: Settings, house: Workshop, clock: SetClock, tmp_path: Path) -> Iterator[Desk]:
    """The intake's process as on a machine of its own: public keys, the index key, and its half of the epochs' keys."""
    folder, full = tmp_path / "intake" / "keys", told.data_dir / "keys"
    folder.mkdir(parents=True)
    for path in (full / "index.key", full / "flight.key", *full.glob("*.pub")):
        (folder / path.name).write_bytes(path.read_bytes())
    desk = open_desk(replace(told, data_dir=tmp_path / "intake"), clock, CountedIds())
    assert {path.suffix for path in folder.glob("*") if path.name not in ("index.key", "flight.key")} == {
        ".pub"
    }
    yield desk
    desk.engine.dispose()


def in_memory(root: object) -> tuple[set[bytes], bool]:
    """Everything of 32 bytes that can be reached from `root`, and whether what was said stands anywhere."""
    found, canary, seen, todo = set[bytes](), False, set[int](), [root]
    skipped = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.CodeType)
    while todo:
        one = todo.pop()
        if id(one) in seen or isinstance(one, skipped):
            continue
        seen.add(id(one))
        if isinstance(one, str):
            canary = canary or CANARY.decode() in one
        elif isinstance(one, bytes | bytearray):
            canary = canary or CANARY in bytes(one)
            if len(one) == 32:
                found.add(bytes(one))
        else:
            todo.extend(gc.get_referents(one))
    return found, canary


def all_blobs(*sources: tuple[Engine, object]) -> list[bytes]:
    """Every sealed or other bytes of these databases."""
    found = []
    for engine, tables in sources:
        with read(engine) as tx:
            for table in tables.sorted_tables:  # type: ignore[attr-defined]
                columns = [one for one in table.columns if isinstance(one.type, LargeBinary)]
                if not columns or table.name == "books":
                    continue
                found += [blob for row in tx.execute(select(*columns)) for blob in row if blob is not None]
    return found


def opened(keys: set[bytes], blobs: list[bytes]) -> list[bytes]:
    """What any of the keys opens of the blobs, whatever way it was sealed."""
    found = []
    for key in keys:
        box = SealedBox(PrivateKey(key))
        for blob in blobs:
            for start in (0, 17):
                with suppress(CryptoError, TypeError, ValueError):
                    found.append(box.decrypt(blob[start:]))
            for start in (0, 4):
                nonce, sealed = blob[start : start + 24], blob[start + 24 :]
                if len(nonce) == 24 and len(sealed) >= 16:
                    with suppress(CryptoError):
                        found.append(crypto_secretbox_open_easy(sealed, nonce, key))
    return found


def loot(desk: Desk) -> tuple[set[bytes], list[bytes]]:
    """The keys in the intake's reach, and all that could be opened with them."""
    keys, _ = in_memory(desk)
    keys |= {value.encode() for value in os.environ.values() if len(value) == 32}
    keys |= {path.read_bytes() for path in (desk.settings.data_dir / "keys").glob("*")}
    store = desk.kit.sealer.store.engine
    blobs = all_blobs((desk.engine, metadata()), (store, StoreBase.metadata))
    # Whatever is 32 bytes long in the databases is tried as a key too.
    return keys | {blob for blob in blobs if len(blob) == 32}, blobs


def told_all(twilio: Twilio) -> None:
    for body in ("Hello", "yes", "no", "2", SAID, "castries", "STOP"):
        twilio.text(body, NUMBER)


def test_a_finished_conversation_opens_for_worker_and_staff_and_never_for_the_intake(
    bare: Desk, house: Workshop, told: Settings, clock: SetClock
) -> None:
    twilio = Twilio(create_app(bare).test_client())
    told_all(twilio)
    drain(house)
    while_running = opened(*loot(bare))
    assert any(CANARY in one for one in while_running), (
        "what is in flight it opens: this way of looking works"
    )
    assert not any(NUMBER.encode() in one for one in while_running), "but no number"
    with write(house.engine) as tx:  # should anything have alarmed, somebody dealt with it
        for alert in tx.scalars(select(Alert)):
            close(tx, house.kit, alert.id, None, "safe", clock.now())
    for _ in range(10):  # three days, with a clock process that goes round
        clock.advance(hours=8)
        clock_process.tick(house)
        drain(house)
    twilio.text("Hello", "+12025550155")  # the process goes on for others
    keys, blobs = loot(bare)
    assert not any(CANARY in one or NUMBER.encode() in one for one in opened(keys, blobs))
    assert not in_memory(bare)[1], "nor does it stand anywhere in the memory"
    with read(bare.engine) as tx:
        messages = tx.scalars(select(Message).where(Message.direction == "in")).all()
        contact = tx.scalars(select(Contact).order_by(Contact.created_at)).first()
        fields = tx.scalars(select(RecordField)).all()
    staff = reader_of(KeyFolder(told.data_dir / "keys"), house.kit.sealer.store, "responder")
    assert SAID.encode() in [staff.open(one.id, one.body_sealed) for one in messages]
    assert any(CANARY in staff.open(row.id, row.sealed) for row in fields)
    assert contact is not None
    assert contact.number_sealed is not None
    assert house.reader.open(contact.id, contact.number_sealed) == NUMBER.encode()
