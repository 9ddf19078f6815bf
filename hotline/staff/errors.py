"""Pages for what went wrong: a plain sentence, the code, nothing of what was asked."""

from __future__ import annotations

import structlog
from flask import Flask, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from hotline.staff.words import words

_log = structlog.get_logger()


def set_errors(app: Flask) -> None:
    """Every refusal and failure of the app becomes such a page."""

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        code = error.code or 500
        if code < 400 and error.response is not None:  # a redirect of the router's own
            return error.response  # type: ignore[return-value]
        return _page(code)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        _log.error("staff_page_failed", endpoint=request.endpoint or "", exc_info=error)
        return _page(500)


def _page(code: int) -> Response:
    _ = words()
    told = {
        401: _("staff_page.error.session", "The log-in has ended. Log in again."),
        403: _(
            "staff_page.error.refused",
            "This is not open to you, or the form was too old. Load the page again.",
        ),
        404: _("staff_page.error.missing", "There is nothing here. It may have been removed."),
        405: _("staff_page.error.missing", "There is nothing here. It may have been removed."),
        423: _(
            "staff_page.error.locked", "The page is closed for now, but for the Leader. Phones work as ever."
        ),
        413: _("staff_page.error.too_large", "That was too much at once."),
    }.get(code, _("staff_page.error.ours", "Something went wrong on our side. Try again."))
    return make_response(render_template("error.html", told=told, code=code), code)
