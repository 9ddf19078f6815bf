"""Workbooks (XLSX) that come from outside, read as text and within limits; and workbooks of ours, written as text.

A workbook is a ZIP of XML files. What could harm is refused before a parser sees it: too large, packed too tightly,
or with a document type (the door of "XML bombs", which no workbook needs). Formulas are never computed.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

MOST_BYTES: Final = 5_000_000
MOST_UNPACKED: Final = 30_000_000
MOST_PARTS: Final = 500
MOST_CELLS: Final = 1_000_000
_DOCTYPE: Final = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NOT_FOR_CELLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class WorkbookRefused(ValueError):
    """A file that is no workbook, or one that we will not open; the message says why."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell of a place in a workbook. `row` 0 is the whole sheet, `column` "" the whole row."""

    sheet: str
    row: int
    column: str
    text: str

    def __str__(self) -> str:
        row = f" row {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.sheet}{row}{column}: {self.text}"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as the program shows it, and its texts by the heading of their column, empty ones left out."""

    number: int
    cells: dict[str, str]

    def get(self, heading: str) -> str:
        """The text under a heading, "" where there is none."""
        return self.cells.get(heading, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its headings in order, its rows below them, and what could not be read in it."""

    name: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...] = ()


def read_workbook(path: Path) -> dict[str, Sheet]:
    """The sheets of a workbook by name. Raises WorkbookRefused, OSError."""
    if path.stat().st_size > MOST_BYTES:
        raise WorkbookRefused(f"{path.name} has more than {MOST_BYTES // 1_000_000} MB")
    return read_bytes(path.read_bytes(), path.name)


def read_bytes(content: bytes, name: str) -> dict[str, Sheet]:
    """The same, of bytes; `name` is that of the file, for complaints."""
    guard(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drop-down lists and styles that are not kept: we keep none
            book = load_workbook(io.BytesIO(content), keep_links=False)
    except (
        Exception
    ) as error:  # a library over bytes from outside: whatever it stumbles on, the file is not usable
        raise WorkbookRefused(f"{name} cannot be read as a workbook (XLSX): {error}") from error
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
    if sum(sheet.max_row * sheet.max_column for sheet in sheets) > MOST_CELLS:
        raise WorkbookRefused(f"{name} has more than {MOST_CELLS} cells")
    return {sheet.title: _sheet(sheet) for sheet in sheets}


def guard(content: bytes, name: str) -> None:
    """Raises WorkbookRefused for a ZIP that is too large, or holds XML with a document type."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise WorkbookRefused(
                    f"{name} unpacks to more than {MOST_UNPACKED // 1_000_000} MB or {MOST_PARTS} files"
                )
            for info in infos:
                # A part never gives more than the size it claims: zipfile stops there.
                if info.filename.endswith((".xml", ".rels", ".vml")) and _with_doctype(parts.read(info)):
                    raise WorkbookRefused(f"{name} holds XML with a document type, which no workbook needs")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise WorkbookRefused(f"{name} is no workbook (XLSX): {error}") from error


def _with_doctype(xml: bytes) -> bool:
    utf16 = xml[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in xml[:4]
    return bool(
        _DOCTYPE.search(xml.replace(b"\x00", b"").decode("latin-1") if utf16 else xml.decode("latin-1"))
    )


def _sheet(sheet: Any) -> Sheet:
    name = str(sheet.title)
    remarks: list[Remark] = []
    rows = sheet.iter_rows()
    columns: dict[int, str] = {}
    for at, cell in enumerate(next(rows, ())):
        heading = _text(cell.value)
        if heading in columns.values():
            remarks.append(
                Remark(name, 1, heading, "the heading stands twice: the second column is not read")
            )
        elif heading:
            columns[at] = heading
    lines = []
    for row in rows:
        texts: dict[str, str] = {}
        for at, cell in enumerate(row):
            text = _text(cell.value)
            if not text:
                continue
            heading = columns.get(at, "")
            if not heading:
                where = get_column_letter(at + 1)
                remarks.append(
                    Remark(name, cell.row, where, f"not read, for the column has no heading: {text!r}")
                )
                continue
            if cell.data_type == "f":
                text = _text(getattr(cell.value, "text", cell.value))
                remarks.append(
                    Remark(name, cell.row, heading, f"a formula is not computed, but read as text: {text!r}")
                )
            elif isinstance(cell.value, date | time):  # "1/2" was typed, perhaps
                remarks.append(Remark(name, cell.row, heading, f"the program made a date of it: {text!r}"))
            texts[heading] = text
        if texts:
            lines.append(Line(row[0].row, texts))
    return Sheet(name, tuple(columns.values()), tuple(lines), tuple(remarks))


def _text(value: object) -> str:
    """A cell's value as whoever typed it meant it: 10 and 10.0 are "10"."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
    return str(value).strip()


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to write: headings, then rows of texts. `widths` in letters."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    widths: Sequence[int] = ()


def write_workbook(pages: Iterable[Page]) -> bytes:
    """A workbook of these sheets. Every cell is text, also "10", and "=1+1" is no formula."""
    book = Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        sheet.freeze_panes = "A2"
        for number, row in enumerate((page.headings, *page.rows), start=1):
            for column, text in enumerate(row, start=1):
                if text:
                    _write(sheet.cell(number, column), text, heading=number == 1)
        for at in range(len(page.headings)):
            width = page.widths[at] if at < len(page.widths) else 24
            sheet.column_dimensions[get_column_letter(at + 1)].width = width
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write(cell: Any, text: str, heading: bool) -> None:
    cell.value = _NOT_FOR_CELLS.sub("", text)
    cell.data_type = "s"  # also where it begins with "="
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if heading:
        cell.font = Font(bold=True)
