"""The head of the audit goes out once a day: to a file beside the database, to the log, and with the dead-man ping to the
outside watcher (`worker.dead_man`)."""

from __future__ import annotations

from datetime import datetime

import structlog

from hotline.access.audit import Act, note
from hotline.access.audit_heads import HeadFile, newest_head
from hotline.db import read, write
from worker.workshop import Workshop

log = structlog.get_logger("audit")


def give_head_away(shop: Workshop, now: datetime) -> None:
    """In the first cycle of each day (UTC). A row of the audit says so, so that a day without one stands out. A file that
    cannot be written stops nothing else; it is told in the log, and tried again in the next cycle."""
    file = HeadFile(shop.settings.data_dir)
    last = file.newest()
    if last is not None and last.at.date() == now.date():
        return
    try:
        file.prepare()  # before the row: days of trying leave none
        with write(shop.engine) as tx:
            note(tx, shop.kit.ids, Act.HEAD_OUT, now, by="job:clock")
        with read(shop.engine) as tx:
            head = newest_head(tx, now)
        if head is not None:
            file.add(head)
            log.info("audit_head", row=head.seq, head=head.hash)
    except OSError as error:
        log.error("audit_head_failed", error=type(error).__name__)
