"""Places of Saint Lucia: ten districts (ISO 3166-2), 546 communities, and the countries and towns abroad around them.

From GeoNames (CC BY 4.0; see the README of the data). 23 names of communities lie in several districts: they have
several readings, and a person chooses. The old quarters of Dauphin and Praslin lie in Gros Islet and Micoud.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hotline.standards.countries import Countries
from hotline.standards.csvdata import read_csv
from hotline.standards.lexicon import Lexicon
from hotline.standards.phrasebook import name_tokens

HOME = "LC"
_OLD_QUARTERS = {"Dauphin": "LC-06", "Praslin": "LC-08"}
_MOST_TOKENS = 60
_SHORTEST_MISTYPED = 5  # letters in which one may be wrong
_SHORTEST_TWICE_MISTYPED = 11  # letters in which two may be wrong
_SHORTEST_ALIKE = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A country (alpha-2), and in Saint Lucia a district (LC-nn) and a community of it, as far as known."""

    country: str
    district: str | None = None
    community: str | None = None


class Gazetteer:
    """Every known place by every known name. `load` reads the data; `alias` adds what a language calls them."""

    def __init__(self, countries: Countries) -> None:
        self._countries = countries
        self._districts: dict[str, str] = {}
        self._lexicon: Lexicon[Place] = Lexicon()
        self._names: dict[str, frozenset[Place]] = {}
        # Names that are ordinary words or first names: a place only as the whole reply or beside a district.
        self._ordinary = frozenset(
            " ".join(name_tokens(row["word"])) for row in _rows("place_ordinary_words.csv")
        )
        self._squeezed: dict[str, set[Place]] = {}
        self._by_length: dict[int, list[str]] = {}

    @classmethod
    def load(cls, countries: Countries | None = None) -> Gazetteer:
        """The gazetteer from the data files, ready to take aliases; `countries` where a language brings names of its own."""
        countries = countries or Countries.load()
        return _filled(cls(countries), countries)

    @staticmethod
    @cache
    def shared() -> Gazetteer:
        """The one gazetteer of the process, only read: for names, districts and communities. It knows no aliases."""
        return Gazetteer.load()

    @property
    def districts(self) -> tuple[str, ...]:
        """The ISO codes of the ten districts, sorted."""
        return tuple(sorted(self._districts))

    @property
    def vocabulary(self) -> set[str]:
        """Every word of a known name."""
        return self._lexicon.vocabulary

    @property
    def names(self) -> AbstractSet[str]:
        """Every known name, folded."""
        return self._names.keys()

    @property
    def squeezed(self) -> Iterable[str]:
        """Every name without its spaces."""
        return self._squeezed.keys()

    def district_name(self, iso: str) -> str:
        """The name of district `iso` ("LC-02" is "Castries"); raises KeyError for another code."""
        return self._districts[iso]

    def communities(self, iso: str) -> tuple[str, ...]:
        """The communities of district `iso`, sorted."""
        found = {p.community for places in self._names.values() for p in places if p.district == iso}
        return tuple(sorted(name for name in found if name))

    def add_district(self, iso: str, name: str) -> None:
        """Know district `iso` by `name` and by its code."""
        self._districts[iso] = name
        for text in (name, iso):
            self._know(text, Place(HOME, iso))

    def add(self, name: str, place: Place) -> None:
        """Let `name` mean `place` too."""
        self._know(name, place)

    def alias(self, name: str, aliases: Iterable[str]) -> None:
        """Let each of `aliases` mean all that `name` means; a name nobody knows adds nothing."""
        places = self._names.get(" ".join(name_tokens(name)), frozenset())
        for text in aliases:
            for place in places:
                self._know(text, place)

    def knows(self, name: str) -> bool:
        """Whether `name` alone is a known name."""
        return " ".join(name_tokens(name)) in self._names

    def is_district(self, name: str) -> bool:
        """Whether `name` names a district."""
        known = self._names.get(" ".join(name_tokens(name)), frozenset())
        return any(place.district and not place.community for place in known)

    def _know(self, text: str, place: Place) -> None:
        phrase = " ".join(name_tokens(text))
        if phrase:
            self._lexicon.add(phrase, place)
            self._names[phrase] = self._lexicon.phrases[phrase]
            squeezed = phrase.replace(" ", "")
            if squeezed not in self._squeezed:
                self._squeezed[squeezed] = set()
                self._by_length.setdefault(len(squeezed), []).append(squeezed)
            self._squeezed[squeezed].add(place)

    def find(self, text: str) -> tuple[Place, ...]:
        """What `text` can mean, sorted: taken whole, else the known names in it, else names one or two errors away.

        () when nothing is known. Several readings for a name of several districts, or for several names.
        """
        row = name_tokens(text)[:_MOST_TOKENS]
        if not row:
            return ()
        whole = self._alike(" ".join(row))
        if whole:
            return _sorted(whole)
        if codes := self._countries.exact(text):
            return tuple(Place(code) for code in codes)
        found = self._walk(row)
        if not found:
            corrected = self._corrected(row)
            # In a sentence a typing error leads only to places here: "fèmen" (to lock) is one letter from Yemen.
            found = [m for m in self._walk(corrected) if any(p.country == HOME for p in m)]
        if found:
            return _sorted(_settle(found))
        if misspelt := self._misspelt("".join(row)):
            return _sorted(misspelt)
        hit = self._countries.read(text)
        return tuple(Place(code) for code in hit.values) if not hit.strange else ()

    def _walk(self, row: list[str]) -> list[frozenset[Place]]:
        found: list[frozenset[Place]] = []
        ordinary: list[frozenset[Place]] = []
        for start, end, meanings in self._lexicon.walk(row):
            if meanings is None:
                continue
            phrase = " ".join(row[start:end])
            (ordinary if phrase in self._ordinary else found).append(self._alike(phrase))
        districts = {
            p.district for meaning in found for p in meaning if len(meaning) == 1 and not p.community
        }
        found += [
            m for meaning in ordinary if (m := frozenset(p for p in meaning if p.district in districts))
        ]
        return found

    def _corrected(self, row: list[str]) -> list[str]:
        """`row` with each unknown word that is one error from exactly one known word put right."""
        return [near[0] if len(near := self._lexicon.near(token)) == 1 else token for token in row]

    def _alike(self, phrase: str) -> frozenset[Place]:
        """The places of `phrase`, and those of names one letter away: La Perle and La Pearle lie in two districts."""
        places = self._names.get(phrase)
        if places is None:
            return frozenset()
        squeezed = phrase.replace(" ", "")
        if len(squeezed) < _SHORTEST_ALIKE or not any(p.community for p in places):
            return places
        here = {p.district for p in places}
        return places | {
            p for p in self._within(squeezed, 1, communities_only=True) if p.district not in here
        }

    def _misspelt(self, squeezed: str) -> frozenset[Place]:
        if len(squeezed) < _SHORTEST_MISTYPED:
            return frozenset()
        if places := self._within(squeezed, 1):
            return places
        return self._within(squeezed, 2) if len(squeezed) >= _SHORTEST_TWICE_MISTYPED else frozenset()

    def _within(self, squeezed: str, errors: int, *, communities_only: bool = False) -> frozenset[Place]:
        names: list[str] = []
        for length in range(max(len(squeezed) - errors, _SHORTEST_MISTYPED), len(squeezed) + errors + 1):
            names += self._by_length.get(length, ())
        hits = process.extract(squeezed, names, scorer=OSA.distance, score_cutoff=errors, limit=None)
        found: set[Place] = set()
        for name, _, _ in hits:
            found |= {p for p in self._squeezed[name] if p.community or not communities_only}
        return frozenset(found)


def _settle(found: list[frozenset[Place]]) -> set[Place]:
    """One meaning out of several names: a district or country beside a community says which community is meant."""
    countries = {p.country for meaning in found for p in meaning if len(meaning) == 1 and not p.district}
    if countries:
        found = [frozenset(p for p in meaning if p.country in countries) or meaning for meaning in found]
    districts = {
        p.district
        for meaning in found
        for p in meaning
        if len(meaning) == 1 and p.district and not p.community
    }
    communities: set[Place] = set()
    for meaning in found:
        if any(p.community for p in meaning):
            communities |= {p for p in meaning if p.district in districts} or meaning
    if communities:
        here = {p.district for p in communities}
        others = {Place(HOME, iso) for iso in districts - here}
        abroad = {Place(code) for code in countries - {p.country for p in communities}}
        return communities | others | abroad
    if districts:
        return {Place(HOME, iso) for iso in districts} | {Place(code) for code in countries - {HOME}}
    return {p for meaning in found for p in meaning}


def _sorted(places: Iterable[Place]) -> tuple[Place, ...]:
    """Home first, whole districts before their communities."""
    return tuple(
        sorted(places, key=lambda p: (p.country != HOME, p.country, p.district or "", p.community or ""))
    )


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    return tuple(read_csv(name))


def _filled(gazetteer: Gazetteer, countries: Countries) -> Gazetteer:
    rows = _rows("places.csv")
    for row in rows:
        if row["kind"] == "district":
            gazetteer.add_district(row["district_iso"], row["name"])
    communities = [row for row in rows if row["kind"] != "district"]
    full = {(row["name"], row["district_iso"]) for row in communities}
    shared: dict[tuple[str, str], set[str]] = {}
    for row in communities:
        name, iso = row["name"], row["district_iso"]
        if name in _OLD_QUARTERS:
            gazetteer.add(name, Place(HOME, iso, name))
            continue
        gazetteer.add(name, Place(HOME, iso, name))
        for part in name.split("/"):
            shared.setdefault((part, iso), set()).add(name)
    # A slash separates two names of one place; a name that several such places share means itself.
    for (part, iso), names in shared.items():
        if (f"{part} Proper", iso) in full:
            gazetteer.add(part, Place(HOME, iso, f"{part} Proper"))
        elif (part, iso) not in full and not gazetteer.is_district(part):
            gazetteer.add(part, Place(HOME, iso, next(iter(names)) if len(names) == 1 else part))
    for code in countries:
        for locale in countries.locales:
            name = countries.name(code, locale)
            if not gazetteer.is_district(name):
                gazetteer.add(name, Place(code))
    for row in _rows("places_abroad.csv"):
        gazetteer.add(row["name"], Place(row["country"]))
    for row in _rows("place_aliases.csv"):
        gazetteer.alias(row["name"], [row["alias"]])
    return gazetteer
