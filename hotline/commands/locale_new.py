"""`hotline locales new`: the folder of a new language, with every file to fill in."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import click

from hotline.commands.house import means
from hotline.commands.skeleton import Keys, danger_skeleton, skeleton
from hotline.content import content_root
from hotline.forms.languages import COUNTRIES_FILE, FILE, LIST
from hotline.forms.messages import update
from hotline.standards.countries import Countries
from hotline.wording.catalogue import FILE_NAME as CATALOGUE
from hotline.wording.catalogue import SOURCE_LOCALE
from hotline.wording.cldr import Known, known_of
from hotline.wording.po import read, render

_CODE = re.compile(r"[a-z]{2,3}")
_HEADS = {
    "words.yaml": "The words people really use for answers. Write what people say and text, not a translation of the English\n"
    "above each list. How: locales/en/words.yaml and docs/authoring.md.",
    "greetings.yaml": "Words with which people begin. `greetings` only greet; `common` tell the language as well.",
    "staff.yaml": "What staff reply to a page. The replies 1, 2, 9 are known already.",
    "rota.yaml": "Words with which staff act on the rota by text, the whole text or before a colleague's name.",
    "officer.yaml": "Words of registered officers, alone in a text. The first one is shown.",
    "discretion.yaml": "Words that give the service away on a phone in wrong hands. A * stands for any ending.",
}
_DANGER = (
    "Words of danger. Write the examples first: `fires` must be recognised, `silent` must not; then the patterns.\n"
    "How: docs/authoring.md and the top of hotline/triage/pattern.py. The English beside each list only shows the kind."
)
_ENGLISH_ALONE: dict[str, tuple[Keys, ...]] = {
    "words.yaml": (("two_meanings",), ("two_meanings_here",), ("lookalikes",), ("places", "aliases"), ("descriptors",)),
}  # fmt: skip


@click.command()
@click.argument("code")
@click.option("--english", default="", help="Its English name; known already for many languages.")
@click.option("--name", default="", help="Its name in its own words; known already for many languages.")
@click.option("--recorded", is_flag=True, help="No voice speaks it: make spoken.yaml for recorded clips too.")
def new(code: str, english: str, name: str, recorded: bool) -> None:
    """Make the folder locales/CODE with every file that a new language needs, to be filled in."""
    root = content_root(means().settings)
    if not _CODE.fullmatch(code):
        raise click.ClickException(f"'{code}' is no code of a language: two or three small letters, like pt")
    folder = root / "locales" / code
    if folder.exists():
        raise click.ClickException(f"{folder} is there already")
    known = known_of(code, Countries.load())
    english, name = english or (known.english if known else ""), name or (known.own if known else "")
    if not (english and name):
        raise click.ClickException(f"what is '{code}' called? Say it with --english and --name")
    folder.mkdir(parents=True)
    for file, text in _files(root, code, english, known, recorded).items():
        (folder / file).write_text(text, encoding="utf-8")
    update(root, write=True)
    _name(folder / CATALOGUE, code, name)
    for path in sorted(folder.iterdir()):
        click.echo(f"locales/{code}/{path.name}")
    click.echo(f'Now put "{code}" into languages in hotline.toml; `hotline check` then says what is missing.')


def _files(root: Path, code: str, english: str, known: Known | None, recorded: bool) -> dict[str, str]:
    source = root / "locales" / SOURCE_LOCALE
    files = {FILE: _language(english, known), COUNTRIES_FILE: _countries(known)}
    words: dict[Keys, tuple[str, ...]] = {}
    if known:
        words |= {("dates", "months", str(at)): names for at, names in enumerate(known.months, start=1)}
        words |= {("dates", "weekdays", str(at)): names for at, names in enumerate(known.weekdays, start=1)}
    for name, head in _HEADS.items():
        text = (source / name).read_text(encoding="utf-8")
        files[name] = skeleton(text, head, words, _ENGLISH_ALONE.get(name, ()))
    danger = (source / "danger.yaml").read_text(encoding="utf-8")
    files["danger.yaml"] = danger_skeleton(danger, code, _DANGER)
    if recorded:
        months = _listed([names[0] for names in known.months] if known else [])
        files["spoken.yaml"] = (
            "# How numbers (0 to 120) and months are said in calls, for recorded audio.\n"
            f"numbers: []\nmonths: {months}\n"
        )
    return files


def _language(english: str, known: Known | None) -> str:
    months = [names[-1] for names in known.months] if known else []
    return (
        "# What the hotline must know of this language besides its sentences and words. Read it through: what stands here\n"
        "# already comes from a table. All keys: the top of hotline/forms/languages.py.\n"
        f"english: {json.dumps(english, ensure_ascii=False)}\n"
        "# stand_in: en    # a language whose country names and months are used where this one has none\n"
        "dates:\n"
        "  # twelve short names, within the phones' alphabet where the language is\n"
        f"  months: {_listed(months)}\n"
        '  day: "{day} {month} {year}"\n'
    )


def _countries(known: Known | None) -> str:
    names = known.countries if known else {}
    lines = [
        "# The country's name; after it what its people are called, and other names:  BR: [Brasil, brasileiro]"
    ]
    lines += [f"{code}: {_listed([names[code]] if code in names else [])}" for code in Countries.load()]
    return "\n".join(lines) + "\n"


def _listed(words: list[str]) -> str:
    return "[" + ", ".join(json.dumps(word, ensure_ascii=False) for word in words) + "]"


def _name(path: Path, code: str, name: str) -> None:
    """Its own name is a translation like any other: the first one."""
    file = read(path)
    key = f"list.{LIST}.{code}.label"
    file.entries[key] = replace(file.entries[key], translation=name)
    path.write_text(render(file), encoding="utf-8", newline="\n")
