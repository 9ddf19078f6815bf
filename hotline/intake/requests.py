"""From Flask's request to the carriers' own, and back."""

from __future__ import annotations

from flask import Request as FlaskRequest
from flask import Response as FlaskResponse

from hotline.carriers.carrier import Request, Response

MAX_BODY = 64 * 1024  # a webhook is a few kB; more is refused before it is read


def carrier_request(request: FlaskRequest, public_url: str) -> Request:
    """The request as the carrier sent it: the URL is rebuilt from PUBLIC_URL, never from the Host header."""
    query = request.query_string.decode("latin-1")
    url = f"{public_url}{request.path}" + (f"?{query}" if query else "")
    body = request.get_data(cache=True)
    form = [(name, value) for name, values in request.form.lists() for value in values]
    if not form and request.method == "GET":
        form = [(name, value) for name, values in request.args.lists() for value in values]
    return Request(request.method, url, dict(request.headers), form, body)


def flask_response(response: Response) -> FlaskResponse:
    """What the carrier gets."""
    answer = FlaskResponse(response.body, status=response.status)
    if response.content_type is None:
        answer.headers.pop("Content-Type", None)
    else:
        answer.content_type = response.content_type
    return answer
