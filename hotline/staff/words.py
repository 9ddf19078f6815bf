"""The words of the staff page in the language of who reads it: `_("key", "English")` in templates and here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from flask import Flask, g, request

from hotline.forms.languages import Languages
from hotline.staff.desk import StaffDesk, the_desk


class Translate(Protocol):
    """A sentence by key, in English where it has no translation; placeholders are filled."""

    def __call__(self, key: str, english: str, /, **params: object) -> str: ...


class Words:
    """One reader's language, and the country's clocks."""

    def __init__(self, desk: StaffDesk, locale: str) -> None:
        self._desk = desk
        self.locale = locale
        self.zone = desk.settings.deployment.zone

    @property
    def tag(self) -> str:
        """As `lang` wants it."""
        return self.languages.tag(self.locale)

    def __call__(self, key: str, english: str, /, **params: object) -> str:
        return self._desk.kit.book.catalogues.text(self.locale, key, english, **params)

    def say(self, key: str, english: str) -> str:
        """A wording of the forms."""
        return self._desk.kit.book.catalogues.text(self.locale, key, english)

    @property
    def languages(self) -> Languages:
        """How all languages word dates and countries."""
        return self._desk.kit.book.languages

    def language(self, code: str | None) -> str:
        """What a contact's language is called."""
        _: Translate = self
        known = self.languages.by_locale.get(code or "")
        if known is None:
            return code or _("staff_page.language.unknown", "Not known")
        return self.say(known.name.key, known.english)

    def clock(self, at: datetime) -> str:
        """ "12:04" today, "19 Nov 2026, 12:04" on other days, on the clocks of the country."""
        local = at.astimezone(self.zone)
        today = self._desk.clock.now().astimezone(self.zone).date()
        time = f"{local:%H:%M}"
        return (
            time
            if local.date() == today
            else f"{self.languages.dates.word(local.date(), self.locale)}, {time}"
        )

    def span(self, length: timedelta) -> str:
        """ "under 1 min", "12 min", "3 h 20 min", "2 d 4 h"."""
        _: Translate = self
        minutes = int(length.total_seconds() // 60)
        hours, days = minutes // 60, minutes // 1440
        if minutes < 1:
            return _("staff_page.span.moment", "under 1 min")
        if hours < 1:
            return _("staff_page.span.minutes", "{minutes} min", minutes=minutes)
        if days < 1:
            return _("staff_page.span.hours", "{hours} h {minutes} min", hours=hours, minutes=minutes % 60)
        return _("staff_page.span.days", "{days} d {hours} h", days=days, hours=hours % 24)

    def outcome(self, code: str) -> str:
        """How something ended, as the notices by text call it."""
        wording = self._desk.kit.book.wordings.get(f"staff.outcome_{code}")
        return self._desk.kit.book.text(wording, self.locale) if wording else code.replace("_", " ")

    def reveal(self, code: str) -> str:
        """Why something hidden was shown."""
        wording = self._desk.kit.book.wordings.get(f"staff.reveal_{code}")
        return self._desk.kit.book.text(wording, self.locale) if wording else code.replace("_", " ")

    def snooze(self, code: str) -> str:
        """Why an alert rests."""
        wording = self._desk.kit.book.wordings.get(f"staff.snooze_{code}")
        return self._desk.kit.book.text(wording, self.locale) if wording else code.replace("_", " ")


def words() -> Words:
    """Those of this request: the own language of who is logged in, else what the browser wishes."""
    if "words" not in g:
        desk = the_desk()
        known = g.get("visitor") or g.get("halfway")
        wished = request.accept_languages.best_match(desk.settings.deployment.languages)
        g.words = Words(desk, desk.locale(known.language if known else wished or ""))
    found: Words = g.words
    return found


def set_words(app: Flask, desk: StaffDesk) -> None:
    """Hand the templates their words, and who reads them."""

    @app.context_processor
    def hand_over() -> dict[str, object]:
        known = g.get("visitor")
        holder = known or g.get("halfway")
        return {
            "_": words(),
            "words": words(),
            "lang": words().tag,
            "test_data": desk.test_data,
            "visitor": known,
            "me": desk.house.open(known.staff_id, known.name_sealed) if known else "",
            "halfway": g.get("halfway"),
            "csrf": holder.csrf if holder else g.get("form_token", ""),
        }
