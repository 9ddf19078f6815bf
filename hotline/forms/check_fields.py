"""Forms against the crosswalk: exactly its items, fields, types, codes and channels.

A task force's own fields (`hotline.forms.own_fields`) stand behind those of the standard: officers know the order.
"""

from __future__ import annotations

from collections.abc import Iterator

from hotline.forms.asked import FORMS, KIND_OF
from hotline.forms.book import Book
from hotline.forms.definition import Form, Item
from hotline.forms.own_fields import FILE
from hotline.forms.source import Problem
from hotline.standards.crosswalk import Crosswalk, FieldRow, FieldType, UnknownField

# Before these one line says what must be passed on, so that people choose what they tell.
_DUTY = (FieldType.PERSON_NAME, FieldType.ADDRESS)


def problems(book: Book) -> Iterator[Problem]:
    """Every difference between the forms and the book's crosswalk."""
    crosswalk = book.crosswalk
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
        yield from _own_last(form, crosswalk)


def _own_last(form: Form, crosswalk: Crosswalk) -> Iterator[Problem]:
    """In a compact report the place tells the item: an own question in front would shift all that officers have learnt."""
    positional = [item for item in form.items if item.positional]
    last = max((at for at, item in enumerate(positional) if not crosswalk.is_own(item.name)), default=-1)
    for item in positional[:last]:
        if crosswalk.is_own(item.name):
            yield Problem.at(
                item.place,
                f"'{item.name}' is your own: it stands behind the questions of the source form, or has 'positional: false'",
            )


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
                item.place,
                f"the crosswalk has no field '{item.name}' on the form '{form.name}': your own go into {FILE}",
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
