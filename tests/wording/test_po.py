"""Catalogue files: what is written is read again, whatever translators write."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.wording.clean import clean
from hotline.wording.po import Entry, PoFile, new_header, read, render

TEXTS = st.text(max_size=60).map(clean)
LINES = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=20)
ENTRIES = st.builds(
    Entry,
    key=st.text("abc.", min_size=1, max_size=8),
    english=TEXTS.filter(bool),
    translation=TEXTS,
    fuzzy=st.booleans(),
    previous=TEXTS,
    remarks=st.lists(LINES, max_size=2, unique=True).map(tuple),
    comment=st.lists(LINES, max_size=2, unique=True).map("\n".join),
    places=st.lists(st.from_regex(r"[a-z]{1,5}\.yaml", fullmatch=True), max_size=2, unique=True).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ENTRIES, max_size=4))
def test_a_file_reads_back_as_it_was_written(tmp_path: Path, entries: list[Entry]) -> None:
    file = PoFile(new_header("acf"), ("first", "second"), {entry.key: entry for entry in entries})
    path = tmp_path / "hotline.po"
    path.write_text(render(file), encoding="utf-8", newline="\n")
    assert read(path) == file


def test_a_file_from_a_translators_tool_is_read(tmp_path: Path) -> None:
    path = tmp_path / "hotline.po"
    path.write_bytes(
        b"\xef\xbb\xbf# Creole\r\n#, fuzzy\r\nmsgid \"\"\r\nmsgstr \"\"\r\n\"Language: ht\\n\"\r\n"
        b"\"X-Reviewed-By-Native-Speaker: yes; part\\n\"\r\n\r\n#: a.yaml:3 b.yaml\r\n#, fuzzy, python-brace-format\r\n"
        b"msgctxt \"a.b\"\r\nmsgid \"\"\r\n\"One \"\r\n\"line\"\r\nmsgstr \"Yon \"\r\n\"liy\"\r\n\r\n"
        b"#~ msgid \"gone\"\r\n#~ msgstr \"ale\"\r\n"
    )  # fmt: skip
    file = read(path)
    assert file.header["X-Reviewed-By-Native-Speaker"] == "yes; part"
    assert file.remarks == ("Creole",)
    entry = file.entries["a.b"]
    assert (entry.english, entry.translation, entry.fuzzy) == ("One line", "Yon liy", True)
    assert entry.places == ("a.yaml:3", "b.yaml")
