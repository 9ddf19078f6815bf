"""Keys of who took an alert, in their call: 5 an interpreter, 6 a responder of the directory. Both are rung by us, hear what is
wanted in their own language, and join the conference of the alert on a key.

With the caller in the conference, the star key leads who took it out to these keys and back; the caller stays.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.access.tables import Staff
from hotline.alerts.helpers import ask
from hotline.alerts.joining import person_is_in, was_rung_back
from hotline.alerts.known_place import district_of
from hotline.alerts.tables import Alert, AlertState, Page
from hotline.calltree.heard import Heard
from hotline.oncall.directory import Kind
from hotline.threads.kit import Kit
from hotline.threads.tables import Thread

# What a `do` node of the tree `page` may ask for, and the branches that it must have for what comes of it.
ACTS = {
    "interpreter": {"asked", "which", "nobody", "not_yours"},
    "responder": {"asked", "nobody", "not_yours"},
    "aside": {"caller", "alone"},
}
_LEFT, _WAITED = "left", "waited"
LANGUAGE, RESPONDER = "interpreter_language", "responder_kind"


def add_person(tx: Session, kit: Kit, page: Page, heard: Heard, now: datetime) -> str:
    """Do what the tree asks for; gives the branch it goes on with, "" to be asked again a little later."""
    alert = tx.get(Alert, page.alert_id)
    if heard.does == "aside":
        return _aside(tx, alert, heard)
    if alert is None or alert.state != AlertState.TAKEN or alert.taken_by != page.staff_id:
        return "not_yours"
    thread = tx.get(Thread, alert.thread_id) if alert.thread_id else None
    given = heard.state.sheet.pop(LANGUAGE if heard.does == "interpreter" else RESPONDER, None)
    spoken = alert.language or (thread.language if thread is not None else "") or ""
    if heard.does == "interpreter":
        language = str(given.value) if given is not None else spoken
        if given is None and (not language or language in _languages(tx, page.staff_id)):
            return "which"
        kind = Kind.INTERPRETER
    else:
        kind, language = Kind(str(given.value)) if given is not None else Kind.ADVOCATE, spoken
    district = district_of(tx, kit, alert.thread_id) if alert.thread_id else ""
    asked = ask(
        tx, kit, kind, now,
        alert=alert, asked_by=page.staff_id, language=language, district=district, joins=True,
    )  # fmt: skip
    return "asked" if asked is not None else "nobody"


def _aside(tx: Session, alert: Alert | None, heard: Heard) -> str:
    """Whether the contact is still there. Who was rung back and hangs up ends the conference, and the news of it may come
    a moment after this call's next turn: so it is asked once more before they are said to be on the line."""
    waited = heard.state.params.pop(_WAITED, "")
    if alert is None or not person_is_in(tx, alert):
        return "alone"
    if heard.state.node == _LEFT and was_rung_back(tx, alert) and not waited:
        heard.state.params[_WAITED] = "1"
        return ""
    return "caller"


def _languages(tx: Session, staff_id: str) -> frozenset[str]:
    staff = tx.get(Staff, staff_id)
    return frozenset(one.strip() for one in staff.languages.split(",")) if staff is not None else frozenset()
