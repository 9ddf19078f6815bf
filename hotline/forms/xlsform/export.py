"""A form as an XLSForm workbook that KoboToolbox, ODK and other programs open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hotline.forms.book import Book
from hotline.forms.manifest import read_manifest
from hotline.forms.workbook import Page, write_workbook
from hotline.forms.xlsform import columns
from hotline.forms.xlsform.columns import OWN, column
from hotline.forms.xlsform.document import Document, Row, choice_key, document_of, item_key
from hotline.forms.xlsform.expressions import expression
from hotline.forms.xlsform.types import nearest
from hotline.wording.catalogue import SOURCE_LOCALE

_WIDE, _NARROW = 40, 14


def export(book: Book, form: str, languages: Mapping[str, str]) -> bytes:
    """The workbook of a form, in these languages: locale to its name in English. KeyError when there is no such form.

    Raises BadContent for content that cannot be read.
    """
    document = document_of(book, form)
    clips = {
        locale: {key: clip.file for key, clip in read_manifest(book.root, locale).items()}
        for locale in languages
    }
    return workbook_of(document, languages, clips, book.hash)


def workbook_of(
    document: Document, languages: Mapping[str, str], clips: Mapping[str, Mapping[str, str]], version: str
) -> bytes:
    """The workbook of a document. `clips` are the recorded files by locale and key of their sentence."""
    writer = _Writer(document, languages, clips, version)
    return write_workbook([writer.survey(), writer.choices(), writer.settings()])


class _Writer:
    def __init__(
        self,
        document: Document,
        languages: Mapping[str, str],
        clips: Mapping[str, Mapping[str, str]],
        version: str,
    ) -> None:
        self.document, self.languages, self.clips, self.version = document, languages, clips, version

    def survey(self) -> Page:
        form = self.document.name
        rows = []
        for item in self.document.items:
            cells = {
                "type": nearest(item["type"]),
                "name": item["name"],
                "required": {"true": "yes"}.get(item.get("required", ""), ""),
                "relevant": item.get("relevant", ""),
                **_limits(item),
            }
            cells |= self._texts(
                item,
                columns.ITEM_TEXTS,
                columns.OWN_ITEM_TEXTS,
                f"{form}.{item['name']}",
            )
            heard = item_key(form, item["name"], "voice" if "voice" in item else "label")
            cells |= self._audio(heard)
            own = {f"{OWN}{key}": item.get(key, "") for key in columns.OWN_ITEM if f"{OWN}{key}" not in cells}
            if item["type"] == cells["type"]:
                own[f"{OWN}type"] = ""
            rows.append(own | cells)
        headings = [
            "type", "name", *self._headings(columns.ITEM_TEXTS), "required", "relevant", "constraint",
            *self._headings((columns.AUDIO,)),
            *(f"{OWN}{key}" for key in columns.OWN_ITEM), *self._headings(f"{OWN}{key}" for key in columns.OWN_ITEM_TEXTS),
        ]  # fmt: skip
        return _page("survey", headings, rows)

    def choices(self) -> Page:
        rows = []
        for name, choices in self.document.lists.items():
            for choice in choices:
                cells = {"list_name": name, "name": choice["name"]}
                cells |= self._texts(
                    choice, columns.CHOICE_TEXTS, columns.OWN_CHOICE_TEXTS,
                    f"list.{name}.{choice['name']}",
                )  # fmt: skip
                cells |= self._audio(choice_key(name, choice["name"], "label"))
                rows.append(cells | {f"{OWN}{key}": choice.get(key, "") for key in columns.OWN_CHOICE})
        headings = [
            "list_name", "name", *self._headings(columns.CHOICE_TEXTS), *self._headings((columns.AUDIO,)),
            *(f"{OWN}{key}" for key in columns.OWN_CHOICE), *self._headings(f"{OWN}{key}" for key in columns.OWN_CHOICE_TEXTS),
        ]  # fmt: skip
        return _page("choices", headings, rows)

    def settings(self) -> Page:
        form = self.document.form
        cells = {
            "form_title": form["title"], "form_id": form["form"], "version": self.version,
            "default_language": f"{self.languages[SOURCE_LOCALE]} ({SOURCE_LOCALE})",
            **{f"{OWN}{key}": form.get(key, "") for key in columns.OWN_FORM},
        }  # fmt: skip
        for locale in self.languages:
            if locale != SOURCE_LOCALE:
                cells[f"{OWN}title_{locale}"] = self._translation(locale, f"{self.document.name}.title")
        return _page("settings", list(cells), [cells])

    def _headings(self, bases: Iterable[str]) -> list[str]:
        return [column(base, locale, self.languages) for base in bases for locale in self.languages]

    def _texts(self, row: Row, theirs: Mapping[str, str], ours: tuple[str, ...], prefix: str) -> Row:
        """A row's sentences in all languages, under XLSForm's headings and under ours."""
        cells = {}
        for base, role in (*theirs.items(), *((f"{OWN}{role}", role) for role in ours)):
            if role in row:
                for locale in self.languages:
                    text = (
                        row[role]
                        if locale == SOURCE_LOCALE
                        else self._translation(locale, f"{prefix}.{role}")
                    )
                    cells[column(base, locale, self.languages)] = text
        return cells

    def _translation(self, locale: str, key: str) -> str:
        return self.document.translations.get(locale, {}).get(key, "")

    def _audio(self, key: str) -> Row:
        """The recorded clip of a sentence, in the languages that have one."""
        return {
            column(columns.AUDIO, locale, self.languages): self.clips[locale].get(key, "")
            for locale in self.languages
        }


def _limits(item: Row) -> Row:
    """XLSForm's constraint, and beside it what it cannot hold for this type."""
    kind, past, longest = nearest(item["type"]), item.get("past", ""), item.get("max", "")
    in_date = kind == "date" and past == "true"
    in_text = kind == "text" and longest.isdigit()
    return {
        "constraint": expression(item.get("constraint", ""), in_date, longest if in_text else ""),
        f"{OWN}past": "" if in_date else past,
        f"{OWN}max": "" if in_text else longest,
    }


def _page(name: str, headings: list[str], rows: list[Row]) -> Page:
    wide = [
        _WIDE if "::" in heading or heading in ("relevant", "constraint") else _NARROW for heading in headings
    ]
    return Page(name, headings, [[row.get(heading, "") for heading in headings] for row in rows], wide)


def language_names(book: Book, languages: Iterable[str]) -> dict[str, str]:
    """The languages by locale with their names in English, English first: other programs show the first."""
    names = {choice.code: choice.label.english for choice in book.lists.get("contact_language", ())}
    ordered = dict.fromkeys((SOURCE_LOCALE, *languages))
    return {locale: names.get(locale, locale) for locale in ordered}
