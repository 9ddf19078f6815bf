"""Forms against the crosswalk: exactly its items, fields, types, codes and channels."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.forms.book import Book
from hotline.forms.definition import Form, Item, Kind
from hotline.forms.source import Problem
from hotline.standards.crosswalk import Crosswalk, FieldRow, FieldType, UnknownField

FORMS = ("opening", "screening", "online", "hotline")

# What an item is asked as, for each type of the crosswalk.
KIND_OF = {
    FieldType.ADDRESS: Kind.TEXT,
    FieldType.BOOLEAN: Kind.YES_NO,
    FieldType.COUNTRY: Kind.COUNTRY,
    FieldType.DATE: Kind.DATE,
    FieldType.ENUM: Kind.CHOICE,
    FieldType.INTEGER: Kind.INTEGER,
    FieldType.MULTI: Kind.MULTI,
    FieldType.ORGANISATION: Kind.TEXT,
    FieldType.PERIOD: Kind.PERIOD,
    FieldType.PERSON_NAME: Kind.PERSON_NAME,
    FieldType.PHONE: Kind.PHONE,
    FieldType.PLACE: Kind.PLACE,
    FieldType.TEXT: Kind.TEXT,
    FieldType.TIME: Kind.TIME,
}

# Before these one line says what must be passed on, so that people choose what they tell.
_DUTY = (FieldType.PERSON_NAME, FieldType.ADDRESS)


def problems(book: Book, crosswalk: Crosswalk) -> Iterator[Problem]:
    """Every difference between the forms and the crosswalk."""
    for name in FORMS:
        if name not in book.forms:
            yield Problem(f"sms_forms/{name}.yaml", 1, f"there is no form '{name}'")
    for form in book.forms.values():
        try:
            rows = crosswalk.form(form.name)
        except UnknownField as error:
            yield Problem.at(form.place, str(error))
            continue
        yield from _form(form, {row.field: row for row in rows})


def _form(form: Form, rows: dict[str, FieldRow]) -> Iterator[Problem]:
    seen: set[str] = set()
    for item in form.items:
        if item.name in seen:
            yield Problem.at(item.place, f"the field '{item.name}' stands here twice")
        seen.add(item.name)
        if item.name in rows:
            yield from _item(item, rows[item.name])
        else:
            yield Problem.at(
                item.place, f"the crosswalk has no field '{item.name}' on the form '{form.name}'"
            )
    for row in rows.values():
        if row.field not in seen:
            yield Problem.at(form.place, f"item {row.item_number}, the field '{row.field}', is missing")


def _item(item: Item, row: FieldRow) -> Iterator[Problem]:
    if item.number != row.item_number:
        yield Problem.at(
            item.place, f"'{item.name}' is item {row.item_number} of the source form, not {item.number}"
        )
    kind = KIND_OF.get(row.type)
    if item.kind is not kind:
        yield Problem.at(
            item.place, f"'{item.name}' is {row.type.value} in the crosswalk, not {item.kind.value}"
        )
    elif row.codes:
        yield from _codes(item, row)
    if not (item.duty or item.system) and (row.type in _DUTY or row.field.endswith("_age")):
        yield Problem.at(item.place, f"'{item.name}' asks a name, age or address: it needs 'duty: true'")
    if surplus := sorted(item.channels - set(row.channels)):
        yield Problem.at(item.place, f"'{item.name}' is not asked by {', '.join(surplus)} in the crosswalk")


def _codes(item: Item, row: FieldRow) -> Iterator[Problem]:
    codes = [choice.code for choice in item.choices]
    if missing := [code for code in row.codes if code not in codes]:
        yield Problem.at(item.place, f"'{item.name}' lacks the code {', '.join(missing)}")
    if surplus := [code for code in codes if code not in row.codes]:
        yield Problem.at(
            item.place, f"'{item.name}' has the code {', '.join(surplus)}, which the crosswalk lacks"
        )
