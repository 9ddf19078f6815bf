"""What the worker does for officers: supervisors are told, phones become officers'."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from hotline.access.officers import name_supervisor
from hotline.access.people import add_officer
from hotline.access.tables import Officer
from hotline.access.training import open_session
from hotline.db import read, write
from tests.house import CALLER, OFFICER, SECOND, Home

REPORT = "scr pot 12/11 castries f16 ve sex none"


def with_supervisor(house: Home) -> None:
    with write(house.desk.engine) as tx:
        kit, now = house.desk.kit, house.clock.now()
        add_officer(
            tx, kit.sealer, house.shop.house, kit.ids, now, phone=OFFICER, name="Officer One", agency="Police"
        )
        name_supervisor(tx, house.shop.house, kit.ids, now, agency="Police", phone=SECOND)


def shown(house: Home, number: str) -> list[str]:
    house.pass_time(seconds=10)
    return list(house.net.phone(number).texts)


def test_the_supervisor_reads_reference_and_date_and_nothing_else(house: Home) -> None:
    with_supervisor(house)
    house.text(REPORT, "7=haiti", sender=OFFICER)
    house.work()
    house.work()
    reference = house.net.phone(OFFICER).texts[-1].split(".")[0]
    assert shown(house, SECOND) == [f"{reference} 20 Nov 2026"]


def test_a_carrier_in_trouble_and_the_supervisor_still_reads_it_once(house: Home) -> None:
    with_supervisor(house)
    house.net.faults.load([{"what": "message", "fault": "api_timeout_after", "nth": [1]}])
    house.text(REPORT, sender=OFFICER)
    for _ in range(4):
        house.work()
        house.pass_time(seconds=10)
    assert len(shown(house, SECOND)) == 1


def test_a_supervisor_who_said_stop_is_sent_nothing(house: Home) -> None:
    with_supervisor(house)
    house.text("STOP", sender=SECOND)
    before = shown(house, SECOND)
    house.text(REPORT, sender=OFFICER)
    house.work()
    assert shown(house, SECOND) == before


def test_a_report_by_who_is_not_registered_is_told_to_no_supervisor(house: Home) -> None:
    with_supervisor(house)
    house.text(REPORT, sender=CALLER)
    house.work()
    assert shown(house, SECOND) == []


def test_a_phone_that_joined_in_a_training_is_read_back_as_an_officers(house: Home) -> None:
    with write(house.desk.engine) as tx:
        kit = house.desk.kit
        code = open_session(
            tx, kit.sealer, kit.ids, house.clock.now(), lasts=timedelta(hours=2), agency="Police"
        )
    house.text(f"join {code}", "Officer Nine", "Constable", sender=CALLER)
    house.work()
    house.work()
    with read(house.desk.engine) as tx:
        assert tx.scalars(select(Officer)).one().agency == "Police"
    house.text(REPORT, sender=CALLER)
    assert "Venezuela" in shown(house, CALLER)[-1]


def test_the_signs_come_in_their_order(house: Home) -> None:
    with_supervisor(house)
    house.text("signs", sender=OFFICER)
    for _ in range(12):
        house.work()
        house.pass_time(seconds=5)
    numbers = [text.split("/")[0] for text in shown(house, OFFICER)]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len(numbers) == 8
