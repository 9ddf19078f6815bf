"""All tables of the house in one place: asking for the metadata imports every room's.

Every room that has a `tables.py` is found by itself, so that no room's tables can be forgotten in a migration or a test.
For migrations and tests only; rooms import each other's tables by name.
"""

import importlib
from pathlib import Path

from sqlalchemy import MetaData

from hotline.db import Base

HOUSE = Path(__file__).resolve().parent


def room_modules() -> list[str]:
    """The names of all rooms' table modules, `hotline.<room>.tables` and those of folders within a room, sorted."""
    # Looked up as files: asking the import system would import every room, the web apps too.
    folders = (file.parent.relative_to(HOUSE).parts for file in HOUSE.glob("*/**/tables.py"))
    return sorted(".".join(["hotline", *parts, "tables"]) for parts in folders)


def metadata() -> MetaData:
    """The metadata with the tables of every room."""
    for module in room_modules():
        importlib.import_module(module)
    return Base.metadata
