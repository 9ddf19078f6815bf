"""Passwords of staff: what makes a good one, and Argon2id with 64 MiB, t=4, p=2.

Checking takes a good part of a second and 64 MiB on purpose. At most two run at once in a process and two wait; whoever
comes then is sent away, so that a flood at the door never takes all threads from those who are inside.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.low_level import hash_secret_raw

from hotline.access.common_passwords import is_common

SHORTEST = 15
LONGEST = 128
FEWEST_DIFFERENT = 6
AT_ONCE = 2
WAITING = 2

_gate = BoundedSemaphore(AT_ONCE)
_turns = BoundedSemaphore(AT_ONCE + WAITING)


class Busy(RuntimeError):
    """Too many passwords are being looked at just now; the person should try again in a moment."""


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(blocking=False):
        raise Busy
    try:
        with _gate:
            yield
    finally:
        _turns.release()


class Weak(StrEnum):
    """Why a password is refused. There are no rules about kinds of characters, and no change by the calendar."""

    SHORT = "short"
    LONG = "long"
    PLAIN = "plain"  # hardly any different characters
    NAME = "name"  # the own name and little else
    COMMON = "common"  # among the first that anybody tries


def weakness(password: str, name: str = "", own_words: Sequence[str] = ()) -> Weak | None:
    """Why this password of `name` is refused; None when it is good. `own_words` are those of the deployment."""
    password = _same_everywhere(password)
    if len(password) < SHORTEST:
        return Weak.SHORT
    if len(password) > LONGEST:
        return Weak.LONG
    folded = password.casefold()
    if len(set(folded)) < FEWEST_DIFFERENT:
        return Weak.PLAIN
    own = name.casefold().strip()
    if own and len(folded.replace(own, "").strip()) < FEWEST_DIFFERENT:
        return Weak.NAME
    return Weak.COMMON if is_common(password, (name, *own_words)) else None


class Passwords:
    """Hashes passwords and checks them; the numbers are smaller in tests alone."""

    def __init__(self, *, memory_kib: int = 64 * 1024, time_cost: int = 4, parallelism: int = 2) -> None:
        self._hasher = PasswordHasher(
            time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism, type=Type.ID
        )
        # What a try under an unknown name is checked against, so that it takes the same time.
        self._nobody = self.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The hash to keep, with its own salt and numbers in it. Raises `Busy`."""
        with _turn():
            return self._hasher.hash(_same_everywhere(password))

    def check(self, kept: str | None, password: str) -> bool:
        """Whether it is the password of the kept hash. None (nobody, or no password yet): False after the same
        time. Raises `Busy`."""
        # A very long one costs no more than the longest that could be right.
        tried = _same_everywhere(password)[: LONGEST + 1]
        with _turn():
            try:
                right = self._hasher.verify(kept or self._nobody, tried)
            except (Argon2Error, InvalidHashError):
                return False
        return right and kept is not None

    def derive(self, password: str, salt: bytes) -> bytes:
        """A key of 32 bytes made of the password, with the same cost as its hash; another salt gives another. Raises `Busy`."""
        numbers = self._hasher
        with _turn():
            return hash_secret_raw(
                _same_everywhere(password)[: LONGEST + 1].encode(),
                salt,
                time_cost=numbers.time_cost,
                memory_cost=numbers.memory_cost,
                parallelism=numbers.parallelism,
                hash_len=32,
                type=Type.ID,
            )

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with other numbers than today's and should be made anew at this log-in."""
        return self._hasher.check_needs_rehash(kept)


def _same_everywhere(password: str) -> str:
    """Keyboards write the same letter in several ways."""
    return unicodedata.normalize("NFKC", password)
