"""What may not stand in a text on a phone that somebody else may hold."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hotline.wording.discretion import ANSWER_MENU, WORD_LISTS, Discretion, DiscretionError, FindingKind

LOCALES = Path(__file__).parents[2] / "locales"
DISCRETION = Discretion.load(LOCALES)


def kinds(text: str, **limits: object) -> set[str]:
    return {str(finding.kind) for finding in DISCRETION.findings(text, **limits)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("This is the HOTLINE.", "service"),
        ("The National Task-Force writes", "service"),
        ("You will be rescued", "service"),
        ("human trafficking", "trafficking"),
        ("Call the police!", "police"),
        ("POLICE", "police"),
        ("are you a victim?", "victim"),
        ("sexual exploitation", "exploitation"),
        ("ligne d’écoute", "service"),
        ("la traite des êtres humains", "trafficking"),
        ("de l’exploitation", "exploitation"),
        ("po\u200blice", "police"),
        ("les policiers arrivent", "police"),
        ("VICTIMES", "victim"),
        ("trata de personas", "trafficking"),
        ("la policia", "police"),
        ("línea de ayuda", "service"),
        ("victima", "victim"),
        ("trafik moun", "trafficking"),
        ("lapolis ap vini", "police"),
        ("viktim", "victim"),
        ("twafik", "trafficking"),
        ("polisyé-a", "police"),
        ("人口贩卖", "trafficking"),
        ("请打police电话", "police"),
        ("你是受害者吗", "victim"),
        ("拨打热线", "service"),
    ],
)
def test_words_that_give_the_service_away(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Have you told anyone? 1 no 2 officers 3 other officers 4 another office",
        "Is it safe to write now? 1 yes 2 no",
        "Is anyone in danger now? 1 yes 2 no. 0 = a person",
        "Thank you. To remove this talk delete both messages.",
        "We are getting someone. Where are you?",
        "What is our policy on traffic? Sunday, 12/11/2026 at 14:30 in Castries",
        "1 me 2 someone else 3 for my work",
        "Code K7P, born 1999, age 25",
        "Avez-vous prévenu quelqu'un ? 1 non 2 des agents. Qui vous traite ainsi?",
        "Pouvez-vous écrire sans danger ? 1 oui 2 non",
        "¿De quién se trata? 1 de mí 2 de otra persona. ¿Lo contó a alguien? 2 agentes",
        "Èske ou ka ekri san danje? 1 wi 2 non. Èske ou di yon moun? 2 ajan",
        "Ès ou sa ékwi san danjé? 1 wi 2 non. Ès ou di yon moun? 2 ofisyé",
        "现在写字安全吗？1 是 2 否。您告诉过谁吗？1 没有 2 官员",
        "Wait...then write. Ok.Please go on",
        "rapèl, rapel, copy, cope, exploring",
    ],
)
def test_what_the_public_is_asked_passes(text: str) -> None:
    assert DISCRETION.findings(text) == ()


def test_menus_may_name_the_kinds_but_never_the_rest() -> None:
    assert kinds("1 forced labour 2 prostitution 3 begging") == {"exploitation"}
    assert kinds("1 forced labour 2 prostitution 3 begging", kinds=ANSWER_MENU) == set()
    assert kinds("1 none 2 police", kinds=ANSWER_MENU) == {"police"}


@pytest.mark.parametrize(
    "number",
    [
        "+12025550123",
        "+1 (202) 555-0123",
        "758 555 0123",
        "555.01.23.4",
        "5550123",
        "٧٥٨٥٥٥٠١٢٣",
        "１２０２５５５０１２３",
        "+758",
        "847",
        "9-9-9-9-9-9-9",
    ],
)
def test_numbers(number: str) -> None:
    (finding,) = DISCRETION.findings(f"ring {number} today")
    assert (finding.kind, finding.words) == (FindingKind.NUMBER, number)


def test_an_emergency_number_stands_only_where_it_is_allowed() -> None:
    assert kinds("Danger now: dial 911.") == {"number"}
    assert kinds("Danger now: dial 911.", allow_numbers=("911",)) == set()
    assert kinds("dial 911 or 758-555-0123", allow_numbers=("911",)) == {"number"}
    assert kinds("K911, 1999 and 91125") == set()
    assert kinds("+1 999 555 0123", allow_numbers=("+19995550123",)) == set()
    assert len(DISCRETION.findings("+1 999 555 0123")) == 1


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/a",
        "www.example",
        "example.org",
        "EXAMPLE.COM/x?y",
        "bit.ly/abc",
        "a.b@example.gov.lc",
        "t.me/abc",
        "tel://x",
    ],
)
def test_links(link: str) -> None:
    (finding,) = DISCRETION.findings(f"see {link} now")
    assert (finding.kind, finding.words) == (FindingKind.LINK, link)


def test_names_held_in_the_record_or_on_the_staff_list() -> None:
    names = ("Zoé de la Cruz", "李小明", "Jo X")
    assert [found.words for found in DISCRETION.findings("ask ZOE or Zoe de la Cruz", names=names)] == [
        "ZOE",
        "Zoe de la Cruz",
    ]
    assert kinds("jo x", names=names) == {"name"}
    assert kinds("问李小明吧", names=names) == {"name"}
    assert kinds("de la plage, crusoe", names=names) == set()
    assert kinds("anything", names=("", " ", "-")) == set()


def test_a_finding_shows_where_it_stands_in_the_text_as_written() -> None:
    text = "ﬁrst: Ｐｏｌｉｃé, vi\u0301ctima"
    found = DISCRETION.findings(text)
    assert [(finding.kind, text[finding.start : finding.end]) for finding in found] == [
        (FindingKind.POLICE, "Ｐｏｌｉｃé"),
        (FindingKind.VICTIM, "vi\u0301ctima"),
    ]


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_is_answered_and_findings_are_in_place(text: str, names: list[str]) -> None:
    for finding in DISCRETION.findings(text, names=names):
        assert text[finding.start : finding.end] == finding.words != ""


def test_a_long_text_does_not_take_long() -> None:
    for text in ("1 " * 2000, "a." * 2000, "a@" * 2000, "+" * 4000, "1.1/" * 1000):
        DISCRETION.findings(text)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("polise: [a]", "unknown kind 'polise'"),
        ("police: police", "a list of words"),
        ("numbers: [911]", "numbers in quotes"),
        ("police: ['*']", "without a letter"),
        ("- a", "each under its kind"),
        ("police: [", r"discretion\.yaml: "),
    ],
)
def test_a_list_that_cannot_be_used_is_told(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "discretion.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(DiscretionError, match=told):
        Discretion.load(tmp_path)


@pytest.mark.parametrize("locale", ["en", "acf", "fr", "es", "ht", "zh"])
def test_each_language_has_words_of_every_kind(locale: str) -> None:
    lists = yaml.safe_load((LOCALES / locale / "discretion.yaml").read_text(encoding="utf-8"))
    assert all(lists[kind] for kind in WORD_LISTS)
    assert all(len(set(words)) == len(words) for words in lists.values()), "a word stands twice"
