"""Pure: who is on call at an instant. One answer pages, shows and forecasts."""

from hotline.oncall.rota import Override, Rota, Shift, shifts, who_is_on_call
from hotline.oncall.rotation import Kind, Rotation
from hotline.oncall.walltime import instant

__all__ = ["Kind", "Override", "Rota", "Rotation", "Shift", "instant", "shifts", "who_is_on_call"]
