"""What the carrier tells of texts and calls of ours."""

from __future__ import annotations

from hotline.alerts.helpers import call_ended as call_ended_of_helper
from hotline.alerts.helpers import rings
from hotline.alerts.page_calls import call_is_over
from hotline.alerts.ring_backs import ring_back_ended
from hotline.alerts.rings import call_ended, on_its_way, ring_ended, text_receipt
from hotline.alerts.unheard import text_failed as page_text_failed
from hotline.carriers.receipts import CallReceipt, Receipt
from hotline.db import write
from hotline.intake.calls import caller_hung_up
from hotline.intake.desk import Desk
from hotline.threads.receipts import FAILED, take_receipt
from hotline.threads.tables import Call
from hotline.watch import probes
from hotline.watch.drill_calls import drill_call_ended


def message_receipt(desk: Desk, receipt: Receipt, message_id: str) -> None:
    """A text moved forward; a page's text that failed leads to a call."""
    with write(desk.engine) as tx:
        message = take_receipt(tx, receipt, message_id)
        failed = message is not None and message.status in FAILED and message.page_id is not None
        if message is not None and message.page_id is not None:
            text_receipt(tx, message.page_id, message.status, receipt.at)
            if failed:
                page_text_failed(
                    tx, desk.kit, message.page_id, receipt.at,
                    error=receipt.error_code, message_id=message.id,
                )  # fmt: skip
    if failed:
        desk.bell.ring()


def helper_receipt(desk: Desk, receipt: CallReceipt, helper_id: str) -> None:
    """A call to somebody of the directory moved forward. Where the answer to our order was lost, this is how we learn that
    it was accepted; at its end, without a yes, the next one is rung."""
    with write(desk.engine) as tx:
        if receipt.status.ended:
            call_ended_of_helper(tx, desk.kit, helper_id, receipt.status.value, receipt.at)
        else:
            rings(tx, desk.kit, helper_id, receipt.sid, receipt.at)
    if receipt.status.ended:
        desk.bell.ring()


def call_receipt(desk: Desk, receipt: CallReceipt, page_id: str, ring: int, back_id: str = "") -> None:
    """A call moved forward: a page call that ended leads to the next person, a caller's call is closed. `ring` is the
    number of the page's call, 0 for none; `back_id` that of a call back to a contact."""
    if not receipt.status.ended:
        if page_id and ring:
            with write(desk.engine) as tx:
                on_its_way(tx, desk.kit, page_id, ring, receipt.sid, receipt.at)
        return
    with write(desk.engine) as tx:
        call_is_over(tx, desk.kit, receipt.sid, receipt.at)
        if back_id:
            ring_back_ended(tx, back_id)
        elif page_id:
            ring_ended(tx, desk.kit, page_id, receipt.status.value, receipt.at, call_sid=receipt.sid)
        else:
            call_ended(tx, desk.kit, receipt.sid, receipt.status.value, receipt.at)
        call = tx.get(Call, receipt.sid)
        if call is not None and call.inbound and call.staff_id is None:
            caller_hung_up(tx, desk, call, receipt.at)
    desk.bell.ring()


def practice_receipt(desk: Desk, receipt: CallReceipt, person_id: str) -> None:
    """The call of a drill moved forward: only its end is noted."""
    if receipt.status.ended:
        with write(desk.engine) as tx:
            drill_call_ended(tx, person_id, receipt.status.value)


def probe_receipt(desk: Desk, receipt: Receipt, probe_id: str) -> None:
    """The text to the test number moved forward."""
    with write(desk.engine) as tx:
        probes.receipt(tx, probe_id, receipt.status, receipt.at)
