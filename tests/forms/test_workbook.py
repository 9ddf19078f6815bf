"""Workbooks from outside are read as text, and what could harm is refused before it is parsed."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from hotline.forms import workbook
from hotline.forms.workbook import Page, WorkbookRefused, read_bytes, read_workbook, write_workbook
from tests.forms.conftest import PROJECT


def remade(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with a piece of one of its parts replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for info in source.infolist():
            data = source.read(info)
            if info.filename == part:
                assert old in data
                data = data.replace(old, new, 1)
            out.writestr(info.filename, data)
    return target.getvalue()


PLAIN = write_workbook([Page("survey", ["type", "name"], [["text", "a"], ["", ""], ["=1+1", "10"]])])
SHEET = "xl/worksheets/sheet1.xml"


def test_what_is_written_is_read_again_as_text() -> None:
    sheet = read_bytes(PLAIN, "x.xlsx")["survey"]
    assert [(line.number, line.cells) for line in sheet.lines] == [
        (2, {"type": "text", "name": "a"}),
        (4, {"type": "=1+1", "name": "10"}),
    ]
    assert sheet.remarks == (), "a text that begins with = is no formula"
    assert load_workbook(io.BytesIO(PLAIN))["survey"]["A4"].data_type == "s"


def test_numbers_dates_and_formulas_of_spreadsheet_programs() -> None:
    book = Workbook()
    book.active.title = "choices"
    for row in (
        ["name", "digit", "name", None],
        [10, 10.0, 1.5, "lonely"],
        [True, date(2026, 5, 1), datetime(2026, 5, 1, 8, 30), None],  # noqa: DTZ001 - cells have no zone
        ["=SUM(A1:A9)", " spaced\u00a0", None, None],
    ):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    sheet = read_bytes(target.getvalue(), "x.xlsx")["choices"]
    assert [line.cells for line in sheet.lines] == [
        {"name": "10", "digit": "10"},
        {"name": "true", "digit": "2026-05-01"},
        {"name": "=SUM(A1:A9)", "digit": "spaced"},
    ]
    said = [str(remark) for remark in sheet.remarks]
    assert "choices row 4, column name: a formula is not computed, but read as text: '=SUM(A1:A9)'" in said
    assert "choices row 3, column digit: the program made a date of it: '2026-05-01'" in said
    assert "choices row 1, column name: the heading stands twice: the second column is not read" in said
    assert "choices row 2, column D: not read, for the column has no heading: 'lonely'" in said


@pytest.mark.parametrize("doctype", [b'<!DOCTYPE x [<!ENTITY a "aaaa">]>', b"<! doctype x>"])
def test_xml_with_a_document_type_is_refused(doctype: bytes) -> None:
    with pytest.raises(WorkbookRefused, match="document type"):
        read_bytes(remade(PLAIN, SHEET, b"<worksheet", doctype + b"<worksheet"), "x.xlsx")
    with pytest.raises(WorkbookRefused, match="document type"):
        bomb = ('<?xml version="1.0" encoding="utf-16"?>' + doctype.decode() + "<a/>").encode("utf-16")
        whole = zipfile.ZipFile(io.BytesIO(PLAIN)).read(SHEET)
        read_bytes(remade(PLAIN, SHEET, whole, bomb), "x.xlsx")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("xl/worksheets/sheet1.xml", b" " * (workbook.MOST_UNPACKED + 1))
    assert len(target.getvalue()) < 100_000
    with pytest.raises(WorkbookRefused, match="unpacks to more than"):
        read_bytes(target.getvalue(), "x.xlsx")


def test_a_sheet_with_one_cell_far_away_is_refused() -> None:
    far = remade(PLAIN, SHEET, b'<row r="4"', b'<row r="1048576"')
    far = remade(far, SHEET, b'r="B4"', b'r="XFD1048576"')
    with pytest.raises(WorkbookRefused, match="cells"):
        read_bytes(far, "x.xlsx")


def test_what_is_no_workbook_is_refused() -> None:
    for content in (b"", b"type,name\n", PLAIN[:200], PLAIN[:-40]):
        with pytest.raises(WorkbookRefused, match=r"x\.xlsx"):
            read_bytes(content, "x.xlsx")
    with pytest.raises(WorkbookRefused, match="cannot be read"):
        read_bytes(remade(PLAIN, SHEET, b"<worksheet", b"<worksheep"), "x.xlsx")


def test_a_file_that_is_too_large_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_BYTES", 100)
    with pytest.raises(WorkbookRefused, match="more than"):
        read_workbook(PROJECT / "tests/forms/data/htcds_xlsform.xlsx")
