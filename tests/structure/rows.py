"""One row for every table of a database, whatever its tables are."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    LargeBinary,
    MetaData,
    Table,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    types,
)

# What a trigger lets nobody take out again: the first row stays, and goes with its table.
ONLY_ADDED = frozenset({"audit"})

ABOUT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def fill(connection: Connection) -> dict[str, int]:
    """Put one row into each table, a referenced table first; gives the number of rows by table."""
    database = MetaData()
    database.reflect(connection)
    for table in database.sorted_tables:
        if table.name != "alembic_version" and not (table.name in ONLY_ADDED and _rows(connection, table)):
            connection.execute(
                insert(table).values({column.name: _value(column) for column in table.columns})
            )
    return count(connection)


def count(connection: Connection) -> dict[str, int]:
    """The number of rows of each table but Alembic's own."""
    names = sorted(set(inspect(connection).get_table_names()) - {"alembic_version"})
    if not names:
        return {}
    each = [f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names]  # noqa: S608  # our own names
    counted = connection.execute(text(" UNION ALL ".join(each))).all()
    return {str(row[0]): int(row[1]) for row in counted}


def empty(connection: Connection) -> None:
    """Take the rows out again, what points to others first."""
    database = MetaData()
    database.reflect(connection)
    for table in reversed(database.sorted_tables):
        if table.name != "alembic_version" and table.name not in ONLY_ADDED:
            connection.execute(delete(table))


def _rows(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _value(column: Any) -> object:
    """The same for every column of a kind, so that what points to a row finds it."""
    kind = column.type
    if isinstance(kind, types.Boolean):
        return True
    if isinstance(kind, types.Integer | types.Numeric):
        return 1
    if isinstance(kind, types.DateTime):
        return ABOUT if kind.timezone else ABOUT.replace(tzinfo=None)
    if isinstance(kind, types.Time):
        return ABOUT.time()
    if isinstance(kind, types.Date):
        return ABOUT.date()
    if isinstance(kind, LargeBinary):
        return b"sealed"
    if isinstance(kind, types.JSON):
        return {}
    return "a" * min(getattr(kind, "length", None) or 16, 16)
