"""Countries: complete, named in six languages, found by the words officials and people use."""

from __future__ import annotations

import pytest

from hotline.standards.countries import Countries
from hotline.standards.csvdata import read_csv

COUNTRIES = Countries.load()

# Words as officials of another country write them in published counts, with the countries meant.
NATIONALITIES = (
    "Albanian AL;Vietnamese VN;Eritrean ER;Sudanese SD;Iraqi IQ;Iranian IR;Chinese CN;Somali SO;Nigerian NG;Afghan AF;Pakistani PK;"
    "Syrian SY;Ethiopian ET;Bangladeshi BD;Filipino PH;Brazilian BR;Sierra Leonean SL;Romanian RO;South Sudanese SS;Sri Lankan LK;"
    "Polish PL;Egyptian EG;Moroccan MA;Algerian DZ;Namibian NA;Ghanaian GH;Malaysian MY;Yemeni YE;Chadian TD;Turkish TR;Thai TH;"
    "Jamaican JM;Libyan LY;Gambian GM;Tanzanian TZ;Kuwaiti KW;Hungarian HU;Saudi Arabian SA;Lithuanian LT;Grenadian GD;Zimbabwean ZW;"
    "Botswanan BW;Trinidadian TT;Portuguese PT;Bulgarian BG;Kenyan KE;Congolese (Drc) CD;Malawian MW;Czech CZ;Ukrainian UA;Nepalese NP;"
    "Kazakh KZ;Colombian CO;Ugandan UG;Slovak SK;Mauritanian MR;Cameroonian CM;Burkinan BF;Bolivian BO;Angolan AO;Palestinian PS;Malian ML;"
    "Jordanian JO;Italian IT;Congolese (Congo) CG;Tunisian TN;Ivorian CI;Burundian BI;Burmese MM;Vincentian VC;Irish IE;Indonesian ID;"
    "Zambian ZM;Beninese BJ;Uzbek UZ;Taiwanese TW;Swedish SE;St Lucian LC;South African ZA;Russian RU;Peruvian PE;Mongolian MN;Mexican MX;"
    "Macedonian MK;Latvian LV;Honduran HN;Haitian HT;Guyanese GY;Cuban CU;Citizen of the Dominican Republic DO;Central African CF;Austrian AT;"
    "Argentine AR;Norwegian NO;Mozambican MZ;Fijian FJ;Cypriot CY;Cape Verdean CV;Bermudian BM;Belgian BE;Danish DK;Slovenian SI;Nicaraguan NI;"
    "Mauritian MU;Hong Konger HK;Greek GR;Belizean BZ;Belarusian BY;Comoran KM;Australian AU;Salvadorean SV;Guatemalan GT;Chilean CL"
)


def test_all_countries_of_iso_3166() -> None:
    codes = list(COUNTRIES)
    assert len(codes) == len(set(codes)) == 249
    assert {"LC", "HT", "PS", "TW", "CW", "SX", "BQ"} <= set(codes)


@pytest.mark.parametrize("row", NATIONALITIES.split(";"))
def test_nationality_words_as_officials_write_them(row: str) -> None:
    word, code = row.rsplit(" ", 1)
    assert COUNTRIES.find(word) == (code,)


@pytest.mark.parametrize(
    "word",
    [
        "Dominican",
        "Guinean",
        "Congolese",
        "Korean",
        "American",
        "Indian",
        "French",
        "Albanian Greek",
        "Jamaican UK",
    ],
)
def test_words_for_two_have_two_readings(word: str) -> None:
    assert len(COUNTRIES.find(word)) > 1


def test_names_in_six_languages() -> None:
    assert [COUNTRIES.name("HT", locale) for locale in ("en", "acf", "fr", "es", "ht", "zh")] == [
        "Haiti",
        "Ayiti",
        "Haïti",
        "Haití",
        "Ayiti",
        "海地",
    ]
    assert COUNTRIES.name("LC", "acf") == "Sent Lisi"
    with pytest.raises(KeyError):
        COUNTRIES.name("XX", "en")


def test_creole_names_cover_the_americas_and_many_others() -> None:
    rows = read_csv("country_names.csv")
    americas = (
        "AG AI AW BB BM BQ BS BZ CU CW DM DO GD GP GF GY HT JM KN KY LC MF MQ MS PR SR SX TC TT VC VG VI US CA MX GT "
        "HN SV NI CR PA CO VE EC PE BO BR PY UY AR CL"
    )
    for locale in ("ht", "acf"):
        named = {row["code"] for row in rows if row[locale]}
        assert set(americas.split()) <= named
        assert len(named - set(americas.split())) >= 60


def test_every_name_of_every_language_means_its_country() -> None:
    for code in COUNTRIES:
        for locale in ("en", "acf", "fr", "es", "ht", "zh"):
            assert COUNTRIES.find(COUNTRIES.name(code, locale)) == (code,), (code, locale)


def test_traps() -> None:
    assert COUNTRIES.find("Niger") == ("NE",)  # never Nigeria
    assert COUNTRIES.find("JA") == ("JM",)
    assert COUNTRIES.find("Sent Lisi") == ("LC",)
    assert COUNTRIES.find("Kosovo") == ()  # not in ISO 3166: asked, never Serbia
    assert COUNTRIES.find("no") == ()
    assert COUNTRIES.find("") == ()


def test_a_further_language_brings_names_and_words() -> None:
    both = COUNTRIES.with_names(
        {"pt": {"DE": ["Alemanha", "tedesca"], "GN": ["Guiné"]}}, {"pt": "es", "ht": "fr"}
    )
    assert (both.name("DE", "pt"), both.name("FR", "pt"), both.name("DE", "en")) == (
        "Alemanha",
        "Francia",
        "Germany",
    )
    assert both.find("tedesca") == ("DE",)
    assert "AF" in both.without_name("pt")
    assert "DE" not in both.without_name("pt")
    assert COUNTRIES.find("tedesca") == ()  # the table of the process stays as it is
