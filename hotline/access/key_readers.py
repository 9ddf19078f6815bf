"""For which roles the key of a class is wrapped: those that the matrix lets read or export anything of it.

A key that is wrapped for nobody is lost for ever. So where no person may read a class, as by a broken matrix file, its key is
wrapped for data manager and leader all the same; what they see is decided by the matrix, on the page.
"""

from __future__ import annotations

from collections.abc import Mapping

from hotline.access.matrix import Machine
from hotline.access.matrix_file import matrix_of
from hotline.access.tables import Role
from hotline.config import Settings
from hotline.standards.crosswalk import Crosswalk, Sensitivity

_NEVER_NOBODY = (Role.DATA_MANAGER.value, Role.LEADER.value, Machine.EXPORT.value)


def key_readers(settings: Settings, crosswalk: Crosswalk) -> Mapping[Sensitivity, tuple[str, ...]]:
    """The roles by class."""
    matrix = matrix_of(settings, crosswalk)
    found = {one: tuple(str(role) for role in matrix.readers(one)) for one in Sensitivity}
    return {one: roles if set(roles) - {*Machine} else _NEVER_NOBODY for one, roles in found.items()}
