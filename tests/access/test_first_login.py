"""The one-time link of the first start."""

from __future__ import annotations

from sqlalchemy import Engine, select

from hotline import db
from hotline.access.first_login import first_login_link, invited, set_first_password
from hotline.access.people import add_staff, name_of
from hotline.access.tables import Role, Staff
from hotline.config import Settings
from hotline.now import CountedIds, SetClock
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import House
from tests.vaulted import sealer_of


def token_of(link: str | None) -> str:
    assert link is not None
    return link.rpartition("/first/")[2]


def test_on_an_empty_house_a_data_manager_is_made_and_invited(
    engine: Engine, settings: Settings, clock: SetClock, ids: CountedIds
) -> None:
    link = first_login_link(engine, settings, clock, ids)
    assert link is not None
    assert link.startswith("http://localhost:8471/first/")
    with db.read(engine) as tx:
        guest = invited(tx, token_of(link), clock.now())
        assert guest is not None
        house = House(KeyFolder(settings.data_dir / "keys"))
        assert name_of(tx, house, guest.id) == "Data Manager"
        assert (guest.role, guest.languages) == (Role.DATA_MANAGER, "en")


def test_a_second_start_gives_a_new_link_for_the_same_person(
    engine: Engine, settings: Settings, clock: SetClock, ids: CountedIds
) -> None:
    first = first_login_link(engine, settings, clock, ids)
    second = first_login_link(engine, settings, clock, ids)
    with db.read(engine) as tx:
        assert invited(tx, token_of(first), clock.now()) is None
        assert invited(tx, token_of(second), clock.now()) is not None
        assert len(tx.scalars(select(Staff)).all()) == 1


def test_it_is_for_the_data_manager_that_is_there(
    engine: Engine, settings: Settings, clock: SetClock, ids: CountedIds
) -> None:
    keys = KeyFolder(settings.data_dir / "keys")
    keys.make()
    with db.write(engine) as tx:
        maria = add_staff(
            tx, sealer_of(keys), House(keys), ids, clock.now(),
            name="Maria", phone="+12025550111", role=Role.DATA_MANAGER,
        )  # fmt: skip
    link = first_login_link(engine, settings, clock, ids)
    with db.read(engine) as tx:
        guest = invited(tx, token_of(link), clock.now())
        assert guest is not None
        assert guest.id == maria


def test_it_works_once_and_for_ten_minutes(
    engine: Engine, settings: Settings, clock: SetClock, ids: CountedIds
) -> None:
    token = token_of(first_login_link(engine, settings, clock, ids))
    clock.advance(minutes=10)
    with db.write(engine) as tx:
        assert set_first_password(tx, ids, token, "hash", clock.now()) is None
    token = token_of(first_login_link(engine, settings, clock, ids))
    clock.advance(minutes=9)
    with db.write(engine) as tx:
        assert set_first_password(tx, ids, token, "hash", clock.now()) is not None
    with db.write(engine) as tx:
        assert set_first_password(tx, ids, token, "other", clock.now()) is None
        assert tx.scalars(select(Staff.password_hash)).one() == "hash"


def test_there_is_no_link_once_somebody_can_log_in(
    engine: Engine, settings: Settings, clock: SetClock, ids: CountedIds
) -> None:
    token = token_of(first_login_link(engine, settings, clock, ids))
    with db.write(engine) as tx:
        set_first_password(tx, ids, token, "hash", clock.now())
    assert first_login_link(engine, settings, clock, ids) is None


def test_who_was_made_at_the_first_start_gets_a_phone_later(
    engine: Engine, settings: Settings, clock: SetClock, ids: CountedIds
) -> None:
    first_login_link(engine, settings, clock, ids)
    keys = KeyFolder(settings.data_dir / "keys")
    with db.write(engine) as tx:
        add_staff(
            tx, sealer_of(keys), House(keys), ids, clock.now(),
            name="data manager", phone="+12025550111", languages=("fr",), role=Role.DATA_MANAGER,
        )  # fmt: skip
        assert tx.scalars(select(Staff.languages)).one() == "fr"
