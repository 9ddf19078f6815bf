"""The queue that staff work off: by grade and waiting time."""
