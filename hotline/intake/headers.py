"""The headers of every answer of the public face, errors included: nothing is loaded from elsewhere, framed, kept, indexed or
told to other sites. A door that says more of itself (the web report, the clips) keeps what it says."""

from __future__ import annotations

from flask import Flask, Response, abort, request
from werkzeug.routing import RequestRedirect

STRICT = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
HSTS = "max-age=31536000"


def set_headers(app: Flask, https: bool) -> None:
    """For the whole app; `https`: whether it is reached by it."""

    @app.before_request
    def no_way_by_the_router() -> None:
        """The router tidies an address by sending elsewhere, to whatever host the asker named: no door of ours needs it."""
        if isinstance(request.routing_exception, RequestRedirect):
            abort(404)

    @app.after_request
    def strict(response: Response) -> Response:
        if request.endpoint == "static":
            del response.headers[
                "Cache-Control"
            ]  # kept by a browser, it would tell that the page was looked at
        for name, value in STRICT.items():
            response.headers.setdefault(name, value)
        if https:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response
