"""A translators' pack: a zip of the catalogue, the words, the script and a page that explains; and the way back."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from hotline.forms.book import Book
from hotline.forms.translators import catalogue, words
from hotline.forms.translators.readme import readme
from hotline.forms.translators.script import script
from hotline.forms.translators.uses import uses
from hotline.forms.workbook import (
    MOST_BYTES,
    MOST_UNPACKED,
    Remark,
    WorkbookRefused,
    read_bytes,
    write_workbook,
)
from hotline.wording.catalogue import SOURCE_LOCALE
from hotline.wording.po import CatalogueError, read, render

PO: Final = catalogue.FILE
WORDS: Final = "words.xlsx"
MANIFEST: Final = "pack.json"
_FORMAT: Final = 1
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # a pack says nothing of when it was made


class PackRefused(ValueError):
    """A pack that cannot be taken; `lines` say why, one thing each."""

    def __init__(self, lines: Sequence[object]) -> None:
        super().__init__("; ".join(map(str, lines)))
        self.lines = tuple(map(str, lines))


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a pack changes: lines of what changed, notes, and files that have changed since it was packed."""

    locale: str
    changes: tuple[str, ...]
    notes: tuple[str, ...]
    outdated: tuple[str, ...]


def pack(book: Book, locale: str, languages: Sequence[str], name: str) -> bytes:
    """The pack of a locale; `languages` in the order of the keys of the first voice menu, `name` in English.

    Raises CatalogueError, BadContent, yaml.YAMLError, ValueError for content that cannot be read.
    """
    folder = book.root / "locales" / locale
    sheets = [
        words.page(file, _text(folder / f"{file}.yaml"), _english(book.root, file, locale))
        for file in words.FILES
        if (folder / f"{file}.yaml").is_file()
    ]
    manifest = {"format": _FORMAT, "locale": locale, "files": _hashes(folder)}
    parts: dict[str, bytes] = {
        "README.txt": readme(locale, name).replace("\n", "\r\n").encode(),  # also for the oldest editor
        MANIFEST: (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode(),
        "script.html": script(book, locale, languages, name).encode(),
    }
    if sheets:
        parts[WORDS] = write_workbook(sheets)
    if locale != SOURCE_LOCALE and (folder / PO).is_file():
        parts[PO] = catalogue.for_translators(read(folder / PO), uses(book)).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for file, content in sorted(parts.items()):
            out.writestr(zipfile.ZipInfo(file, _LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def unpack(content: bytes, copy: Path) -> Unpacked:
    """Write what a pack holds into the content below `copy`. Raises PackRefused with everything that cannot be read."""
    parts = _parts(content)
    manifest = _manifest(parts)
    locale = manifest["locale"]
    folder = copy / "locales" / locale
    if not folder.is_dir():
        raise PackRefused([f"the hotline has no language '{locale}'"])
    now = _hashes(folder)
    outdated = tuple(file for file, value in sorted(manifest["files"].items()) if now.get(file) != value)
    wrong: list[object] = []
    changes: list[str] = []
    notes: list[str] = []
    new: dict[str, str] = {}
    if PO in parts:
        _take_catalogue(parts[PO], folder, new, changes, notes, wrong)
    if WORDS in parts:
        _take_words(parts[WORDS], folder, _all_english(copy, locale), new, changes, notes, wrong)
    if wrong:
        raise PackRefused(wrong)
    for file, text in new.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return Unpacked(locale, tuple(f"locales/{locale}/{line}" for line in changes), tuple(notes), outdated)


def _take_catalogue(
    content: bytes,
    folder: Path,
    new: dict[str, str],
    changes: list[str],
    notes: list[str],
    wrong: list[object],
) -> None:
    try:
        merged = catalogue.merge(read(folder / PO), catalogue.read_packed(content))
    except CatalogueError as error:
        wrong.append(error)
        return
    notes += merged.notes
    text = render(merged.file)
    if text != _text(folder / PO):
        new[PO] = text
        changes.append(
            f"{PO}: {len(merged.changed)} translations" if merged.changed else f"{PO}: marks or remarks"
        )


def _take_words(
    content: bytes, folder: Path, english: Mapping[str, str],
    new: dict[str, str], changes: list[str], notes: list[str], wrong: list[object],
) -> None:  # fmt: skip
    try:
        sheets = read_bytes(content, WORDS)
    except WorkbookRefused as error:
        wrong.append(error)
        return
    for file in words.FILES:
        path = folder / f"{file}.yaml"
        if not path.is_file():
            continue
        if file not in sheets:
            notes.append(f"{WORDS}: there is no sheet '{file}': its words stay as they are")
            continue
        text = _text(path)
        try:
            changed_text, lists = words.taken(text, sheets[file], english.get(file, ""))
        except words.WordsRefused as error:
            wrong += [f"{WORDS}: {remark}" for remark in error.remarks]
            continue
        except (yaml.YAMLError, ValueError) as error:
            wrong.append(f"{path.name}: {error}")
            continue
        if changed_text != text:
            new[path.name] = changed_text
            changes.append(f"{path.name}: {', '.join(lists)}")
    unknown = [name for name in sheets if name not in words.FILES]
    notes += [
        str(Remark(name, 0, "", "this sheet is not one of the pack and is not read")) for name in unknown
    ]


def _parts(content: bytes) -> dict[str, bytes]:
    """The files of a pack that have a meaning, whatever folder they were zipped in."""
    if len(content) > MOST_BYTES:
        raise PackRefused([f"the pack has more than {MOST_BYTES // 1_000_000} MB"])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack_file:
            infos = {Path(info.filename).name: info for info in pack_file.infolist()}
            wanted = [infos[name] for name in (PO, WORDS, MANIFEST) if name in infos]
            if sum(info.file_size for info in wanted) > MOST_UNPACKED:
                raise PackRefused([f"the pack unpacks to more than {MOST_UNPACKED // 1_000_000} MB"])
            return {Path(info.filename).name: pack_file.read(info) for info in wanted}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise PackRefused([f"no pack: it cannot be read as a zip file ({error})"]) from error


def _manifest(parts: Mapping[str, bytes]) -> dict[str, Any]:
    try:
        found = json.loads(parts[MANIFEST])
        if found["format"] == _FORMAT and isinstance(found["files"], dict) and str(found["locale"]).isalpha():
            return dict(found)
    except (KeyError, ValueError, TypeError, RecursionError):
        pass
    raise PackRefused([f"no pack of `hotline locales pack`: {MANIFEST} is missing or not readable"])


def _hashes(folder: Path) -> dict[str, str]:
    names = (PO, *(f"{file}.yaml" for file in words.FILES))
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in names
        if (folder / name).is_file()
    }


def _english(root: Path, file: str, locale: str) -> str:
    path = root / "locales" / SOURCE_LOCALE / f"{file}.yaml"
    return _text(path) if locale != SOURCE_LOCALE and path.is_file() else ""


def _all_english(root: Path, locale: str) -> dict[str, str]:
    return {file: _english(root, file, locale) for file in words.FILES}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
