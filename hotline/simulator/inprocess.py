"""Carries webhooks into WSGI applications of this same process: for tests, where a night takes a second."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from werkzeug.test import Client

from hotline.simulator.core import Post

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def wsgi_post(apps: Mapping[str, WSGIApplication]) -> Post:
    """A `post` that finds the application by the URL's origin, e.g. `{"http://intake.test": app}`.

    An origin nobody serves is a refused connection.
    """

    def post(
        url: str, form: tuple[tuple[str, str], ...] | bytes | None, headers: Mapping[str, str], timeout: float
    ) -> tuple[int, Mapping[str, str], bytes]:
        parts = urlsplit(url)
        app = apps.get(f"{parts.scheme}://{parts.netloc}")
        if app is None:
            raise ConnectionRefusedError(f"nobody serves {parts.netloc}")
        sent = dict(headers)
        data: bytes | None = None
        if isinstance(form, bytes):
            data = form
        elif form is not None:
            data = urlencode(form).encode()
            sent["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        with Client(app).open(
            path=parts.path or "/",
            base_url=f"{parts.scheme}://{parts.netloc}",
            query_string=parts.query,
            method="GET" if data is None else "POST",
            data=data,
            headers=sent,
        ) as answer:
            return answer.status_code, dict(answer.headers), answer.get_data()

    return post
