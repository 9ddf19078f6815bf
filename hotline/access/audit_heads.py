"""The head of the audit: number and hash of its newest row, given away once a day.

Who can change the database can compute the chain anew, or cut its end. A head that lies where they cannot reach shows it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.audit_tables import AuditRow

FILE = "audit-heads.jsonl"
SHORT = 16  # of its 64 characters: enough to be noted on paper


@dataclass(frozen=True, slots=True)
class Head:
    """At the instant `at` the newest row was `seq`, with this hash (64 characters of hex)."""

    seq: int
    hash: str
    at: datetime


def newest_head(tx: Session, now: datetime) -> Head | None:
    """The head as it stands; None while there is no row."""
    row = tx.execute(select(AuditRow.seq, AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1)).first()
    return Head(row.seq, row.hash.hex(), now) if row is not None else None


class HeadFile:
    """The heads that went out of the database, a line each, in the data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / FILE

    def prepare(self) -> None:
        """Make the file, for the owner only, and see that it can be written. Raises OSError."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))

    def add(self, head: Head) -> None:
        """One more line, on the disk before this ends. Raises OSError."""
        line = json.dumps({"at": head.at.astimezone(UTC).isoformat(), "seq": head.seq, "head": head.hash})
        self.prepare()
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())

    def heads(self) -> Iterator[Head]:
        """All that went out, oldest first. Raises ValueError for a line that is none, OSError where it cannot be read."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return
        for number, line in enumerate(lines, start=1):
            try:
                told = json.loads(line)
                yield Head(int(told["seq"]), str(told["head"]), datetime.fromisoformat(told["at"]))
            except (ValueError, KeyError, TypeError):
                raise ValueError(f"{self.path}:{number}: this is no head of the audit") from None

    def newest(self) -> Head | None:
        """The last that went out; None where none did, or the last line is none."""
        try:
            with self.path.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - 400))
                last = file.read().splitlines()[-1:]
            told = json.loads(last[0]) if last else None
            return Head(told["seq"], told["head"], datetime.fromisoformat(told["at"])) if told else None
        except (OSError, ValueError, KeyError, TypeError):
            return None
