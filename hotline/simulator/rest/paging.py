"""Lists in pages, newest first, as the carrier gives them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import request

from hotline.simulator.rest.parameters import Parameters

T = TypeVar("T")
MAX_PAGE = 1000


def page(
    parameters: Parameters, name: str, items: Sequence[T], shape: Callable[[T], dict[str, Any]]
) -> dict[str, Any]:
    """One page of `items` under `name`, with the addresses of its neighbours."""
    size = parameters.number("PageSize", 50, 1, MAX_PAGE)
    number = parameters.number("Page", 0, 0, 1_000_000)
    chosen = items[number * size : (number + 1) * size]
    more = len(items) > (number + 1) * size

    def address(n: int) -> str:
        filters = [(k, v) for k, v in request.args.items(multi=True) if k not in ("Page", "PageToken")]
        query = urlencode(
            [*filters, ("Page", str(n))]
            if "PageSize" in request.args
            else [*filters, ("PageSize", str(size)), ("Page", str(n))]
        )
        return f"{request.path}?{query}"

    return {
        "page": number,
        "page_size": size,
        "start": number * size,
        "end": number * size + len(chosen) - 1 if chosen else 0,
        "uri": address(number),
        "first_page_uri": address(0),
        "next_page_uri": address(number + 1) if more else None,
        "previous_page_uri": address(number - 1) if number else None,
        name: [shape(item) for item in chosen],
    }
