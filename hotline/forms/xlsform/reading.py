"""From an XLSForm workbook, ours or anybody's, to a document; what gets lost on the way is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from hotline.forms.definition import Choice
from hotline.forms.workbook import Line, Remark, Sheet, WorkbookRefused
from hotline.forms.xlsform.choices import ChoiceLists, read_choices
from hotline.forms.xlsform.columns import OWN, OWN_FORM, locale_of
from hotline.forms.xlsform.document import Document, Row
from hotline.forms.xlsform.lost import Lost, columns_of
from hotline.forms.xlsform.survey import read_survey
from hotline.wording.catalogue import SOURCE_LOCALE

_SHEETS: Final = ("survey", "choices", "settings")
_SETTINGS: Final = (
    "form_title",
    "form_id",
    "default_language",
    "version",
    *(f"{OWN}{key}" for key in OWN_FORM),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the hotline has already: languages by locale with their English names in the order of its keys, choice lists,
    recorded clips by locale and key, and the codes of countries."""

    languages: Mapping[str, str]
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    clips: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    countries: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """A document, what was lost, and the rows of its items in the sheet survey."""

    document: Document
    lost: tuple[Remark, ...]
    rows: Mapping[str, int]


def read_xlsform(sheets: Mapping[str, Sheet], name: str, known: Known) -> Imported:
    """Read the sheets of a workbook; `name` is that of the form where the settings give none.

    Raises WorkbookRefused when there is no sheet `survey` with type and name.
    """
    by_name = {title.strip().lower(): sheet for title, sheet in sheets.items()}
    survey = by_name.get("survey")
    if survey is None:
        raise WorkbookRefused(f"no XLSForm: there is no sheet 'survey' ({', '.join(sheets)} are there)")
    lost = Lost([remark for title in _SHEETS if title in by_name for remark in by_name[title].remarks])
    for title, sheet in by_name.items():
        if title not in _SHEETS and sheet.lines:
            lost.tell(sheet.name, None, "", "this sheet has no meaning here and is not read")
    form, said, default = _settings(by_name.get("settings"), name, known.languages, lost)
    lists = (
        read_choices(
            by_name["choices"],
            form["form"],
            default,
            known.languages,
            known.lists,
            known.countries,
            known.clips,
            lost,
        )
        if "choices" in by_name
        else ChoiceLists()
    )
    items = read_survey(survey, form["form"], default, known.languages, lists, known.lists, known.clips, lost)
    used = {kind.split()[1] for item in items.rows if " " in (kind := item["type"])}
    lists.unused(used, lost)
    translations: dict[str, dict[str, str]] = {}
    for key, texts in (*said.items(), *lists.texts(used), *items.texts.items()):
        for locale, text in texts.items():
            if locale != SOURCE_LOCALE:
                translations.setdefault(locale, {})[key] = text
    rows = {list_name: rows for list_name, rows in lists.rows.items() if list_name in used}
    document = Document(form, tuple(items.rows), rows, translations)
    return Imported(document, tuple(sorted(lost.remarks, key=_place)), items.lines)


def _place(remark: Remark) -> tuple[int, str, int]:
    known = remark.sheet.lower() in _SHEETS
    return (_SHEETS.index(remark.sheet.lower()) if known else len(_SHEETS), remark.sheet, remark.row)


def _settings(
    sheet: Sheet | None, name: str, languages: Mapping[str, str], lost: Lost
) -> tuple[Row, dict[str, dict[str, str]], str]:
    """The form's own keys, the translations of its title, and the locale of columns without a language."""
    plain_name = _form_name(name)
    if sheet is None or not sheet.lines:
        return {"form": plain_name, "title": name}, {}, SOURCE_LOCALE
    line = sheet.lines[0]
    columns, others = columns_of(sheet, languages, _SETTINGS, (f"{OWN}title",), SOURCE_LOCALE, Lost())
    for heading in others:
        if text := line.get(heading.text):
            lost.tell(sheet.name, line, heading.text, f"has no meaning here: {text!r}")
    for more in sheet.lines[1:]:
        lost.tell(sheet.name, more, "", "only the first row is read")
    form_id = columns.get(line, "form_id")
    chosen = _form_name(form_id) if form_id else plain_name
    if form_id and chosen != form_id:
        lost.tell(
            sheet.name, line, "form_id", f"the form is named '{chosen}', for '{form_id}' is no name here"
        )
    title = columns.get(line, "form_title")
    form = {"form": chosen, "title": title or name}
    for key in OWN_FORM:
        if text := columns.get(line, f"{OWN}{key}"):
            form[key] = text
    said = columns.said(line, f"{OWN}title", "")
    return (
        form,
        {f"{chosen}.title": said} if said else {},
        _default(columns.get(line, "default_language"), line, sheet, languages, lost),
    )


def _default(language: str, line: Line, sheet: Sheet, languages: Mapping[str, str], lost: Lost) -> str:
    if not language:
        return SOURCE_LOCALE
    locale = locale_of(language, languages)
    if locale == "?":
        lost.tell(
            sheet.name, line, "default_language", f"the hotline does not speak {language}: taken for English"
        )
        return SOURCE_LOCALE
    return locale


def _form_name(text: str) -> str:
    """A name for the form and its file: letters, digits and `_`."""
    return re.sub(r"\W+", "_", text, flags=re.ASCII).strip("_") or "form"
