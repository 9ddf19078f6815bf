"""After the key ceremony a page opens for who logged in, by their own session, and for nothing that lies in a file or database."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from hotline.access.tables import Role
from hotline.db import read, write
from hotline.vault import ceremony, staff_keys
from hotline.vault.keys import KeyFolder
from hotline.vault.store_tables import RoleGrant
from hotline.vault.tables import SessionKey
from tests.staff.office import Office

SAID = "the woman in the blue boat"


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    """A folder of its own: its private keys are destroyed."""
    folder = KeyFolder(tmp_path / "keys")
    folder.make()
    return folder


@pytest.fixture
def held(office: Office, keys: KeyFolder) -> Office:
    """Maria and Ben have logged in once, then a ceremony was held."""
    office.add("Lea", "en", Role.LEADER)
    for name in ("Maria", "Ben"):
        office.logged_in(name)
    members = {"data_manager": [office.staff["Maria"]], "responder": [office.staff["Ben"]], "leader": []}
    ceremony.hold(office.desk.kit.sealer.store, keys, members, "command:keys", office.now)
    ceremony.destroy_files(keys)
    return office


def test_who_has_the_key_reads_and_the_page_says_test_data_no_more(held: Office) -> None:
    thread = held.thread(SAID)
    for name in ("Maria", "Ben"):
        browser = held.logged_in(name)
        browser.get(f"/threads/{thread}")
        browser.reveal(thread)
        assert SAID in browser.text
        assert "Test data only." not in browser.text


def test_a_session_of_before_the_ceremony_reads_nothing_and_goes_on(office: Office, keys: KeyFolder) -> None:
    thread = office.thread(SAID)
    maria = office.logged_in("Maria")
    members = {"data_manager": [office.staff["Maria"]]}
    ceremony.hold(office.desk.kit.sealer.store, keys, members, "command:keys", office.now)
    ceremony.destroy_files(keys)
    maria.get(f"/threads/{thread}")
    maria.reveal(thread)
    assert maria.status == 200
    assert SAID not in maria.text
    again = office.logged_in("Maria")
    again.get(f"/threads/{thread}")
    assert SAID in again.text, "what was kept before is wrapped for the new key"


def test_who_was_not_granted_the_key_reads_nothing_until_a_member_grants_it(held: Office) -> None:
    thread = held.thread(SAID)
    lea = held.logged_in("Lea")
    lea.get(f"/threads/{thread}")
    lea.reveal(thread)
    assert lea.status == 200
    assert SAID not in lea.text


def test_nothing_at_rest_opens_it_while_somebody_is_logged_in(held: Office) -> None:
    thread = held.thread(SAID)
    maria = held.logged_in("Maria")
    store = held.desk.kit.sealer.store
    with read(held.desk.engine) as tx:
        rows = tx.scalars(select(SessionKey)).all()
    assert len(rows) == 1
    assert staff_keys.holders(store, "data_manager") == {held.staff["Maria"]}
    maria.get(f"/threads/{thread}")
    maria.reveal(thread)
    assert SAID in maria.text
    with write(held.desk.engine) as tx:
        for row in tx.scalars(select(SessionKey)):
            row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
    maria.get(f"/threads/{thread}")
    assert SAID not in maria.text, "it is opened with the session's own key alone, and kept nowhere else"


def test_whose_key_is_taken_away_reads_nothing_from_the_next_log_in_on(held: Office) -> None:
    thread = held.thread(SAID)
    staff_keys.revoke(held.desk.kit.sealer.store, held.staff["Ben"])
    with read(held.desk.kit.sealer.store.engine) as tx:
        assert tx.scalars(select(RoleGrant.role)).all() == ["data_manager"]
    ben = held.logged_in("Ben")
    ben.get(f"/threads/{thread}")
    ben.reveal(thread)
    assert SAID not in ben.text
