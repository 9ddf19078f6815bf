"""After the ceremony no file opens anything: a role's key is with its members, under their passwords, and on the card."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from nacl.public import PrivateKey
from sqlalchemy import Engine

from hotline.access import key_grants
from hotline.access.passwords import Passwords
from hotline.db import read, write
from hotline.now import SetClock
from hotline.standards.crosswalk import Sensitivity
from hotline.vault import ceremony, staff_keys
from hotline.vault.cards import WrongCard, cards_of, key_of
from hotline.vault.ceremony import CeremonyError, Held
from hotline.vault.keys import KeyFolder, NoKey
from hotline.vault.sealing import RecordsReader, Sealer, Unsealable
from hotline.vault.store import KeyStore
from tests.vault.conftest import NARROW, NOON

QUICK = Passwords(memory_kib=8, time_cost=1, parallelism=1)
FIRST, SECOND, NEW = "staff-1", "staff-2", "staff-3"
VICTIM, IMMIGRATION = Sensitivity.VICTIM_IDENTITY, Sensitivity.IMMIGRATION


def password(staff_id: str) -> str:
    return f"the long password of {staff_id}"


def log_in(store: KeyStore, staff_id: str, said: str = "") -> staff_keys.StaffPair | None:
    return key_grants.unlock(store, QUICK, staff_id, said or password(staff_id), NOON)


@pytest.fixture
def blobs(sqlite_engine: Engine, sealer: Sealer) -> dict[Sensitivity, bytes]:
    """What was kept before the ceremony."""
    with write(sqlite_engine) as tx:
        return {one: sealer.seal(tx, "record", "row", one, b"words") for one in (VICTIM, IMMIGRATION)}


@pytest.fixture
def held(keys: KeyFolder, sealer: Sealer, blobs: dict[Sensitivity, bytes]) -> Held:
    for one in (FIRST, SECOND):
        log_in(sealer.store, one)
    members = {"data_manager": [FIRST, NEW], "responder": [SECOND]}
    held = ceremony.hold(sealer.store, keys, members, "command:keys", NOON)
    ceremony.destroy_files(keys)
    return held


def opens(store: KeyStore, role: str, private: bytes | None, blob: bytes) -> bool:
    if private is None:
        return False
    try:
        return RecordsReader(private, store, role).open("row", blob) == b"words"
    except Unsealable:
        return False


def test_the_files_are_gone_and_worth_nothing(
    keys: KeyFolder, sealer: Sealer, blobs: dict[Sensitivity, bytes]
) -> None:
    copies = {role: keys.private(role) for role in ("data_manager", "leader", "responder", "export")}
    log_in(sealer.store, FIRST)
    ceremony.hold(sealer.store, keys, {"data_manager": [FIRST]}, "command:keys", NOON)
    assert len(ceremony.destroy_files(keys)) == 4
    assert not keys.holds_roles
    keys.make()
    assert not keys.holds_roles, "another start makes none"
    with pytest.raises(NoKey):
        keys.private("data_manager")
    assert not any(opens(sealer.store, role, key, blobs[VICTIM]) for role, key in copies.items())


def test_a_member_opens_with_the_password_what_their_role_may_read(
    held: Held, sealer: Sealer, blobs: dict[Sensitivity, bytes]
) -> None:
    store = sealer.store
    manager, responder = log_in(store, FIRST), log_in(store, SECOND)
    assert manager is not None
    assert responder is not None
    key = staff_keys.granted(store, manager, "data_manager")
    assert opens(store, "data_manager", key, blobs[VICTIM])
    assert opens(store, "data_manager", key, blobs[IMMIGRATION])
    key = staff_keys.granted(store, responder, "responder")
    assert opens(store, "responder", key, blobs[VICTIM])
    assert not opens(store, "responder", key, blobs[IMMIGRATION])
    assert staff_keys.granted(store, responder, "data_manager") is None
    assert log_in(store, FIRST, "another long password") is None


def test_what_comes_later_is_sealed_to_the_new_keys(
    held: Held, sqlite_engine: Engine, sealer: Sealer
) -> None:
    with write(sqlite_engine) as tx:
        later = sealer.seal(tx, "another", "row", VICTIM, b"words")
    pair = log_in(sealer.store, FIRST)
    assert pair is not None
    key = staff_keys.granted(sealer.store, pair, "data_manager")
    assert opens(sealer.store, "data_manager", key, later)
    assert opens(sealer.store, "export", held.export, later)


def test_nobody_is_granted_a_key_but_by_who_has_it(
    held: Held, sealer: Sealer, blobs: dict[Sensitivity, bytes]
) -> None:
    store = sealer.store
    fresh = log_in(store, NEW)
    assert fresh is not None
    assert staff_keys.granted(store, fresh, "data_manager") is None, "the pair came after the ceremony"
    member = log_in(store, FIRST)
    assert member is not None
    key = staff_keys.granted(store, member, "data_manager")
    assert key is not None
    with write(store.engine) as tx:
        assert staff_keys.grant(tx, "data_manager", key, [NEW], FIRST, NOON) == (NEW,)
    assert staff_keys.holders(store, "data_manager") == {FIRST, NEW}
    assert opens(store, "data_manager", staff_keys.granted(store, fresh, "data_manager"), blobs[IMMIGRATION])


def test_another_password_keeps_what_was_granted_and_a_forgotten_one_does_not(
    held: Held, sealer: Sealer
) -> None:
    store = sealer.store
    key_grants.change(store, QUICK, FIRST, password(FIRST), "a second long password", NOON)
    pair = log_in(store, FIRST, "a second long password")
    assert pair is not None
    assert staff_keys.granted(store, pair, "data_manager") is not None
    assert log_in(store, FIRST) is None, "the old one opens nothing"
    pair = key_grants.renew(store, QUICK, FIRST, "a third long password", NOON)
    assert staff_keys.granted(store, pair, "data_manager") is None


def test_a_session_keeps_the_key_under_its_id_alone(
    held: Held, sqlite_engine: Engine, sealer: Sealer, blobs: dict[Sensitivity, bytes]
) -> None:
    store, pair = sealer.store, log_in(sealer.store, FIRST)
    with write(sqlite_engine) as tx:
        key_grants.keep_for_session(tx, store, pair, "data_manager", "token", NOON)
    with read(sqlite_engine) as tx:
        key = key_grants.of_session(tx, "token", "data_manager")
        assert opens(store, "data_manager", key, blobs[VICTIM])
        assert key_grants.of_session(tx, "token", "leader") is None
        assert key_grants.of_session(tx, "another", "data_manager") is None
    with write(sqlite_engine) as tx:
        key_grants.forget_session(tx, key_grants.hash_token("token"))
        assert key_grants.of_session(tx, "token", "data_manager") is None


def test_a_rotated_key_leaves_out_who_is_no_member_any_more(
    held: Held, keys: KeyFolder, sealer: Sealer, blobs: dict[Sensitivity, bytes]
) -> None:
    store, pair = sealer.store, log_in(sealer.store, FIRST)
    assert pair is not None
    old = staff_keys.granted(store, pair, "data_manager")
    assert old is not None
    with pytest.raises(CeremonyError):
        ceremony.rotate(store, keys, "leader", old, [SECOND], FIRST, NOON)
    ceremony.rotate(store, keys, "data_manager", old, [SECOND], FIRST, NOON)
    assert not opens(store, "data_manager", old, blobs[VICTIM])
    assert staff_keys.granted(store, pair, "data_manager") is None
    other = log_in(store, SECOND)
    assert other is not None
    assert opens(store, "data_manager", staff_keys.granted(store, other, "data_manager"), blobs[VICTIM])
    assert opens(
        store, "data_manager", ceremony.recover(store, held.card, "data_manager"), blobs[IMMIGRATION]
    )


def test_keys_are_wrapped_anew_when_the_matrix_changed(
    held: Held, sealer: Sealer, blobs: dict[Sensitivity, bytes]
) -> None:
    store = sealer.store
    manager = ceremony.recover(store, held.card, "data_manager")
    responder = ceremony.recover(store, held.card, "responder")
    assert ceremony.rewrap(store, "data_manager", manager, NARROW) == (0, 0)
    wider = {**NARROW, IMMIGRATION: NARROW[VICTIM], VICTIM: NARROW[IMMIGRATION]}
    assert ceremony.rewrap(store, "data_manager", manager, wider) == (1, 1)
    assert opens(store, "responder", responder, blobs[IMMIGRATION])
    assert not opens(store, "responder", responder, blobs[VICTIM])


def test_a_ceremony_is_held_once_and_never_without_somebody_who_can_read(
    keys: KeyFolder, sealer: Sealer, clock: SetClock
) -> None:
    now: datetime = clock.now()
    with pytest.raises(CeremonyError, match="logged in"):
        ceremony.hold(sealer.store, keys, {"data_manager": [FIRST]}, "command:keys", now)
    assert not ceremony.was_held(sealer.store), "nothing was changed"
    log_in(sealer.store, FIRST)
    ceremony.hold(sealer.store, keys, {"data_manager": [FIRST]}, "command:keys", now)
    with pytest.raises(CeremonyError, match="already"):
        ceremony.hold(sealer.store, keys, {"data_manager": [FIRST]}, "command:keys", now)


def test_two_of_three_cards_open_and_one_does_not() -> None:
    key = bytes(PrivateKey.generate())
    (whole,) = cards_of(key, split=False)
    assert key_of([whole.upper().replace(" ", "  ")]) == key
    one, two, three = cards_of(key, split=True)
    assert key_of([one, three]) == key_of([two, one]) == key
    for wrong in ([one], [], ["no words of a card"], [one, one]):
        with pytest.raises(WrongCard):
            key_of(wrong)


def test_a_strange_card_opens_nothing(held: Held, sealer: Sealer, tmp_path: Path) -> None:
    assert ceremony.recover(sealer.store, held.card, "export") == held.export
    with pytest.raises(CeremonyError, match="not the card"):
        ceremony.recover(sealer.store, bytes(PrivateKey.generate()), "export")
    with pytest.raises(CeremonyError, match="knows no key"):
        ceremony.recover(sealer.store, held.card, "worker")


def test_a_role_that_is_added_gets_a_key_and_reads_what_was_kept_before(
    held: Held, keys: KeyFolder, sealer: Sealer, blobs: dict[Sensitivity, bytes]
) -> None:
    store = sealer.store
    log_in(store, NEW)
    assert ceremony.add_role(store, keys, "law_enforcement", [NEW], FIRST, NOON)
    assert not ceremony.add_role(store, keys, "law_enforcement", [SECOND], FIRST, NOON), "once"
    wider = {**NARROW, IMMIGRATION: (*NARROW[IMMIGRATION], "law_enforcement")}
    manager = ceremony.recover(store, held.card, "data_manager")
    assert ceremony.rewrap(store, "data_manager", manager, wider) == (1, 0)
    pair = log_in(store, NEW)
    assert pair is not None
    key = staff_keys.granted(store, pair, "law_enforcement")
    assert opens(store, "law_enforcement", key, blobs[IMMIGRATION])
    assert not opens(store, "law_enforcement", key, blobs[VICTIM])


def test_before_the_ceremony_an_added_role_has_a_file_like_the_others(
    keys: KeyFolder, sealer: Sealer, blobs: dict[Sensitivity, bytes]
) -> None:
    assert ceremony.add_role(sealer.store, keys, "law_enforcement", [], FIRST, NOON)
    manager = keys.private("data_manager")
    wider = {**NARROW, IMMIGRATION: (*NARROW[IMMIGRATION], "law_enforcement")}
    ceremony.rewrap(sealer.store, "data_manager", manager, wider)
    assert opens(sealer.store, "law_enforcement", keys.private("law_enforcement"), blobs[IMMIGRATION])
