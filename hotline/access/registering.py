"""The worker makes an officer of a phone that joined in a training."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy.orm import Session

from hotline.access.audit import Act, note
from hotline.access.people import add_officer
from hotline.access.tables import Joining, Officer, TrainingSession
from hotline.access.training import count_trained
from hotline.now import Ids
from hotline.vault.sealing import House, Sealer


def register(
    tx: Session, sealer: Sealer, house: House, ids: Ids, joining: Joining, number: str, now: datetime
) -> None:
    """Register the officer of `number` (E.164) with what was told, count the training, and forget what was in flight."""
    session = tx.get(TrainingSession, joining.session_id)
    kept = sealer.flying(joining.id, joining.told_sealed)
    if kept is None:  # it waited for days: the officer joins anew
        tx.delete(joining)
        tx.flush()
        return
    told: dict[str, str] = json.loads(kept)
    agency = told.get("agency") or (session.agency if session else "")
    officer_id = add_officer(
        tx, sealer, house, ids, now,
        phone=number, name=told["name"], post=told["post"], agency=agency, language=joining.language,
    )  # fmt: skip
    note(tx, ids, Act.OFFICER_ADDED, now, by="job:worker", about=officer_id, detail="training")
    officer = tx.get(Officer, officer_id)
    if session is not None and officer is not None:
        count_trained(tx, ids, session, officer, joining.at)
    tx.delete(joining)
    tx.flush()
