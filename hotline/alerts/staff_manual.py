"""What an order of staff by text does, and what is answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.access.people import staff_named
from hotline.alerts.manual import Came, ask, snooze
from hotline.alerts.notices import Notice, clock_time, order_notice
from hotline.alerts.staff_orders import StaffOrder
from hotline.alerts.staff_words import Act
from hotline.alerts.standing import coded
from hotline.alerts.tables import Alert, Asked
from hotline.threads.kit import Kit


def obey(tx: Session, kit: Kit, staff_id: str, order: StaffOrder, locale: str, now: datetime) -> str | None:
    """Do it; the answer in the person's language, None when a notice answers."""
    alert = coded(tx, order.code, now)
    if alert is None:
        return kit.book.say("staff.unknown_code", locale, code=order.code)
    if order.act is Act.SNOOZE:
        return _snooze(tx, kit, alert, staff_id, order, locale, now)
    other = staff_named(tx, kit.sealer, order.name)
    if other is None:
        return kit.book.say("staff.nobody_named", locale)
    what = Asked.TRANSFER if order.act is Act.TRANSFER else Asked.HELP
    came = ask(tx, kit, alert.id, other.id, what, now, by=staff_id)
    over = what is Asked.TRANSFER and alert.taken_by is not None
    return _answer(tx, kit, alert, staff_id, came, "asked_over" if over else "paged_now", locale, now)


def _snooze(
    tx: Session, kit: Kit, alert: Alert, staff_id: str, order: StaffOrder, locale: str, now: datetime
) -> str | None:
    bounds = kit.settings.deployment.alerts
    reason = bounds.snooze_reasons[order.reason - 1] if 0 < order.reason <= len(bounds.snooze_reasons) else ""
    came = snooze(tx, kit, alert.id, order.minutes, reason, now, by=staff_id)
    if came is Came.BOUNDS:
        options = [
            kit.book.say(
                "staff.snooze_option", locale, digit=place, label=kit.book.say(f"staff.snooze_{one}", locale)
            )
            for place, one in enumerate(bounds.snooze_reasons, start=1)
        ]
        return kit.book.say(
            "staff.snooze_how",
            locale,
            code=alert.code,
            most=bounds.snooze_minutes,
            options=", ".join(options),
        )
    return _answer(tx, kit, alert, staff_id, came, "snoozed", locale, now)


def _answer(
    tx: Session, kit: Kit, alert: Alert, staff_id: str, came: Came, done: str, locale: str, now: datetime
) -> str | None:
    if came is Came.OVER:
        order_notice(tx, kit, alert, staff_id, Notice.OVER, now)
        return None
    wording = {Came.DONE: done, Came.NOBODY: "nobody_named"}.get(came, "not_yours")
    until = clock_time(kit, alert.snoozed_until or now)
    return kit.book.say(f"staff.{wording}", locale, code=alert.code, time=until)
