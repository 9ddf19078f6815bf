"""Bring a database to the shape the code expects.

Several processes may start together on one database: one migrates, the others wait and find it done. Each call is one
transaction, so a migration that fails leaves the database as it was, on both databases.

To write a new step after changing tables: `make migration NAME="what changes"`.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from hotline.db import make_engine

MIGRATIONS = Path(__file__).resolve().parent / "migrations"

# Any number that no `lock_name` is likely to give; the same in every process.
_ADVISORY_LOCK = 7_021_958_470_013


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate the database at `url` up to `revision`; does nothing where it is already there."""
    with _alone(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Migrate back down to `revision` (`base` for an empty database). Loses what the newer shape held."""
    with _alone(url) as connection:
        command.downgrade(_config(connection), revision)


def heads() -> list[str]:
    """The newest revisions in the code; more than one means that two branches were not joined."""
    return list(ScriptDirectory.from_config(_config(None)).get_heads())


def steps() -> list[str]:
    """All revisions in the code, oldest first."""
    script = ScriptDirectory.from_config(_config(None))
    return [step.revision for step in script.walk_revisions()][::-1]


def revision_of(connection: Connection) -> str | None:
    """The revision the database is at; None where nothing was migrated yet."""
    return MigrationContext.configure(connection).get_current_revision()


def is_current(url: str) -> bool:
    """Whether the database at `url` has the shape the code expects."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return [revision_of(connection)] == heads()
    finally:
        engine.dispose()


@contextmanager
def _alone(url: str) -> Iterator[Connection]:
    """A connection in one transaction that nobody else migrates beside."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            is_sqlite = connection.dialect.name == "sqlite"
            if is_sqlite:
                # Copying a table drops the old one, which would delete the rows that point to it. It cannot be switched
                # inside a transaction, so the driver's connection is asked.
                driver = connection.connection.cursor()
                driver.execute("PRAGMA foreign_keys=OFF")
                driver.close()
            with connection.begin():  # SQLite: BEGIN IMMEDIATE, the others wait here
                if not is_sqlite:
                    connection.execute(text("SET LOCAL statement_timeout = 0"))
                    connection.execute(text("SET LOCAL lock_timeout = 0"))
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
                yield connection
                if is_sqlite and connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                    raise RuntimeError("the migration leaves rows that point to nothing; nothing was changed")
    finally:
        engine.dispose()


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def write_revision(message: str) -> Path:
    """Write the step from the newest migration to the tables as they are in the code; gives the new file.

    Compared on an empty SQLite database. Read it before it is committed: renames look like a loss and a gain.
    """
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/new.db"
        upgrade(url)
        with _alone(url) as connection:
            number = f"{len(list((MIGRATIONS / 'versions').glob('[0-9]*.py'))) + 1:04d}"
            script = command.revision(_config(connection), message, autogenerate=True, rev_id=number)
    if isinstance(script, list) or script is None:
        raise RuntimeError("Alembic wrote no single file")
    file = Path(script.path)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "# ###" not in line), encoding="utf-8")
    formatter = Path(sys.executable).with_name("ruff")
    if formatter.exists():
        subprocess.run([formatter, "format", "--quiet", file], check=True)  # noqa: S603  # our own file
    return file


if __name__ == "__main__":
    print(write_revision(sys.argv[1]))
