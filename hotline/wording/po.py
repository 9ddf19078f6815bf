"""Catalogue files: gettext PO as translators' tools write it, read at the start without a compile step.

Babel reads the syntax; the writing is ours, so that a file is the same whenever it is made: sorted by key, no
dates, no line wrapping. Babel's locales are not asked, for it knows no `acf`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import PoFileError, denormalize, normalize, read_po, unescape

REVIEWED = "X-Reviewed-By-Native-Speaker"

# A line of a PO file: a comment, or a keyword with a closed string. Babel reads an unclosed one without a word.
_LINE = re.compile(r'\s*(#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s+)?"([^"\\]|\\.)*"\s*|)')
_PREVIOUS = re.compile(r'^\|\s*(?:msgid\s+)?(".*")$')


class CatalogueError(ValueError):
    """A catalogue file that cannot be read; the message begins with the file and, where known, the line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One translated sentence. `translation` is "" while there is none; `previous` is the English it was made from,
    if that has changed since (then `fuzzy` is true). `remarks` are the translators' own comments."""

    key: str
    english: str
    translation: str = ""
    fuzzy: bool = False
    previous: str = ""
    remarks: tuple[str, ...] = ()
    comment: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PoFile:
    """A whole file: header fields in their order, comment lines above them, entries by key."""

    header: dict[str, str]
    remarks: tuple[str, ...] = ()
    entries: dict[str, Entry] = field(default_factory=dict)


def new_header(locale: str) -> dict[str, str]:
    """The header of a catalogue that nobody has reviewed yet."""
    return {
        "Project-Id-Version": "hotline",
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        REVIEWED: "no",
    }


def read(path: Path) -> PoFile:
    """Reads a catalogue file. Raises CatalogueError for bad syntax or a key that stands twice."""
    raw = path.read_bytes()
    try:
        # Translators' tools on Windows put a byte order mark before it and CR LF into it.
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        catalog = read_po(BytesIO(text.encode("utf-8")), abort_invalid=True)
    except PoFileError as error:
        raise CatalogueError(f"{path}:{error.lineno + 1}: {error}") from error
    except (UnicodeDecodeError, ValueError) as error:
        raise CatalogueError(f"{path}: {error}") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if not _LINE.fullmatch(line):
            raise CatalogueError(f"{path}:{number}: not a line of a catalogue, perhaps a quote is missing")
    entries: dict[str, Entry] = {}
    for message in catalog:
        if not message.id:
            continue
        if not message.context:
            raise CatalogueError(f"{path}: the entry {message.id!r} has no msgctxt")
        if not isinstance(message.id, str) or not isinstance(message.string, str):
            raise CatalogueError(f"{path}: {message.context} has plural forms, which we do not use")
        if message.context in entries:
            raise CatalogueError(f"{path}: the key {message.context} stands twice")
        entries[message.context] = Entry(
            key=message.context,
            english=message.id,
            translation=message.string,
            fuzzy="fuzzy" in message.flags,
            previous="".join(unescape(line) for line in _previous(message.user_comments)),
            remarks=tuple(line for line in message.user_comments if not _PREVIOUS.match(line)),
            comment="\n".join(message.auto_comments),
            places=tuple(file if line is None else f"{file}:{line}" for file, line in message.locations),
        )
    header, remarks = _header(text)
    return PoFile(header, remarks, entries)


def render(file: PoFile) -> str:
    """The file's text: header first, then the entries sorted by key."""
    header = "".join(f"{name}: {value}\n" for name, value in file.header.items())
    blocks = ["\n".join([*_hashed("#", file.remarks), 'msgid ""', f"msgstr {_quoted(header)}"])]
    blocks += [_block(file.entries[key]) for key in sorted(file.entries)]
    return "\n\n".join(blocks) + "\n"


def _block(entry: Entry) -> str:
    lines = [*_hashed("#", entry.remarks), *_hashed("#.", entry.comment.splitlines())]
    lines += [f"#: {place}" for place in entry.places]
    if entry.fuzzy:
        lines.append("#, fuzzy")
    if entry.previous:
        lines += [f"#| {line}" for line in f"msgid {_quoted(entry.previous)}".split("\n")]
    lines.append(f"msgctxt {_quoted(entry.key)}")
    lines.append(f"msgid {_quoted(entry.english)}")
    lines.append(f"msgstr {_quoted(entry.translation)}")
    return "\n".join(lines)


def _hashed(mark: str, lines: tuple[str, ...] | list[str]) -> list[str]:
    return [f"{mark} {line}".rstrip() for line in lines]


def _quoted(text: str) -> str:
    quoted: str = normalize(text, width=0)
    return quoted


def _previous(comments: list[str]) -> list[str]:
    """The quoted parts of `#| msgid "..."`, which Babel hands over as comments."""
    return [found[1] for line in comments if (found := _PREVIOUS.match(line))]


def _header(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Header fields and the comments above them; Babel would drop the fields that it does not know."""
    lines = text.lstrip("\n").split("\n\n", 1)[0].split("\n")
    quoted = "\n".join(line[line.index('"') :] for line in lines if line.startswith(('"', 'msgstr "')))
    if 'msgid ""' not in lines:
        return {}, ()
    fields = (line.partition(":") for line in (denormalize(quoted) or "").split("\n") if line)
    remarks = tuple(
        line.lstrip("#").strip() for line in lines if line.startswith("#") and not line.startswith("#,")
    )
    return {name.strip(): value.strip() for name, _, value in fields}, remarks
