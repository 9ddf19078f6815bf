"""People for the simulator's phones, so that a first try of the main job needs no set-up: two on call, one officer."""

from __future__ import annotations

from sqlalchemy import select

from hotline.access.audit import Act
from hotline.access.people import add_officer, add_staff
from hotline.access.tables import Officer, StaffPhone
from hotline.alerts.rota.stored import set_rotation
from hotline.commands.house import Means
from hotline.db import write
from hotline.simulator.config import DEFAULT_PHONES


def register_simulated_people(house: Means) -> bool:
    """Register the simulator's own phones, unless there is a staff phone or an officer already; whether it did."""
    _caller, officer, *staff = DEFAULT_PHONES
    now = house.clock.now()
    with write(house.engine) as tx:
        if tx.scalar(select(StaffPhone.id).limit(1)) or tx.scalar(select(Officer.id).limit(1)):
            return False
        people = [
            add_staff(
                tx,
                house.sealer,
                house.house,
                house.ids,
                now,
                name=phone.name,
                phone=phone.number,
                verified=True,
            )
            for phone in staff
        ]
        set_rotation(tx, house.kit, people, now)
        add_officer(
            tx, house.sealer, house.house, house.ids, now,
            phone=officer.number, name=officer.name, agency="Immigration", post="Officer",
        )  # fmt: skip
        for added in people:
            house.note(tx, Act.STAFF_ADDED, about=added, detail="practice")
    return True
