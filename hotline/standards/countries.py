"""Countries of ISO 3166-1: their names in several languages, and what people call them and those who come from there.

Names in English, French, Spanish and Chinese are from CLDR; Haitian Creole and Saint Lucian Creole, nationality
words and the words that mean two countries are this project's own (README.countries.md beside the data). The names of
a further language come with its content, `locales/<locale>/countries.yaml` (`with_names`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property

from hotline.standards.csvdata import read_csv
from hotline.standards.phrasebook import Hit, Phrasebook

_DEFAULT = "en"  # the one language in which every country has a name
# Two-letter codes that are whole replies of another kind: yes, no, okay.
_NO_CODES = frozenset({"NO", "SI", "OK"})
_FILLERS = frozenset(
    [
        "from",
        "in",
        "of",
        "the",
        "born",
        "a",
        "an",
        "is",
        "she",
        "he",
        "her",
        "his",
        "it",
        "was",
        "country",
        "citizen",
        "national",
        "nationality",
        "passport",
        "republic",
        "person",
        "woman",
        "man",
        "girl",
        "boy",
        "lady",
        "from",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "en",
        "au",
        "aux",
        "elle",
        "il",
        "est",
        "née",
        "né",
        "originaire",
        "nationalité",
        "pays",
        "république",
        "del",
        "el",
        "es",
        "ella",
        "él",
        "nacida",
        "nacido",
        "nació",
        "nacionalidad",
        "país",
        "li",
        "se",
        "sòti",
        "soti",
        "nan",
        "moun",
        "peyi",
        "fèt",
        "i",
        "sé",
        "an",
        "péyi",
        "sòti",
        "来",
        "自",
        "人",
        "国",
        "籍",
        "是",
        "她",
        "他",
        "的",
    ]
)


Names = Mapping[str, Mapping[str, Sequence[str]]]  # locale to code to the country's name and its other words


class Countries:
    """All countries. `load` gives the one table of the process; it is only read."""

    def __init__(self, own: Names, stand_ins: Mapping[str, str]) -> None:
        rows = _rows("country_names.csv")
        self._names = {row["code"]: row for row in rows}
        self._own = own
        self._stand_ins = stand_ins
        self.locales = tuple(
            dict.fromkeys([name for name in rows[0] if name not in ("code", "alpha3")] + list(own))
        )

    @staticmethod
    @cache
    def load() -> Countries:
        """The table from the data files."""
        return Countries({}, {})

    def with_names(self, own: Names, stand_ins: Mapping[str, str]) -> Countries:
        """The same with the names and words of further languages; `stand_ins` is whose names a language has where it has
        none (Haitian Creole speakers read French)."""
        return Countries(own, stand_ins) if own or stand_ins else self

    @cached_property
    def _book(self) -> Phrasebook[str]:
        book: Phrasebook[str] = Phrasebook(_FILLERS)
        for code, row in self._names.items():
            for name in (text for locale, text in row.items() if locale not in ("code", "alpha3")):
                book.add(name, code)
            book.add(row["zh"] + "人", code)
            book.add(row["alpha3"], code, code=True)
            if code not in _NO_CODES:
                book.add(code, code, code=True)
        for row in _rows("country_words.csv"):
            for word in (
                word for locale, cell in row.items() if locale != "code" for word in cell.split("|")
            ):
                if word:
                    book.add(word, row["code"])
        for names in self._own.values():
            for code, words in names.items():
                for word in words:
                    book.add(word, code)
        for row in _rows("country_two_meanings.csv"):
            book.set(row["word"], row["codes"].split("|"))
        return book

    def __contains__(self, code: object) -> bool:
        return code in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def name(self, code: str, locale: str) -> str:
        """The name of `code` (alpha-2) in `locale`; raises KeyError for a code that is no country."""
        row = self._names[code]
        for known in (locale, self._stand_ins.get(locale, _DEFAULT), _DEFAULT):
            if words := self._own.get(known, {}).get(code):
                return words[0]
            if name := row.get(known):
                return name
        return code

    def without_name(self, locale: str) -> tuple[str, ...]:
        """The codes of the countries without a name in `locale`, stand-ins left out of account."""
        own = self._own.get(locale, {})
        return tuple(code for code, row in self._names.items() if not own.get(code) and not row.get(locale))

    def find(self, text: str) -> tuple[str, ...]:
        """The alpha-2 codes that `text` can mean, likeliest first; several for a word that means several, or for two words."""
        return self.read(text).values

    @property
    def vocabulary(self) -> AbstractSet[str]:
        """Every word of a name or nationality."""
        return self._book.vocabulary

    @property
    def phrases(self) -> AbstractSet[str]:
        """Every name and nationality, folded."""
        return self._book.phrases

    @property
    def codes(self) -> AbstractSet[str]:
        """The codes of countries, folded."""
        return self._book.codes

    @property
    def fillers(self) -> frozenset[str]:
        """The small words that may stand round a name."""
        return self._book.fillers

    def exact(self, text: str) -> tuple[str, ...]:
        """The codes of `text` taken whole, without tolerance for errors."""
        return self._book.exact(text)

    def read(self, text: str) -> Hit[str]:
        """As `find`, with what was left over."""
        return self._book.read(text)


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    return tuple(read_csv(name))
