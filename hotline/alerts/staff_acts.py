"""What a reply of staff does, and what is answered. A bare `1` acts only when exactly one page can be meant.

Worked example: 4821 pages them and they type `1`. Before it arrives, 4821 is taken (by a colleague, or by their own key in the
call) and 4822 pages them: the `1` must not take 4822. So what was theirs two minutes ago counts as one that can be meant, and
so does an alert of theirs that waits for a digit (the outcome, the reminder); a page of which nothing has left yet cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from hotline.alerts.declining import cannot
from hotline.alerts.log import Happened, note
from hotline.alerts.manual import Came, next_now
from hotline.alerts.notices import Notice, order_notice
from hotline.alerts.paging import may_be_known
from hotline.alerts.staff_reply import StaffReply
from hotline.alerts.staff_words import Act
from hotline.alerts.standing import coded, open_pages, own_alerts, page_of, recent_alerts
from hotline.alerts.tables import Alert, AlertState
from hotline.alerts.taking import TakeResult, Way, close, extend, take
from hotline.threads.kit import Kit

# Somebody may be answering a page that ended while they typed: for so long it still counts as one that can be meant.
TYPING = timedelta(minutes=2)
MENU_STANDS = timedelta(minutes=10)


def act(tx: Session, kit: Kit, staff_id: str, reply: StaffReply, locale: str, now: datetime) -> str | None:
    """Do what the reply says; the answer, None when a notice answers."""
    person = _Person(tx, kit, staff_id, locale, now)
    if reply.codes:
        return person.with_codes(reply)
    if reply.act is Act.OUTCOME:
        return person.outcome_alone(reply.choice)
    return person.alone(reply)


class _Person:
    """One member of staff who replied now."""

    def __init__(self, tx: Session, kit: Kit, staff_id: str, locale: str, now: datetime) -> None:
        self.tx, self.kit, self.staff_id, self.locale, self.now = tx, kit, staff_id, locale, now

    # with a code

    def with_codes(self, reply: StaffReply) -> str | None:
        found = [alert for readings in reply.codes if (alert := self._one_of(readings))]
        if len(reply.codes) > 1:
            return self._say("which", codes=_codes(found)) if found else self._unknown(reply)
        if not found:
            return self._unknown(reply)
        return self._on(found[0], reply)

    def _one_of(self, readings: Iterable[str]) -> Alert | None:
        """The alert that exactly one of the readings names."""
        found = [alert for code in readings if (alert := coded(self.tx, code, self.now))]
        return found[0] if len(found) == 1 else None

    def _unknown(self, reply: StaffReply) -> str:
        return self._say("unknown_code", code=min(reply.codes[0]))

    def _on(self, alert: Alert, reply: StaffReply) -> str | None:
        if reply.act is Act.OUTCOME:
            return self._outcome(alert, reply.choice)
        if reply.act is Act.CANNOT:
            return self._cannot(alert)
        if reply.act is Act.STILL:
            return self._still(alert)
        if reply.act is Act.NEXT:
            return self._next(alert)
        return self._take(alert)

    # without a code

    def alone(self, reply: StaffReply) -> str | None:
        pages, own = open_pages(self.tx, self.staff_id), own_alerts(self.tx, self.staff_id)
        if reply.act is Act.STILL:
            return self._still_all(own)
        if doubtful := self._doubtful(pages, own):
            return self._say("which", codes=_codes(doubtful))
        if pages:
            return self._on(pages[0], reply)
        if reply.bare and (asked := [one for one in own if self._menu_stands(one)]):
            return self._menu(asked[0])
        if reply.act is Act.CANNOT and len(own) == 1:
            return self._cannot(own[0])
        if reply.act is Act.NEXT:
            return self._say("none_open")
        if reply.act is Act.TAKE and own:
            return self._still_all(own)
        if own:
            return self._say("which", codes=_codes(own))
        if recent := recent_alerts(self.tx, self.staff_id, self.now):
            self._too_late(recent[0])
            return None
        return self._say("none_open")

    def _doubtful(self, pages: Sequence[Alert], own: Sequence[Alert]) -> tuple[Alert, ...]:
        """What a reply without a code may mean, where it is not surely the one page that is open; () when it is."""
        if len(pages) != 1:
            return tuple(pages)
        meant = [one for one in own if self._awaits_a_digit(one) or self._just(one.taken_at)]
        just_over = [
            one
            for one in recent_alerts(self.tx, self.staff_id, self.now, TYPING)
            if one.taken_by != self.staff_id
        ]
        known = page_of(self.tx, pages[0].id, self.staff_id)
        if meant or just_over or known is None or not may_be_known(self.tx, known):
            return (*pages, *meant)
        return ()

    def _awaits_a_digit(self, alert: Alert) -> bool:
        return alert.reminded or self._menu_stands(alert)

    def _just(self, at: datetime | None) -> bool:
        return at is not None and self.now - at <= TYPING

    def outcome_alone(self, choice: str) -> str | None:
        own = own_alerts(self.tx, self.staff_id)
        if len(own) == 1:
            return self._outcome(own[0], choice)
        if own:
            return self._say("which_outcome", codes=_codes(own))
        if pages := open_pages(self.tx, self.staff_id):
            return self._say("which", codes=_codes(pages))
        return self._say("none_open")

    # the acts

    def _take(self, alert: Alert) -> str | None:
        if alert.state == AlertState.TAKEN and alert.taken_by == self.staff_id:
            return self._still(alert)
        taken = take(self.tx, self.kit, alert.id, self.staff_id, Way.TEXT, self.now)
        if taken.result is TakeResult.HELPS:
            return self._say("helping", code=alert.code)
        if taken.result is not TakeResult.DONE:
            self._too_late(alert)
            return None
        return self._say("taken_caller" if alert.live_call else "taken", code=alert.code)

    def _too_late(self, alert: Alert) -> None:
        """A notice says who has it since when: names are for the worker."""
        if alert.state == AlertState.OPEN:
            return
        over = alert.state == AlertState.CLOSED
        note(self.tx, alert.id, Happened.LATE, self.now, staff_id=self.staff_id, detail="reply")
        what = Notice.OVER if over else Notice.LATE
        order_notice(self.tx, self.kit, alert, self.staff_id, what, self.now)

    def _cannot(self, alert: Alert) -> str | None:
        if cannot(self.tx, self.kit, alert.id, self.staff_id, self.now):
            return self._say("cannot", code=alert.code)
        return self._say("not_yours", code=alert.code)

    def _next(self, alert: Alert) -> str | None:
        came = next_now(self.tx, self.kit, alert.id, self.now, by=self.staff_id)
        if came is Came.OVER:
            self._too_late(alert)
            return None
        return self._say("next_now" if came is Came.DONE else "not_yours", code=alert.code)

    def _still(self, alert: Alert) -> str:
        if extend(self.tx, self.kit, alert.id, self.staff_id, self.now):
            return self._say("still", code=alert.code)
        return self._say("not_yours", code=alert.code)

    def _still_all(self, own: Sequence[Alert]) -> str:
        for alert in own:
            extend(self.tx, self.kit, alert.id, self.staff_id, self.now)
        return self._say("still", code=_codes(own)) if own else self._say("none_open")

    def _outcome(self, alert: Alert, choice: str) -> str | None:
        if alert.state == AlertState.CLOSED:
            self._too_late(alert)
            return None
        if alert.taken_by != self.staff_id:
            return self._say("not_yours", code=alert.code)
        outcomes = self.kit.settings.deployment.alerts.outcomes
        number = int(choice) if choice else 0
        if not 1 <= number <= len(outcomes):
            return self._menu(alert)
        close(self.tx, self.kit, alert.id, self.staff_id, outcomes[number - 1], self.now)
        return self._say("outcome_noted", code=alert.code)

    def _menu(self, alert: Alert) -> str:
        """How did it end? The digits go with the 9, so that a bare `1` never closes anything."""
        alert.asked_at = self.now
        options = [
            self._say("outcome_option", digit=number, label=self._say(f"outcome_{outcome}"))
            for number, outcome in enumerate(self.kit.settings.deployment.alerts.outcomes, start=1)
        ]
        return self._say("outcome_menu", code=alert.code, options=", ".join(options))

    def _menu_stands(self, alert: Alert) -> bool:
        return alert.asked_at is not None and self.now - alert.asked_at <= MENU_STANDS

    def _say(self, name: str, **params: object) -> str:
        return self.kit.book.say(f"staff.{name}", self.locale, **params)


def _codes(alerts: Iterable[Alert]) -> str:
    return ", ".join(alert.code for alert in alerts)
