"""Who of the directory is asked for help, and in which order: one answer for calls, tips and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.oncall.hours import Hours


class Kind(StrEnum):
    """What somebody is asked for."""

    INTERPRETER = "interpreter"
    ADVOCATE = "advocate"  # stands by a victim; their own contact goes here, never by itself to the police
    TIPS = "tips"  # the one point of contact that names the agency which leads
    POLICE = "police"
    CHILD_PROTECTION = "child_protection"
    CLINIC = "clinic"
    SHELTER = "shelter"


RESPONDERS = (Kind.POLICE, Kind.CHILD_PROTECTION, Kind.CLINIC, Kind.SHELTER, Kind.ADVOCATE)
"""In the order of the keys 1, 2, 3 ... of the menus: whom a person may call to a case, and who may lead for a tip."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `languages` are those it speaks, `districts` LC-nn or () for everywhere."""

    id: str
    kind: Kind
    languages: frozenset[str]
    districts: frozenset[str]
    hours: Hours
    position: int


def who_to_ask(
    entries: Iterable[Entry],
    kind: Kind,
    *,
    district: str,
    language: str,
    local: datetime,
    office: Callable[[datetime], bool],
) -> tuple[str, ...]:
    """The ids of who is asked for `kind`, the first one first.

    `district` is where the person is ("" unknown), `language` what they speak ("" unknown), `local` the wall time of the
    country. Only who is there at that hour. An interpreter must speak the language. Who serves the district stands before
    who serves everywhere, who speaks the language before who does not, then the order of the list. Where the district is
    not known, who serves everywhere stands first and nobody is left out: somebody has to pass it on.
    """
    able = [
        entry
        for entry in entries
        if entry.kind is kind
        and entry.hours.open_at(local, office)
        and (kind is not Kind.INTERPRETER or language in entry.languages)
        and (not district or not entry.districts or district in entry.districts)
    ]

    def order(entry: Entry) -> tuple[bool, bool, int, str]:
        nearer = bool(entry.districts) if district else not entry.districts
        return not nearer, language not in entry.languages, entry.position, entry.id

    return tuple(entry.id for entry in sorted(able, key=order))
