"""The words of a read-out: first what is known, in the language of who took it, then each message as it was told, in the
voice of its own language. Only the worker writes it: the copies of messages open with its key alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.matrix import Action, Purpose
from hotline.access.matrix_file import matrix_of
from hotline.access.people import role_of
from hotline.access.reveals import heard_by_phone
from hotline.alerts.glass import break_glass
from hotline.alerts.known import Known, known_of
from hotline.alerts.phones import language_of
from hotline.alerts.read_outs import Part, Piece, add_sound, put_parts
from hotline.alerts.tables import Alert, AlertState, ReadOut
from hotline.carriers.twiml import in_pieces
from hotline.deployment import Deployment
from hotline.threads import copies
from hotline.threads.kit import Kit
from hotline.threads.tables import Message, Thread, WorkerCopy
from hotline.triage.kinds import Grade
from hotline.vault.sealing import Unsealable, WorkerReader

# Somewhat over a minute of speech: who has a basic phone at the ear wants to stop and hear it again.
PART_LIMIT = 900
MOST_PARTS = 60  # the newest are read; the document of one part is far below the carrier's 64 kB in any case


def write_read_out(
    tx: Session, kit: Kit, reader: WorkerReader, payload: Mapping[str, str], now: datetime
) -> None:
    """What the worker does with a READ_OUT deed. Nothing when the call is over meanwhile; failed when the alert is no
    longer that person's, or the matrix does not let their role hear it. An emergency's is a broken glass. Doing it twice
    gives the same parts."""
    read_out = tx.scalar(select(ReadOut).where(ReadOut.id == payload["read_out"]))
    if read_out is None or read_out.parts_sealed is not None:
        return
    alert = tx.get(Alert, read_out.alert_id)
    thread = tx.get(Thread, alert.thread_id) if alert is not None and alert.thread_id else None
    if (
        alert is None
        or thread is None
        or alert.state != AlertState.TAKEN
        or alert.taken_by != read_out.staff_id
    ):
        read_out.failed = True
        return
    if not may_hear(tx, kit, read_out.staff_id, "words"):
        read_out.failed = True
        return
    if alert.grade == Grade.EMERGENCY:
        break_glass(tx, kit, alert, read_out.staff_id, now)
    heard_by_phone(tx, kit.ids, thread.id, read_out.staff_id, now)
    telling = _Telling(tx, kit, reader, read_out, language_of(tx, kit, read_out.staff_id), now)
    put_parts(kit, read_out, telling.parts(alert, thread))


def may_hear(tx: Session, kit: Kit, staff_id: str, what: str) -> bool:
    """Whether the matrix lets this person hear it by phone."""
    matrix = matrix_of(kit.settings, kit.book.crosswalk)
    return matrix.may(role_of(tx, staff_id), Purpose.READ_OUT, what, Action.READ)


def voice_for(kit: Kit, locale: str) -> str:
    """The locale whose voice reads this one's words: its own where it has one, else the stand-in that `hotline.toml` or the
    language itself declares, else the first that has a voice."""
    deployment = kit.settings.deployment
    language = kit.book.languages.by_locale.get(locale)
    wished = (locale, deployment.alerts.read_by.get(locale, ""), language.stand_in if language else "")
    return next((one for one in (*wished, *deployment.languages) if _voiced(deployment, one)), locale)


def _voiced(deployment: Deployment, locale: str) -> bool:
    voice = deployment.voices.get(locale)
    return voice is not None and bool(voice.voice)


class _Telling:
    """One read-out in the making."""

    def __init__(
        self, tx: Session, kit: Kit, reader: WorkerReader, read_out: ReadOut, locale: str, now: datetime
    ) -> None:
        self.tx, self.kit, self.reader, self.read_out = tx, kit, reader, read_out
        self.locale, self.now = locale, now
        self.voice = voice_for(kit, locale)

    def parts(self, alert: Alert, thread: Thread) -> tuple[Part, ...]:
        told = copies.copies_of(self.tx, thread.id)
        kept = [(message, copy) for message, copy in told if copy is not None or message.recording]
        known = known_of(self.tx, self.kit, thread, self.locale)
        facts = [*self._facts(alert, known), *self._counts(len(kept), len(told) - len(kept))]
        numbered = list(enumerate(kept, start=1))
        parts = [
            part
            for number, one in numbered
            for part in self._message(number, len(kept), *one, known.words_in)
        ]
        return (tuple(facts), *parts[-MOST_PARTS:])

    def _facts(self, alert: Alert, known: Known) -> Iterator[Piece]:
        yield self._say(alert.grade, time=self._time(alert.opened_at))
        places = ("current_location", "incident_location")
        place = known.place if all(self._may_hear(what) for what in places) else ""
        yield self._say("place", place=place) if place else self._say("no_place")
        yield self._say("language", language=known.language) if known.language else self._say("no_language")
        yield self._say("officer" if known.officer else f"safe_{known.safe}")
        yield self._say(f"ring_{known.ring}")

    def _may_hear(self, what: str) -> bool:
        return may_hear(self.tx, self.kit, self.read_out.staff_id, what)

    def _counts(self, count: int, older: int) -> Iterator[Piece]:
        yield self._say("count", count=count) if count else self._say("no_messages")
        if older:
            yield self._say("older", count=older)

    def _message(
        self, number: int, count: int, message: Message, copy: WorkerCopy | None, locale: str
    ) -> Iterator[Part]:
        kind = "recording" if message.recording else "message"
        head = self._say(kind, number=number, count=count, time=self._time(message.at))
        opened = self._opened(message, copy)
        if message.recording:
            yield (head, self._sound(opened))
            return
        if opened is None:
            yield (head, self._say("cannot"))
            return
        voice = voice_for(self.kit, locale)
        for index, text in enumerate(in_pieces(opened.decode(errors="replace"), PART_LIMIT)):
            said = Piece(voice, text)
            yield (head, said) if index == 0 else (said,)

    def _sound(self, media: bytes | None) -> Piece:
        if media is None:
            return self._say("no_sound")
        return Piece(self.voice, sound=add_sound(self.tx, self.kit, self.read_out, media))

    def _opened(self, message: Message, copy: WorkerCopy | None) -> bytes | None:
        if copy is None:
            return None
        try:
            return self.reader.open(copies.owner(message.id), copy.sealed)
        except Unsealable:
            return None

    def _say(self, name: str, **params: object) -> Piece:
        return Piece(self.voice, self.kit.book.say(f"read_out.{name}", self.locale, **params))

    def _time(self, at: datetime) -> str:
        """ "12:04", with the day before it where it was another one, on the clocks of the country."""
        zone = self.kit.settings.deployment.zone
        local, today = at.astimezone(zone), self.now.astimezone(zone).date()
        clock = f"{local:%H:%M}"
        if local.date() == today:
            return clock
        return f"{self.kit.book.languages.dates.word(local.date().isoformat(), self.locale)}, {clock}"
