"""One module for each family of verbs; importing the package makes them all known."""

from hotline.simulator.verbs import conference, dial, flow, gather, queue, record, speak

__all__ = ["conference", "dial", "flow", "gather", "queue", "record", "speak"]
