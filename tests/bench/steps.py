"""How many answers a second one core takes: `screening12.json`, a neutral form of twelve questions, as a form of ours.

Cold: open the sealed state, decode it, take the answer (danger words, all parsing, effects), give the next prompt, encode
and seal the state. Nothing is switched off. The floor is opening, decoding, encoding and sealing the same states alone.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hotline.answers.question import Circumstances
from hotline.conversation.inbound import Channel, Inbound
from hotline.conversation.state import Stage, State
from hotline.conversation.step import step
from hotline.conversation.turn import Facts
from hotline.forms.book import Book
from hotline.forms.definition import Choice, Form, Item, Kind, Wording
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import Sealer
from tests.conversation.talk import FRIDAY, LANGUAGES, book, danger, greetings, words

FILE = Path(__file__).with_name("screening12.json")
RUNS, ROUNDS = 7, 60
REPORT = "scr pot 12/11 castries f16 ve sex none"


def neutral_form() -> tuple[Form, list[str]]:
    """The form and the answers that a person sends."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    items = []
    for number, row in enumerate(told["questions"], start=1):
        kind = {"int": Kind.INTEGER, "text": Kind.TEXT}.get(row["type"], Kind.CHOICE)
        choices = tuple(
            Choice(code, str(digit), (label := Wording(f"b.{code}", code)), label, ())
            for digit, code in enumerate(row.get("choices", ()), start=1)
        )
        menu = " ".join(f"{choice.digit} {choice.code}" for choice in choices)
        label = Wording(f"b.{row['name']}", f"{row['text']} {menu}".strip())
        items.append(
            Item(row["name"], str(number), row["name"], kind, label, label, "bench", list_name=f"bench_{row['name']}" if choices else "count",
                 words=f"bench_{row['name']}" if choices else "count", choices=choices, low=row.get("min"), high=row.get("max"), max_length=row.get("max_chars", 1600))
        )  # fmt: skip
    return Form("bench12", "", Wording("b.title", "bench"), tuple(items), "bench"), [
        row["answer"] for row in told["questions"]
    ]


def facts() -> Facts:
    here = Circumstances(FRIDAY, ZoneInfo("America/St_Lucia"), "LC", True, "en")
    return Facts(here, words(), danger(), LANGUAGES, "K7P", "en", silence=timedelta(hours=1))


def sealer() -> Sealer:
    keys = KeyFolder(Path(tempfile.mkdtemp()) / "keys")
    keys.make()
    return Sealer(keys)


def rate(work: Callable[[], int]) -> tuple[float, float, float]:
    """Lowest, middle and highest rate a second of several runs."""
    rates = []
    for _ in range(RUNS):
        begun = time.process_time()
        count = work()
        rates.append(count / (time.process_time() - begun))
    return min(rates), statistics.median(rates), max(rates)


def say(what: str, rates: tuple[float, float, float], unit: str) -> None:
    print(f"{what:<48} {rates[0]:>9,.0f} {rates[1]:>9,.0f} {rates[2]:>9,.0f}  {unit}")


def main() -> None:
    form, answers = neutral_form()
    whole: Book = replace(book(), forms={**book().forms, form.name: form})
    known, seal = facts(), sealer()
    begin = State(
        whole.hash,
        "K7P",
        stage=Stage.FORM,
        locale="en",
        form=form.name,
        kind="work",
        last=int(FRIDAY.timestamp()),
    )
    begin.open = form.items[0].name
    first = seal.seal_flight("bench", begin.encode())
    inbounds = [
        Inbound(f"SM{n}", Channel.SMS, "main", "+12025550123", text, FRIDAY) for n, text in enumerate(answers)
    ]
    sealed: list[bytes] = []

    def cold() -> int:
        for _ in range(ROUNDS):
            kept = first
            sealed.clear()
            for inbound in inbounds:
                state = State.decode(seal.open_flight("bench", kept))
                outcome = step(whole, state, inbound, known, greetings())
                assert outcome.say
                kept = seal.seal_flight("bench", outcome.state.encode())
                sealed.append(kept)
        return ROUNDS * len(inbounds)

    def floor() -> int:
        for _ in range(ROUNDS):
            for kept in sealed:
                seal.seal_flight("bench", State.decode(seal.open_flight("bench", kept)).encode())
        return ROUNDS * len(sealed)

    def compact() -> int:
        for _ in range(ROUNDS):
            officer = replace(known, officer=True)
            assert step(
                whole,
                None,
                Inbound("SM", Channel.SMS, "main", "+12025550121", REPORT, FRIDAY),
                officer,
                greetings(),
            ).say
        return ROUNDS

    cold()
    print(f"{'one core, a second':<48} {'lowest':>9} {'middle':>9} {'highest':>9}")
    say("screening12, cold steps", rate(cold), "steps")
    say("floor: open, decode, encode, seal the state", rate(floor), "steps")
    say("compact reports", rate(compact), "reports")
    last = State.decode(seal.open_flight("bench", sealed[-1]))
    assert {name: given.status for name, given in last.sheet.items() if given.status != "answered"} == {}
    sizes = [len(kept) for kept in sealed]
    print(f"sealed state: {max(sizes)} bytes at most, {sizes[-1]} at the end; all twelve answers understood")
    print(
        "to beat (other engines, same form): goflow 3,503 cold steps, 4.2 kB; FLOIP flow-runner 6,448, 9.2 kB"
    )


if __name__ == "__main__":
    main()
