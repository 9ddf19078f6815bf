"""That reports were made: date and reference, nothing else. For an agency's supervisor, of the own agency alone."""

from __future__ import annotations

from flask import Blueprint, render_template

from hotline.db import read
from hotline.records.of_agency import reports
from hotline.staff.allowed import need
from hotline.staff.desk import the_desk
from hotline.staff.guard import visitor
from hotline.staff.sights import near_threads
from hotline.staff.words import words

report_pages = Blueprint("reports", __name__)
MOST = 200


@report_pages.get("/reports")
def page() -> str:
    """The newest first."""
    need("report")
    desk, zone = the_desk(), words().zone
    with read(desk.engine) as tx:
        found = reports(tx, near_threads(tx, desk, visitor()), MOST)
        lines = [(one.created_at.astimezone(zone).date(), one.reference) for one in found]
    dates, locale = words().languages.dates, words().locale
    return render_template("reports.html", lines=[(dates.word(day, locale), name) for day, name in lines])
