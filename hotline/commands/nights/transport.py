"""Carries the house's requests to the carrier's API into the simulated carrier of the same process: no socket, no thread,
so that a night is the same in every run."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from werkzeug.test import Client

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class IntoApp(BaseAdapter):
    """Hands each request to a WSGI application. A TimeoutError out of it is an answer that never came."""

    def __init__(self, app: WSGIApplication) -> None:
        super().__init__()
        self._client = Client(app, use_cookies=False)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float | None, float | None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """The application's answer. Raises ReadTimeout."""
        parts = urlsplit(str(request.url))
        body = request.body.encode() if isinstance(request.body, str) else request.body
        try:
            answer = self._client.open(
                path=parts.path,
                base_url=f"{parts.scheme}://{parts.netloc}",
                query_string=parts.query,
                method=request.method or "GET",
                data=body if isinstance(body, bytes) else None,
                headers=list(request.headers.items()),
            )
        except TimeoutError as silence:
            raise requests.exceptions.ReadTimeout(str(silence), request=request) from None
        response = requests.Response()
        response.status_code, response.reason = answer.status_code, answer.status.partition(" ")[2]
        response.headers = CaseInsensitiveDict(answer.headers)
        response.url, response.request = str(request.url), request
        response.raw = io.BytesIO(answer.get_data())
        answer.close()
        return response

    def close(self) -> None:
        """Nothing is open."""
