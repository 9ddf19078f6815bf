"""Words of the rota to staff. Most name a colleague, so the process that saw the cause orders a deed with ids and times, and
the worker, who has the key to names, writes the text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from hotline.access.people import name_of
from hotline.alerts.phones import language_of, page_phone, text_line
from hotline.alerts.pin_locked import coordinator
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority
from hotline.threads.sending import queue_text
from hotline.vault.sealing import House


class RotaNotice(StrEnum):
    """What is told; each has a wording `rota.<name>`."""

    GAP = "gap"  # to the coordinator: nobody is on call for a time
    GAP_ON = "gap_on"  # ... from then on, as far as can be seen
    UNREACHABLE = "gap_unreachable"  # ... only somebody without a working phone
    UNREACHABLE_ON = "gap_unreachable_on"
    UNKNOWN = "unknown_name"  # ... a name in the calendar fits nobody
    STALE = "feed_stale"  # ... the feed cannot be read
    COVER = "asks_cover"  # ... a calendar takes cover away: use it?
    ZONE = "asks_zone"  # ... a calendar tells its times in another zone: use it?
    UNCONFIRMED = "unconfirmed"  # ... a shift is near and nobody has said that they come
    CONFIRMED_LATE = "confirmed_late"  # ... now they have
    DECLINED = "declined"  # ... they have said that they cannot
    SHIFT = "shift"  # to who is on call tomorrow: reply with the code
    ASKS_SWAP = "asks_swap"  # to who shall swap
    ASKS_TAKE = "asks_take"  # to who shall take a shift and has none to give
    SWAPPED = "swapped"  # to both of a swap: the shift that is theirs now
    GIVEN = "given"  # to who has given a shift away and has none for it
    REFUSED = "refused"  # to who asked: no
    REPLACED = "replaced"  # to who was on call: somebody took over
    PUT_ON = "put_on"  # to who was put on the rota by the coordinator


GAPS = (RotaNotice.GAP, RotaNotice.GAP_ON, RotaNotice.UNREACHABLE, RotaNotice.UNREACHABLE_ON)


def order_rota_text(
    tx: Session, kit: Kit, what: RotaNotice, staff_id: str, now: datetime, *, key: str, **more: str | datetime
) -> None:
    """Order the words to one member of staff; the same `key` is ordered once. `more`: ids (`who`), instants (`start`, `end`,
    `other`), `code`, `more`."""
    payload = {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in more.items()
    }
    outbox.order(
        tx, kit.ids, DeedKind.ROTA_TEXT, f"rota:{what}:{key}", {"what": what.value, "staff": staff_id, **payload}, now,
        priority=Priority.NOTICE,
    )  # fmt: skip


def tell_coordinator(
    tx: Session, kit: Kit, what: RotaNotice, now: datetime, *, key: str, **more: str | datetime
) -> bool:
    """The same to the coordinator; False when nobody can be told by text now."""
    to = coordinator(tx, kit)
    if to is None or page_phone(tx, to) is None:
        return False
    order_rota_text(tx, kit, what, to, now, key=key, **more)
    return True


def write_rota_text(
    tx: Session, kit: Kit, house: House, payload: Mapping[str, str], now: datetime
) -> str | None:
    """What the worker does with it: write and queue the text; its id, None when the person cannot be reached by text."""
    to = payload["staff"]
    if page_phone(tx, to) is None:
        return None
    locale = language_of(tx, kit, to)
    params: dict[str, object] = {"code": payload.get("code", ""), "number": payload.get("more", "")}
    for name in ("start", "end", "other"):
        params[name] = (
            moment(kit, datetime.fromisoformat(payload[name]), locale, now) if name in payload else ""
        )
    params["name"] = name_of(tx, house, payload["who"]) if "who" in payload else ""
    text = kit.book.say(f"rota.{payload['what']}", locale, **params)
    if payload.get("more") and payload["what"] in GAPS:
        text = f"{text} {kit.book.say('rota.more_gaps', locale, **params)}"
    return queue_text(
        tx,
        kit,
        kit.book.as_sent(text, locale),
        now,
        line=text_line(kit),
        priority=Priority.NOTICE,
        staff_id=to,
    )


def moment(kit: Kit, at: datetime, locale: str, now: datetime) -> str:
    """ "08:00" today, "23 Nov 08:00" on other days, on the clocks of the country."""
    zone = kit.settings.deployment.zone
    local = at.astimezone(zone)
    clock = f"{local:%H:%M}"
    if local.date() == now.astimezone(zone).date():
        return clock
    return f"{kit.book.languages.dates.near(local.date(), locale)} {clock}"
