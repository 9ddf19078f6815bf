"""A pack goes to a translator and comes back: nothing changes by itself, and what they did arrives, whole or not at all."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from hotline.forms.book import Book
from hotline.forms.manifest import read_manifest
from hotline.forms.translators import words
from hotline.forms.translators.pack import MANIFEST, PO, WORDS, PackRefused, Unpacked, pack, unpack
from hotline.forms.workbook import Page, read_bytes, write_workbook
from tests.forms.conftest import PROJECT, Content

# One process makes the packs for all.
pytestmark = pytest.mark.xdist_group("translators")
LANGUAGES = ("en", "acf", "fr", "es", "ht", "zh")
BOOK = Book.open(PROJECT)
Rows = list[list[str]]


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def zipped(parts: dict[str, bytes], folder: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        for name, content in parts.items():
            out.writestr(folder + name, content)
    return target.getvalue()


@cache
def pack_of(locale: str) -> bytes:
    """The pack of a language."""
    return pack(BOOK, locale, LANGUAGES, locale)


def with_words(locale: str, sheet: str, change: Callable[[Rows], Rows]) -> bytes:
    """The pack with one sheet changed."""
    parts = parts_of(pack_of(locale))
    pages = []
    for name, found in read_bytes(parts[WORDS], WORDS).items():
        rows = [[line.get(heading) for heading in found.headings] for line in found.lines]
        pages.append(Page(name, found.headings, change(rows) if name == sheet else rows))
    return zipped(parts | {WORDS: write_workbook(pages)})


def with_catalogue(locale: str, *changes: tuple[str, str]) -> bytes:
    """The pack with pieces of its catalogue replaced."""
    parts = parts_of(pack_of(locale))
    text = parts[PO].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return zipped(parts | {PO: text.encode()})


def bytes_of(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in (root / "locales").rglob("*.*")}


@pytest.mark.parametrize("locale", ["en", "ht", "zh"])
def test_a_pack_that_nobody_touched_changes_no_byte(content: Content, locale: str) -> None:
    before = bytes_of(content.root)
    assert unpack(pack_of(locale), content.root) == Unpacked(locale, (), (), ())
    # A spreadsheet program, a translation program and Windows write the same things in other bytes.
    parts = parts_of(with_words(locale, "none", lambda rows: rows))
    if PO in parts:
        parts[PO] = b"\xef\xbb\xbf" + parts[PO].replace(b"\n", b"\r\n")
    assert unpack(zipped(parts, "pack/"), content.root) == Unpacked(locale, (), (), ())
    assert bytes_of(content.root) == before


def test_every_sentence_tells_its_place_channel_and_limit() -> None:
    text = parts_of(pack_of("fr"))[PO].decode()
    blocks = {block.split('msgctxt "')[1].split('"')[0]: block for block in text.split("\n\n")[1:]}
    assert (
        "#. Form 'screening' for officers, item 6 'victim_age': the question.\n"
        in blocks["screening.victim_age.label"]
    )
    assert "#. Limit: one text message, 160 letters" in blocks["screening.victim_age.label"]
    assert "text message(s).\n" in blocks["screening.victim_age.label"]
    assert "#: sms_forms/screening.yaml\n" in blocks["screening.victim_age.label"]
    assert "Heard in a call by the public, at the point 'danger'" in blocks["caller.danger.say"]
    assert "Text message to staff on call" in blocks["staff.taken"]
    assert "filled in: {code}" in blocks["staff.taken"]
    without = [key for key, block in blocks.items() if "#. " not in block or block.startswith("#. .")]
    assert without == [], "every sentence has a remark"


def test_the_script_names_every_clip_of_a_recorded_language() -> None:
    page = parts_of(pack_of("ht"))["script.html"].decode()
    for key, clip in read_manifest(PROJECT, "ht").items():
        assert f">{clip.file}</td>" in page, key
    assert "Kite yon mesaj apre son an." in page
    assert page.count("<tr>") == 1 + len(read_manifest(PROJECT, "ht"))
    assert "about " in page
    assert "Calm, warm" in page
    assert "caller.danger.say.mp3" in parts_of(pack_of("fr"))["script.html"].decode(), (
        "also for one with a synthetic voice"
    )


def test_a_translation_a_doubt_a_remark_and_the_review_arrive(content: Content) -> None:
    path = content.root / "locales/fr/hotline.po"
    before = path.read_text(encoding="utf-8").splitlines()
    packed = with_catalogue(
        "fr",
        ("X-Reviewed-By-Native-Speaker: no", "X-Reviewed-By-Native-Speaker: yes, 2026-11"),
        ("Une personne va vous répondre ici.", "Quelqu'un va vous répondre ici."),
        ('msgctxt "public.added"', '#, fuzzy\nmsgctxt "public.added"'),
    )
    found = unpack(packed, content.root)
    assert found.changes == ("locales/fr/hotline.po: 1 translations",)
    after = path.read_text(encoding="utf-8").splitlines()
    new = [line for line in after if line not in before]
    assert new[0] == '"X-Reviewed-By-Native-Speaker: yes, 2026-11\\n"'
    assert new[1] == "#, fuzzy"
    assert "Quelqu'un va vous" in new[2]
    assert len(new) == 3
    assert after[after.index('msgctxt "public.added"') - 1] == "#, fuzzy"
    assert len(after) == len(before) + 1, "nothing else: no comment of the pack either"


def test_a_translation_of_an_english_that_has_changed_meanwhile_is_doubtful(content: Content) -> None:
    file = "locales/fr/hotline.po"
    content.change(file, 'msgid "Thank you, we added this."', 'msgid "Thanks, we added it."')
    old = next(
        line
        for line in (content.root / file).read_text(encoding="utf-8").splitlines()
        if "msgstr" in line and "ajout" in line
    )
    found = unpack(with_catalogue("fr", (old, 'msgstr "Merci, c\'est noté."')), content.root)
    assert "the English of 'public.added' has changed since" in found.notes[0]
    assert found.outdated == ("hotline.po",)
    text = (content.root / file).read_text(encoding="utf-8")
    assert (
        '#, fuzzy\n#| msgid "Thank you, we added this."\nmsgctxt "public.added"\nmsgid "Thanks, we added it."'
        in text
    )


def test_words_come_and_go_and_comments_stay(content: Content) -> None:
    path = content.root / "locales/es/words.yaml"
    before = path.read_text(encoding="utf-8").splitlines()

    def change(rows: Rows) -> Rows:
        at = next(n for n, row in enumerate(rows) if row[:2] == ["lists > yes_no > yes", "claro"])
        rows = [*rows[:at], ["lists > yes_no > yes", "simón, claro"], *rows[at:]]
        return [row for row in rows if row[:2] != ["lists > yes_no > no", "en absoluto"]]

    found = unpack(with_words("es", "words", change), content.root)
    assert found.changes == ("locales/es/words.yaml: lists > yes_no > yes, lists > yes_no > no",)
    after = path.read_text(encoding="utf-8").splitlines()
    yes, no = (next(line for line in before if line.startswith(f"    {word}: [")) for word in ("yes", "no"))
    assert [line for line in after if line not in before] == [
        yes.replace(" claro,", ' "simón, claro", claro,', 1),
        no.replace(" en absoluto,", "", 1),
    ]
    assert len(after) == len(before)


def test_a_new_rule_of_danger_arrives(content: Content) -> None:
    def rule(rows: Rows) -> Rows:
        new = [
            ("kind", "weapon"), ("grade", "emergency"), ("patterns", "(a|tiene) [un] arpon"),
            ("fires", "tiene un arpon"), ("silent", "no tiene arpon"),
        ]  # fmt: skip
        return rows + [[f"rules > es.weapon.99 > {key}", word] for key, word in new]

    found = unpack(with_words("es", "danger", rule), content.root)
    assert found.changes == ("locales/es/danger.yaml: rules > es.weapon.99",)
    entries = words.entries((content.root / "locales/es/danger.yaml").read_text(encoding="utf-8"))
    assert entries["rules", "es.weapon.99", "patterns"].words == ("(a|tiene) [un] arpon",)
    from hotline.triage import grade as triage

    assert [p for p in triage.problems(content.root / "locales") if "weapon.99" in p.text] == []


def test_a_word_that_means_two_things_arrives(content: Content) -> None:
    def meanings(rows: Rows) -> Rows:
        return [*rows, ["two_meanings > yes_no > bueno", "yes"], ["two_meanings > yes_no > bueno", "no"]]

    unpack(with_words("es", "words", meanings), content.root)
    entries = words.entries((content.root / "locales/es/words.yaml").read_text(encoding="utf-8"))
    assert entries["two_meanings", "yes_no", "bueno"].words == ("yes", "no")


def drop(path: str) -> Callable[[Rows], Rows]:
    return lambda rows: [row for row in rows if row[0] != path]


def add(*row: str) -> Callable[[Rows], Rows]:
    return lambda rows: [*rows, list(row)]


@pytest.mark.parametrize(
    ("sheet", "change", "said"),
    [
        ("greetings", drop("common"), "words.xlsx: greetings: no row of 'common' is left"),
        ("greetings", add("", "hola"), "words.xlsx: greetings row"),
        ("greetings", add("greeting", "hola"), "there is no list 'greeting'"),
        ("words", add("lists > yes_no > yes > x", "hola"), "there is no list 'lists > yes_no > yes > x'"),
        (
            "danger",
            add("rules > es.new.1 > patterns", "x"),
            "the new rule 'es.new.1' needs one row 'rules > es.new.1 > kind'",
        ),
        ("danger", add("rules > es.new.1 > why", "x"), "a rule reads: rules > ID > patterns"),
        (
            "danger",
            lambda rows: rows + [row for row in rows if row[0].endswith("> kind")][:1],
            "takes one word, not 2",
        ),
        ("staff", lambda _: [["", "", ""]], "no row of 'take' is left"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(
    content: Content, sheet: str, change: Callable[[Rows], Rows], said: str
) -> None:
    before = bytes_of(content.root)
    parts = parts_of(with_words("es", sheet, change))
    parts[PO] = parts[PO].replace(b"Una persona le va", b"Alguien le va", 1)
    with pytest.raises(PackRefused) as refused:
        unpack(zipped(parts), content.root)
    assert any(said in line for line in refused.value.lines), refused.value.lines
    assert bytes_of(content.root) == before, "the catalogue could be read, and is not written either"


def test_a_catalogue_with_a_missing_quote_is_told_with_its_line(content: Content) -> None:
    with pytest.raises(PackRefused, match=r"hotline\.po:\d+: not a line of a catalogue"):
        unpack(with_catalogue("fr", ('msgctxt "public.added"', 'msgctxt "public.added')), content.root)


def test_what_is_no_pack_is_refused(content: Content) -> None:
    parts = parts_of(pack_of("fr"))
    manifest = json.loads(parts[MANIFEST])
    for wrong in (
        b"", b"PK", zipped({}), zipped(parts | {MANIFEST: b"[" * 100_000}), zipped(parts | {MANIFEST: b"{}"}),
        zipped(parts | {MANIFEST: json.dumps(manifest | {"locale": "../fr"}).encode()}),
        zipped(parts | {MANIFEST: json.dumps(manifest | {"locale": "de"}).encode()}),
        zipped(parts | {WORDS: b"no workbook"}),
    ):  # fmt: skip
        with pytest.raises(PackRefused):
            unpack(wrong, content.root)
    with pytest.raises(PackRefused, match="MB"):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr(PO, b" " * 31_000_000)
        unpack(target.getvalue(), content.root)


def test_sheets_and_sentences_that_did_not_come_back_are_told_and_stay(content: Content) -> None:
    parts = parts_of(pack_of("fr"))
    parts[PO] = parts[PO].split(b"\n\n#.")[0] + b"\n"
    sheets = read_bytes(parts[WORDS], WORDS)
    page = Page("mine", ["list"], [["x"]])
    kept = [
        Page(s.name, s.headings, [[line.get(h) for h in s.headings] for line in s.lines])
        for s in sheets.values()
        if s.name != "danger"
    ]
    parts[WORDS] = write_workbook([*kept, page])
    before = bytes_of(content.root)
    found = unpack(zipped(parts), content.root)
    assert "sentences did not come back and stay as they are" in found.notes[0]
    assert "words.xlsx: there is no sheet 'danger': its words stay as they are" in found.notes
    assert "mine: this sheet is not one of the pack and is not read" in found.notes
    assert bytes_of(content.root) == before
