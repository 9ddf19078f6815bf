"""Who leaves is out at once, by page and by phone."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from hotline import db
from hotline.access import sessions
from hotline.access.confidentiality import accept, accepted, hash_of
from hotline.access.leaving import Nobody, activate, remove
from hotline.access.people import add_staff, reachable, staff_of_phone
from hotline.access.second_factor import has_second, new_recovery_codes, recovery_codes_left
from hotline.access.sessions import Stage
from hotline.access.tables import Staff, StaffSession
from hotline.deployment import Timings
from hotline.now import CountedIds, SetClock
from hotline.vault.sealing import House, Sealer


def test_nothing_of_the_way_in_is_left(
    engine: Engine, sealer: Sealer, house: House, ids: CountedIds, clock: SetClock
) -> None:
    now, number = clock.now(), "+12025550131"
    with db.write(engine) as tx:
        staff_id = add_staff(tx, sealer, house, ids, now, name="Staff 1", phone=number, verified=True)
        staff = tx.get(Staff, staff_id)
        assert staff is not None
        staff.password_hash = "hash"
        token = sessions.begin(tx, ids, staff_id, now, Stage.IN)
        new_recovery_codes(tx, ids, staff_id)
        accept(tx, staff_id, hash_of(["words"]), now)
    with db.write(engine) as tx:
        assert sessions.visitor_of(tx, Timings(), token, now) is not None
        remove(tx, sealer, "staff 1", now)
        assert sessions.visitor_of(tx, Timings(), token, now) is None
        assert reachable(tx, house, staff_id) is None
        assert staff_of_phone(tx, sealer, number) is None
        with pytest.raises(Nobody):
            remove(tx, sealer, "Staff 1", now)
        assert activate(tx, sealer, "Staff 1") == staff_id
        assert sessions.visitor_of(tx, Timings(), token, now) is None, "the old session stays ended"
        assert tx.scalars(select(StaffSession.ended_at)).all() == [now]
        assert not has_second(tx, staff_id)
        assert recovery_codes_left(tx, staff_id) == 0
        assert tx.scalars(select(Staff.password_hash)).all() == [None]
        assert accepted(tx, staff_id, hash_of(["words"])), "what was signed stays signed"
        assert reachable(tx, house, staff_id) is not None
