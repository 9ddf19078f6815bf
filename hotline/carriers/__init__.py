"""Lines: one interface to every carrier."""
