"""The keys of what is purged: gone for good, so that no backup and no page of the disk reads it."""

from __future__ import annotations

from typing import Protocol


class Shredder(Protocol):
    """Destroys the keys of a thread, record, contact or alert by its id; a second time changes nothing."""

    def destroy(self, compartment: str) -> None: ...


class RowsOnly:
    """Where no keys are kept by compartment: the deleted rows were all there was."""

    def destroy(self, compartment: str) -> None:
        """Nothing more to do."""
