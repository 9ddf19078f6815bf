"""`/report`: the online report and the screening form as plain web pages."""

from __future__ import annotations

from flask import Blueprint

web_report = Blueprint("web_report", __name__)
