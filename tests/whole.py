"""The whole export, as the house's own matrix lets it leave."""

from functools import cache

from hotline.access.matrix_file import OWN, read_matrix
from hotline.records.export import Leave
from hotline.standards.crosswalk import Crosswalk


@cache
def whole(crosswalk: Crosswalk | None = None) -> Leave:
    """What `hotline export` without a purpose gives; `crosswalk` where it is not the project's own."""
    return Leave(read_matrix(OWN, crosswalk or Crosswalk.load())[0])
