"""From a document to the content: the form's file, the choice lists, the catalogues. What did not change keeps its bytes,
its comments and its order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import yaml

from hotline.forms import yaml_edit
from hotline.forms.book import Book
from hotline.forms.lists import Lists
from hotline.forms.messages import messages, update
from hotline.forms.source import BadContent, Problem, Section, load, relative, rows
from hotline.forms.xlsform.document import (
    CHOICE_KEYS,
    FORM_KEYS,
    ITEM_KEYS,
    LISTED,
    NUMBERS,
    SWITCHES,
    Document,
    Row,
    Translations,
    as_row,
    as_text,
    split,
)
from hotline.wording import po
from hotline.wording.catalogue import FILE_NAME

_CHOICES: Final = "sms_forms/choices.yaml"
_TAKEN: Final = ("choices", "wordings")  # file names that are no forms
_QUOTED: Final = frozenset({"number", "digit", "relevant", "constraint"})


@dataclass(frozen=True, slots=True)
class Applied:
    """What changed, in words; `removed` are the questions and answers that are no longer there."""

    changes: tuple[str, ...]
    removed: tuple[str, ...]


def apply(document: Document, root: Path) -> Applied:
    """Write a document into the content below `root` (a copy: see `staging`). Raises BadContent, ValueError, OSError."""
    book = Book.open(root)
    form, lists = book.forms.get(document.name), book.lists
    path = root / (form.place.rpartition(":")[0] if form else f"sms_forms/{document.name}.yaml")
    if document.name in _TAKEN or (form is None and path.exists()):
        raise ValueError(
            f"{relative(path, root)} is there and is no form '{document.name}': name the form otherwise"
        )
    removed = [f"{item.name} of the form" for item in form.items] if form else []
    kept = {f"{row['name']} of the form" for row in document.items}
    for name, choices in document.lists.items():
        removed += [f"{choice.code} of the list {name}" for choice in lists.get(name, ())]
        kept |= {f"{row['name']} of the list {name}" for row in choices}
    changes = [
        *write_form(document, path, root),
        *_write_lists(_own(document, lists, root), root / _CHOICES, root),
    ]
    update(root, write=True)
    changes += _write_translations(document.translations, root)
    return Applied(tuple(changes), tuple(name for name in removed if name not in kept))


def _own(document: Document, existing: Lists, root: Path) -> dict[str, tuple[Row, ...]]:
    """The lists that belong into the file: not those that the house makes itself."""
    there = load(root / _CHOICES, root)
    return {name: rows for name, rows in document.lists.items() if name in there or name not in existing}


def _yaml(key: str, text: str) -> str:
    """A value as it stands in our files."""
    if key in LISTED:
        return yaml_edit.flow(split(text))
    if (key in SWITCHES and text in ("true", "false")) or (key in NUMBERS and text.isdecimal()):
        return text
    return json.dumps(text, ensure_ascii=False) if key in _QUOTED else yaml_edit.scalar(text)


def _rows(found: Sequence[Row], keys: Sequence[str]) -> list[Row]:
    return [{key: _yaml(key, row[key]) for key in keys if key in row} for row in found]


def _same(key: str, old: str, new: str) -> bool:
    """Whether a value as it stands says the same as the new one."""
    value = yaml.load(new, Loader=yaml.BaseLoader)  # noqa: S506 - text only, no objects
    return old == as_text(value)


def write_form(document: Document, path: Path, root: Path) -> list[str]:
    """Write the form's own file; what changed, a line each. Raises BadContent, ValueError when it cannot be read again."""
    name = relative(path, root)
    items = _rows(document.items, ITEM_KEYS)
    top = {key: _yaml(key, document.form[key]) for key in FORM_KEYS if key in document.form}
    if not path.exists():
        _write(
            path, "".join(f"{key}: {value}\n" for key, value in top.items()) + "\nitems:\n" + _fresh(items)
        )
        _verify(path, root, document)
        return [f"{name}: new, with {len(items)} questions"]
    old = load(path, root)
    before, after = (
        {row["name"]: as_row(row) for row in rows(old, "items")},
        {row["name"]: row for row in document.items},
    )
    form = as_row(Section((key, value) for key, value in old.items() if key != "items"))
    if form == document.form and list(before.items()) == list(after.items()):
        return []
    text = _ended(path)
    wanted = {key: top.get(key) for key in FORM_KEYS if form.get(key) != document.form.get(key)}
    text = yaml_edit.edit_mapping(text, yaml_edit.compose(text), wanted, "form")
    node = yaml_edit.child(yaml_edit.compose(text), "items")
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        text = yaml_edit.edit_rows(text, node, items, _same)
    else:
        text = "".join(f"{key}: {value}\n" for key, value in top.items()) + "\nitems:\n" + _fresh(items)
    _write(path, text)
    _verify(path, root, document)
    return [f"{name}: {line}" for line in _differences(before, after)] or [
        f"{name}: the head or the order changed"
    ]


def _write_lists(lists: Mapping[str, tuple[Row, ...]], path: Path, root: Path) -> list[str]:
    changes = []
    for name, choices in lists.items():
        there = load(path, root)
        before = {row["name"]: row for row in map(as_row, rows(there, name))} if name in there else {}
        after = {row["name"]: row for row in choices}
        if list(before.items()) == list(after.items()):
            continue
        text, wanted = _ended(path), _rows(choices, CHOICE_KEYS)
        node = yaml_edit.child(yaml_edit.compose(text), name)
        if node is None:
            text += f"\n{yaml_edit.scalar(name)}:\n{_fresh(wanted, spaced=False)}"
        elif isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
            text = yaml_edit.edit_rows(text, node, wanted, _same)
        else:
            raise BadContent(
                Problem(_CHOICES, node.start_mark.line + 1, f"'{name}' must be a list, one choice a line")
            )
        _write(path, text)
        if tuple(map(as_row, rows(load(path, root), name))) != choices:
            raise ValueError(f"{_CHOICES}: the list '{name}' could not be written")
        changes += [f"{_CHOICES}: {name}: {line}" for line in _differences(before, after)]
    return changes


def _write_translations(translations: Translations, root: Path) -> list[str]:
    """Set the translations that differ; a sentence that nobody says has none."""
    english = {message.key: message.english for message in messages(root)}
    changes = []
    for locale, texts in translations.items():
        path = root / "locales" / locale / FILE_NAME
        if not path.is_file():
            continue
        file = po.read(path)
        changed = {
            key: replace(entry, english=english[key], translation=texts[key], fuzzy=False, previous="")
            for key, entry in file.entries.items()
            if key in texts and texts[key] != entry.translation
        }
        if changed:
            _write(path, po.render(replace(file, entries={**file.entries, **changed})))
            changes.append(f"{relative(path, root)}: {len(changed)} translations")
    return changes


def _differences(before: Mapping[str, Row], after: Mapping[str, Row]) -> list[str]:
    """What is new, changed and gone, in a line each."""
    new = [name for name in after if name not in before]
    changed = [name for name in after if name in before and before[name] != after[name]]
    gone = [name for name in before if name not in after]
    found = [
        f"{what}: {', '.join(names)}"
        for what, names in (("new", new), ("changed", changed), ("taken out", gone))
        if names
    ]
    return found or ["the order changed"]


def _fresh(items: Sequence[Row], spaced: bool = True) -> str:
    blocks = ["  - " + "\n    ".join(f"{key}: {value}" for key, value in row.items()) + "\n" for row in items]
    return ("\n" if spaced else "").join(blocks)


def _verify(path: Path, root: Path, document: Document) -> None:
    """What was written must say what was meant: an edit of a text is not believed unseen."""
    section = load(path, root)
    form = as_row(Section((key, value) for key, value in section.items() if key != "items"))
    if form != document.form or tuple(map(as_row, rows(section, "items"))) != document.items:
        raise ValueError(f"{relative(path, root)} could not be written as the workbook says")


def _ended(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return text if text.endswith("\n") else text + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
