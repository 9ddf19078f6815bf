"""The official client pointed at a network: over loopback, or straight into its WSGI application."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from werkzeug.test import Client as WsgiClient

from hotline.simulator.app import create_app
from hotline.simulator.network import Network


class Loopback(TwilioHttpClient):
    """Rewrites scheme and host to a network on this machine; always with a time-out."""

    def __init__(self, base_url: str, timeout: float = 5.0) -> None:
        super().__init__(timeout=timeout)
        self.base_url = base_url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        parts = urlsplit(url)
        target = self.base_url + parts.path + (f"?{parts.query}" if parts.query else "")
        return super().request(method, target, *args, **kwargs)


class InProcess(HttpClient):
    """Calls the network's application without a socket."""

    def __init__(self, network: Network) -> None:
        super().__init__(None, False, None)  # type: ignore[no-untyped-call]
        self.app = create_app(network)

    def request(
        self,
        method: str,
        url: str,
        params: Any = None,
        data: Any = None,
        headers: Any = None,
        auth: Any = None,
        timeout: Any = None,
        allow_redirects: bool = False,
    ) -> Response:
        parts = urlsplit(url)
        query = "&".join(filter(None, (parts.query, urlencode(params or {}, doseq=True))))
        with WsgiClient(self.app).open(
            path=parts.path,
            query_string=query,
            method=method,
            data=urlencode(data, doseq=True) if data else None,
            headers=dict(headers or {}),
            auth=auth,
        ) as answer:
            return Response(answer.status_code, answer.get_data(as_text=True), dict(answer.headers))


def client(network: Network) -> Client:
    """The official client on a network in this process."""
    config = network.config
    return Client(config.account_sid, config.auth_token, http_client=InProcess(network))
