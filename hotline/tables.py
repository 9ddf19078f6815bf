"""All tables of the house in one place: importing this fills `Base.metadata`.

Every room that has a `tables.py` is found by itself, so that no room's tables can be forgotten in a migration or a test.
Imported by migrations and tests only; rooms import each other's tables by name.
"""

import importlib
import importlib.util
import pkgutil

from sqlalchemy import MetaData

import hotline
from hotline.db import Base


def room_modules() -> list[str]:
    """The names of all rooms' table modules, `hotline.<room>.tables`, sorted."""
    rooms = [room.name for room in pkgutil.iter_modules(hotline.__path__) if room.ispkg]
    return sorted(
        f"hotline.{room}.tables"
        for room in rooms
        if importlib.util.find_spec(f"hotline.{room}.tables") is not None
    )


def metadata() -> MetaData:
    """The metadata with the tables of every room."""
    for module in room_modules():
        importlib.import_module(module)
    return Base.metadata
