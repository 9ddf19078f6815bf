"""The house locked down: what is shut at once, for whom, and what goes on."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from hotline.access.lockdown.locking import (
    LockedDown,
    is_shut_out,
    lock_down,
    locked_since,
    open_again,
    refuse_if_locked,
)  # fmt: skip
from hotline.access.tables import Role
from hotline.db import read, write
from hotline.now import CountedIds, SetClock


def test_an_open_house_shuts_nobody_out(engine: Engine) -> None:
    with read(engine) as tx:
        assert locked_since(tx) is None
        assert not any(is_shut_out(tx, role) for role in Role)
        refuse_if_locked(tx)


def test_it_is_locked_until_it_is_opened_and_locking_twice_is_once(
    engine: Engine, clock: SetClock, ids: CountedIds
) -> None:
    began = clock.now()
    with write(engine) as tx:
        assert lock_down(tx, ids, began)
    clock.advance(minutes=5)
    with write(engine) as tx:
        assert not lock_down(tx, ids, clock.now())
    with read(engine) as tx:
        assert locked_since(tx) == began
        assert {role for role in Role if is_shut_out(tx, role)} == set(Role) - {Role.LEADER}
        assert is_shut_out(tx, "a role that nobody knows")
        with pytest.raises(LockedDown, match="nothing is exported"):
            refuse_if_locked(tx)
    with write(engine) as tx:
        assert open_again(tx, clock.now())
        assert not open_again(tx, clock.now())
        assert locked_since(tx) is None
