"""The cards of one language as HTML: templates filled from the book, the settings and one run through the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import phonenumbers
from jinja2 import Environment, PackageLoader, StrictUndefined

from hotline.commands.costs.runs import Player, Run
from hotline.config import SIMULATED_NUMBER
from hotline.forms.definition import Item, Kind

# Name to the number of pages it is designed for.
CARDS: Final = {"officer-card": 2, "screening-form": 2, "signs-card": 1, "channels": 1, "on-call-card": 1}
_TAGS = {"zh": "zh-Hans"}
_CHOSEN = (Kind.CHOICE, Kind.MULTI, Kind.YES_NO)


@dataclass(frozen=True, slots=True)
class Line:
    """One item on a card: `choices` are pairs of what to write and what it means; a `named` one is written only
    where it applies, by its code."""

    number: str
    code: str
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    several: bool
    named: bool


class Cards:
    """Renders the cards of one language."""

    def __init__(self, player: Player, locale: str) -> None:
        self._player, self._book, self._locale = player, player.book, locale
        self._form = next(form for form in self._book.forms.values() if form.code)
        self._templates = Environment(
            loader=PackageLoader("hotline.commands.kit", "templates/kit"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def html(self, name: str) -> str:
        """One card as a whole page."""
        example = self.example()
        deployment = self._player.deployment
        return self._templates.get_template(f"{name}.html").render(
            _=self._say,
            say=lambda key: self._book.say(key, self._locale),
            lang=_TAGS.get(self._locale, self._locale),
            number=self._number(),
            country=deployment.country_name,
            form=self._form,
            title=self._book.text(self._form.title, self._locale),
            codes=[self._line(item) for item in self._form.asked("sms", registered=True)],
            items=[self._line(item, full=True) for item in self._form.items],
            example=example,
            signs=[self._book.text(w, self._locale) for key, w in self._book.wordings.items() if key[:6] == "signs."],
            outcomes=[
                (f"9{digit}", self._book.say(f"staff.outcome_{code}", self._locale))
                for digit, code in enumerate(deployment.alerts.outcomes, start=1)
            ],
            timings=deployment.timings,
        ) + "\n"  # fmt: skip

    def example(self) -> Run:
        """A compact report and the answer that the engine gives to it."""
        run = self._player.compact(self._form, self._locale)
        assert run is not None  # noqa: S101  # the form was chosen for its code
        return run

    def _say(self, key: str, english: str, /, **params: object) -> str:
        return self._book.catalogues.text(self._locale, key, english, **params)

    def _number(self) -> str:
        """Our number as people write it; "" where there is none yet: then a line is left to fill in."""
        lines = self._player.deployment.lines
        number = next((line.number for line in lines if line.number and line.sms_in), None)
        if number is None or number == SIMULATED_NUMBER:
            return ""
        parsed = phonenumbers.parse(number)
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    def _line(self, item: Item, *, full: bool = False) -> Line:
        text, locale = self._book.text, self._locale
        return Line(
            item.number,
            item.code,
            text(item.web or item.label, locale) if full else text(item.short, locale),
            text(item.hint, locale) if item.hint else "",
            tuple(
                (choice.compact[0] if choice.compact else choice.digit, text(choice.label if full else choice.short, locale))
                for choice in item.choices
                if item.kind in _CHOSEN
            ),
            item.kind is Kind.MULTI,
            item.relevant is not None or not item.positional,
        )  # fmt: skip
