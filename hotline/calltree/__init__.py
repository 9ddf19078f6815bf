"""Pure: how a caller is stepped through a call tree by keys."""
