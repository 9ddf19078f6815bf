"""Key pairs of members of staff, and the roles' private keys that are granted to them, as they lie in the key store.

A role's private key is sealed to each member's public key; a member's private key is sealed under a key that Argon2id makes of
their password, with a salt of its own: who has the database and the key store, and no password, opens nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hotline.db import read, write
from hotline.vault.store import KeyStore
from hotline.vault.store_tables import RoleGrant, RoleKey, StaffKey


@dataclass(frozen=True, slots=True)
class StaffPair:
    """The private key of a member of staff, while they are logging in."""

    staff_id: str
    private: bytes


def salt_of(store: KeyStore, staff_id: str) -> bytes | None:
    """The salt (16 bytes) for the password of a member of staff; None when they have no key pair yet."""
    with read(store.engine) as tx:
        return tx.scalar(select(StaffKey.salt).where(StaffKey.staff_id == staff_id))


def make_pair(store: KeyStore, staff_id: str, salt: bytes, derived: bytes, now: datetime) -> StaffPair:
    """A new key pair under a key (32 bytes) made of the password; what was granted to an older one is gone with it."""
    private = PrivateKey.generate()
    with write(store.engine) as tx:
        tx.execute(delete(RoleGrant).where(RoleGrant.staff_id == staff_id))
        tx.execute(delete(StaffKey).where(StaffKey.staff_id == staff_id))
        sealed = bytes(SecretBox(derived).encrypt(bytes(private)))
        public = bytes(private.public_key)
        tx.add(StaffKey(staff_id=staff_id, public=public, salt=salt, sealed=sealed, made_at=now))
    return StaffPair(staff_id, bytes(private))


def open_pair(store: KeyStore, staff_id: str, derived: bytes) -> StaffPair | None:
    """The key pair, opened with a key made of the password; None where there is none, or the password changed."""
    with read(store.engine) as tx:
        sealed = tx.scalar(select(StaffKey.sealed).where(StaffKey.staff_id == staff_id))
    if sealed is None:
        return None
    try:
        return StaffPair(staff_id, SecretBox(derived).decrypt(sealed))
    except CryptoError:
        return None


def seal_again(store: KeyStore, pair: StaffPair, salt: bytes, derived: bytes) -> None:
    """The same pair under another password: what is granted stays."""
    with write(store.engine) as tx:
        row = tx.get(StaffKey, pair.staff_id)
        if row is not None:
            row.salt, row.sealed = salt, bytes(SecretBox(derived).encrypt(pair.private))


def granted(store: KeyStore, pair: StaffPair, role: str) -> bytes | None:
    """The private key of a role, for who it was granted to; None where it was not, or the role's key was changed since."""
    with read(store.engine) as tx:
        sealed = tx.scalar(
            select(RoleGrant.sealed)
            .join(RoleKey, (RoleKey.role == RoleGrant.role) & (RoleKey.generation == RoleGrant.generation))
            .where(RoleGrant.role == role, RoleGrant.staff_id == pair.staff_id)
        )
    if sealed is None:
        return None
    try:
        return SealedBox(PrivateKey(pair.private)).decrypt(sealed)
    except CryptoError:
        return None


def grant(
    tx: Session, role: str, private: bytes, members: Collection[str], by: str, now: datetime
) -> tuple[str, ...]:
    """Grant a role's private key to those of `members` who have a key pair; gives them. `tx`: of the key store."""
    generation = tx.scalars(select(RoleKey.generation).where(RoleKey.role == role)).one()
    pairs = tx.execute(
        select(StaffKey.staff_id, StaffKey.public)
        .where(StaffKey.staff_id.in_(list(members)))
        .order_by(StaffKey.staff_id)
    ).all()
    for staff_id, public in pairs:
        tx.execute(delete(RoleGrant).where(RoleGrant.role == role, RoleGrant.staff_id == staff_id))
        sealed = SealedBox(PublicKey(public)).encrypt(private)
        tx.add(
            RoleGrant(
                role=role,
                staff_id=staff_id,
                generation=generation,
                sealed=sealed,
                granted_by=by[:32],
                granted_at=now,
            )
        )
    tx.flush()
    return tuple(staff_id for staff_id, _ in pairs)


def holders(store: KeyStore, role: str) -> frozenset[str]:
    """Who can open the role's key as it is now."""
    with read(store.engine) as tx:
        return frozenset(
            tx.scalars(
                select(RoleGrant.staff_id)
                .join(
                    RoleKey, (RoleKey.role == RoleGrant.role) & (RoleKey.generation == RoleGrant.generation)
                )
                .where(RoleGrant.role == role)
            )
        )


def with_pairs(store: KeyStore) -> frozenset[str]:
    """Who has a key pair, and so can be granted a role's key."""
    with read(store.engine) as tx:
        return frozenset(tx.scalars(select(StaffKey.staff_id)))


def revoke(store: KeyStore, staff_id: str, *, keeps: Collection[str] = ()) -> None:
    """Take role keys from a member of staff, but for the roles that they keep. What they had in hand before, only a new key of
    the role (`hotline keys rotate`) makes worthless."""
    with write(store.engine) as tx:
        tx.execute(
            delete(RoleGrant).where(RoleGrant.staff_id == staff_id, RoleGrant.role.not_in(list(keeps)))
        )
