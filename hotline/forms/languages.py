"""The languages of the content: `locales/<locale>/language.yaml`, and `countries.yaml` beside it.

english: Portuguese            # its English name; its own name is the translation of list.contact_language.pt.label
tag: zh-Hans                   # as browsers know it, where that is not the folder's name
script: han                    # letters that no other of our languages is written in: they show it in a first message
stand_in: fr                   # whose country names and months are used where this language has none
espeak: ht                     # the voice of espeak-ng that makes stand-in clips, where that is not the folder's name
dates:
  months: [jan., fev., ...]    # within the phones' alphabet, or every text with a date is cut to 70 letters
  day: "{day} {month} {year}"
  month: "{month} {year}"
  year: "{year}"
  span: "{start} - {end}"
  first: 1er                   # the first day of a month
  near: "{day} {month}"        # a day of the coming weeks

In `countries.yaml` each code has the country's name, and after it what its people are called and other names:

BR: [Brasil, brasileiro, brasileira]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hotline.forms.definition import Choice, Wording
from hotline.forms.source import BadContent, Problem, Section, load, need, unknown_keys
from hotline.standards.countries import Countries
from hotline.standards.scripts import SCRIPTS
from hotline.wording.dates import Dates, DateWording

FILE = "language.yaml"
COUNTRIES_FILE = "countries.yaml"
LIST = "contact_language"
_KEYS = {"english", "tag", "script", "stand_in", "espeak", "dates"}
_PATTERNS = {
    "day": {"day", "month", "year"},
    "month": {"month", "year"},
    "year": {"year"},
    "span": {"start", "end"},
    "first": set[str](),
    "near": {"month", "day"},
}


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `dates` is None and `countries` empty where it has none of its own; `english` is its English name."""

    locale: str
    english: str
    place: str
    tag: str
    script: str = ""
    stand_in: str = ""
    espeak: str = ""
    dates: DateWording | None = None
    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def name(self) -> Wording:
        """Its name, in English and, translated, in every language."""
        return Wording(f"list.{LIST}.{self.locale}.label", self.english, self.place, 0)


class Languages:
    """All languages that have a folder with a `language.yaml`, by locale."""

    def __init__(self, languages: Iterable[Language]) -> None:
        self.by_locale = {language.locale: language for language in languages}
        known = self.by_locale.values()
        stand_ins = {one.locale: one.stand_in for one in known if one.stand_in}
        self.dates = Dates({one.locale: one.dates for one in known if one.dates}, stand_ins)
        self.countries = Countries.load().with_names(
            {one.locale: one.countries for one in known if one.countries}, stand_ins
        )

    def tag(self, locale: str) -> str:
        """A locale as HTML's `lang` wants it."""
        known = self.by_locale.get(locale)
        return known.tag if known else locale

    def choices(self) -> tuple[Choice, ...]:
        """The choices of the contact's language. They have no digits: those of the menu follow `hotline.toml`."""
        return tuple(
            Choice(language.locale, "", language.name, language.name)
            for language in self.by_locale.values()
            if language.english
        )


def read_languages(root: Path, problems: list[Problem]) -> Languages:
    """The languages below `root`/locales; complaints are added to `problems`. Never raises for bad content."""
    return Languages(
        found
        for path in sorted((root / "locales").glob(f"*/{FILE}"))
        if (found := _read(path, root, problems)) is not None
    )


def _read(path: Path, root: Path, problems: list[Problem]) -> Language | None:
    locale = path.parent.name
    try:
        section = load(path, root)
        problems += unknown_keys(section, _KEYS)
        script = str(section.get("script") or "")
        if script and script not in SCRIPTS:
            line = section.line_of("script")
            problems.append(
                Problem(
                    section.file, line, f"unknown script '{script}' (known: {', '.join(sorted(SCRIPTS))})"
                )
            )
        return Language(
            locale,
            need(section, "english").strip(),
            f"{section.file}:{section.line_of('english')}",
            str(section.get("tag") or locale),
            script if script in SCRIPTS else "",
            str(section.get("stand_in") or ""),
            str(section.get("espeak") or locale),
            _dates(section, problems),
            _countries(path.with_name(COUNTRIES_FILE), root, problems),
        )
    except BadContent as error:
        problems.append(error.problem)
        return None


def _dates(section: Section, problems: list[Problem]) -> DateWording | None:
    rows = section.get("dates")
    if rows is None:
        return None
    if not isinstance(rows, Section):
        raise BadContent(
            Problem(section.file, section.line_of("dates"), "'dates' must hold months by 'months'")
        )
    problems += unknown_keys(rows, {"months", *_PATTERNS})
    months = rows.get("months")
    if not months:
        return None
    if not isinstance(months, list) or len(months) != 12:
        raise BadContent(Problem(rows.file, rows.line_of("months"), "'months' must be a list of 12 names"))
    patterns = {name: str(rows[name]) for name in _PATTERNS if name in rows}
    for name, text in patterns.items():
        try:
            text.format(**dict.fromkeys(_PATTERNS[name], ""))
            lacking = [wanted for wanted in _PATTERNS[name] if f"{{{wanted}}}" not in text]
        except (KeyError, ValueError, IndexError):
            lacking = sorted(_PATTERNS[name])
        if lacking:
            wanted = ", ".join(f"{{{one}}}" for one in sorted(_PATTERNS[name]))
            raise BadContent(Problem(rows.file, rows.line_of(name), f"'{name}' is made of {wanted}"))
    return DateWording(tuple(str(month) for month in months), **patterns)


def _countries(path: Path, root: Path, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    if not path.is_file():
        return {}
    section = load(path, root)
    found = {}
    for code, names in section.items():
        listed = names if isinstance(names, list) else [names]
        words = tuple(str(name).strip() for name in listed if name is not None and str(name).strip())
        if code not in Countries.load():
            problems.append(
                Problem(section.file, section.line_of(code), f"'{code}' is the code of no country")
            )
        elif words:
            found[code] = words
    return found
