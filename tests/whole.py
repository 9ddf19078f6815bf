"""The whole export, as the house's own matrix lets it leave."""

from functools import cache

from hotline.access.matrix_file import OWN, read_matrix
from hotline.records.export import Leave
from hotline.standards.crosswalk import Crosswalk


@cache
def whole() -> Leave:
    """What `hotline export` without a purpose gives."""
    return Leave(read_matrix(OWN, Crosswalk.load())[0])
