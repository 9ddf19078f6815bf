"""Who of the directory is asked, in order."""

from __future__ import annotations

from datetime import datetime

from hotline.oncall.directory import Entry, Kind, who_to_ask
from hotline.oncall.hours import read_hours

NOON = datetime.fromisoformat("2026-03-07T12:00")


def entry(
    name: str, kind: Kind, position: int = 0, languages: str = "en", districts: str = "", hours: str = ""
) -> Entry:
    return Entry(
        name, kind, frozenset(languages.split()), frozenset(districts.split()), read_hours(hours), position
    )


def asked(*entries: Entry, kind: Kind, district: str = "", language: str = "es") -> tuple[str, ...]:
    return who_to_ask(
        entries, kind, district=district, language=language, local=NOON, office=lambda _local: False
    )


def test_an_interpreter_must_speak_the_language() -> None:
    people = (
        entry("one", Kind.INTERPRETER, 0, "en es"),
        entry("two", Kind.INTERPRETER, 1, "en zh"),
        entry("three", Kind.INTERPRETER, 2, "es"),
    )
    assert asked(*people, kind=Kind.INTERPRETER) == ("one", "three")
    assert asked(*people, kind=Kind.INTERPRETER, language="ht") == ()


def test_who_serves_the_district_comes_before_who_serves_everywhere() -> None:
    shelters = (
        entry("everywhere", Kind.SHELTER, 0),
        entry("north", Kind.SHELTER, 1, districts="LC-02 LC-03"),
        entry("south", Kind.SHELTER, 2, districts="LC-11"),
    )
    assert asked(*shelters, kind=Kind.SHELTER, district="LC-02") == ("north", "everywhere")
    assert asked(*shelters, kind=Kind.SHELTER) == ("everywhere", "north", "south")


def test_who_speaks_the_language_comes_first_and_nobody_is_asked_outside_of_their_hours() -> None:
    clinics = (
        entry("office", Kind.CLINIC, 0, hours="office"),
        entry("english", Kind.CLINIC, 1),
        entry("spanish", Kind.CLINIC, 2, "en es", hours="sat 08:00-13:00"),
        entry("police", Kind.POLICE, 0),
    )
    assert asked(*clinics, kind=Kind.CLINIC) == ("spanish", "english")
