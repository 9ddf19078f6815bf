"""A tiny product of the tests' own: it answers each path with what the test has put there, and remembers the asking."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from twilio.request_validator import RequestValidator
from werkzeug.wrappers import Request, Response

ORIGIN = "http://product.test"
TOKEN = "a-fictional-token"

Answer = Callable[[dict[str, str]], Response | str]


@dataclass
class Product:
    """`answers`: path → TwiML text, a function of the form, or a ready response. `asked`: (path, form) in order."""

    answers: dict[str, Answer | Response | str] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    unsigned: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        form = request.form.to_dict() if request.method == "POST" else request.args.to_dict()
        signature = request.headers.get("X-Twilio-Signature", "")
        # As it came over the wire: the framework's own `url` is decoded for people to read.
        query = environ.get("QUERY_STRING", "")
        url = ORIGIN + request.path + (f"?{query}" if query else "")
        if not RequestValidator(TOKEN).validate(url, request.form, signature):
            self.unsigned.append(url)
        self.asked.append((request.path, form))
        answer = self.answers.get(request.path)
        if answer is None:
            return Response("nothing here", 404)(environ, start_response)
        if callable(answer) and not isinstance(answer, Response):
            answer = answer(form)
        if isinstance(answer, str):
            answer = Response(answer, content_type="text/xml")
        return answer(environ, start_response)

    def forms(self, path: str) -> list[dict[str, str]]:
        """The forms posted to a path, in order."""
        return [form for asked, form in self.asked if asked == path]


def twiml(inner: str) -> str:
    """A document around some verbs."""
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{inner}</Response>'


EMPTY = Response("", 204)
