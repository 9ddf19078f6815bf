"""Counting values of the aggregate class when a record is made, so that nobody opens a record to make a report.

The worker, which makes the record, adds one to `month, form, channel, field, value`; when an answer changes, what was counted
before is taken back. Nothing in the counts leads to a record. Ages and lengths are counted in the bands of CTDC.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hotline.access.matrix import Action, Machine, Matrix, Purpose
from hotline.answers.sheet import Given, Plain, Status
from hotline.db import lock_name
from hotline.records.tables import Record
from hotline.standards.crosswalk import FieldRow, FieldType, Sensitivity
from hotline.statistics.tables import AggregateCount, Counted
from hotline.threads.kit import Kit
from hotline.threads.tables import Conversation
from hotline.vault.sealing import Unsealable, WorkerReader

AGES = (
    (8, "0--8"),
    (17, "9--17"),
    (20, "18--20"),
    (23, "21--23"),
    (26, "24--26"),
    (29, "27--29"),
    (38, "30--38"),
    (47, "39--47"),
)
MONTHS = ((12, "0--12"), (24, "13--24"))
UNCLEAR = "unclear"
_BANDS = {
    "victim_age": (AGES, "48+"),
    "exploitation_start_age": (AGES, "48+"),
    "exploitation_duration_months": (MONTHS, "25+"),
}
_CODED = (FieldType.ENUM, FieldType.BOOLEAN, FieldType.MULTI, FieldType.COUNTRY, FieldType.COUNTRIES)
_Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """So many records of a month, form and channel have this value; `number` None where it is too small to be given."""

    month: str
    form: str
    channel: str
    field: str
    value: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts records as the worker makes them."""

    kit: Kit
    worker: WorkerReader

    def count(self, tx: Session, record: Record, answers: Iterable[tuple[FieldRow, Given]]) -> None:
        """Count the record as it is now, instead of as it was."""
        lock_name(tx, "aggregate_counts")
        month = record.created_at.astimezone(ZoneInfo(self.kit.settings.deployment.time_zone)).strftime(
            "%Y-%m"
        )
        new = {
            (month, record.form, record.channel, row.field, value)
            for row, given in answers
            for value in countable(row, given)
        }
        kept = tx.get(Counted, record.id)
        old = self._counted(record.id, kept, new)
        for key in old - new:
            _add(tx, key, -1)
        for key in new - old:
            _add(tx, key, 1)
        sealed = self.kit.sealer.seal_to_worker(tx, record.id, record.id, json.dumps(sorted(new)).encode())
        if kept is None:
            tx.add(Counted(record_id=record.id, sealed=sealed))
        else:
            kept.sealed = sealed
        tx.flush()

    def _counted(self, record_id: str, kept: Counted | None, new: set[_Key]) -> set[_Key]:
        """What the record was counted as. Where that opens no more it counts as it did: never twice."""
        if kept is None:
            return set()
        try:
            return {tuple(key) for key in json.loads(self.worker.open(record_id, kept.sealed))}
        except Unsealable:
            return new


def countable(row: FieldRow, given: Given) -> Iterator[str]:
    """The values that are counted of an answer: codes, countries and bands of the aggregate class, no text and no date."""
    if row.sensitivity is not Sensitivity.AGGREGATE or given.status is not Status.ANSWERED:
        return
    if row.field in _BANDS:
        yield _band(row.field, given.value)
    elif row.type in _CODED:
        values = given.value if isinstance(given.value, list) else [given.value]
        yield from dict.fromkeys(
            str(value) for value in values if value in row.codes or _is_country(row, value)
        )


def _is_country(row: FieldRow, value: Plain) -> bool:
    coded = row.type in (FieldType.COUNTRY, FieldType.COUNTRIES)
    return coded and isinstance(value, str) and re.fullmatch(r"[A-Z]{2,3}", value) is not None


def forget_finished(tx: Session) -> None:
    """What was counted of records that change no more, or are gone, is not known any more."""
    changing = (
        select(Record.id)
        .join(Conversation, Conversation.id == Record.conversation_id)
        .where(Conversation.state_sealed.is_not(None))
    )
    tx.execute(delete(Counted).where(Counted.record_id.not_in(changing)))


def counted(tx: Session, matrix: Matrix, smallest: int, month: str = "") -> list[Cell]:
    """The counts that the matrix lets the report job read, of one month or all. A number below `smallest` is not given;
    nor is the next one up, as long as those that are not given make less than `smallest` together: a sum that is known
    from elsewhere would tell them."""
    query = select(AggregateCount).where(AggregateCount.number > 0)
    if month:
        query = query.where(AggregateCount.month == month)
    groups: dict[tuple[str, str, str, str], list[AggregateCount]] = {}
    for row in tx.scalars(query):
        if matrix.may(Machine.REPORT, Purpose.STATISTICS, row.field, Action.READ):
            groups.setdefault((row.month, row.form, row.channel, row.field), []).append(row)
    return [
        Cell(*group, value, number)
        for group in sorted(groups)
        for value, number in _without_small(groups[group], smallest)
    ]


def _without_small(rows: list[AggregateCount], smallest: int) -> list[tuple[str, int | None]]:
    hidden: set[str] = set()
    hidden_sum = 0
    for row in sorted(rows, key=lambda one: (one.number, one.value)):
        if row.number < smallest or (hidden and hidden_sum < smallest):
            hidden.add(row.value)
            hidden_sum += row.number
    return sorted((row.value, None if row.value in hidden else row.number) for row in rows)


def _band(field: str, value: Plain) -> str:
    bands, above = _BANDS[field]

    def one(number: int) -> str:
        return next((name for most, name in bands if number <= most), above)

    try:
        if isinstance(value, dict):  # estimated
            low, high = one(int(value["low"])), one(int(value["high"]))
            return low if low == high else UNCLEAR
        return one(int(value))
    except (KeyError, TypeError, ValueError):
        return UNCLEAR  # the record is made all the same


def _add(tx: Session, key: _Key, number: int) -> None:
    row = tx.get(AggregateCount, key)
    if row is None:
        month, form, channel, field, value = key
        row = AggregateCount(month=month, form=form, channel=channel, field=field, value=value, number=0)
        tx.add(row)
    row.number += number
    tx.flush()
