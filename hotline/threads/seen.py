"""Each carrier's message id or call step is handled once: the unique key decides (DESIGN, the way of a message, 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from hotline.threads.kit import Kit
from hotline.threads.tables import SeenKey

KEY = "key"


@dataclass(frozen=True, slots=True)
class Seen:
    """A repeat: `reply` is what was answered the first time, within the replay time, else None."""

    reply: bytes | None


def claim(tx: Session, kit: Kit, key: str, now: datetime) -> Seen | None:
    """Claim a key for this transaction: None when it is new. Two at the same instant: the second waits here for the
    first to commit, then finds its reply."""
    key_hash = kit.sealer.index(key, KEY)
    insert = sqlite_insert if tx.get_bind().dialect.name == "sqlite" else postgres_insert
    claimed = tx.scalar(
        insert(SeenKey).values(key_hash=key_hash, at=now).on_conflict_do_nothing().returning(SeenKey.key_hash)
    )
    if claimed is not None:
        return None
    row = tx.execute(select(SeenKey.reply_sealed, SeenKey.at).where(SeenKey.key_hash == key_hash)).one()
    replay = timedelta(hours=kit.settings.deployment.timings.replay_hours)
    if row.reply_sealed is None or row.at + replay < now:
        return Seen(None)
    return Seen(kit.sealer.flying(key_hash.hex(), row.reply_sealed))


def was_seen(tx: Session, kit: Kit, key: str) -> bool:
    """Whether a key was claimed before, for what must not be done twice ahead of the transaction that claims it."""
    return tx.get(SeenKey, kit.sealer.index(key, KEY)) is not None


def remember(tx: Session, kit: Kit, key: str, reply: bytes) -> None:
    """Keep the reply to a claimed key for its repeats."""
    key_hash = kit.sealer.index(key, KEY)
    tx.execute(
        update(SeenKey)
        .where(SeenKey.key_hash == key_hash)
        .values(reply_sealed=kit.sealer.seal_flight(key_hash.hex(), reply))
    )


def forget_replies(tx: Session, kit: Kit, now: datetime) -> None:
    """Erase replies that are too old to be replayed; the keyed hashes stay."""
    replay = timedelta(hours=kit.settings.deployment.timings.replay_hours)
    tx.execute(
        update(SeenKey)
        .where(SeenKey.at < now - replay, SeenKey.reply_sealed.is_not(None))
        .values(reply_sealed=None)
    )
