"""Tricks that get past a list of words, and ordinary sentences that must pass, in all languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.wording.discretion import Discretion

DISCRETION = Discretion.load(Path(__file__).parents[2] / "locales")


def kinds(text: str, **limits: object) -> set[str]:
    return {finding.kind.value for finding in DISCRETION.findings(text, **limits)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # nothing between the letters, or nothing that is seen
        ("p\u200bo\u200cl\u2060ice", "police"),
        ("po\u00adlice", "police"),
        ("p\u3164olice", "police"),
        ("pólïçe", "police"),
        # letters of other alphabets and shapes
        ("рolice", "police"),
        ("роliсе", "police"),
        ("ροlice", "police"),
        ("ᴘᴏʟɪᴄᴇ", "police"),
        ("ⓟⓞⓛⓘⓒⓔ", "police"),
        ("🅿🅾🅻🅸🅲🅴", "police"),
        ("𝐩𝐨𝐥𝐢𝐜𝐞", "police"),
        ("ｐｏｌｉｃｅ", "police"),
        # signs for letters
        ("p0lice", "police"),
        ("pol1ce", "police"),
        ("P0L!CE", "police"),
        ("h0tl1ne", "service"),
        ("tr@fficking", "trafficking"),
        ("v1ctim", "victim"),
        ("$exual", "exploitation"),
        # letters apart, words parted or drawn out
        ("call p o l i c e now", "police"),
        ("c a l l p o l i c e", "police"),
        ("I r a p e", "exploitation"),
        ("p.o.l.i.c.e", "police"),
        ("po-lice", "police"),
        ("po·lice", "police"),
        ("poliiiice", "police"),
        ("hot-line", "service"),
        ("traf-\nficking", "trafficking"),
        ("vik\ntim", "victim"),
        ("la po-\nlicía", "police"),
        ("prosti-\n  tuées", "exploitation"),
        ("lapo\nlis ap vini", "police"),
        ("警 察", "police"),
        ("人口\n贩卖", "trafficking"),
        # other forms of a word, and the other script
        ("les policières", "police"),
        ("ils l'ont violée, violés", "exploitation"),
        ("lo violaron", "exploitation"),
        ("unos traficantes", "trafficking"),
        ("polisyé-a", "police"),
        ("eksplwatasyon", "exploitation"),
        ("她報警了", "police"),
        ("販賣人口", "trafficking"),
        ("打熱線", "service"),
    ],
)
def test_a_word_in_disguise_is_still_read(text: str, kind: str) -> None:
    assert kind in kinds(f"ok, {text}, now")


@pytest.mark.parametrize(
    "number",
    [
        "7 5 8 5 5 5 0 1 2 3",
        "7-5-8-5-5-5-0-1-2-3",
        "758_555_0123",
        "758,555,0123",
        "758*555*0123",
        "(758) 555 – 0123",
        "758\n555\n0123",
        "7585550l23",
        "75855501O3",
        "7️⃣5️⃣8️⃣5️⃣5️⃣5️⃣0️⃣1️⃣",
        "①②③⑤⑤⑤⓪①",
        "७५८५५५०१२३",
        "seven five eight five five five zero one",
        "seven-five-eight 555 zero one two three",
        "siete cinco ocho cinco cinco cinco cero uno",
        "sept, cinq, huit, cinq, cinq, cinq, zéro, un",
        "sèt senk uit senk senk senk zewo en",
        "sèt senk wit senk senk senk zéwo yonn",
        "七五八五五五零一二三",
        "nine one one",
        "9-1-1",
        "9 1 1",
        "九一一",
    ],
)
def test_a_number_in_disguise(number: str) -> None:
    assert kinds(f"ring {number} today") == {"number"}


@pytest.mark.parametrize(
    "link",
    [
        "bit ly/abc",
        "bit dot ly",
        "bit [.] ly",
        "example dot com",
        "example (dot) org",
        "example punto com",
        "example .com",
        "example。com",
        "ｅｘａｍｐｌｅ．ｃｏｍ",
        "exa\u200bmple.com",
        "www example",
        "hxxp://example.com/x",
        "10.0.0.1/x",
        "@somebody_lc",
        "t me/abc",
        "tiny url",
        "www.gob.com.do",
    ],
)
def test_a_link_in_disguise(link: str) -> None:
    assert "link" in kinds(f"see {link} now")


def test_a_name_in_disguise() -> None:
    names = ("Rosalind Okafor",)
    for written in ("Rоsаlind", "r0salind", "R o s a l i n d", "Rosa-\nlind", "ROSALINDDD", "Oka-for"):
        assert kinds(f"ask {written} today", names=names) == {"name"}, written
    assert kinds("ask Rosa or Linda", names=names) == set()


def test_an_allowed_number_may_be_written_apart_too() -> None:
    assert kinds("dial 9 1 1", allow_numbers=("911",)) == set()
    assert kinds("dial nine one one", allow_numbers=("911",)) == set()
    assert kinds("dial nine nine nine", allow_numbers=("911",)) == {"number"}


@pytest.mark.parametrize(
    "text",
    [
        "I am here. Where are you now? You can write when it is safe.",
        "Tomorrow at 10.30, or 8:00-16:30. On 12/11/2026 14:30",
        "Send 1, 2, 3, 4, 5, 6, 7 or 8. Send 1 2 3 4 5 6 7",
        "Bring a copy of the paper. A c o p y of it. The copies. Copenhagen",
        "Please stop.Do it now. I will be there.Come home",
        "I live at no. 9. One one day",
        "He owes 10,000 dollars, or 1.500.000",
        "Call me later @ 5 pm, e.g. Monday, i.e. soon",
        "It's 3rd st. 4th floor, room B52, seat 4A. u r gr8 2nite b4 10",
        "I'm ok!! Really!!! Soooo good. and/or him/her",
        "order 2026-11-12 and 12.11.2026. exploring, export",
        "le point info à midi. J'ai un, deux ou trois enfants; à neuf heures",
        "Trait d'union; traitement; rapport, rapide; violon, violence, violet",
        "Rue de la République 12-14, 97100 Basse-Terre",
        "Por no venir. El por-\nqué.\nAsí por\nno saber. violeta violín; ¿de quién se trata?",
        "La cita es el uno de dos. Tres o cuatro personas, cinco mil seiscientos",
        "Mwen la. Kote ou ye? Nou ka pale demen a twa zè. Twa, kat moun",
        "Sé mwen. Ki koté ou yé? Vini a uit è. De, twa moun",
        "请回报。警告他不要来。明天三点见，三四个人",
        "三十五岁，二十一天，一共十一一起来",
    ],
)
def test_ordinary_sentences_pass(text: str) -> None:
    assert DISCRETION.findings(text) == ()
