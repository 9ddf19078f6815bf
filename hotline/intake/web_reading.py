"""A posted web report as answers: the same understanding as for texts, choices by their codes.

Nothing is lost: what cannot be coded is pending with its words. Blank fields are no answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hotline.answers.question import Circumstances
from hotline.answers.result import Answer, AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.sheet import Given, Plain, Sheet, Status, plain, question_of
from hotline.answers.understand import Words, understand
from hotline.forms.definition import Form, Item, Kind, Wording
from hotline.wording.clean import clean

DANGER = "danger_now"
CONTACT = "reporter_contact_ok"
ANONYMOUS = "reporter_anonymous"
WHERE = "incident_location"
OURS = frozenset({"key", "form", "round", "lang", DANGER})  # fields of the page itself
SELECTS = frozenset({Kind.YES_NO, Kind.CHOICE, Kind.MULTI})
READ_LENGTH = 1600  # longer words are no date, place or number: they are kept for a person
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Unclear:
    """A field to be asked again: `why` is a reason of `answers.result.Why`, or "contact", "where" or "choice" of this
    page; `readings` what the words may mean, in the export's shape."""

    name: str
    why: str
    readings: tuple[Plain, ...] = ()


@dataclass(slots=True)
class Reading:
    """What a report says. `words` are the own words by field, `strays` those under names that no form of ours has,
    `dropped` what is not kept because the person stays unnamed (looked through for danger all the same)."""

    sheet: Sheet = field(default_factory=dict)
    unclear: list[Unclear] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    danger: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing at all was said."""
        return not (self.sheet or self.words or self.strays or self.unclear or self.danger)


def read_report(
    form: Form, fields: Fields, words: Words, here: Circumstances, say: Callable[[Wording], str]
) -> Reading:
    """Read the posted fields (name to values) of a form. `say` words a choice, to keep what was said beside its code."""
    reading = Reading(danger=any(value.strip() for value in fields.get(DANGER, ())))
    at = int(here.at.timestamp())
    for item in form.asked("web"):
        values = [text for value in fields.get(item.name, ()) if (text := clean(value).strip())]
        if not values:
            continue
        if item.kind in SELECTS:
            _select(reading, item, list(dict.fromkeys(values)), at, say)
        else:
            _write(reading, item, "\n".join(values), words, here)
    known = OURS | {item.name for item in form.items}
    reading.strays = [
        text
        for name, values in fields.items()
        if name not in known
        for value in values
        if (text := clean(value).strip())
    ]
    _ask_whether_unnamed(reading, form)
    return reading


def _give(reading: Reading, item: Item, status: Status, value: Plain, said: str, at: int) -> None:
    reading.sheet[item.name] = Given(status, value, said, at, "web")


def _select(reading: Reading, item: Item, values: list[str], at: int, say: Callable[[Wording], str]) -> None:
    """Codes as they are; `unknown` and `declined` are answers of every list."""
    if values in ([Status.UNKNOWN], [Status.DECLINED]):
        _give(reading, item, Status(values[0]), None, "", at)
        return
    choices = [choice for choice in item.choices if choice.code in values]
    if len(choices) != len(values) or (len(values) > 1 and item.kind is not Kind.MULTI):
        _give(reading, item, Status.PENDING, None, ", ".join(values), at)
        reading.words[item.name] = ", ".join(values)
        reading.unclear.append(Unclear(item.name, "choice"))
        return
    said = ", ".join(say(choice.label) for choice in choices)
    codes = [choice.code for choice in choices]
    _give(reading, item, Status.ANSWERED, codes if item.kind is Kind.MULTI else codes[0], said, at)


def _write(reading: Reading, item: Item, text: str, words: Words, here: Circumstances) -> None:
    """Own words, understood as a text message to the same item would be."""
    at = int(here.at.timestamp())
    reading.words[item.name] = text
    answer: Answer
    if item.kind is not Kind.TEXT and len(text) > READ_LENGTH:
        answer = Refused(Why.TOO_LONG, text)
    else:
        answer = understand(question_of(item), text, words, here)
    match answer:
        case Understood(value=value):
            _give(reading, item, Status.ANSWERED, plain(value), text, at)
        case Unknown():
            _give(reading, item, Status.UNKNOWN, None, text, at)
        case Declined():
            _give(reading, item, Status.DECLINED, None, text, at)
        case AskBack(readings=readings, why=why):
            _give(reading, item, Status.PENDING, None, text, at)
            reading.unclear.append(Unclear(item.name, why.value, tuple(plain(one) for one in readings)))
        case Refused(why=why):
            _give(reading, item, Status.PENDING, None, text, at)
            if item.kind is not Kind.TEXT:  # a long story needs no second try
                reading.unclear.append(Unclear(item.name, why.value))


def contact_details(form: Form) -> frozenset[str]:
    """The fields that are asked only of who may be contacted: name, address, phone, office."""
    return frozenset(item.name for item in form.items if item.relevant and CONTACT in item.relevant.fields)


def without_details(form: Form, sheet: Sheet) -> frozenset[str]:
    """Take name, address, phone and office off a sheet that does not allow them; gives the fields that went.

    They are kept only with a yes to being contacted, and never beside a yes to staying unnamed (crosswalk, online 8, 9).
    """
    if _is(sheet, CONTACT, "yes") and not _is(sheet, ANONYMOUS, "yes"):
        return frozenset()
    gone = contact_details(form) & sheet.keys()
    for name in gone:
        del sheet[name]
    return gone


def _ask_whether_unnamed(reading: Reading, form: Form) -> None:
    """Who wrote contact details without allowing them is asked what is meant; until then they are not kept."""
    gone = without_details(form, reading.sheet)
    if gone:
        reading.dropped = [reading.words.pop(name) for name in gone if name in reading.words]
        reading.unclear = [unclear for unclear in reading.unclear if unclear.name not in gone]
        allowed = _is(reading.sheet, CONTACT, "yes")
        reading.unclear.append(Unclear(ANONYMOUS if allowed else CONTACT, "contact"))


def ask_where(reading: Reading) -> None:
    """In danger the place matters most: who told none is asked for it."""
    if WHERE not in reading.sheet:
        reading.unclear.insert(0, Unclear(WHERE, "where"))


def _is(sheet: Sheet, name: str, value: str) -> bool:
    return name in sheet and sheet[name].value == value
