"""How many compact reports a second one core takes: a text cut into tokens, aligned, put on the sheet and read back.

Every report is another one: twelve items or a few, in the order of the form or not, with every separator, numbered, named,
and one in five with a word that fits nowhere.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from hotline.content import settle
from hotline.conversation.step import step
from hotline.forms.definition import Item, Kind
from tests.bench import neutral_form
from tests.bench.measuring import head, rates, say
from tests.bench.steps import facts, inbound, with_form
from tests.conversation.talk import book, greetings

REPORTS = 300  # a run
EXAMPLE = "scr pot 12/11 castries f16 ve sex none"
_VALUES = {
    Kind.PERIOD: ("12/11", "3/10", "yesterday", "nov", "2/11-9/11", "last week"),
    Kind.DATE: ("12/11", "1/10/2026", "today", "14 nov"),
    Kind.PLACE: ("castries", "vieux fort", "gros islet", "soufriere", "dennery", "micoud", "castrie", "anse la raye"),
    Kind.COUNTRY: ("ve", "haiti", "cuba", "jamaica", "venezuela", "dominican republic", "guyana", "colombian"),
    Kind.INTEGER: ("16", "17 yrs", "about 20", "34", "9", "15-17", "45"),
    Kind.TEXT: ("none", "afro", "rslpf", "sergeant"),
    Kind.PERSON_NAME: ("none", "officer 7", "pc 12"),
}  # fmt: skip
_WRONG = ("zzz", "99", "31/02", "qwerty", "12/45", "xx1", "???", "blorp")


def report(chance: random.Random, items: tuple[Item, ...]) -> str:
    """One report that an officer may send."""
    few = items[: chance.randint(6, len(items))]
    if chance.random() < 0.4:
        few = tuple(chance.sample(few, len(few)))
    told = [(item, _value(item, chance)) for item in few]
    if chance.random() < 0.2:
        place = chance.randrange(len(told))
        told[place] = (told[place][0], chance.choice(_WRONG))
    way = chance.random()
    if way < 0.1:
        body = " ".join(f"{item.number}={value}" for item, value in told)
    elif way < 0.2:
        body = " ".join(f"{item.code}:{value}" for item, value in told)
    elif way < 0.3:
        body = chance.choice(("; ", ", ", "*", "#", "\n")).join(value for _, value in told)
    else:
        body = " ".join(value for _, value in told)
    return f"{chance.choice(('scr', 'Scr', 'SCR'))} {body}"


def _value(item: Item, chance: random.Random) -> str:
    if item.choices:
        choice = chance.choice(item.choices)
        return chance.choice((choice.digit, choice.code, *choice.compact, *choice.words[:2]))
    if item.kind is Kind.INTEGER and chance.random() < 0.5:
        return str(chance.randint(3, 60))
    if item.kind in (Kind.PERIOD, Kind.DATE) and chance.random() < 0.5:
        return f"{chance.randint(1, 28)}/{chance.randint(1, 11)}"
    if item.kind is Kind.TEXT and chance.random() < 0.5:
        return neutral_form.name(chance)
    return chance.choice(_VALUES[item.kind])


def main() -> None:
    known = replace(facts(), officer=True)
    whole = book()
    items = whole.forms["screening"].asked("sms")
    chance = random.Random(12)  # noqa: S311 (no secret)
    runs = [[report(chance, items) for _ in range(REPORTS)] for _ in range(8)]
    assert len({text for texts in runs for text in texts}) > 0.95 * 8 * REPORTS

    def take(texts: list[str], wanted: str = "") -> int:
        for text in texts:
            outcome = step(whole, None, inbound(0, text), known, greetings())
            assert outcome.say
            assert wanted in outcome.say
        return len(texts)

    take(runs[7])
    settle()
    head("compact reports of one core a second")
    say(
        f"{7 * REPORTS:,} different reports on our screening form",
        rates(lambda run: take(runs[run])),
        "reports",
    )
    say(f"'{EXAMPLE}'", rates(lambda run: take([EXAMPLE] * REPORTS, "Venezuela")), "reports")
    bench = with_form(neutral_form.form("scr"))
    bench = replace(bench, forms={name: form for name, form in bench.forms.items() if name != "screening"})
    people = [
        [f"scr {' '.join(answers)}" for answers in neutral_form.people(seed, REPORTS)] for seed in range(8)
    ]

    def take_neutral(texts: list[str]) -> int:
        for text in texts:
            assert step(bench, None, inbound(0, text), known, greetings()).say
        return len(texts)

    take_neutral([neutral_form.told()["compact_example"]])
    say(
        "screening12 as one compact report, all different",
        rates(lambda run: take_neutral(people[run])),
        "reports",
    )
    outcomes = Counter(
        "whole" if not outcome.state.unread and "?" not in (outcome.say or "") else "partly"
        for text in runs[0]
        for outcome in [step(whole, None, inbound(0, text), known, greetings())]
    )
    print(
        f"of {REPORTS} of them: {outcomes['whole']} taken whole, {outcomes['partly']} with a word asked back"
    )


if __name__ == "__main__":
    main()
