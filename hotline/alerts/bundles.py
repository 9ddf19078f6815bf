"""Repeats of several open alerts to one person are one text that lists their codes: bundled for the reader, never thrown away.

The first text of an alert to a person is always its own. Worked example: 4821, 4822 and 4823 page the same person at 0:00, 0:10
and 0:20, three texts. At 5:00 the text of 4821 is due again: one text names all three, and the next is due at 10:00.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.log import Happened, note
from hotline.alerts.paged import paged
from hotline.alerts.tables import Alert, Page
from hotline.triage.kinds import Grade

MOST = 8  # codes: more would not fit into one segment of Chinese
TOGETHER = "together"


def others_open(tx: Session, page: Page) -> list[tuple[Page, Alert]]:
    """The other pages of this person that were texted before and are open, the gravest and oldest first, as many as fit."""
    rows = tx.execute(
        select(Page, Alert)
        .join(Alert, Alert.id == Page.alert_id)
        .where(
            Page.staff_id == page.staff_id,
            Page.phone_id == page.phone_id,
            Page.id != page.id,
            Page.texted_at.is_not(None),
            Page.text_over_at.is_(None),
            paged(),
        )
    )
    found = sorted(
        ((one, alert) for one, alert in rows),
        key=lambda row: (Grade(row[1].grade).rank, row[1].opened_at, row[1].id),
    )
    return found[: MOST - 1]


def texted_together(
    tx: Session, message_id: str | None, rows: list[tuple[Page, Alert]], now: datetime
) -> None:
    """The text of one page was that of these too."""
    for page, alert in rows:
        page.message_id, page.texted_at = message_id, now
        note(tx, alert.id, Happened.TEXTED, now, staff_id=page.staff_id, page_id=page.id, detail=TOGETHER)


def sharing(tx: Session, page: Page) -> list[tuple[Page, Alert]]:
    """The other open pages whose newest text is this page's."""
    if page.message_id is None:
        return []
    rows = tx.execute(
        select(Page, Alert)
        .join(Alert, Alert.id == Page.alert_id)
        .where(Page.message_id == page.message_id, Page.id != page.id, paged())
        .order_by(Alert.opened_at, Page.id)
    )
    return [(one, alert) for one, alert in rows]
