"""The face for staff: log-in, queue, threads."""
