"""The call that tells the coordinator of a probe that did not come back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from hotline.alerts.phones import language_of
from hotline.alerts.pin_locked import coordinator
from hotline.calltree.actions import Document, Hangup, Prompt, Speak
from hotline.calltree.turn import CallTurn
from hotline.threads.kit import Kit

TREE, ALARM = "watch", "alarm"
SAID = 3  # times


def alarm_call(tx: Session, kit: Kit, turn: CallTurn) -> Document:
    """Said three times in the coordinator's language, then the call ends."""
    wording = kit.book.trees[TREE].nodes[ALARM].say
    person = coordinator(tx, kit)
    if turn.ended or wording is None or person is None:
        return Document((Hangup(),), turn.step + 1)
    locale = language_of(tx, kit, person)
    said = Prompt(wording.key, locale, kit.book.text(wording, locale))
    return Document((Speak((said,) * SAID), Hangup()), turn.step + 1)
