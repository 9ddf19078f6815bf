"""Counting what happened, without opening a record."""
