"""Every age from 1 to 120 in words, as each language builds them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hotline.answers.result import Understood
from tests.answers.conftest import AGE, Ask
from tests.answers.test_words import tree

CHINESE = "零一二三四五六七八九"


def word(locale: str, number: int) -> str:
    return tree(locale)["numbers"][str(number)][0]  # type: ignore[return-value, call-overload]


def english(n: int) -> str:
    if n >= 100:
        return "one hundred" + (f" and {english(n - 100)}" if n > 100 else "")
    return word("en", n) if n <= 20 or n % 10 == 0 else f"{word('en', n // 10 * 10)}-{word('en', n % 10)}"


def spanish(n: int) -> str:
    if n >= 100:
        return f"ciento {spanish(n - 100)}" if n > 100 else "cien"
    return word("es", n) if n < 30 or n % 10 == 0 else f"{word('es', n // 10 * 10)} y {word('es', n % 10)}"


def french(n: int) -> str:
    if n >= 100:
        return f"cent {french(n - 100)}" if n > 100 else "cent"
    if n <= 20 or n % 10 == 0 or 70 < n < 80 or n > 90:
        return word("fr", n)
    if n > 80:
        return f"quatre-vingt-{word('fr', n % 10)}"
    return word("fr", n // 10 * 10) + (" et un" if n % 10 == 1 else f"-{word('fr', n % 10)}")


def haitian(n: int) -> str:
    if n >= 100:
        return f"san {haitian(n - 100)}" if n > 100 else "san"
    return word("ht", n)


def chinese(n: int) -> str:
    if n >= 100:
        return "一百" + (
            ""
            if n == 100
            else f"零{chinese(n - 100)}"
            if n < 110
            else f"一{chinese(n - 100)}"[: 4 if n % 10 else 3]
            if n < 120
            else "二十"
        )
    if n < 10:
        return CHINESE[n]
    return (CHINESE[n // 10] if n >= 20 else "") + "十" + (CHINESE[n % 10] if n % 10 else "")


@pytest.mark.parametrize(
    ("spoken", "years"),
    [(english, " years"), (spanish, " años"), (french, " ans"), (haitian, " an"), (chinese, "岁")],
)
def test_every_age_in_words(ask: Ask, spoken: Callable[[int], str], years: str) -> None:
    for number in range(1, 121):
        for text in (spoken(number), spoken(number) + years):
            assert ask(AGE, text) == Understood(number, text)
