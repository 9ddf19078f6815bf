"""What is in flight opens while it is, and for nobody once its epoch is over for 48 hours."""

from __future__ import annotations

import pytest

from hotline.now import SetClock
from hotline.vault.epochs import begins, number_of, oldest_kept
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import Sealer, Unsealable
from tests.vault.conftest import NOON
from tests.vaulted import sealer_of

WORDS = b"she is at the market"


def clock_process(sealer: Sealer, clock: SetClock) -> None:
    """What the clock process does for epochs."""
    sealer.store.destroy_epochs(sealer.store.epochs_before(oldest_kept(clock.now())))


def test_another_process_opens_what_is_in_flight(keys: KeyFolder, clock: SetClock, sealer: Sealer) -> None:
    other = sealer_of(keys, clock)
    assert other.open_flight("row", sealer.seal_flight("row", WORDS)) == WORDS
    assert sealer.open_flight("row", other.seal_flight("row", WORDS)) == WORDS


def test_a_blob_names_its_epoch_and_the_next_one_has_another_key(sealer: Sealer, clock: SetClock) -> None:
    first = sealer.seal_flight("row", WORDS)
    clock.advance(hours=5, minutes=59)
    assert sealer.seal_flight("row", WORDS)[:4] == first[:4] == begins(number_of(NOON))
    clock.advance(minutes=1)
    second = sealer.seal_flight("row", WORDS)
    assert second[:4] == begins(number_of(NOON) + 1)
    with pytest.raises(Unsealable):
        sealer.open_flight("row", second[:4] + first[4:])
    assert sealer.open_flight("row", first) == WORDS


def test_it_opens_for_48_hours_after_the_end_of_its_epoch_and_then_never(
    keys: KeyFolder, sealer: Sealer, clock: SetClock
) -> None:
    blob = sealer.seal_flight("row", WORDS)
    clock.advance(hours=6 + 48, seconds=-1)
    clock_process(sealer, clock)
    assert sealer.open_flight("row", blob) == WORDS
    clock.advance(seconds=1)
    clock_process(sealer, clock)
    assert sealer.flying("row", blob) is None, "nor from what this process remembered"
    clock.set(NOON)
    assert sealer_of(keys, clock).flying("row", blob) is None, "setting the clock back helps nobody"


def test_the_store_alone_opens_nothing_and_neither_does_the_key_file(
    keys: KeyFolder, sealer: Sealer, clock: SetClock
) -> None:
    blob = sealer.seal_flight("row", WORDS)
    (keys.path / "flight.key").write_bytes(b"x" * 32)
    assert sealer_of(keys, clock).flying("row", blob) is None
