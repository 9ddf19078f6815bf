"""What `hotline doctor` says of who may what: the matrix file, and whether somebody else is there where two are wanted."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.matrix import Action, Purpose
from hotline.access.matrix_file import matrix_of, problems
from hotline.access.reveals import others_of
from hotline.access.tables import Staff
from hotline.alerts.phones import page_phone
from hotline.commands.house import Means


def findings(tx: Session, house: Means) -> Iterator[tuple[bool, str]]:
    """Each thing looked at: whether it is well, and a line for who can act."""
    found = problems(house.settings, house.book.crosswalk, house.book.root)
    yield (
        not found,
        f"matrix: {len(found)} mistakes"
        + ("; what they name is allowed to nobody; run `hotline check`" if found else ""),
    )
    alone = _with_nobody_to_tell(tx, house)
    yield (
        True,
        "second person: "
        + (
            f"{alone} could take an emergency and nobody else could be told of it; add somebody ([access] in hotline.toml)"
            if alone
            else "for everybody who can take an emergency there is somebody to tell"
        ),
    )


def _with_nobody_to_tell(tx: Session, house: Means) -> int:
    """How many may take an emergency while nobody else who confirms it can be reached by text."""
    matrix = matrix_of(house.settings, house.book.crosswalk)
    access = house.settings.deployment.access
    roles = (*access.glass_told, *access.glass_stand_in)
    return sum(
        not any(page_phone(tx, other) for other in others_of(tx, roles, staff_id))
        for staff_id, role in tx.execute(select(Staff.id, Staff.role).where(Staff.active)).all()
        if matrix.may(role, Purpose.EMERGENCY, "words", Action.READ)
    )
