"""The export: one standard record a line as JSON, or HTCDS 2.0 columns as CSV (DESIGN, `hotline export`).

What leaves is what the matrix lets a role export for a purpose: a field that it does not name is not in the line at all. The
export key acts as the role `export`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.matrix import Action, Machine, Matrix, Purpose
from hotline.answers.sheet import Plain, Status
from hotline.records.tables import Record, RecordField
from hotline.standards.crosswalk import Crosswalk
from hotline.standards.htcds import columns, htcds_row
from hotline.threads.tables import Thread
from hotline.triage.grade import Grade
from hotline.vault.sealing import RecordsReader

_E164 = re.compile(r"^\+[1-9]\d{1,14}$")  # as HTCDS asks


@dataclass(frozen=True, slots=True)
class Leave:
    """Who exports for what, and so what may leave."""

    matrix: Matrix
    purpose: str = Purpose.EXPORT
    role: str = Machine.EXPORT

    def has(self, what: str) -> bool:
        return self.matrix.may(self.role, self.purpose, what, Action.EXPORT)

    def has_answer(self, answer: RecordField) -> bool:
        """Whether an answer may leave: by its field, or by its class where the question is asked no more."""
        return self.has(answer.field if answer.field in self.matrix.classes else answer.sensitivity)

    @property
    def nothing(self) -> bool:
        """Whether nothing at all may leave."""
        return not any(self.has(what) for what in (*self.matrix.classes, "report"))


def rows(
    tx: Session, reader: RecordsReader, crosswalk: Crosswalk, leave: Leave
) -> Iterator[dict[str, Plain]]:
    """Every record in the order of its creation, opened as far as it may leave. Where not even that a report was made may
    leave, neither id nor reference does, and of its day the month."""
    query = select(Record, Thread).outerjoin(Thread, Thread.id == Record.thread_id)
    for record, thread in tx.execute(query.order_by(Record.created_at, Record.id)):
        fields = {
            row.field: {"status": Status.NOT_ASKED.value, "value": None, "said": None}
            for row in crosswalk.form(record.form)
            if leave.has(row.field)
        }
        for field in tx.scalars(select(RecordField).where(RecordField.record_id == record.id)):
            if not leave.has_answer(field):
                continue
            content = json.loads(reader.open(field.id, field.sealed))
            answered = field.status == Status.ANSWERED.value
            fields[field.field] = {
                "status": field.status,
                "value": content["value"] if answered else None,
                "said": content["said"] or None,
            }
        grade = Grade(record.danger)
        if thread is not None:
            grade = Grade.worst(grade, Grade(thread.grade))
        at = record.created_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        named = leave.has("report")
        yield {
            **({"id": record.id, "reference": record.reference} if named else {}),
            "form": record.form,
            "channel": record.channel,
            "language": record.language,
            "contact_kind": record.contact_kind,
            "danger": grade.value,
            "created_at": at if named else at[:7],
            "disposition": record.disposition,
            "fields": fields,
        }


def as_jsonl(tx: Session, reader: RecordsReader, crosswalk: Crosswalk, leave: Leave) -> Iterator[str]:
    """One JSON document a line."""
    for row in rows(tx, reader, crosswalk, leave):
        yield json.dumps(row, ensure_ascii=False)


def as_htcds(tx: Session, reader: RecordsReader, crosswalk: Crosswalk, leave: Leave) -> Iterator[str]:
    """HTCDS 2.0 columns as CSV lines, the header first."""
    yield _line(list(columns()))
    for row in rows(tx, reader, crosswalk, leave):
        answered = {
            name: field["value"] for name, field in row["fields"].items() if field["status"] == "answered"
        }
        filled = htcds_row(answered, crosswalk=crosswalk)
        yield _line([filled.get(column, "") for column in columns()])


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A cell that begins like a formula, blanks apart, would be run by a spreadsheet: it gets a quote in front. Numbers in
    E.164 stay."""
    risky = cell[:1] in ("\t", "\r", "\n") or cell.lstrip()[:1] in (
        "=",
        "+",
        "-",
        "@",
        "＝",
        "＋",
        "－",
        "＠",
    )
    return f"'{cell}" if risky and not _E164.match(cell) else cell
