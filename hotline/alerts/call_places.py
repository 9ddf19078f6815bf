"""Where the calls about a page stand in the tree `page`: one place for each call, since who took an alert may call from
another phone while somebody else calls with their number."""

from __future__ import annotations

import json

from hotline.alerts.tables import Page
from hotline.calltree.state import CallState
from hotline.threads.kit import Kit

MOST = 4  # calls at a time; the one that moved longest ago is forgotten


def place_of(kit: Kit, page: Page, call_sid: str) -> CallState | None:
    """Where this call stands; None for a new one."""
    state = _places(kit, page).get(call_sid)
    return CallState.decode(state.encode()) if state is not None else None


def keep_place(kit: Kit, page: Page, call_sid: str, state: CallState) -> None:
    """This call stands there now."""
    places = _places(kit, page)
    places.pop(call_sid, None)
    places[call_sid] = state.encode().decode()
    newest = dict(list(places.items())[-MOST:])
    page.tree_sealed = kit.sealer.seal_flight(page.id, json.dumps(newest, ensure_ascii=False).encode())


def _places(kit: Kit, page: Page) -> dict[str, str]:
    """By call, the one that moved last at the end. What was kept in another shape is no place."""
    if page.tree_sealed is None:
        return {}
    opened = kit.sealer.flying(page.id, page.tree_sealed)
    kept = json.loads(opened) if opened is not None else {}
    return {sid: state for sid, state in kept.items() if isinstance(state, str)}
