"""Reads a night from its file. Every complaint names file and line; a key that is not known is a complaint.

night: The first on call takes it        title
starts: 2026-03-07 01:10                 on the clocks of the country
ends: "+40 min"                          default: a minute after the last event and expectation
staff:                                   name, phone, languages, role, verified, pin (six digits)
rota: [Ada Brook, Ben Cole]              from the first on; `overrides:` with who, replaces, from, to
officers:                                name, phone, agency, language
directory:                               name, phone, kind, language, languages, hours
phones:                                  what each phone does (see `reading_phones`); others than staff,
                                         officers and the directory need `number`
events:                                  at, who, and one of texts, dials, answers, presses, says, hangs_up, turns
carrier:                                 what goes wrong at the carrier: rules of the simulator's fault script, with
                                         times as here and people by name
expect:                                  see `reading_expectations`
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hotline.access.pins import too_plain
from hotline.access.tables import Role
from hotline.commands.nights.language import (
    Contact,
    Cover,
    Deed,
    Event,
    Expectation,
    FieldOfficer,
    Member,
    Night,
    Silence,
)
from hotline.commands.nights.place import Place
from hotline.commands.nights.reading_expectations import OPEN_END, expected
from hotline.commands.nights.reading_phones import handsets
from hotline.commands.nights.times import start
from hotline.forms.source import load, rows
from hotline.oncall.directory import Kind as DirectoryKind
from hotline.oncall.hours import NoHours, read_hours
from hotline.simulator.faults import FaultError, FaultRule, parse_rule

KEYS = {
    "night", "starts", "ends", "staff", "rota", "overrides", "officers", "directory", "phones", "events", "carrier", "expect",
}  # fmt: skip
_LAST = timedelta(minutes=1)


def read(path: Path, zone: ZoneInfo, languages: tuple[str, ...]) -> Night:
    """The night in `path`, its wall times on the clocks of `zone`. Raises `BadContent` with file and line."""
    file = load(path, path.parent)
    top = Place(file, datetime.min.replace(tzinfo=zone), zone)
    top.known(KEYS)
    place = Place(file, top.reading("starts", lambda said: start(said, zone)), zone)
    staff = tuple(_member(place.below(row), languages) for row in rows(file, "staff"))
    officers = tuple(_officer(place.below(row), languages) for row in rows(file, "officers"))
    directory = tuple(_contact(place.below(row), languages) for row in rows(file, "directory"))
    phones = handsets(place, staff, officers, directory)
    names = frozenset(phone.name for phone in phones)
    colleagues = frozenset(one.name for one in staff)
    events = tuple(_event(place.below(row), names) for row in rows(file, "events"))
    numbers = {phone.name: phone.number for phone in phones}
    faults = tuple(_fault(place.below(row), numbers) for row in rows(file, "carrier"))
    ends = place.moment("ends") if "ends" in file else None
    wanted = [expected(place.below(row), names, colleagues, ends) for row in rows(file, "expect")]
    last = [event.at for event in events] + [one.until for one in wanted if one.until != OPEN_END]
    ends = ends or max([place.starts, *last]) + _LAST
    return Night(
        title=place.text("night"),
        starts=place.starts,
        ends=ends,
        staff=staff,
        rota=place.names("rota", colleagues),
        covers=tuple(_cover(place.below(row), colleagues) for row in rows(file, "overrides")),
        officers=officers,
        directory=directory,
        handsets=phones,
        events=events,
        faults=faults,
        expectations=tuple(one for one in wanted if isinstance(one, Expectation)),
        silences=tuple(one for one in wanted if isinstance(one, Silence)),
    )


def _member(place: Place, languages: tuple[str, ...]) -> Member:
    place.known({"name", "phone", "languages", "role", "verified", "pin"})
    spoken = place.names("languages", frozenset(languages)) or languages[:1]
    role = place.one_of("role", [role.value for role in Role], Role.RESPONDER.value)
    pin = place.text("pin") if "pin" in place.section else ""
    if pin and too_plain(pin):
        place.wrong("pin", "a PIN is six digits in quotes, not all the same and not counting up or down")
    return Member(place.text("name"), place.number("phone"), spoken, role, place.flag("verified", True), pin)


def _officer(place: Place, languages: tuple[str, ...]) -> FieldOfficer:
    place.known({"name", "phone", "agency", "language"})
    language = place.one_of("language", list(languages), languages[0])
    return FieldOfficer(place.text("name"), place.number("phone"), place.text("agency"), language)


def _contact(place: Place, languages: tuple[str, ...]) -> Contact:
    place.known({"name", "phone", "kind", "language", "languages", "hours"})
    kind = place.one_of("kind", [kind.value for kind in DirectoryKind], "")
    language = place.one_of("language", list(languages), languages[0])
    spoken = place.names("languages", frozenset(languages))
    hours = place.text("hours") if "hours" in place.section else ""
    try:
        read_hours(hours)
    except NoHours as error:
        place.wrong("hours", str(error))
    return Contact(place.text("name"), place.number("phone"), kind, language, spoken, hours)


def _cover(place: Place, names: frozenset[str]) -> Cover:
    place.known({"who", "replaces", "from", "to"})
    replaces = place.name("replaces", names) if "replaces" in place.section else ""
    cover = Cover(place.name("who", names), replaces, place.moment("from"), place.moment("to"))
    if cover.until <= cover.since:
        place.wrong("to", "an override ends after it begins")
    return cover


def _event(place: Place, names: frozenset[str]) -> Event:
    place.known({"at", "who", *Deed})
    deed = Deed(place.single([deed.value for deed in Deed]))
    what = place.text(deed)
    if deed is Deed.TURNS and what not in ("on", "off"):
        place.wrong(deed, "a phone turns on or off")
    return Event(place.moment("at"), place.name("who", names), deed, what, place.here)


def _fault(place: Place, numbers: dict[str, str]) -> FaultRule:
    rule: dict[str, object] = dict(place.section)
    for key in ("to", "from"):
        if key in rule:
            rule[key] = numbers[place.name(key, frozenset(numbers))]
    for key in ("after", "until"):
        if key in rule:
            rule[key] = place.moment(key)
    try:
        return parse_rule(rule)
    except FaultError as error:
        place.wrong(place.key_in(str(error)), str(error))
