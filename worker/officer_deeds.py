"""What the worker does for officers: register who joined in a training, tell a supervisor of a report."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.officers import supervisor_of
from hotline.access.people import NUMBER
from hotline.access.registering import register
from hotline.access.tables import Joining, Officer
from hotline.db import read, write
from hotline.threads.contacts import number_of_contact
from hotline.threads.conversations import in_flight
from hotline.threads.outbox import Leased, finish
from hotline.threads.tables import Contact, Conversation
from worker.by_number import text_number
from worker.workshop import Workshop


def register_officer(tx: Session, shop: Workshop, deed: Leased, now: datetime) -> None:
    """A phone becomes an officer's; twice is once, for the joining is gone then."""
    joining = tx.get(Joining, deed.payload["joining"])
    contact = tx.get(Contact, joining.contact_id) if joining is not None else None
    number = number_of_contact(shop.reader, contact) if contact is not None else None
    if joining is not None and number is not None:
        register(tx, shop.kit.sealer, shop.house, shop.kit.ids, joining, number, now)


def tell_supervisor(shop: Workshop, deed: Leased) -> None:
    """Reference and date of a report to the supervisor of the officer's agency, and nothing else."""
    to, text = _supervisor_text(shop, deed)
    if to:
        text_number(shop, deed, to, text)
    with write(shop.engine) as tx:
        finish(tx, deed.id, shop.clock.now())


def _supervisor_text(shop: Workshop, deed: Leased) -> tuple[str, str]:
    """Number and text; ("", "") when nobody is to be told any more, or a STOP word stands."""
    with read(shop.engine) as tx:
        conversation = tx.get(Conversation, deed.payload["conversation"])
        officer = tx.get(Officer, deed.payload["officer"])
        if conversation is None or conversation.state_sealed is None or officer is None:
            return "", ""
        to = supervisor_of(tx, shop.house, officer.agency)
        stopped = tx.scalar(
            select(Contact.stopped).where(Contact.number_index == shop.kit.sealer.index(to, NUMBER))
        )
        state = in_flight(shop.kit, conversation)
        if state is None:
            return "", ""
        deployment = shop.settings.deployment
        day = conversation.begun_at.astimezone(ZoneInfo(deployment.time_zone)).date()
        return (
            ("", "")
            if stopped
            else (to, f"{state.reference} {shop.kit.book.languages.dates.word(day, deployment.languages[0])}")
        )
