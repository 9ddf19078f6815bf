"""An edit changes what it is told to and leaves every other letter of the file as people wrote it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hotline.forms import yaml_edit

FILE = """\
# The head of the file.
words: [a, "b, c", d,   # why d
        e]
empty: []
rows:
  # the first
  - name: one
    label: "One"   # said by all
    compact: [x]

  # the second
  - name: two
    label: Two
tail:
  - plain
  - "quoted"  # and why
"""


def listed(text: str, key: str) -> yaml.SequenceNode:
    node = yaml_edit.child(yaml_edit.compose(text), key)
    assert isinstance(node, yaml.SequenceNode)
    return node


def same(_key: str, old: str, new: str) -> bool:
    return old == new.strip('"')


@pytest.mark.parametrize(
    ("key", "words", "expected"),
    [
        ("words", ["a", "b, c", "d", "e", "f"], '[a, "b, c", d,   # why d\n        e, f]'),
        ("words", ["b, c", "d", "e"], '["b, c", d,   # why d\n        e]'),
        ("words", ["a", "e"], "[a, e]"),
        ("words", ["d", "no", "a"], '[d, "no", a]'),
        ("words", [], "[]"),
        ("empty", ["1", "x: y"], '["1", "x: y"]'),
        ("tail", ["new", "plain", "quoted"], '- new\n  - plain\n  - "quoted"  # and why'),
        ("tail", ["quoted"], '- "quoted"  # and why'),
    ],
)
def test_words_of_a_list_come_and_go(key: str, words: list[str], expected: str) -> None:
    text = yaml_edit.edit_list(FILE, listed(FILE, key), words)
    assert expected in text
    wanted = {**yaml.load(FILE, yaml.BaseLoader), key: words}  # noqa: S506 - text only
    assert yaml.load(text, yaml.BaseLoader) == wanted  # noqa: S506 - text only
    if key == "tail":
        assert text.startswith(FILE[: FILE.index("  - plain")])
    else:
        assert text.endswith(FILE[FILE.index("rows:") :])


def test_rows_change_come_and_go_with_their_comments() -> None:
    rows = [
        {"name": "two", "label": "Zwei", "digit": '"2"'},
        {"name": "three", "label": "Three"},
        {"name": "one", "label": '"One"'},
    ]
    assert yaml_edit.edit_rows(FILE, listed(FILE, "rows"), rows, same) == FILE.replace(
        FILE[FILE.index("  # the first") : FILE.index("tail:")],
        "  # the second\n  - name: two\n    label: Zwei\n    digit: \"2\"\n"
        "\n  - name: three\n    label: Three\n"
        '\n  # the first\n  - name: one\n    label: "One"   # said by all\n',
    )  # fmt: skip


def test_keys_are_set_added_and_taken_out() -> None:
    text = "# head\nform: a\ntitle: A  # the title\nsource: x\n\nitems: []\n"
    changed = yaml_edit.edit_mapping(
        text, yaml_edit.compose(text), {"title": "B", "source": None, "code": "b"}, "form"
    )
    assert changed == "# head\nform: a\ncode: b\ntitle: B  # the title\n\nitems: []\n"


@given(
    st.text(
        st.characters(
            codec="utf-8",
            exclude_categories=("Cs", "Cc"),
            exclude_characters="\u2028\u2029\u0085\ufeff\ufffe\uffff",
        )
    )
)
def test_whatever_is_written_is_read_again_by_every_reader(word: str) -> None:
    written = f"a: {yaml_edit.scalar(word)}\nb: {yaml_edit.flow([word, 'x'])}\n"
    assert yaml.safe_load(written) == {"a": word, "b": [word, "x"]}
    assert yaml.load(written, yaml.BaseLoader) == {"a": word, "b": [word, "x"]}  # noqa: S506 - text only
