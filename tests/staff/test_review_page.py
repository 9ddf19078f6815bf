"""Who has access, to be signed."""

from __future__ import annotations

import pytest

from hotline.access.reviewing import unused_accounts
from hotline.access.tables import Role, Staff
from tests.staff.office import Office

# What differs between the databases is tried below the pages, in tests/access.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(("role", "may"), [(Role.LEADER, True), (Role.ADMINISTRATOR, True), (Role.DATA_MANAGER, False), (Role.RESPONDER, False)])  # fmt: skip
def test_it_is_for_leader_and_administrator(office: Office, role: Role, may: bool) -> None:
    office.add("Cara", role=role)
    cara = office.logged_in("Cara")
    assert (cara.get("/review").status_code == 200) is may
    cara.get("/account")
    assert ('href="/review"' in cara.html) is may


def test_it_is_signed_as_it_stands(office: Office) -> None:
    office.add("Cara", role=Role.LEADER)
    cara = office.logged_in("Cara")
    cara.get("/review")
    assert "Maria Data Manager" in cara.text
    assert "Ben Responder never none" in cara.text
    with office.tx() as tx:
        ben = tx.get(Staff, office.staff["Ben"])
        assert ben is not None
        ben.role = Role.DATA_MANAGER
    cara.send("/review")
    assert cara.status == 409
    assert "The list has changed." in cara.text
    assert "Signed" not in cara.text
    cara.send("/review")
    assert "08:00, Cara" in cara.text
    with office.tx() as tx:
        ben = tx.get(Staff, office.staff["Ben"])
        assert ben is not None
        ben.active = False
    cara.get("/review")
    assert "(the list was another one)" in cara.text


def test_accounts_that_nobody_uses_are_named(office: Office) -> None:
    office.add("Cara", role=Role.LEADER)
    office.clock.advance(days=90)
    cara = office.logged_in("Cara")
    cara.get("/review")
    assert cara.text.count("not for 90 days") == 2
    with office.tx() as tx:
        assert unused_accounts(tx, office.now) == 2
        ben = tx.get(Staff, office.staff["Ben"])
        assert ben is not None
        ben.password_hash = None
        assert unused_accounts(tx, office.now) == 1, "who cannot log in is no account to look after"
