"""What somebody should know of a thread before they act."""

from __future__ import annotations

from hotline.queue.order import Waiting
from hotline.staff.words import words


def marks_of(thread: Waiting) -> tuple[str, ...]:
    """In the reader's language, the most pressing first."""
    _ = words()
    marks = []
    if thread.alert is not None and thread.alert.live:
        marks.append(_("staff_page.mark.live", "On the line now"))
    if thread.no_safety_answer:
        marks.append(_("staff_page.mark.no_safety_answer", "No answer to the safety question"))
    if thread.unsafe:
        marks.append(_("staff_page.mark.unsafe", "Not safe to write"))
    if thread.stopped:
        marks.append(_("staff_page.mark.stopped", "STOP: cannot be answered by text"))
    if thread.asked_to_forget:
        marks.append(_("staff_page.mark.asked_to_forget", "Asked to forget"))
    if thread.fell_silent:
        marks.append(
            _("staff_page.mark.fell_silent", "The same text went too often: the machine fell silent")
        )
    if thread.wants_person:
        marks.append(_("staff_page.mark.wants_person", "Wants a person"))
    if thread.officer:
        marks.append(_("staff_page.mark.officer", "Field officer"))
    if thread.settled:
        marks.append(_("staff_page.mark.settled", "Settled, to be closed"))
    return tuple(marks)
