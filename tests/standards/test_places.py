"""The gazetteer of Saint Lucia against its data."""

from __future__ import annotations

from collections import defaultdict

import pytest

from hotline.standards.csvdata import read_csv
from hotline.standards.places import Gazetteer, Place


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def test_ten_districts_by_their_iso_codes(gazetteer: Gazetteer) -> None:
    assert {iso: gazetteer.district_name(iso) for iso in gazetteer.districts} == {
        "LC-01": "Anse la Raye",
        "LC-02": "Castries",
        "LC-03": "Choiseul",
        "LC-05": "Dennery",
        "LC-06": "Gros Islet",
        "LC-07": "Laborie",
        "LC-08": "Micoud",
        "LC-10": "Soufrière",
        "LC-11": "Vieux Fort",
        "LC-12": "Canaries",
    }


def test_every_community_of_the_data_is_found_in_its_district(gazetteer: Gazetteer) -> None:
    rows = [row for row in read_csv("places.csv") if row["kind"] != "district"]
    assert len(rows) == 546
    for row in rows:
        assert Place("LC", row["district_iso"], row["name"]) in gazetteer.find(row["name"]), row["name"]


def test_names_of_several_districts_have_all_their_readings(gazetteer: Gazetteer) -> None:
    districts: dict[str, set[str]] = defaultdict(set)
    for row in read_csv("places.csv"):
        if row["kind"] != "district":
            for part in row["name"].split("/"):  # a slash separates two names of one place
                districts[part].add(row["district_iso"])
    several = {name: found for name, found in districts.items() if len(found) > 1}
    assert len(several) == 23
    for name, found in several.items():
        readings = gazetteer.find(name)
        assert found <= {place.district for place in readings}, name
        for iso in found:
            beside = gazetteer.find(f"{name}, {gazetteer.district_name(iso)}")
            assert {place.district for place in beside} == {iso}, (name, iso, beside)


def test_towns_are_found(gazetteer: Gazetteer) -> None:
    for row in read_csv("towns.csv"):
        readings = gazetteer.find(row["name"])
        assert row["district_iso"] in {place.district for place in readings}, row["name"]


def test_old_quarters_lie_in_todays_districts(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Dauphin") == (Place("LC", "LC-06", "Dauphin"),)
    assert gazetteer.find("Dauphin Quarter") == (Place("LC", "LC-06"),)
    assert gazetteer.find("Praslin") == (Place("LC", "LC-08", "Praslin"),)
    assert gazetteer.find("Praslin Quarter") == (Place("LC", "LC-08"),)


@pytest.mark.parametrize(
    ("text", "iso"),
    [("gros ilet", "LC-06"), ("Grosislet", "LC-06"), ("vieuxfort", "LC-11"), ("Denery", "LC-05"), ("Mikoud", "LC-08"), ("anse la ray", "LC-01"), ("Choiseuil", "LC-03"), ("SOUFRIERE", "LC-10"), ("laborrie", "LC-07")],
)  # fmt: skip
def test_spelling_errors(gazetteer: Gazetteer, text: str, iso: str) -> None:
    assert gazetteer.find(text) == (Place("LC", iso),)


def test_names_one_letter_apart_in_two_districts_are_both_offered(gazetteer: Gazetteer) -> None:
    assert {place.district for place in gazetteer.find("La Pearle")} == {"LC-07", "LC-10"}


def test_a_country_as_a_place(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Haiti") == (Place("HT"),)
    assert gazetteer.find("St. Lucia") == (Place("LC"),)
    assert gazetteer.find("Canaries") == (Place("LC", "LC-12"),)


@pytest.mark.parametrize("text", ["", " ", "???", "the house", "a b c", "yes"])
def test_nothing_known(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == ()


def test_aliases_of_a_language(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Kastri la") == ()
    gazetteer.alias("Castries", ["Kastri la"])
    assert gazetteer.find("kastri LA") == (Place("LC", "LC-02"),)
