"""Which role's key opens which class: the roles that have key pairs, and the readers of a compartment.

The table is what the matrix of the house gives as its `readers` (`hotline.access.matrix`, which stands above this room): a
test holds the two together. Who of them is shown what, and after which question, the matrix alone decides.
"""

from __future__ import annotations

from collections.abc import Mapping

from hotline.standards.crosswalk import Sensitivity

ROLES = ("data_manager", "leader", "responder")
EXPORT = "export"
"""Reads every class, by the key file in HOTLINE_EXPORT_KEY alone."""
WORKER = "worker"
"""Reads no class: only what was made for it (numbers to write to, what is read out by phone)."""

READERS: Mapping[Sensitivity, tuple[str, ...]] = {
    Sensitivity.AGGREGATE: ROLES,
    Sensitivity.RESTRICTED: ROLES,
    Sensitivity.REPORTER_IDENTITY: ROLES,
    Sensitivity.VICTIM_IDENTITY: ROLES,
    Sensitivity.SUSPECT_IDENTITY: ROLES,
    Sensitivity.IMMIGRATION: ROLES,
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
    return (*readers.get(found, ()), EXPORT) if found is not None else ()
