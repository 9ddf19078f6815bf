"""Where people stop: the drop-off by question, and how conversations ended. Counts only; no record is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, render_template, request

from hotline.conversation.effects import Disposition
from hotline.db import read
from hotline.staff import labels
from hotline.staff.allowed import need
from hotline.staff.desk import the_desk
from hotline.staff.words import words
from hotline.statistics.drop_off import Stop, drop_off, endings, together

figures = Blueprint("figures", __name__)
DAYS = (7, 30, 90, 365)
CHANNELS = ("sms", "voice", "web")


@dataclass(frozen=True, slots=True)
class Line:
    """One question in the reader's words; `share` in whole per cent of those asked."""

    name: str
    asked: int
    left: int
    share: int
    to_person: int


@dataclass(frozen=True, slots=True)
class Block:
    """The questions of one form in their order."""

    title: str
    lines: tuple[Line, ...]


@figures.get("/figures")
def page() -> str:
    """The whole page; days, language and channel are chosen by the address."""
    need("figures")
    desk = the_desk()
    days = request.args.get("days", 30, type=int)
    days = days if days in DAYS else 30
    languages = desk.settings.deployment.languages
    language = request.args.get("language", "")
    language = language if language in languages else ""
    channel = request.args.get("channel", "")
    channel = channel if channel in CHANNELS else ""
    since = desk.clock.now() - timedelta(days=days)
    with read(desk.engine) as tx:
        stops = together(drop_off(tx, since), language, channel)
        ended = endings(tx, since)
    _ = words()
    return render_template(
        "figures.html",
        blocks=_blocks(stops),
        endings=_endings(ended),
        days=days,
        all_days=DAYS,
        language=language,
        languages=[(code, _.language(code)) for code in languages],
        channel=channel,
        channels=[(code, labels.channel(_, code)) for code in CHANNELS],
    )


def _blocks(stops: dict[tuple[str, str], Stop]) -> list[Block]:
    book, locale = the_desk().kit.book, words().locale
    blocks = []
    for form in sorted(book.forms.values(), key=lambda form: form.name != "opening"):
        lines = tuple(
            Line(
                book.text(item.short, locale),
                stop.asked,
                stop.left,
                round(100 * stop.left / stop.asked),
                stop.to_person,
            )
            for item in dict.fromkeys((*form.items, *book.forms["opening"].items))
            if (stop := stops.get((form.name, item.name))) is not None
        )
        if lines:
            blocks.append(Block(book.text(form.title, locale), lines))
    return blocks


def _endings(ended: list[tuple[str, str, int]]) -> list[tuple[str, list[int], int]]:
    """For each disposition that was met: its name, the numbers by channel, and all together."""
    _ = words()
    counts = {(channel, disposition): number for channel, disposition, number in ended}
    rows = []
    for disposition in (*Disposition, ""):
        by_channel = [counts.get((channel, disposition), 0) for channel in CHANNELS]
        if any(by_channel):
            name = labels.disposition(_, disposition) or _("staff_page.figures.running", "still running")
            rows.append((name, by_channel, sum(by_channel)))
    return rows
