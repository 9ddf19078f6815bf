"""A form goes out as a workbook and comes back as it was; an edit in the workbook arrives, and nothing else moves."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from hotline.forms.book import Book
from hotline.forms.definition import Choice, Form, Item, Wording
from hotline.forms.manifest import read_manifest
from hotline.forms.messages import update
from hotline.forms.workbook import read_bytes
from hotline.forms.xlsform.applying import apply, write_form
from hotline.forms.xlsform.document import Document, document_of, sentences
from hotline.forms.xlsform.export import export, language_names, workbook_of
from hotline.forms.xlsform.reading import Imported, Known, read_xlsform
from tests.forms.conftest import PROJECT, Content

FORMS = ("opening", "screening", "online", "hotline")
BOOK = Book.open(PROJECT)
LANGUAGES = language_names(BOOK, ("en", "acf", "fr", "es", "ht", "zh"))
CLIPS = {
    locale: {key: clip.file for key, clip in read_manifest(PROJECT, locale).items()} for locale in LANGUAGES
}


def read(workbook: bytes) -> Imported:
    """What an import finds in a workbook."""
    return read_xlsform(read_bytes(workbook, "form.xlsx"), "form", Known(LANGUAGES, BOOK.lists, CLIPS))


def without_places(form: Form) -> Form:
    """The form without the lines where it stands."""

    def wording(one: Wording) -> Wording:
        return replace(one, place="")

    def choice(one: Choice) -> Choice:
        return replace(one, label=wording(one.label), short=wording(one.short))

    def item(one: Item) -> Item:
        texts = {
            role: wording(text)
            for role in ("label", "short", "voice", "web", "again", "hint")
            if (text := getattr(one, role)) is not None
        }
        return replace(one, place="", choices=tuple(map(choice, one.choices)), relevant=None, **texts)

    return replace(form, place="", title=wording(form.title), items=tuple(map(item, form.items)))


@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_lost_on_the_way_out_and_back(name: str) -> None:
    found = read(export(BOOK, name, LANGUAGES))
    assert [str(remark) for remark in found.lost] == []
    assert found.document == document_of(BOOK, name)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_was_deleted_comes_back_whole_from_its_workbook(content: Content, name: str) -> None:
    workbook = export(BOOK, name, LANGUAGES)
    for form in FORMS:
        (content.root / f"sms_forms/{form}.yaml").unlink()
    (content.root / "sms_forms/choices.yaml").write_text(
        "empty:\n  - name: x\n    label: x\n", encoding="utf-8"
    )
    update(content.root, write=True)
    assert f"{name}.title" not in (content.root / "locales/fr/hotline.po").read_text(encoding="utf-8")

    apply(read(workbook).document, content.root)
    again = Book.open(content.root)
    assert without_places(again.forms[name]) == without_places(BOOK.forms[name])
    conditions = [item.relevant and item.relevant.text for item in BOOK.forms[name].items]
    assert [item.relevant and item.relevant.text for item in again.forms[name].items] == conditions
    document = document_of(BOOK, name)
    for key, _ in sentences(document.form, document.items, document.lists):
        for locale in LANGUAGES:
            assert again.catalogues.text(locale, key, "") == BOOK.catalogues.text(locale, key, ""), (
                locale,
                key,
            )


def test_an_import_of_what_is_there_changes_no_byte(content: Content) -> None:
    before = {path: path.read_bytes() for path in content.root.rglob("*") if path.suffix in (".yaml", ".po")}
    for name in ("screening", "online"):
        applied = apply(read(export(BOOK, name, LANGUAGES)).document, content.root)
        assert (applied.changes, applied.removed) == ((), ())
    assert {path: path.read_bytes() for path in before} == before


def test_an_edit_arrives_and_leaves_comments_and_other_lines_alone(content: Content) -> None:
    document = document_of(BOOK, "online")
    items = [dict(item) for item in document.items]
    sex = next(item for item in items if item["name"] == "reporter_sex")
    sex["label"] = 'Are you female (1) or male (2)? "No" is fine: 100 %'
    translations = {locale: dict(texts) for locale, texts in document.translations.items()}
    translations["fr"]["online.reporter_sex.label"] = "Une femme (1) ou un homme (2) ?"
    edited = replace(document, items=tuple(items), translations=translations)
    file = content.root / "sms_forms/online.yaml"
    before = file.read_text(encoding="utf-8").splitlines()

    applied = apply(read(workbook_of(edited, LANGUAGES, CLIPS, "")).document, content.root)
    after = file.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        '    label: "Are you female (1) or male (2)? \\"No\\" is fine: 100 %"'
    ]
    assert len(after) == len(before)
    assert applied.changes == (
        "sms_forms/online.yaml: changed: reporter_sex",
        "locales/fr/hotline.po: 1 translations",
    )
    book = Book.open(content.root)
    assert (
        book.text(book.forms["online"].item("reporter_sex").label, "fr") == "Une femme (1) ou un homme (2) ?"
    )
    assert "online.reporter_sex.label" not in book.catalogues.fuzzy("fr")
    assert "online.reporter_sex.label" in book.catalogues.fuzzy("es"), "its English has changed"


def test_questions_are_added_moved_and_taken_out(content: Content) -> None:
    document = document_of(BOOK, "screening")
    items = list(document.items)
    ethnicity = items.pop(7)
    new = {
        "name": "victim_hair",
        "number": "8",
        "code": "hai",
        "type": "text",
        "label": "Item 8. Hair?",
        "channels": "sms, web",
    }
    edited = replace(document, items=(new, *reversed(items)))
    applied = apply(read(workbook_of(edited, LANGUAGES, CLIPS, "")).document, content.root)
    assert applied.removed == (f"{ethnicity['name']} of the form",)
    form = Book.open(content.root).forms["screening"]
    assert [item.name for item in form.items] == ["victim_hair", *(item["name"] for item in reversed(items))]
    assert form.item("victim_hair").channels == {"sms", "web"}
    text = (content.root / "sms_forms/screening.yaml").read_text(encoding="utf-8")
    assert "# Item 12 is looked up for a registered sender" in text, "a comment goes with its question"


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=40
).filter(lambda text: text.strip() == text and "${" not in text)  # fmt: skip
# Texts that YAML or a spreadsheet may take for something else.
SLY = st.sampled_from(
    ["yes", "null", "1", "01", "1e3", "=1+1", "- a", "a: b", "a #b", "{x}", "'", '"', "\\n", "[a]", "*a", "2026-01-01", "0x1", "~", "@a", "a\nb"]
)  # fmt: skip


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, Document]:
    """A form of ours with sentences, translations, properties and the order of questions changed at random."""
    name = draw(st.sampled_from(FORMS))
    document = document_of(BOOK, name)
    items = [dict(item) for item in document.items]
    for item in draw(st.lists(st.sampled_from(items), max_size=4)):
        role = draw(st.sampled_from(("label", "web", "again", "voice", "hint", "short")))
        item[role] = draw(TEXTS | SLY)
        for key in draw(st.sets(st.sampled_from(("web", "hint", "duty", "again")))):
            item.pop(key, None)
        if draw(st.booleans()):
            item["positional"] = draw(st.sampled_from(("true", "false")))
    kept = (
        draw(st.lists(st.sampled_from(items), unique_by=lambda item: item["name"], min_size=1))
        if draw(st.booleans())
        else items
    )
    names: set[str] = set()
    order = []
    for item in kept:  # a condition asks only about what was asked before
        if all(
            f"${{{other['name']}}}" not in item.get("relevant", "") or other["name"] in names
            for other in items
        ):
            names.add(item["name"])
            order.append(item)
    if not order:
        order = [item for item in items if "relevant" not in item][:1]
    lists = {item["type"].split()[-1] for item in order}
    small = replace(
        document, items=tuple(order), lists={k: v for k, v in document.lists.items() if k in lists}
    )
    keys = [key for key, _ in sentences(small.form, small.items, small.lists)]
    said = {
        locale: {key: text for key, text in texts.items() if key in keys}
        for locale, texts in document.translations.items()
    }
    for key in draw(st.lists(st.sampled_from(keys), max_size=3)):
        said[draw(st.sampled_from(("fr", "zh", "acf")))][key] = draw(TEXTS | SLY)
    return name, replace(small, translations={locale: texts for locale, texts in said.items() if texts})


@settings(max_examples=25, deadline=None)
@given(edits())
def test_whatever_is_edited_comes_back_the_same(edit: tuple[str, Document]) -> None:
    _, document = edit
    found = read(workbook_of(document, LANGUAGES, CLIPS, ""))
    assert [str(remark) for remark in found.lost if "recording" not in remark.text] == []
    assert found.document.form == document.form
    assert found.document.items == document.items
    assert found.document.lists == document.lists
    assert found.document.translations == document.translations


@settings(max_examples=25, deadline=None)
@given(edits())
def test_whatever_is_edited_is_written_into_the_file_that_is_there(
    tmp_path_factory: pytest.TempPathFactory, edit: tuple[str, Document]
) -> None:
    name, document = edit
    root: Path = tmp_path_factory.mktemp("edited")
    (root / "sms_forms").mkdir()
    path = root / f"sms_forms/{name}.yaml"
    shutil.copyfile(PROJECT / "sms_forms" / path.name, path)
    write_form(document, path, root)  # raises when the file does not say what the document says
    head = (PROJECT / "sms_forms" / path.name).read_text(encoding="utf-8").splitlines()[0]
    assert path.read_text(encoding="utf-8").splitlines()[0] == head


@pytest.mark.parametrize("name", FORMS)
def test_the_reference_reader_of_xlsform_takes_our_workbook(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(export(BOOK, name, LANGUAGES))
    result = convert(path, validate=False)
    assert result.warnings == []
    for language in ("English (en)", "French (fr)", "Haitian Creole (ht)"):
        assert f'<translation lang="{language}"' in result.xform
