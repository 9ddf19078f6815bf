"""Pure: who is on call at an instant. One answer pages, shows and forecasts."""

from hotline.oncall.calendar_shifts import CalendarShift
from hotline.oncall.gaps import Gap, Why, gaps, loses_cover
from hotline.oncall.rota import Override, Rota, Shift, shifts, who_is_on_call
from hotline.oncall.rotation import Kind, Rotation
from hotline.oncall.turns import Turn, coming_turn, turns
from hotline.oncall.walltime import instant

__all__ = [
    "CalendarShift", "Gap", "Kind", "Override", "Rota", "Rotation", "Shift", "Turn", "Why", "coming_turn", "gaps", "instant",
    "loses_cover", "shifts", "turns", "who_is_on_call",
]  # fmt: skip
