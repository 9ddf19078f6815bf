"""Which role's key opens which class: the roles that have key pairs, and the readers of a compartment.

What the matrix says (`hotline.access.key_readers`) is handed in; the table here is for where none is.
"""

from __future__ import annotations

from collections.abc import Mapping

from hotline.standards.crosswalk import Sensitivity

ROLES = ("data_manager", "leader", "responder")
"""Those that have a key pair from the first start; further ones get theirs by `hotline keys rewrap`."""
EXPORT = "export"
"""Reads what may be exported, by the key file in HOTLINE_EXPORT_KEY alone."""
WORKER = "worker"
"""Reads no class: only what was made for it (numbers to write to, what is read out by phone)."""

_ALL = ("data_manager", "leader", "responder", EXPORT)
_FEW = ("data_manager", "leader", EXPORT)

READERS: Mapping[Sensitivity, tuple[str, ...]] = {
    Sensitivity.AGGREGATE: _ALL,
    Sensitivity.RESTRICTED: _ALL,
    Sensitivity.REPORTER_IDENTITY: _ALL,
    Sensitivity.VICTIM_IDENTITY: _ALL,
    Sensitivity.SUSPECT_IDENTITY: _ALL,  # a responder who has taken an emergency
    Sensitivity.IMMIGRATION: _ALL,  # and on a second yes: hotline.access.data.matrix
}

FOR_WORKER = "w"
# What a compartment's kind is called in the databases and in blobs: its class, or the worker's own.
KINDS: Mapping[Sensitivity, str] = {
    Sensitivity.AGGREGATE: "a",
    Sensitivity.RESTRICTED: "r",
    Sensitivity.REPORTER_IDENTITY: "p",
    Sensitivity.VICTIM_IDENTITY: "v",
    Sensitivity.SUSPECT_IDENTITY: "s",
    Sensitivity.IMMIGRATION: "i",
}


def readers_of(kind: str, readers: Mapping[Sensitivity, tuple[str, ...]] = READERS) -> tuple[str, ...]:
    """For whom the private half of a compartment of this kind is wrapped; nobody for a kind that is not known."""
    if kind == FOR_WORKER:
        return (WORKER,)
    found = next((sensitivity for sensitivity, mark in KINDS.items() if mark == kind), None)
    return readers.get(found, ()) if found is not None else ()
