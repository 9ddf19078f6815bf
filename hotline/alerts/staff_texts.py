"""A text from a staff phone: whether it speaks as staff (DESIGN, who speaks when one phone is several people), and the answer.

Runs in the process without any private key: ids, codes and times only. Words that name a colleague go out as a NOTICE.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.access.tables import StaffPhone
from hotline.alerts import staff_acts
from hotline.alerts.forwarding import order_forward, words_for_contact
from hotline.alerts.phones import language_of
from hotline.alerts.rota.texts import about_rota, answer_rota
from hotline.alerts.staff_manual import obey
from hotline.alerts.staff_orders import StaffOrder, read_order
from hotline.alerts.staff_reply import StaffReply, read_reply
from hotline.alerts.staff_stop import carrier_word_of, stop_or_start
from hotline.alerts.staff_words import staff_words
from hotline.alerts.standing import coded, open_pages, own_alerts, recent_alerts
from hotline.alerts.useless import forgive, one_more
from hotline.conversation.inbound import CarrierWord
from hotline.standards.fold import tokens
from hotline.threads.kit import Kit
from hotline.threads.tables import Message


def speaks_as_staff(tx: Session, kit: Kit, phone: StaffPhone, text: str, now: datetime) -> bool:
    """Whether this text is for us as staff: a page is open for its owner, an alert they took is open, the text starts with
    a current code, it answers a page that ended within the hour, or it is about the rota; and a STOP word always, a START
    word after one."""
    if phone.verified_at is None:
        return False
    word = carrier_word_of(kit, text)
    if word is CarrierWord.STOP or (word is CarrierWord.START and phone.stopped):
        return True
    if open_pages(tx, phone.staff_id) or own_alerts(tx, phone.staff_id):
        return True
    if (order := _order(kit, text)) and coded(tx, order.code, now):
        return True
    if about_rota(tx, kit, phone.staff_id, text, now):
        return True
    reply = _read(kit, text)
    if reply is not None and recent_alerts(tx, phone.staff_id, now):
        return True
    first = next(iter(tokens(text)), "")
    codes = {code for readings in reply.codes for code in readings} if reply else {first}
    return any(coded(tx, code, now) for code in codes)


def staff_text(
    tx: Session, kit: Kit, phone: StaffPhone, text: str, now: datetime, message: Message | None = None
) -> str | None:
    """Act on the text and give the answer in the person's language; None when nothing is said (the carrier answers a STOP
    word itself, a notice says who was faster, the worker answers, or this phone has sent five useless texts in a row).
    `message` is its row: without one, words after a code go to nobody."""
    word = carrier_word_of(kit, text)
    if word in (CarrierWord.STOP, CarrierWord.START):
        stop_or_start(tx, kit, phone, word, now)
        nothing_open = not (open_pages(tx, phone.staff_id) or own_alerts(tx, phone.staff_id))
        if word is CarrierWord.STOP or nothing_open:
            return None
    if word is CarrierWord.HELP:
        return None  # the carrier answers it
    if said := about_rota(tx, kit, phone.staff_id, text, now):
        forgive(tx, phone.id)
        return answer_rota(tx, kit, phone, said, now)
    locale = language_of(tx, kit, phone.staff_id)
    if order := _order(kit, text):
        forgive(tx, phone.id)
        return _sent(kit, obey(tx, kit, phone.staff_id, order, locale, now), locale)
    reply = _read(kit, text)
    if reply is None and message is not None and (words := words_for_contact(text)) is not None:
        forgive(tx, phone.id)
        return _sent(kit, order_forward(tx, kit, phone.staff_id, message, words, locale, now), locale)
    if reply is None:
        return _sent(kit, kit.book.say("staff.help", locale), locale) if one_more(tx, phone.id) else None
    forgive(tx, phone.id)
    return _sent(kit, staff_acts.act(tx, kit, phone.staff_id, reply, locale, now), locale)


def _read(kit: Kit, text: str) -> StaffReply | None:
    return read_reply(text, staff_words(kit.book.root / "locales"))


def _order(kit: Kit, text: str) -> StaffOrder | None:
    return read_order(text, staff_words(kit.book.root / "locales"))


def _sent(kit: Kit, text: str | None, locale: str) -> str | None:
    return text and kit.book.as_sent(text, locale)
