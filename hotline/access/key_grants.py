"""A role's private key under log-ins: opened when a member of the role logs in, and kept during the session only under a key made
of the session's id, of which the database has the hash alone. So database and memory at rest open nothing.

    before the key ceremony     everybody who logs in gets a key pair; nothing is granted yet
    at the ceremony             the roles' keys are granted to the members who have a pair
    a new member                is granted the role's key by a member of the role (`hotline keys grant`)
    a forgotten password        is a new pair: what was granted before is to be granted anew
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random
from sqlalchemy import delete
from sqlalchemy.orm import Session

from hotline.access.passwords import Passwords
from hotline.access.sessions import hash_token
from hotline.vault import staff_keys
from hotline.vault.staff_keys import StaffPair
from hotline.vault.store import KeyStore
from hotline.vault.tables import SessionKey

_SALT = 16


def unlock(
    store: KeyStore, passwords: Passwords, staff_id: str, password: str, now: datetime
) -> StaffPair | None:
    """The own key pair of who gave the right password, made at the first time. Takes as long as looking at a password: outside
    any transaction. None where the pair opens no more. Raises `Busy`."""
    salt = staff_keys.salt_of(store, staff_id)
    if salt is None:
        return renew(store, passwords, staff_id, password, now)
    return staff_keys.open_pair(store, staff_id, passwords.derive(password, salt))


def renew(store: KeyStore, passwords: Passwords, staff_id: str, password: str, now: datetime) -> StaffPair:
    """A new pair for a password that was set without the old one. Raises `Busy`."""
    salt = random(_SALT)
    return staff_keys.make_pair(store, staff_id, salt, passwords.derive(password, salt), now)


def change(store: KeyStore, passwords: Passwords, staff_id: str, old: str, new: str, now: datetime) -> None:
    """Another password by who knows the old one: what was granted stays. Raises `Busy`."""
    pair = unlock(store, passwords, staff_id, old, now)
    if pair is None:
        renew(store, passwords, staff_id, new, now)
        return
    salt = random(_SALT)
    staff_keys.seal_again(store, pair, salt, passwords.derive(new, salt))


def keep_for_session(
    tx: Session, store: KeyStore, pair: StaffPair | None, role: str, token: str, now: datetime
) -> None:
    """Keep the key of the person's role for the session with this id, where it is granted to them."""
    private = staff_keys.granted(store, pair, role) if pair is not None else None
    if private is None:
        return
    sealed = bytes(SecretBox(_key_of(token)).encrypt(private))
    tx.add(SessionKey(session_hash=hash_token(token), role=role, sealed=sealed, at=now))
    tx.flush()


def of_session(tx: Session, token: str, role: str) -> bytes | None:
    """The role's private key, for who holds the session's id."""
    row = tx.get(SessionKey, (hash_token(token), role))
    if row is None:
        return None
    try:
        return SecretBox(_key_of(token)).decrypt(row.sealed)
    except CryptoError:
        return None


def forget_session(tx: Session, session_hash: bytes) -> None:
    """The session is over."""
    tx.execute(delete(SessionKey).where(SessionKey.session_hash == session_hash))


def forget_old_sessions(tx: Session, now: datetime, longest: timedelta) -> None:
    """Those that nobody ended."""
    tx.execute(delete(SessionKey).where(SessionKey.at <= now - longest))


def _key_of(token: str) -> bytes:
    """Never the hash that is kept: another function of the id."""
    return hashlib.blake2b(token.encode(), person=b"session key", digest_size=32).digest()
