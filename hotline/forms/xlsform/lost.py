"""What an import could not take over, told by sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hotline.forms.workbook import Line, Remark, Sheet
from hotline.forms.xlsform.columns import Heading, heading_of


@dataclass(slots=True)
class Lost:
    """Gathers the remarks while a workbook is read."""

    remarks: list[Remark] = field(default_factory=list)

    def tell(self, sheet: str, line: Line | None, column: str, text: str) -> None:
        """Add a remark; without a line it is of the whole sheet."""
        self.remarks.append(Remark(sheet, line.number if line else 0, column, text))

    def column(self, sheet: Sheet, heading: str, text: str) -> None:
        """One remark for a whole column, at its first row that holds something."""
        lines = [line for line in sheet.lines if line.get(heading)]
        if lines:
            more = f" (in {len(lines)} rows)" if len(lines) > 1 else ""
            self.tell(sheet.name, lines[0], heading, f"{text}{more}")


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of a sheet by what they are: `plain` base to heading, `texts` base and locale to heading."""

    plain: Mapping[str, str]
    texts: Mapping[tuple[str, str], str]

    def get(self, line: Line, base: str) -> str:
        """The text of a column without a language."""
        return line.get(self.plain[base]) if base in self.plain else ""

    def said(self, line: Line, base: str, default: str) -> dict[str, str]:
        """Locale to text of a column with languages; one without a language is in the `default` one."""
        found = {
            locale: text
            for (name, locale), heading in self.texts.items()
            if name == base and (text := line.get(heading))
        }
        if text := self.get(line, base):
            found.setdefault(default, text)
        return found


def columns_of(
    sheet: Sheet,
    names: Mapping[str, str],
    plain: Iterable[str],
    texts: Iterable[str],
    default: str,
    lost: Lost,
) -> tuple[Columns, list[Heading]]:
    """The known columns of a sheet, and the others; `default` is the locale of columns without one. Languages that the hotline does not speak are told at once."""
    plain, texts = set(plain), set(texts)
    found: dict[str, str] = {}
    said: dict[tuple[str, str], str] = {}
    others = []
    for text in sheet.headings:
        heading = heading_of(text, names)
        if heading.locale == "?" and heading.base in texts:
            lost.column(sheet, text, f"the hotline does not speak {heading.language}: left out")
        elif heading.locale and heading.base in texts:
            said[heading.base, heading.locale] = text
        elif not heading.locale and heading.base in plain | texts:
            found.setdefault(heading.base, text)
        else:
            others.append(heading)
    there = {locale for base, locale in said if base == "label"} | ({default} if "label" in found else set())
    absent = ", ".join(f"{name} ({locale})" for locale, name in names.items() if locale not in there)
    if absent and "label" in texts and sheet.lines:
        text = f"no words in {absent}: what is there stays, the rest has to be translated"
        lost.tell(sheet.name, None, "", text)
    return Columns(found, said), others
