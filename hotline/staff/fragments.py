"""The living part of a page: asked for every few seconds, sent only when it changed."""

from __future__ import annotations

from hashlib import blake2b

from flask import Request
from werkzeug.wrappers import Response


def fragment(request: Request, answer: Response) -> Response:
    """The answer with its ETag, or 304 without a body when the asker has it already."""
    answer.set_etag(blake2b(answer.get_data(), digest_size=12).hexdigest())
    return answer.make_conditional(request)
