"""The sheet `choices`: the lists of answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from hotline.forms.definition import Choice
from hotline.forms.workbook import Line, Sheet
from hotline.forms.xlsform import columns as names
from hotline.forms.xlsform.columns import AUDIO, OWN
from hotline.forms.xlsform.document import CHOICE_KEYS, Row, choice_key
from hotline.forms.xlsform.lost import Columns, Lost, columns_of
from hotline.wording.catalogue import SOURCE_LOCALE

_PLAIN: Final = ("list_name", "name", *(f"{OWN}{key}" for key in names.OWN_CHOICE))
_TEXTS: Final = {**names.CHOICE_TEXTS, **{f"{OWN}{role}": role for role in names.OWN_CHOICE_TEXTS}}
_COUNTRIES: Final = 50  # so many codes, all of countries, are the list of countries


@dataclass(slots=True)
class ChoiceLists:
    """The lists of a workbook under the names that they get here. `renamed` are the workbook's names to ours;
    `countries` those that are lists of countries, which we ask otherwise."""

    rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    said: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    lines: dict[str, Line] = field(default_factory=dict)

    def texts(self, used: Collection[str]) -> Iterator[tuple[str, dict[str, str]]]:
        """The key and the texts by locale of every sentence of the lists that are used."""
        for name in used:
            yield from self.said.get(name, {}).items()

    def unused(self, used: Collection[str], lost: Lost) -> None:
        """Tell of the lists that no question asks with."""
        for theirs, ours in self.renamed.items():
            if ours not in used and theirs not in self.countries and theirs in self.lines:
                lost.tell(
                    "choices",
                    self.lines[theirs],
                    "list_name",
                    f"no question asks with the list '{theirs}': left out",
                )


def read_choices(
    sheet: Sheet, form: str, default: str, languages: Mapping[str, str], existing: Mapping[str, tuple[Choice, ...]],
    countries: Collection[str], clips: Mapping[str, Mapping[str, str]], lost: Lost,
) -> ChoiceLists:  # fmt: skip
    """All lists of the sheet. A workbook that is not ours never changes a list of the hotline's: where it has another one
    of that name, its own gets another name."""
    columns, others = columns_of(sheet, languages, _PLAIN, (*_TEXTS, AUDIO), default, lost)
    for heading in others:
        lost.column(sheet, heading.text, "choices are offered whole and without pictures: left out")
    ours = any(f"{OWN}{key}" in columns.plain for key in names.OWN_CHOICE)
    found = ChoiceLists()
    for theirs, lines in _by_list(sheet, columns, lost).items():
        found.lines[theirs] = lines[0]
        codes = [columns.get(line, "name") for line in lines]
        if len(codes) >= _COUNTRIES and set(codes) <= set(countries):
            found.countries.add(theirs)
            lost.tell(
                sheet.name, lines[0], "list_name",
                f"'{theirs}' holds {len(codes)} codes of countries: it is asked as a country, in words; its labels are left out",
            )  # fmt: skip
            continue
        name = _name(theirs, codes, form, ours, existing, sheet, lines[0], lost)
        found.renamed[theirs] = name
        reader = _List(name, sheet, columns, default, clips, lost)
        found.rows[name] = tuple(row for line in lines if (row := reader.row(line)))
        found.said[name] = reader.said
    return found


def _by_list(sheet: Sheet, columns: Columns, lost: Lost) -> dict[str, list[Line]]:
    lists: dict[str, list[Line]] = {}
    for line in sheet.lines:
        name, code = columns.get(line, "list_name"), columns.get(line, "name")
        if not name or not code:
            lost.tell(
                sheet.name, line, "name" if name else "list_name", "a choice without list or name: left out"
            )
            continue
        lists.setdefault(name, []).append(line)
    return lists


def _name(
    theirs: str, codes: list[str], form: str, ours: bool, existing: Mapping[str, tuple[Choice, ...]],
    sheet: Sheet, line: Line, lost: Lost,
) -> str:  # fmt: skip
    name = re.sub(r"[^\w.]+", "_", theirs)
    if ours or name not in existing:
        return name
    if {choice.code for choice in existing[name]} == set(codes):
        lost.tell(
            sheet.name,
            line,
            "list_name",
            f"the hotline has the list '{name}' with these codes: its own words may change",
        )
        return name
    lost.tell(
        sheet.name,
        line,
        "list_name",
        f"the hotline has another list '{name}': this one is named '{form}_{name}'",
    )
    return f"{form}_{name}"


class _List:
    """Reads the choices of one list."""

    def __init__(
        self,
        name: str,
        sheet: Sheet,
        columns: Columns,
        default: str,
        clips: Mapping[str, Mapping[str, str]],
        lost: Lost,
    ) -> None:
        self.name, self.sheet, self.columns, self.default, self.clips, self.lost = (
            name,
            sheet,
            columns,
            default,
            clips,
            lost,
        )
        self.said: dict[str, dict[str, str]] = {}
        self.codes: set[str] = set()

    def row(self, line: Line) -> Row | None:
        theirs = self.columns.get(line, "name")
        code = re.sub(r"[^\w.-]+", "_", theirs)
        if code in self.codes:
            self.lost.tell(self.sheet.name, line, "name", f"'{code}' stands twice in '{self.name}': left out")
            return None
        if code != theirs:
            self.lost.tell(self.sheet.name, line, "name", f"'{theirs}' is no code here: it is '{code}'")
        self.codes.add(code)
        row = {"name": code}
        for key in names.OWN_CHOICE:
            if text := self.columns.get(line, f"{OWN}{key}"):
                row[key] = text
        for base, role in _TEXTS.items():
            texts = self.columns.said(line, base, self.default)
            if english := texts.get(SOURCE_LOCALE):
                row[role] = english
                self.said[choice_key(self.name, code, role)] = texts
            elif texts and role == "label":
                locale, row[role] = next(iter(texts.items()))
                self.said[choice_key(self.name, code, role)] = texts
                self.lost.tell(
                    self.sheet.name, line, base, f"no English: the words of '{locale}' stand in its place"
                )
            elif role == "label":
                row[role] = code
                self.lost.tell(self.sheet.name, line, base, "no label: the code stands in its place")
        tell_of_clips(
            self.columns, line, self.sheet, choice_key(self.name, code, "label"), self.clips, self.lost
        )
        return {key: row[key] for key in CHOICE_KEYS if key in row}


def tell_of_clips(
    columns: Columns, line: Line, sheet: Sheet, key: str, clips: Mapping[str, Mapping[str, str]], lost: Lost
) -> None:
    """Recordings are files beside the forms; a name in a workbook brings none."""
    for locale, file in columns.said(line, AUDIO, "").items():
        if clips.get(locale, {}).get(key) != file:
            folder = f"ivr_flows/audio/{locale or 'LANGUAGE'}/"
            lost.tell(
                sheet.name, line, columns.texts.get((AUDIO, locale), AUDIO),
                f"no recording comes with a workbook: lay '{file}' into {folder} and name it in its manifest.yaml",
            )  # fmt: skip
