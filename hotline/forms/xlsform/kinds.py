"""What one question is: its type here, its limits, its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from hotline.forms.definition import Choice
from hotline.forms.workbook import Line
from hotline.forms.xlsform import types
from hotline.forms.xlsform.choices import ChoiceLists
from hotline.forms.xlsform.columns import OWN
from hotline.forms.xlsform.document import Row
from hotline.forms.xlsform.expressions import Limits, NotOurs, limits
from hotline.forms.xlsform.lost import Columns

Tell = Callable[[Line, str, str], None]  # a row, the column, what is lost
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Kinds:
    """Finds our type for one of XLSForm's. `existing` are the choice lists of the hotline."""

    def __init__(
        self, columns: Columns, lists: ChoiceLists, existing: Mapping[str, tuple[Choice, ...]], tell: Tell
    ) -> None:
        self.columns, self.lists, self.existing, self.tell = columns, lists, existing, tell

    def ours(self, line: Line, kind: str) -> str:
        """Our type; "" for what cannot be asked."""
        own = self.columns.get(line, f"{OWN}type")
        plain = _normal(kind)
        if own and types.is_ours(own):
            if types.nearest(own) == plain:
                return own
            self.tell(line, f"{OWN}type", f"'{own}' does not go with the type '{kind}', which is taken")
        words = plain.split(" ")
        if words[0] in ("select_one", "select_multiple", "rank") and len(words) > 1:
            return self._select(line, words)
        if words[0] in types.WITH_LOSS:
            ours, why = types.WITH_LOSS[words[0]]
            self.tell(line, "type", why)
            return ours
        return plain if types.is_ours(plain) else ""

    def _select(self, line: Line, words: list[str]) -> str:
        if words[0] == "rank":
            self.tell(line, "type", "an order of choices is asked as choices, without their order")
        if words[2:]:
            more = " ".join(words[2:])
            text = f"'{more}' is left out: an answer in own words needs a question of its own"
            self.tell(line, "type", text)
        how = "select_one" if words[0] == "select_one" else "select_multiple"
        theirs = words[1]
        if theirs in self.lists.countries:
            if how == "select_multiple":
                self.tell(line, "type", "only one country can be answered here")
            return "country"
        name = self.lists.renamed.get(theirs, theirs)
        if name in self.lists.rows or name in self.existing:
            return f"{how} {name}"
        self.tell(line, "type", f"there is no list '{theirs}': asked as text")
        return "text"


def _normal(kind: str) -> str:
    """A type in one spelling."""
    lowered = kind.lower()
    for old, new in types.ALIASES.items():
        if lowered == old or lowered.startswith(f"{old} "):
            return new + kind[len(old) :]
    first, _, rest = kind.partition(" ")
    return f"{first.lower()} {rest}".strip()


def limit(row: Row, constraint: str, tell: Callable[[str], None]) -> None:
    """Put what a constraint says into the keys of a question of this type."""
    try:
        found = limits(constraint) if constraint else Limits()
    except NotOurs as error:
        tell(f"left out: {error}")
        return
    if found.constraint:
        if row["type"] == "integer":
            row["constraint"] = found.constraint
        else:
            tell("left out: a lowest and a highest number are for whole numbers")
    if found.past:
        if row["type"] in ("date", "period"):
            row["past"] = "true"
        else:
            tell("left out: today is a limit for dates")
    if found.longest is not None:
        row["max"] = str(found.longest)


def new_code(name: str, taken: set[str]) -> str:
    """Letters for a question that no other one has; they are put into `taken`."""
    code = next(code for code in _codes(name) if code not in taken)
    taken.add(code)
    return code


def _codes(name: str) -> Iterator[str]:
    """The last word of the name, as short as can be; then the whole name; then with letters behind it."""
    last, whole = (
        "".join(char for char in part.lower() if char in _LETTERS) for part in (name.rpartition("_")[2], name)
    )
    last, whole = last or "item", whole or "item"
    yield from (last[:length] for length in range(min(3, len(last)), len(last) + 1))
    yield whole
    for length in range(2, 9):
        yield from (whole + "".join(more) for more in product(_LETTERS, repeat=length))
