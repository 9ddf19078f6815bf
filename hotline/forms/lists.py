"""Wordings, and the choice lists of `sms_forms/choices.yaml` (the format stands at the head of that file)."""

from __future__ import annotations

from pathlib import Path

from hotline.forms.definition import Choice, Wording
from hotline.forms.source import BadContent, Problem, Section, load, need, rows, unknown_keys

_CHOICE_KEYS = {"name", "digit", "label", "short", "compact"}
Lists = dict[str, tuple[Choice, ...]]


def wording(section: Section, key: str, context: str, segments: int = 1) -> Wording:
    """The wording under `key`, with `context` as its catalogue key."""
    return Wording(context, need(section, key).strip(), f"{section.file}:{section.line_of(key)}", segments)


def read_lists(path: Path, root: Path, problems: list[Problem]) -> Lists:
    """The choice lists of `sms_forms/choices.yaml`: list name to choices, in order; complaints go to `problems`."""
    lists: Lists = {}
    section = load(path, root)
    for name in section:
        choices = []
        try:
            for index, row in enumerate(rows(section, name), start=1):
                choices.append(_choice(name, index, row, problems))
        except BadContent as error:
            problems.append(error.problem)
        lists[name] = tuple(choices)
    return lists


def _choice(list_name: str, index: int, row: Section, problems: list[Problem]) -> Choice:
    problems += unknown_keys(row, _CHOICE_KEYS)
    code = need(row, "name")
    key = f"list.{list_name}.{code}"
    label = wording(row, "label", f"{key}.label", 0)
    short = wording(row, "short", f"{key}.short", 0) if "short" in row else label
    return Choice(
        code,
        str(row.get("digit", index)),
        label,
        short,
        tuple(str(word) for word in row.get("compact") or ()),
    )
