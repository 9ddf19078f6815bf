"""Who was told of an alert, by which way and when, what came back, and who is responding: read from its log alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hotline.alerts.timeline import Call, Line, Reply, Text, Told, rebuild
from hotline.staff import labels
from hotline.staff.words import Words


@dataclass(frozen=True, slots=True)
class Person:
    """What went to one person and what came back: pairs of a way and its lines, oldest first."""

    who: str
    ways: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class AlertTold:
    """One alert of the thread. `responding` says in a sentence who has it, or that nobody has."""

    code: str
    responding: str
    people: tuple[Person, ...]


def told_of(words: Words, known: Mapping[str, str], code: str, lines: Iterable[Line]) -> AlertTold:
    """The alert with `code`, from the lines of its log. `known` are the names of staff by id."""
    _, timeline = words, rebuild(lines)
    if timeline.responding is None or timeline.since is None:
        responding = _("staff_page.told_whom.nobody", "Nobody is responding yet.")
    else:
        responding = _(
            "staff_page.told_whom.responding",
            "{name} is responding, since {time}.",
            name=known.get(timeline.responding, "?"),
            time=words.clock(timeline.since),
        )
    people = tuple(_person(words, known, told) for told in timeline.told.values())
    return AlertTold(code, responding, people)


def _person(_: Words, known: Mapping[str, str], told: Told) -> Person:
    ways = (
        (_("staff_page.told_whom.texts", "By text"), tuple(_text(_, text) for text in told.texts)),
        (_("staff_page.told_whom.calls", "By call"), tuple(_call(_, call) for call in told.calls)),
        (_("staff_page.told_whom.replies", "Answer"), tuple(_reply(_, reply) for reply in told.replies)),
    )
    return Person(known.get(told.staff_id, "?"), tuple((way, lines) for way, lines in ways if lines))


def _text(_: Words, text: Text) -> str:
    state = "failed" if text.failed is not None and text.receipt != "delivered" else text.receipt
    return _joined(_.clock(text.at), labels.delivery(_, state or "queued"))


def _call(_: Words, call: Call) -> str:
    first = call.ordered_at or call.rang_at or call.answered_at or call.ended_at
    said = [labels.happened(_, "answered")] if call.answered_at else []
    said += [_("staff_page.told_whom.key", "key {key}", key=key) for key in call.keys]
    if call.over:
        said.append(labels.call_end(_, call.end))
    elif not call.answered_at:
        said.append(labels.happened(_, "ringing" if call.rang_at else "ring"))
    return _joined(_.clock(first) if first else "", ", ".join(said))


def _reply(_: Words, reply: Reply) -> str:
    way = labels.way(_, reply.way) if reply.way else ""
    return _joined(_.clock(reply.at), labels.happened(_, reply.what), way)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
