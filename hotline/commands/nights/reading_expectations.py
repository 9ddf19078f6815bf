"""What is expected of a night. What no expectation allows fails it.

    expect:
      - {who: Ada Brook, gets: EMERGENCY, after: "+10 s", within: 10 s}      one text with these words
      - {who: Ada Brook, gets: [yours, reply 9], times: 2}                   exactly two, with all these words
      - {who: Ben Cole, rings: twice}                                        once, twice, 3; "1+": at least; any: 0 or more
      - {who: Ben Cole, voicemail: never}                                    never: not at all
      - {taken_by: Ada Brook, after: "+10 s", within: 30 s}
      - {reopened: no outcome, at: "+30 min", within: 4 s}
      - {together: [Caller, Ada Brook]}                                      they hear each other
      - {who: Ada Brook, hears: An emergency}                                in a call
      - {outcome: safe}
      - {complaint: "30003"}                                                 of the carrier about us
      - {error: deed_failed}                                                 a line of the house's log
      - {who: Ben Cole, silence: 10 min, after: "+1 min"}                    neither text nor ring
      - {silence: 30 min, after: "+1 min"}                                   for nobody

`at` (or `after`) is when the span begins, by default the night's start; `within` its length, by default until the end.
"""

from __future__ import annotations

from datetime import UTC, datetime

from hotline.commands.nights.language import Expectation, Kind, Silence
from hotline.commands.nights.place import Place

SILENCE = "silence"
_KINDS = [kind.value for kind in Kind]
_OF_A_PHONE = (Kind.GETS, Kind.RINGS, Kind.VOICEMAIL, Kind.HEARS)
_IN_WORDS = {"once": "1", "twice": "2", "never": "0"}
#: No end: the night's own is not known yet.
OPEN_END = datetime.max.replace(tzinfo=UTC)


def expected(
    place: Place, names: frozenset[str], staff: frozenset[str], ends: datetime | None
) -> Expectation | Silence:
    """One entry of `expect`. Raises `BadContent`."""
    place.known({"who", "at", "after", "within", "times", SILENCE, *_KINDS})
    what = place.single([SILENCE, *_KINDS])
    who = place.name("who", names) if "who" in place.section else ""
    since = place.moment("at" if "at" in place.section else "after") if _timed(place) else place.starts
    if what == SILENCE:
        return Silence(who, since, since + place.length(SILENCE, 0), place.here)
    kind = Kind(what)
    if kind in _OF_A_PHONE and not who:
        place.wrong(what, f"'{what}' needs 'who'")
    until = since + place.length("within", 0) if "within" in place.section else ends or OPEN_END
    counted = kind in (Kind.RINGS, Kind.VOICEMAIL)
    if counted and "times" in place.section:
        place.wrong("times", f"'{what}' itself says how often: {what}: 2")
    least, most = _times(place, what if counted else "times")
    words: tuple[str, ...] = ()
    if kind is Kind.TAKEN:
        who = place.name(what, staff)
    elif kind is Kind.TOGETHER:
        who = together(place.names(what, names))
    elif not counted:
        words = _words(place, what)
    return Expectation(kind, who, words, since, until, least, most, place.here)


def together(names: tuple[str, ...] | list[str]) -> str:
    """Who hears each other, as one name."""
    return " and ".join(sorted(names))


def _timed(place: Place) -> bool:
    return "at" in place.section or "after" in place.section


def _words(place: Place, key: str) -> tuple[str, ...]:
    value = place.section[key]
    listed = value if isinstance(value, list) else [value]
    return tuple(str(words) for words in listed if str(words) not in ("", "anything"))


def _times(place: Place, key: str) -> tuple[int, int | None]:
    said = str(place.section.get(key, 1)).strip()
    said = _IN_WORDS.get(said, said)
    if said == "any":
        return 0, None
    if said.endswith("+") and said[:-1].isdecimal():
        return int(said[:-1]), None
    if not said.isdecimal():
        place.wrong(key, f"{key}: '{said}' is not once, twice, never, a number, \"1+\" (at least one) or any")
    return int(said), int(said)
