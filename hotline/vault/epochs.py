"""The keys of what is in flight: one for every six hours, destroyed 48 hours after its end.

    epoch 81 000 of 12:00 to 18:00 on Monday     seals from 12:00 on
    18:00 on Monday                              the next one seals; this one still opens
    18:00 on Wednesday                           the clock process destroys it: what is left of it is gone for good

An epoch's key is made of a seed in the key store and of `flight.key`: neither a copy of the store nor the key file alone
opens anything.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from nacl.utils import random

from hotline.now import Clock
from hotline.vault.store import KeyStore

LENGTH = timedelta(hours=6)
KEPT = timedelta(hours=48)
BYTES = 4
_SECONDS = int(LENGTH.total_seconds())


def number_of(at: datetime) -> int:
    """The epoch of an instant."""
    return int(at.timestamp()) // _SECONDS


def begins(number: int) -> bytes:
    """What every blob of an epoch begins with."""
    return number.to_bytes(BYTES, "big")


def oldest_kept(now: datetime) -> int:
    """The oldest epoch whose key may still be there: all before it ended more than 48 hours ago."""
    return number_of(now - KEPT)


class Epochs:
    """The keys of the epochs, as one process knows them: no longer than they are kept."""

    def __init__(self, flight_key: bytes, store: KeyStore, clock: Clock) -> None:
        self._flight, self._store, self._clock = flight_key, store, clock
        self._known: dict[int, bytes] = {}
        self._begin = self._end = datetime.min.replace(tzinfo=UTC)
        self._now: tuple[int, bytes] = (-1, b"")

    def current(self) -> tuple[int, bytes]:
        """Number and key (32 bytes) of the epoch that seals now."""
        now = self._clock.now()
        if not self._begin <= now < self._end:
            self._turn(now)
        return self._now

    def key(self, number: int) -> bytes | None:
        """The key of an epoch; None when it was destroyed, or never was."""
        now = self._clock.now()
        if not self._begin <= now < self._end:
            self._turn(now)
        found = self._known.get(number)
        if found is None:
            seed = self._store.seed(number)
            if seed is None:
                return None
            found = self._made_of(seed)
            if number >= oldest_kept(now):  # else it is about to be destroyed: not remembered here
                self._known[number] = found
        return found

    def _turn(self, now: datetime) -> None:
        """A new epoch begins, and those that are over are forgotten."""
        number = number_of(now)
        seed = self._store.seed(number) or self._store.keep_seed(number, random(32))
        oldest = oldest_kept(now)
        known = {one: key for one, key in self._known.items() if one >= oldest}
        known[number] = self._made_of(seed)
        self._known, self._now = known, (number, known[number])
        self._begin = datetime.fromtimestamp(number * _SECONDS, UTC)
        self._end = self._begin + LENGTH

    def _made_of(self, seed: bytes) -> bytes:
        return hashlib.blake2b(seed, key=self._flight, person=b"epoch", digest_size=32).digest()
