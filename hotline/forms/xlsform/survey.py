"""The sheet `survey`: the questions. Groups become a flat list, and their condition that of each of their questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from hotline.forms.condition import read
from hotline.forms.definition import Choice
from hotline.forms.workbook import Line, Sheet, WorkbookRefused
from hotline.forms.xlsform import columns as names
from hotline.forms.xlsform import types
from hotline.forms.xlsform.choices import ChoiceLists, tell_of_clips
from hotline.forms.xlsform.columns import AUDIO, OWN, Heading
from hotline.forms.xlsform.document import ITEM_KEYS, SWITCHES, Row, item_key
from hotline.forms.xlsform.expressions import NotOurs, both, condition
from hotline.forms.xlsform.kinds import Kinds, limit, new_code
from hotline.forms.xlsform.lost import Columns, Lost, columns_of
from hotline.wording.catalogue import SOURCE_LOCALE

_PLAIN: Final = (
    "type",
    "name",
    "required",
    "relevant",
    "constraint",
    *(f"{OWN}{key}" for key in names.OWN_ITEM),
)
_TEXTS: Final = {**names.ITEM_TEXTS, **{f"{OWN}{role}": role for role in names.OWN_ITEM_TEXTS}}
_YES: Final = frozenset({"yes", "true", "true()", "1"})
_NO: Final = frozenset({"no", "false", "false()", "0", ""})
_WHY: Final = {
    "calculation": "nothing is calculated here",
    "appearance": "how a tablet shows it has no meaning here",
    "choice_filter": "choices that depend on another answer do not exist here: all of the list are offered",
    "default": "no answer is filled in beforehand here",
    "read_only": "every question here can be answered",
    "repeat_count": "a question is asked once here",
    "required_message": "there are no words of its own for a missing answer here",
    "guidance_hint": "there is no second hint here",
    "media::image": "there are no pictures here", "media::video": "there are no films here",
}  # fmt: skip


@dataclass(slots=True)
class Items:
    """The questions in order, their sentences by key and locale, and the rows where they stand."""

    rows: list[Row] = field(default_factory=list)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Group:
    name: str
    kind: str
    relevant: str


def read_survey(
    sheet: Sheet, form: str, default: str, languages: Mapping[str, str], lists: ChoiceLists,
    existing: Mapping[str, tuple[Choice, ...]], clips: Mapping[str, Mapping[str, str]], lost: Lost,
) -> Items:  # fmt: skip
    """All questions of the sheet. Raises WorkbookRefused without the columns type and name."""
    columns, others = columns_of(sheet, languages, _PLAIN, (*_TEXTS, AUDIO), default, lost)
    if missing := [base for base in ("type", "name") if base not in columns.plain]:
        raise WorkbookRefused(f"no XLSForm: the sheet '{sheet.name}' has no column '{missing[0]}'")
    return _Survey(sheet, columns, others, form, default, lists, existing, clips, lost).read()


class _Survey:
    def __init__(
        self, sheet: Sheet, columns: Columns, others: list[Heading], form: str, default: str, lists: ChoiceLists,
        existing: Mapping[str, tuple[Choice, ...]], clips: Mapping[str, Mapping[str, str]], lost: Lost,
    ) -> None:  # fmt: skip
        self.sheet, self.columns, self.others, self.form, self.default = sheet, columns, others, form, default
        self.lists, self.existing, self.clips, self.lost = lists, existing, clips, lost
        self.items = Items()
        self.kinds = Kinds(columns, lists, existing, self.tell)
        self.groups: list[_Group] = []
        self.renamed: dict[str, str] = {}
        self.codes = {text for line in sheet.lines if (text := columns.get(line, f"{OWN}code"))}
        self.made: list[Line] = []

    def tell(self, line: Line, base: str, text: str) -> None:
        """A remark on a cell of this row."""
        self.lost.tell(self.sheet.name, line, self.columns.plain.get(base, base), text)

    def read(self) -> Items:
        for line in self.sheet.lines:
            kind = " ".join(self.columns.get(line, "type").split())
            first = kind.lower().replace("_", " ").split(" ")[:2]
            if first[0] in ("begin", "end") and len(first) == 2:
                self._group(line, first[0], first[1])
            elif kind:
                self._question(line, kind)
            else:
                self.tell(line, "type", "a row without a type: left out")
        for group in self.groups:
            self.lost.tell(self.sheet.name, None, "", f"the {group.kind} '{group.name}' has no end")
        if self.made:
            self.lost.tell(
                self.sheet.name,
                self.made[0],
                f"{OWN}code",
                f"no numbers or codes of questions: made for {len(self.made)} rows",
            )
        return self.items

    def _group(self, line: Line, edge: str, kind: str) -> None:
        if edge == "end":
            if self.groups:
                self.groups.pop()
            else:
                self.tell(line, "type", "an end without a beginning")
            return
        name = self.columns.get(line, "name")
        inside = "is asked once, not again and again" if kind == "repeat" else "is asked as single questions"
        self.tell(
            line, "type", f"there are no groups here: what is in '{name}' {inside}; its label is left out"
        )
        self._unread(line)
        self.groups.append(_Group(name, kind, self._relevant(line)))

    def _question(self, line: Line, kind: str) -> None:
        lowered = kind.lower()
        name = self.columns.get(line, "name")
        if lowered in types.SILENT:
            self.tell(line, "type", f"'{name or kind}' is {types.SILENT[lowered]}: left out")
            self._unread(line)
            return
        if not name:
            self.tell(line, "name", "a question without a name: left out")
            return
        ours = self.kinds.ours(line, kind)
        if not ours:
            self.tell(line, "type", f"'{kind}' cannot be asked here: '{name}' is left out")
            self._unread(line)
            return
        self._item(line, self._own_name(line, name), ours)

    def _own_name(self, line: Line, theirs: str) -> str:
        name = plain = re.sub(r"\W", "_", theirs)
        number = 2
        while name in self.items.lines:
            name, number = f"{plain}_{number}", number + 1
        if name != theirs:
            self.tell(line, "name", f"'{theirs}' is named '{name}' here")
        self.renamed[theirs] = name
        return name

    def _item(self, line: Line, name: str, kind: str) -> None:
        row: Row = {"name": name, "type": kind}
        for key in names.OWN_ITEM:
            text = self.columns.get(line, f"{OWN}{key}")
            if (
                key != "type"
                and text
                and not (key in SWITCHES and text == "false" and key not in ("positional", "free"))
            ):
                row[key] = text
        if "number" not in row or "code" not in row:
            self.made.append(line)
            row.setdefault("number", str(len(self.items.rows) + 1))
            row.setdefault("code", new_code(name, self.codes))
        self._texts(line, row)
        limit(row, self.columns.get(line, "constraint"), lambda text: self.tell(line, "constraint", text))
        row["relevant"] = both(self._outside(), self._relevant(line))
        row["required"] = self._required(line)
        self._unread(line)
        heard = item_key(self.form, name, "voice" if "voice" in row else "label")
        tell_of_clips(self.columns, line, self.sheet, heard, self.clips, self.lost)
        self.items.lines[name] = line.number
        self.items.rows.append({key: row[key] for key in ITEM_KEYS if row.get(key)})

    def _outside(self) -> str:
        """The condition of all groups around a question."""
        joined = ""
        for group in self.groups:
            joined = both(joined, group.relevant)
        return joined

    def _texts(self, line: Line, row: Row) -> None:
        for base, role in _TEXTS.items():
            texts = self.columns.said(line, base, self.default)
            key = item_key(self.form, row["name"], role)
            if not texts:
                continue
            if SOURCE_LOCALE not in texts:
                locale = next(iter(texts))
                self.tell(line, base, f"no English: the words of '{locale}' stand in its place")
            row[role] = texts.get(SOURCE_LOCALE) or next(iter(texts.values()))
            self.items.texts[key] = texts
            for locale in (locale for locale, text in texts.items() if "${" in text):
                where = self.columns.texts.get((base, locale), base)
                self.tell(line, where, "answers are not put into sentences here: the sign ${…} would be seen")
        if "label" not in row:
            row["label"] = row["name"]
            self.tell(line, "label", "no label: the name stands in its place")

    def _required(self, line: Line) -> str:
        text = self.columns.get(line, "required").lower().replace(" ", "")
        if text not in _YES | _NO:
            self.tell(
                line, "required", f"left out: whether an answer is needed is yes or no here, not {text!r}"
            )
        return "true" if text in _YES else ""

    def _relevant(self, line: Line) -> str:
        text = self.columns.get(line, "relevant")
        if not text:
            return ""
        try:
            found = condition(text, self.renamed)
        except NotOurs as error:
            self.tell(line, "relevant", f"left out, so it is always asked: {error}")
            return ""
        if strange := sorted(read(found).fields - self.items.lines.keys()):
            self.tell(
                line, "relevant", f"left out, so it is always asked: no question before it is '{strange[0]}'"
            )
            return ""
        return found

    def _unread(self, line: Line) -> None:
        """What stands in columns that have no meaning here."""
        for heading in self.others:
            if text := line.get(heading.text):
                why = _WHY.get(heading.base, "this column has no meaning here")
                self.lost.tell(self.sheet.name, line, heading.text, f"{why}: {text!r}")
