"""What a report page shows: each item of the form as a field with its label, its choices, what was typed, what was unclear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from hotline.answers.result import Why
from hotline.answers.sheet import Plain
from hotline.conversation.worded import worded
from hotline.forms.definition import Form, Item, Kind
from hotline.intake.web_reading import SELECTS, Fields, Unclear
from hotline.intake.web_words import PageWords, Translate

_LONG = 400  # from this length on a text gets a field of several lines
_MOST_OFFERED = 4


@dataclass(frozen=True, slots=True)
class Option:
    """A choice to tick or to mark."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `control` is checkbox, radio, area, or the `type` of an input; `duty` says that the line of what must
    be passed on stands before it; `problem` is "" or why it is asked again."""

    name: str
    control: str
    label: str
    hint: str
    value: Markup
    options: tuple[Option, ...]
    duty: bool
    problem: str
    numeric: bool


def page_fields(
    form: Form, words: PageWords, typed: Fields, unclear: Sequence[Unclear] = ()
) -> list[list[Field]]:
    """The fields of a form, those of one number of the source form together, filled with what was typed."""
    problems = {one.name: one for one in unclear}
    duty_told = False
    groups = []
    for _, items in groupby(form.asked("web"), lambda item: item.number):
        fields = []
        for item in items:
            duty = item.duty and not duty_told
            duty_told = duty_told or item.duty
            problem = problems.get(item.name)
            fields.append(_field(item, words, typed.get(item.name, ()), problem, duty))
        groups.append(fields)
    return groups


def _field(item: Item, words: PageWords, values: Sequence[str], unclear: Unclear | None, duty: bool) -> Field:
    return Field(
        name=item.name,
        control=_control(item),
        label=words.say(item.web or item.label),
        hint=words.say(item.hint) if item.hint else "",
        value=_typed(values) if item.kind not in SELECTS else Markup(""),
        options=tuple(_options(item, words, values)) if item.kind in SELECTS else (),
        duty=duty,
        problem=_problem(item, words, unclear) if unclear else "",
        numeric=item.kind is Kind.INTEGER,
    )


def _typed(values: Sequence[str]) -> Markup:
    """What was typed, as it was: line breaks as references, so that tidying the page's own lines leaves them alone."""
    return Markup(str(escape("\n".join(values))).replace("\r\n", "\n").replace("\n", "&#10;"))  # noqa: S704  # escaped


def _control(item: Item) -> str:
    match item.kind:
        case Kind.MULTI:
            return "checkbox"
        case Kind.YES_NO | Kind.CHOICE:
            return "radio"
        case Kind.PHONE:
            return "tel"
        case Kind.TEXT if item.max_length >= _LONG:
            return "area"
        case _:
            return "text"


def _options(item: Item, words: PageWords, values: Sequence[str]) -> Iterator[Option]:
    """The choices; and a way out of a mark that cannot be taken back: not known, or, about oneself, not told."""
    _: Translate = words
    codes = [choice.code for choice in item.choices]
    for choice in item.choices:
        yield Option(choice.code, words.say(choice.label), choice.code in values)
    if item.kind is not Kind.CHOICE or "unknown" in codes:
        return
    if item.name.startswith("reporter_"):
        yield Option("declined", _("report.declined", "I would rather not say"), "declined" in values)
    else:
        yield Option("unknown", _("report.unknown", "I do not know"), "unknown" in values)


def _problem(item: Item, words: PageWords, unclear: Unclear) -> str:
    """Why a field is asked again, as a sentence."""
    _: Translate = words
    if unclear.why == "contact":
        return _("report.why.contact", "You wrote a name, an address, a number or an office, but not that we may use it. We have kept nothing of it. May we?")  # fmt: skip
    if unclear.why == "where":
        return _(
            "report.why.where", "Without a place it is hard to help quickly. A village or a sign is enough."
        )
    if unclear.why == "choice":
        return _("report.why.choice", "This answer did not arrive whole. Please mark it again.")
    if len(unclear.readings) > 1:
        names = " / ".join(_readings(item, words, unclear.readings))
        return _("report.why.which", "This can mean several things. Which one? {options}", options=names)
    if unclear.why == Why.TOO_LONG:
        return _("report.why.too_long", "This is very long for this field. Please write the rest under “What is happening?”.")  # fmt: skip
    why = words.book.wordings.get(f"why.{unclear.why}") or words.book.wordings["why.unclear"]
    return words.say(why)


def _readings(item: Item, words: PageWords, readings: Sequence[Plain]) -> Iterator[str]:
    for reading in readings[:_MOST_OFFERED]:
        yield worded(words.book, item, reading, words.locale)
