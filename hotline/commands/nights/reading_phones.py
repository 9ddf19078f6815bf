"""What the phones of a night do by themselves.

    phones:
      Ada Brook: {calls: [lets it ring, {answers: 4 s, presses: "1", after: 6 s}]}   the last one ever again
      Ben Cole: {calls: [voicemail]}                    lets it ring, busy or voicemail
      Cleo Diaz: {texts: [{about: EMERGENCY, replies: "1", after: 20 s, times: 1}]}
      Dan Evans: {on: false, voicemail: 20 s}           off; the voicemail answers after so long
      Caller: {number: "+12025550111"}

After `answers` a call may go on: `then:` is a list of steps, each with `after` and one of presses, says, hangs_up.
"""

from __future__ import annotations

from collections.abc import Iterable

from hotline.commands.nights.language import (
    Contact,
    Deed,
    FieldOfficer,
    Handset,
    Member,
    Picks,
    Replies,
    Rings,
    Step,
)
from hotline.commands.nights.place import Place
from hotline.forms.source import Section, rows
from hotline.simulator.numbers import are_keys

_STEPS = [Deed.PRESSES.value, Deed.SAYS.value, Deed.HANGS_UP.value]
_EVER = 10_000


def handsets(
    place: Place,
    staff: Iterable[Member],
    officers: Iterable[FieldOfficer],
    directory: Iterable[Contact] = (),
) -> tuple[Handset, ...]:
    """Every phone of the night. Raises `BadContent`."""
    numbers = {one.name: one.number for one in staff} | {one.name: one.number for one in officers}
    numbers |= {one.name: one.number for one in directory}
    told = place.section.get("phones") or Section()
    if not isinstance(told, Section) or not all(isinstance(row, Section) for row in told.values()):
        place.wrong("phones", "'phones' must be names with what each does")
    found = [_handset(name, place.below(row), numbers.get(name)) for name, row in told.items()]
    found += [Handset(name, number) for name, number in numbers.items() if name not in told]
    seen: set[str] = set()
    for phone in found:
        if phone.number in seen:
            place.wrong("phones", f"two phones have the number {phone.number}")
        seen.add(phone.number)
    return tuple(found)


def _handset(name: str, place: Place, number: str | None) -> Handset:
    place.known({"number", "on", "voicemail", "calls", "texts"})
    calls = place.section.get("calls") or []
    if not isinstance(calls, list):
        place.wrong("calls", "'calls' is a list, one entry a call")
    return Handset(
        name=name,
        number=number or place.number("number"),
        on=place.flag("on", True),
        voicemail=place.length("voicemail", 0) if "voicemail" in place.section else None,
        calls=tuple(_call(place, entry) for entry in calls),
        texts=tuple(_reply(place.below(row)) for row in rows(place.section, "texts")),
    )


def _call(place: Place, entry: object) -> Rings | Picks:
    if not isinstance(entry, Section):
        if entry not in list(Rings):
            known = ", ".join(Rings)
            place.wrong("calls", f"'{entry}' is none of {known}, nor {{answers: 4 s, ...}}")
        return Rings(str(entry))
    here = place.below(entry)
    here.known({"answers", "presses", "after", "then"})
    steps = [_step(here.below(row)) for row in rows(entry, "then")]
    if "presses" in entry:
        steps.insert(0, Step(here.length("after", 5), Deed.PRESSES, _keys(here)))
    if "answers" not in entry:
        here.wrong("answers", "'answers' is missing: after how many seconds")
    return Picks(here.length("answers", 0), tuple(steps))


def _step(place: Place) -> Step:
    place.known({"after", *_STEPS})
    deed = Deed(place.single(_STEPS))
    what = _keys(place) if deed is Deed.PRESSES else place.text(deed)
    return Step(place.length("after", 5), deed, what)


def _keys(place: Place) -> str:
    keys = place.text("presses")
    if not are_keys(keys):
        place.wrong("presses", f"'{keys}' are no keys: 0-9, * and #")
    return keys


def _reply(place: Place) -> Replies:
    place.known({"about", "replies", "after", "times"})
    about = place.text("about") if "about" in place.section else ""
    return Replies(about, place.text("replies"), place.length("after", 10), place.count("times", _EVER))
