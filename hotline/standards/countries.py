"""Countries of ISO 3166-1: their names in the six languages, and what people call them and those who come from there.

Names in English, French, Spanish and Chinese are from CLDR; Haitian Creole and Saint Lucian Creole, nationality
words and the words that mean two countries are this project's own (README.countries.md beside the data).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache

from hotline.standards.csvdata import read_csv
from hotline.standards.phrasebook import Hit, Phrasebook

_LOCALES = ("en", "fr", "es", "zh", "ht", "acf")
# Where our own tables have no name: Haitian Creole speakers read French, Kwéyòl speakers English.
_STAND_IN = {"ht": "fr", "acf": "en"}
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


class Countries:
    """All countries. `load` gives the one table of the process; it is only read."""

    def __init__(self, names: Mapping[str, Mapping[str, str]], book: Phrasebook[str]) -> None:
        self._names = names
        self._book = book

    @staticmethod
    @cache
    def load() -> Countries:
        """The table from the data files."""
        rows = read_csv("country_names.csv")
        book: Phrasebook[str] = Phrasebook(_FILLERS)
        for row in rows:
            code = row["code"]
            for locale in _LOCALES:
                book.add(row[locale], code)
            book.add(row["zh"] + "人", code)
            book.add(row["alpha3"], code, code=True)
            if code not in _NO_CODES:
                book.add(code, code, code=True)
        for row in read_csv("country_words.csv"):
            for locale in _LOCALES:
                for word in filter(None, row[locale].split("|")):
                    book.add(word, row["code"])
        for row in read_csv("country_two_meanings.csv"):
            book.set(row["word"], row["codes"].split("|"))
        return Countries({row["code"]: row for row in rows}, book)

    def __contains__(self, code: object) -> bool:
        return code in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def name(self, code: str, locale: str) -> str:
        """The name of `code` (alpha-2) in `locale`; raises KeyError for a code that is no country."""
        row = self._names[code]
        return row.get(locale) or row.get(_STAND_IN.get(locale, "en")) or row["en"]

    def find(self, text: str) -> tuple[str, ...]:
        """The alpha-2 codes that `text` can mean, likeliest first; several for a word that means several, or for two words."""
        return self.read(text).values

    @property
    def vocabulary(self) -> AbstractSet[str]:
        """Every word of a name or nationality."""
        return self._book.vocabulary

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
