"""The key ceremony, and what keeps its keys in order afterwards: changing a role's key, wrapping anew, opening with the card.

At the ceremony every role gets a new key pair, since the first ones lay in plain files; what was kept until then is wrapped anew
for it. The private halves are granted to the members of the role and sealed to the recovery card; then the files are destroyed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hotline.db import read, write
from hotline.standards.crosswalk import Sensitivity
from hotline.vault.compartments import wrapped_for
from hotline.vault.keys import KeyFolder
from hotline.vault.roles import EXPORT, KINDS, READERS, WORKER, readers_of
from hotline.vault.staff_keys import grant
from hotline.vault.store import Half, KeyStore
from hotline.vault.store_tables import Recovery, RoleGrant, RoleKey, Wrap


class CeremonyError(ValueError):
    """It cannot be done as asked; the message is one line."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a ceremony gives: the recovery card's private key (32 bytes), that of the export, and who was granted each role's."""

    card: bytes
    export: bytes
    granted: Mapping[str, tuple[str, ...]]


def was_held(store: KeyStore) -> bool:
    """Whether there was a ceremony."""
    with read(store.engine) as tx:
        return tx.scalar(select(Recovery.id)) is not None


def hold(
    store: KeyStore,
    keys: KeyFolder,
    members: Mapping[str, Collection[str]],
    by: str,
    now: datetime,
    hand_out: Callable[[Held], None] = lambda held: None,
) -> Held:
    """Make the keys anew, grant and seal them, all in one transaction of the key store. `members`: staff ids by role. `hand_out`
    prints the card: where it raises, nothing was changed. The files are left to `destroy_files`. Raises CeremonyError,
    NoKey."""
    if was_held(store):
        raise CeremonyError("a ceremony was held already: use rotate, grant or recover")
    roles = [role for role in keys.publics() if role != WORKER]
    old = {role: keys.private(role) for role in roles}
    card = PrivateKey.generate()
    granted: dict[str, tuple[str, ...]] = {}
    fresh: dict[str, bytes] = {}
    with write(store.engine) as tx:
        tx.add(Recovery(id=1, public=bytes(card.public_key), held_at=now))
        tx.flush()
        for role, private in old.items():
            fresh[role] = _change(tx, role, private)
            if role != EXPORT:
                granted[role] = grant(tx, role, fresh[role], members.get(role, ()), by, now)
        if not (granted["data_manager"] or granted["leader"]):
            raise CeremonyError("no data manager and no leader has logged in yet: nobody could open a record")
        held = Held(bytes(card), fresh[EXPORT], granted)
        hand_out(held)
    for role, private in fresh.items():
        keys.replace_public(role, bytes(PrivateKey(private).public_key))
    return held


def destroy_files(keys: KeyFolder) -> tuple[Path, ...]:
    """The roles' private key files are overwritten and removed; gives those that were there."""
    gone = []
    for path in keys.role_files():
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        gone.append(path)
    return tuple(gone)


def rotate(
    store: KeyStore,
    keys: KeyFolder,
    role: str,
    private: bytes,
    members: Collection[str],
    by: str,
    now: datetime,
) -> bytes:
    """A new key pair for a role, whose `private` key is in hand: everything that it may read is wrapped anew, and `members` are
    granted it again; nobody else holds it any more. Gives the new private key."""
    _must_be(store, role, private)
    with write(store.engine) as tx:
        fresh = _change(tx, role, private)
        tx.execute(delete(RoleGrant).where(RoleGrant.role == role))
        grant(tx, role, fresh, members, by, now)
    keys.replace_public(role, bytes(PrivateKey(fresh).public_key))
    return fresh


def rewrap(
    store: KeyStore,
    role: str,
    private: bytes,
    readers: Mapping[Sensitivity, tuple[str, ...]] = READERS,
) -> tuple[int, int]:
    """After the matrix changed: wrap every key that `role` can open for the roles that may read it by now and could not, and take
    it from those who may no more. Gives how many wraps were added and taken away."""
    _must_be(store, role, private)
    added = taken = 0
    with write(store.engine) as tx:
        publics = {row.role: row for row in tx.scalars(select(RoleKey))}
        have: dict[bytes, dict[str, Wrap]] = {}
        for wrap in tx.scalars(select(Wrap)):
            have.setdefault(wrap.key_id, {})[wrap.role] = wrap
        for key_id, wraps in have.items():
            one = next(iter(wraps.values()))
            wanted = set(readers_of(one.kind, readers))
            if one.kind not in _CLASSES or not wanted:
                continue
            missing = [name for name in wanted - wraps.keys() if name in publics]
            if missing and role in wraps:
                opened = SealedBox(PrivateKey(private)).decrypt(wraps[role].sealed)
                half = Half(key_id, one.owner, one.kind, opened)
                for name in missing:
                    tx.add(wrapped_for(half, name, publics[name].generation, publics[name].public))
                    added += 1
            for name in wraps.keys() - wanted:
                tx.delete(wraps[name])
                taken += 1
    return added, taken


def add_role(
    store: KeyStore, keys: KeyFolder, role: str, members: Collection[str], by: str, now: datetime
) -> bool:
    """A role that had no key pair gets one, granted to its `members`; False when it has one. Before the ceremony its private half is
    a file like the others'. What was kept before it can open after `rewrap` alone."""
    with read(store.engine) as tx:
        if tx.get(RoleKey, role) is not None:
            return False
    if not was_held(store):
        keys.make_pair(role)
        store.register(keys)
        return True
    fresh = PrivateKey.generate()
    with write(store.engine) as tx:
        recovery = tx.scalars(select(Recovery.public)).one()
        sealed = SealedBox(PublicKey(recovery)).encrypt(bytes(fresh))
        public = bytes(fresh.public_key)
        tx.add(RoleKey(role=role, generation=1, public=public, recovery_sealed=sealed))
        tx.flush()
        grant(tx, role, bytes(fresh), members, by, now)
    keys.replace_public(role, public)
    return True


def recover(store: KeyStore, card: bytes, role: str) -> bytes:
    """The private key of a role, by the recovery card's (32 bytes). Raises CeremonyError."""
    with read(store.engine) as tx:
        public = tx.scalar(select(Recovery.public))
        sealed = tx.scalar(select(RoleKey.recovery_sealed).where(RoleKey.role == role))
    if public is None:
        raise CeremonyError("no ceremony was held: there is no card")
    if bytes(PrivateKey(card).public_key) != public:
        raise CeremonyError("this is not the card of this hotline, or not of its last ceremony")
    if sealed is None:
        raise CeremonyError(f"the card knows no key of the role {role}")
    return SealedBox(PrivateKey(card)).decrypt(sealed)


def _change(tx: Session, role: str, private: bytes) -> bytes:
    """A new pair in place of the one whose private half is given; everything is wrapped anew for it."""
    fresh = PrivateKey.generate()
    row = tx.get(RoleKey, role, with_for_update=True)
    if row is None:
        raise CeremonyError(f"the role {role} has no key")
    row.generation, row.public = row.generation + 1, bytes(fresh.public_key)
    recovery = tx.scalar(select(Recovery.public))
    if recovery is not None:
        row.recovery_sealed = SealedBox(PublicKey(recovery)).encrypt(bytes(fresh))
    old, new = SealedBox(PrivateKey(private)), SealedBox(fresh.public_key)
    for wrap in tx.scalars(select(Wrap).where(Wrap.role == role)):
        try:
            wrap.sealed, wrap.generation = new.encrypt(old.decrypt(wrap.sealed)), row.generation
        except CryptoError:
            raise CeremonyError(f"this key does not open what the role {role} may read") from None
    tx.flush()
    return bytes(fresh)


def _must_be(store: KeyStore, role: str, private: bytes) -> None:
    with read(store.engine) as tx:
        public = tx.scalar(select(RoleKey.public).where(RoleKey.role == role))
    if public != bytes(PrivateKey(private).public_key):
        raise CeremonyError(f"this is not the key of the role {role}")


# The worker's own compartments are no role's business: their keys are never wrapped for anybody else.
_CLASSES = frozenset(KINDS.values())
