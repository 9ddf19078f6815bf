"""The call that says the code of a phone: the tree `phone_check`, in the language of who owns the phone. It proves nothing by
itself: a voicemail may be listening."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from hotline.access.directory_tables import PhoneCheck
from hotline.alerts.page_setting import setting_for
from hotline.alerts.phone_checks import code_of
from hotline.calltree import player
from hotline.calltree.actions import Document, Gather, Hangup
from hotline.calltree.echo import digit_by_digit
from hotline.calltree.state import CallState
from hotline.calltree.turn import CallTurn
from hotline.threads.kit import Kit

TREE = "phone_check"


def phone_check_call(tx: Session, kit: Kit, check_id: str, turn: CallTurn, now: datetime) -> Document:
    """One turn; the step number tells how often it was said."""
    check = tx.get(PhoneCheck, check_id)
    digits = code_of(kit, check) if check is not None else None
    if check is None or digits is None or turn.ended or check.expires_at <= now:
        return Document((Hangup(),), turn.step + 1)
    tree = kit.book.trees[TREE]
    setting = setting_for(kit, check.language, now)
    if turn.step == 0:
        heard = player.begin(kit.book, TREE, setting, locale=check.language)
    else:
        state = CallState(TREE, tree.start, check.language, tries=turn.step - 1)
        heard = player.hear(kit.book, state, setting, replace(turn, digits=""))
    code = digit_by_digit(digits, check.language)
    actions = tuple(
        replace(action, prompts=(*action.prompts, code)) if isinstance(action, Gather) else action
        for action in heard.document.actions
    )
    return Document(actions, turn.step + 1)
