"""A text of staff about the rota: the code of a question to them, or a word of `rota_words`. Everything else is not for us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from hotline.access import audit
from hotline.access.people import staff_named
from hotline.access.tables import StaffPhone
from hotline.alerts.alone import rota_alone
from hotline.alerts.phones import language_of
from hotline.alerts.rota.calendars import accept, the_calendar
from hotline.alerts.rota.notices import RotaNotice, moment, order_rota_text, tell_coordinator
from hotline.alerts.rota.questions import answered, question_coded
from hotline.alerts.rota.swaps import Asked, agree, ask_swap, take_now
from hotline.alerts.rota.tables import CalendarState, QuestionKind, QuestionState, RotaQuestion
from hotline.alerts.rota.words import RotaWish, RotaWord, rota_words
from hotline.alerts.staff_reply import read_reply
from hotline.alerts.staff_words import Act, staff_words
from hotline.standards.fold import tokens
from hotline.threads.kit import Kit

# A name that nobody has is answered as a slip when it is as short as a name; a longer text is somebody's words, and heard as
# everybody's are.
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class RotaText:
    """A text about the rota: the answer to a question, or a wish. `act` None: the code is there, the rest is not understood."""

    question: RotaQuestion | None = None
    act: Act | None = None
    wish: RotaWish | None = None


def about_rota(tx: Session, kit: Kit, staff_id: str, text: str, now: datetime) -> RotaText | None:
    """What the text says about the rota; None when it does not begin with the code of a question to this person, and is no
    word of the rota."""
    locales = kit.book.root / "locales"
    reply = read_reply(text, staff_words(locales))
    if reply is not None and len(reply.codes) == 1:
        named = [one for code in sorted(reply.codes[0]) if (one := question_coded(tx, staff_id, code, now))]
        if len(named) == 1:
            return RotaText(named[0], reply.act)
    elif reply is None and (question := question_coded(tx, staff_id, next(iter(tokens(text)), ""), now)):
        return RotaText(question)
    wish = rota_words(locales).read(text)
    if wish is None or (len(tokens(wish.name)) > MOST_WORDS and not staff_named(tx, kit.sealer, wish.name)):
        return None
    return RotaText(wish=wish)


def answer_rota(tx: Session, kit: Kit, phone: StaffPhone, said: RotaText, now: datetime) -> str:
    """Do what it says; the answer in the person's language."""
    rota_alone(tx)
    if said.question is not None:
        tx.refresh(said.question)  # as it is now that nobody else changes it
    person = _Person(tx, kit, phone.staff_id, now)
    return person.answers(said.question, said.act) if said.question else person.wishes(said.wish)


class _Person:
    """One member of staff who wrote now."""

    def __init__(self, tx: Session, kit: Kit, staff_id: str, now: datetime) -> None:
        self.tx, self.kit, self.staff_id, self.now = tx, kit, staff_id, now
        self.locale = language_of(tx, kit, staff_id)

    # an answer to a question

    def answers(self, question: RotaQuestion, act: Act | None) -> str:
        if question.state == QuestionState.OVER:
            return self._say("over", code=question.code)
        if act not in (Act.TAKE, Act.CANNOT, Act.STILL):
            return self._say("how", code=question.code)
        no = act is Act.CANNOT
        if question.kind == QuestionKind.SHIFT:
            return self._shift(question, no)
        if question.state != QuestionState.OPEN:
            return self._say("over", code=question.code)
        if question.kind == QuestionKind.SWAP:
            return self._swap(question, no)
        return self._calendar(question, no)

    def _shift(self, question: RotaQuestion, no: bool) -> str:
        """Somebody may confirm and then fall ill, or the other way round: the last word counts."""
        start, key = question.start or self.now, f"{question.id}:{int(self.now.timestamp())}"
        was, told = question.state, question.told
        answered(question, QuestionState.REFUSED if no else QuestionState.AGREED, self.now)
        if no:
            if was != QuestionState.REFUSED:
                self._tell(RotaNotice.DECLINED, key, start)
            return self._say("declined_noted", start=self._moment(start))
        if told or was == QuestionState.REFUSED:
            self._tell(RotaNotice.CONFIRMED_LATE, key, start)
        return self._say("confirmed", start=self._moment(start))

    def _tell(self, what: RotaNotice, key: str, start: datetime) -> None:
        tell_coordinator(self.tx, self.kit, what, self.now, key=key, who=self.staff_id, start=start)

    def _swap(self, question: RotaQuestion, no: bool) -> str:
        if no:
            answered(question, QuestionState.REFUSED, self.now)
            if question.by and question.start:
                order_rota_text(
                    self.tx, self.kit, RotaNotice.REFUSED, question.by, self.now,
                    key=question.id, who=self.staff_id, start=question.start,
                )  # fmt: skip
            return self._say("nothing_changes")
        turn = agree(self.tx, self.kit, question, self.now)
        answered(question, QuestionState.AGREED if turn else QuestionState.OVER, self.now)
        if turn is None:
            return self._say("over", code=question.code)
        self._audited("swap")
        return self._say("agreed", start=self._moment(turn.start), end=self._moment(turn.end))

    def _calendar(self, question: RotaQuestion, no: bool) -> str:
        if no:
            answered(question, QuestionState.REFUSED, self.now)
            return self._say("nothing_changes")
        waiting = the_calendar(self.tx, CalendarState.WAITING)
        if waiting is None or waiting.id != question.calendar_id:
            answered(question, QuestionState.OVER, self.now)
            return self._say("over", code=question.code)
        answered(question, QuestionState.AGREED, self.now)
        accept(self.tx, self.now)
        self._audited("accept")
        return self._say("accepted")

    # a wish

    def wishes(self, wish: RotaWish | None) -> str:
        if wish is not None and wish.word is RotaWord.NOW:
            taken = take_now(self.tx, self.kit, self.staff_id, self.now)
            if not taken.already:
                self._audited("now")
            return self._say("already" if taken.already else "on_now", end=self._moment(taken.until))
        if wish is None or not wish.name:
            return self._say("swap_who")
        colleague = staff_named(self.tx, self.kit.sealer, wish.name)
        if colleague is None:
            return self._say("swap_unknown")
        asked = ask_swap(self.tx, self.kit, self.staff_id, colleague.id, self.now)
        return self._say({Asked.ASKED: "asked", Asked.NO_SHIFT: "no_shift", Asked.SELF: "swap_who"}[asked])

    def _audited(self, what: str) -> None:
        audit.note(self.tx, self.kit.ids, audit.Act.ROTA, self.now, by=self.staff_id, detail=what)

    def _moment(self, at: datetime) -> str:
        return moment(self.kit, at, self.locale, self.now)

    def _say(self, name: str, **params: object) -> str:
        text = self.kit.book.say(f"rota.{name}", self.locale, **params)
        return self.kit.book.as_sent(text, self.locale)
