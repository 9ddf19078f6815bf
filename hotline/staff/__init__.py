"""The face for staff: log-in, queue, threads."""

from __future__ import annotations

import os

from flask import Flask

from hotline import log
from hotline.config import load
from hotline.now import RandomIds, SystemClock
from hotline.staff.account_page import account
from hotline.staff.allowed import set_allowed
from hotline.staff.audit_page import audit_pages
from hotline.staff.closed import set_closed
from hotline.staff.confidentiality import confidentiality
from hotline.staff.desk import StaffDesk, open_desk
from hotline.staff.enrol import enrol
from hotline.staff.errors import set_errors
from hotline.staff.figures_page import figures
from hotline.staff.first import first
from hotline.staff.guard import set_guard
from hotline.staff.headers import set_headers
from hotline.staff.keeping_page import keeping
from hotline.staff.login import login
from hotline.staff.manual_page import manual
from hotline.staff.passkey_page import passkey
from hotline.staff.queue_page import queue
from hotline.staff.reports_page import report_pages
from hotline.staff.reveal_page import reveals
from hotline.staff.review_page import review
from hotline.staff.rota_page import rota_pages
from hotline.staff.second import second
from hotline.staff.thread_page import threads
from hotline.staff.words import set_words
from hotline.threads.health import health_doors

MAX_FORM = 256 * 1024  # bytes


def create_app(desk: StaffDesk | None = None) -> Flask:
    """The staff app; without a desk, one is opened from the environment (as gunicorn does)."""
    app = Flask(__name__)
    if desk is None:
        log.set_up("staff")  # first of all: what fails from here on is told with ids only
        desk = open_desk(load(os.environ), SystemClock(), RandomIds())
    app.extensions["desk"] = desk
    app.config["MAX_CONTENT_LENGTH"] = MAX_FORM
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FORM
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    set_headers(app, desk)
    set_guard(app, desk)
    set_closed(app, desk)
    set_words(app, desk)
    set_allowed(app)
    set_errors(app)
    for rooms in (login, first, second, enrol, passkey, confidentiality, account, review):
        app.register_blueprint(rooms)
    rooms_of_staff = (
        queue,
        threads,
        manual,
        keeping,
        rota_pages,
        figures,
        audit_pages,
        reveals,
        report_pages,
    )
    for rooms in (health_doors(desk.engine, desk.clock), *rooms_of_staff):
        app.register_blueprint(rooms)
    return app
