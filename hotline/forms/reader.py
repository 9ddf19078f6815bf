"""From `sms_forms/*.yaml` to forms, with every complaint as file and line.

form: screening            # the crosswalk's form name
code: scr                  # the word that starts a compact report
title: Screening form
source: 004, section 2.1
channels: [sms, web]       # where its items are asked, if an item says nothing else
items:
  - name: victim_age       # the crosswalk's field
    number: "6"            # the source form's number
    code: age              # what officers may write before the value
    type: integer          # XLSForm: integer, text, date, select_one LIST, select_multiple LIST; ours: period, place ...
    label: How old? ...    # by text, one segment
    again: ...             # by text, when the first reply was not understood
    voice: ...             # by voice, where it must differ
    timeout: 12            # by voice: seconds without a key, where the call tree's own are too few
    web: ...               # on a page, where it must differ (no digits)
    hint: ...              # below it, on a page
    short: Age             # in a read-back
    constraint: ". >= 0 and . <= 120"
    relevant: "${victim_sex} = 'female'"
    system: true           # filled by the house, no place in the positional order
    system: registered     # looked up for a registered sender, no place in the positional order
    channels: [sms, voice, web]
    positional: false      # never in the positional order of a compact report
    past: true             # a date that may not lie in the future
    max: 200               # the most characters of a text
    segments: 1            # the most SMS segments of the label, 0 where none is sent
    duty: true             # asked only after the line that says what must be passed on
    free: true             # own words: never read back
    words: safe_now        # the synonyms of words.yaml, where they are not those of the choice list
"""

from __future__ import annotations

import re
from pathlib import Path

from hotline.forms.condition import BadCondition, Condition, read
from hotline.forms.definition import Form, Item, Kind
from hotline.forms.lists import Lists, wording
from hotline.forms.source import BadContent, Problem, Section, load, need, rows, unknown_keys, whole

_FORM_KEYS = {"form", "code", "title", "source", "channels", "items"}
_ITEM_KEYS = {
    "name", "number", "code", "type", "label", "voice", "web", "again", "short", "hint", "required", "relevant", "constraint",
    "system", "channels", "positional", "past", "duty", "free", "words", "max", "segments",
    "timeout",
}  # fmt: skip
_CHANNELS = frozenset({"sms", "voice", "web", "staff"})
_CONSTRAINT = re.compile(r"^\s*\.\s*>=\s*(-?\d+)\s+and\s+\.\s*<=\s*(-?\d+)\s*$")


def read_form(path: Path, root: Path, lists: Lists, problems: list[Problem]) -> Form | None:
    """One form; what is wrong with it is added to `problems`. None when nothing can be made of it."""
    try:
        section = load(path, root)
        problems += unknown_keys(section, _FORM_KEYS)
        name = need(section, "form")
        title = wording(section, "title", f"{name}.title", 0)
        channels = _channels(section, _CHANNELS)
        items = []
        for row in rows(section, "items"):
            try:
                items.append(_item(name, channels, row, lists, problems))
            except BadContent as error:
                problems.append(error.problem)
        return Form(
            name,
            str(section.get("code", "")),
            title,
            tuple(items),
            f"{section.file}:1",
            str(section.get("source", "")),
        )
    except BadContent as error:
        problems.append(error.problem)
        return None


def _item(form: str, channels: frozenset[str], row: Section, lists: Lists, problems: list[Problem]) -> Item:
    problems += unknown_keys(row, _ITEM_KEYS)
    name = need(row, "name")
    kind, choices_name = _kind(row, lists)
    low, high = _bounds(row)
    key = f"{form}.{name}"
    looked_up = row.get("system") == "registered"
    system = bool(row.get("system", False)) and not looked_up
    segments = whole(row, "segments", 0 if system else 1)
    label = wording(row, "label", f"{key}.label", segments)
    return Item(
        name=name,
        number=need(row, "number"),
        code=str(row.get("code", "")),
        kind=kind,
        label=label,
        short=wording(row, "short", f"{key}.short", 0) if "short" in row else label,
        place=f"{row.file}:{row.line_of('name')}",
        voice=wording(row, "voice", f"{key}.voice", 0) if "voice" in row else None,
        web=wording(row, "web", f"{key}.web", 0) if "web" in row else None,
        again=wording(row, "again", f"{key}.again", 1) if "again" in row else None,
        hint=wording(row, "hint", f"{key}.hint", 0) if "hint" in row else None,
        list_name=choices_name.partition(".")[0],
        words=str(row.get("words", choices_name.partition(".")[0])),
        choices=lists.get(choices_name, ()),
        required=bool(row.get("required", False)),
        system=system,
        relevant=_condition(row),
        low=low,
        high=high,
        past_only=bool(row.get("past", False)),
        max_length=whole(row, "max", 1600),
        channels=_channels(row, channels),
        positional=bool(row.get("positional", not (system or looked_up))),
        duty=bool(row.get("duty", False)),
        free=bool(row.get("free", kind is Kind.TEXT)),
        looked_up=looked_up,
        timeout=whole(row, "timeout", 0),
    )


def _channels(section: Section, default: frozenset[str]) -> frozenset[str]:
    named = section.get("channels")
    if named is None:
        return default
    if not isinstance(named, list) or not {str(name) for name in named} <= _CHANNELS:
        raise BadContent(
            Problem(
                section.file,
                section.line_of("channels"),
                f"channels are some of: {', '.join(sorted(_CHANNELS))}",
            )
        )
    return frozenset(str(name) for name in named)


def _kind(row: Section, lists: Lists) -> tuple[Kind, str]:
    words = need(row, "type").split()
    if words[0] in ("select_one", "select_multiple") and len(words) == 2:
        if words[1] not in lists:
            raise BadContent(
                Problem(
                    row.file, row.line_of("type"), f"no choice list '{words[1]}' in sms_forms/choices.yaml"
                )
            )
        if words[1] == "yes_no":
            return Kind.YES_NO, "yes_no"
        return (Kind.CHOICE if words[0] == "select_one" else Kind.MULTI), words[1]
    try:
        return Kind(row["type"]), ""
    except ValueError as error:
        known = ", ".join(kind.value for kind in Kind)
        raise BadContent(
            Problem(
                row.file, row.line_of("type"), f"unknown type '{row['type']}' (select_one LIST, ..., {known})"
            )
        ) from error


def _bounds(row: Section) -> tuple[int | None, int | None]:
    if "constraint" not in row:
        return None, None
    match = _CONSTRAINT.match(str(row["constraint"]))
    if not match:
        raise BadContent(
            Problem(row.file, row.line_of("constraint"), "a constraint reads: . >= LOWEST and . <= HIGHEST")
        )
    return int(match[1]), int(match[2])


def _condition(row: Section) -> Condition | None:
    if "relevant" not in row:
        return None
    try:
        return read(str(row["relevant"]))
    except BadCondition as error:
        raise BadContent(Problem(row.file, row.line_of("relevant"), str(error))) from error
