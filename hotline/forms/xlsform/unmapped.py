"""Questions of an import that have no field in the standard record yet."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.forms.workbook import Remark
from hotline.forms.xlsform.reading import Imported
from hotline.standards.crosswalk import Crosswalk, UnknownField


def unmapped(found: Imported, crosswalk: Crosswalk) -> Iterator[Remark]:
    """A remark for each question whose name the crosswalk does not have on this form: its answers go to no record."""
    name, items = found.document.name, found.document.items
    try:
        fields = {row.field for row in crosswalk.form(name)}
    except UnknownField:
        names = ", ".join(item["name"] for item in items)
        text = f"the standard record has no form '{name}': the answers to its {len(items)} questions go to no field ({names})"
        yield Remark("survey", 0, "", text)
        return
    for item in items:
        if item["name"] not in fields:
            text = f"'{item['name']}' is no field of the form '{name}' in the standard record"
            yield Remark("survey", found.rows[item["name"]], "name", text)
