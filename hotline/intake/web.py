"""`/report`: the online report and the screening form as plain web pages: no script, no cookie, nothing repeated.

The page's address and title are neutral. What is typed is neither in an address nor in a log.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from http import HTTPStatus

import structlog
from flask import Blueprint, Response, current_app, make_response, render_template, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import RequestEntityTooLarge

from hotline.intake.desk import Desk
from hotline.intake.web_keeping import Kept, Report, keep_report
from hotline.intake.web_page import page_fields
from hotline.intake.web_reading import DANGER, Fields, Unclear, ask_where, read_report
from hotline.intake.web_words import PageWords, language_names, reader_language
from hotline.triage.grade import Grade

web_report = Blueprint("web_report", __name__)
log = structlog.get_logger("intake")
ONLINE, SCREENING = "online", "screening"
MOST_BYTES = 256 * 1024
_KEY = re.compile(r"[a-z2-7]{16,64}")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Vary": "Accept-Language",
}


@web_report.before_request
def widen() -> None:
    """A story of 5,000 Chinese characters takes 45 kB on the way: a webhook's limit would be too narrow."""
    request.max_content_length = request.max_form_memory_size = MOST_BYTES


@web_report.after_request
def strict(response: Response) -> Response:
    """Nothing is loaded from elsewhere, framed, kept, indexed or told to other sites."""
    response.headers.update(HEADERS)
    return response


@web_report.get("/report")
def show() -> Response:
    """The empty form: the online report, or with `?for=work` the screening form."""
    return _form_page(_form(), {}, key="")


@web_report.post("/report")
def take() -> Response:
    """A filled form. The answer says thanks, or once more asks what was not clear; kept it is in both cases."""
    desk = _desk()
    fields = _fields()
    form, words = _form(), _words()
    at = desk.clock.now()
    book = desk.shelf.newest
    reading = read_report(book.forms[form], fields, desk.words, desk.here(at, words.locale), words.say)
    key = _own_key(fields)
    if reading.empty or (not key and not _knows(fields, form)):
        return _form_page(form, fields, key=key, notice="empty", status=HTTPStatus.UNPROCESSABLE_ENTITY)
    digest = _fingerprint([form, sorted((name, values) for name, values in fields.items() if name != "key")])
    # A page that is not ours has no key: the same content within the hour is the same report.
    key = key or _fingerprint([digest, f"{at:%Y%m%d%H}"])
    report = Report(form, words.locale, key, digest, reading, at)
    try:
        kept = keep_report(desk, report)
    except SQLAlchemyError as error:
        log.error("report_not_kept", error=type(error).__name__)
        return _form_page(form, fields, key=key, notice="again", status=HTTPStatus.SERVICE_UNAVAILABLE)
    if kept.asked:
        if kept.grade is Grade.EMERGENCY:
            ask_where(reading)
        return _form_page(form, fields, key=key, notice="asked", unclear=reading.unclear, kept=kept)
    return _page("thanks.html", form, kept=kept, emergency=kept.grade is Grade.EMERGENCY)


@web_report.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """More than a person types."""
    return _page("too_large.html", ONLINE, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _form_page(
    form: str,
    typed: Fields,
    *,
    key: str,
    notice: str = "",
    unclear: list[Unclear] | None = None,
    kept: Kept | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    desk = _desk()
    groups = page_fields(desk.shelf.newest.forms[form], _words(), typed, unclear or ())
    return _page(
        "form.html",
        form,
        status,
        groups=groups,
        problems=[field for fields in groups for field in fields if field.problem],
        notice=notice,
        key=key or desk.kit.ids.token(),
        danger=any(typed.get(DANGER, ())),
        emergency=kept is not None and kept.grade is Grade.EMERGENCY,
    )


def _page(template: str, form: str, status: HTTPStatus = HTTPStatus.OK, **context: object) -> Response:
    desk, words = _desk(), _words()
    deployment = desk.settings.deployment
    body = render_template(
        f"report/{template}",
        _=words,
        lang=words.tag,
        locale=words.locale,
        languages=language_names(desk.shelf.newest, deployment.languages),
        form=form,
        work=form == SCREENING,
        numbers=deployment.emergency_numbers,
        leave_to=deployment.leave_to,
        duty=words.say(desk.shelf.newest.wordings["public.duty"]),
        **context,
    )
    return make_response(re.sub(r"\n\s*", "\n", body), status)


def _desk() -> Desk:
    desk: Desk = current_app.extensions["desk"]
    return desk


def _words() -> PageWords:
    desk = _desk()
    chosen = request.args.get("lang", "")
    languages = desk.settings.deployment.languages
    return PageWords(desk.shelf.newest, reader_language(chosen, request.accept_languages, languages))


def _form() -> str:
    """Which form: as the posted page says, else as the address does."""
    posted = request.form.get("form", "") if request.method == "POST" else ""
    if posted in (ONLINE, SCREENING):
        return posted
    return SCREENING if request.args.get("for") == "work" else ONLINE


def _fields() -> dict[str, list[str]]:
    """The posted fields, names to values; files are not taken."""
    return dict(request.form.lists())


def _own_key(fields: Fields) -> str:
    """The page's key; "" when the form is not one of ours."""
    key = next(iter(fields.get("key", ())), "")
    return key if _KEY.fullmatch(key) else ""


def _knows(fields: Fields, form: str) -> bool:
    """Whether at least one field is of this form: else somebody posts something else to this door."""
    names = {item.name for item in _desk().shelf.newest.forms[form].items} | {DANGER}
    return any(name in names and any(map(str.strip, values)) for name, values in fields.items())


def _fingerprint(content: object) -> str:
    """What tells the same content sent twice, in the letters of a page's key."""
    digest = hashlib.blake2b(json.dumps(content).encode(), digest_size=20).digest()
    return base64.b32encode(digest).decode().lower()
