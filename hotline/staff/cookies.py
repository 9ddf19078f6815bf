"""The two cookies: the session, and the token of the forms that are shown before there is one. No script reads either."""

from __future__ import annotations

from flask import Request
from werkzeug.wrappers import Response

from hotline.staff.desk import StaffDesk

SESSION = "session"
FORM = "form"


def name_of(desk: StaffDesk, cookie: str) -> str:
    """Over https a browser lets no other host or path set a cookie of this name."""
    return f"__Host-{cookie}" if desk.https else cookie


def get(desk: StaffDesk, request: Request, cookie: str) -> str:
    return request.cookies.get(name_of(desk, cookie), "")


def put(desk: StaffDesk, response: Response, cookie: str, value: str) -> None:
    """For this window of the browser only: it has no date of expiry."""
    response.set_cookie(
        name_of(desk, cookie), value, httponly=True, samesite="Strict", secure=desk.https, path="/"
    )


def drop(desk: StaffDesk, response: Response, cookie: str) -> None:
    response.delete_cookie(
        name_of(desk, cookie), httponly=True, samesite="Strict", secure=desk.https, path="/"
    )
