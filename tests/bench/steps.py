"""How many answers a second one core takes, on the neutral form.

Cold: open the sealed state, decode it, take the answer (danger words of all languages, all parsing, effects), give the next
prompt, encode and seal the state. Hot: the same with the state in memory. Nothing is switched off. The floor is opening,
decoding, encoding and sealing the same states alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hotline.answers.question import Circumstances
from hotline.content import settle
from hotline.conversation.inbound import Channel, Inbound
from hotline.conversation.state import Stage, State
from hotline.conversation.step import step
from hotline.conversation.turn import Facts
from hotline.forms.book import Book
from hotline.forms.definition import Form
from hotline.triage.grade import findings
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import Sealer
from tests.bench import neutral_form
from tests.bench.measuring import Rates, head, rates, say, say_share
from tests.conversation.talk import FRIDAY, LANGUAGES, book, danger, greetings, words
from tests.vaulted import sealer_of

PEOPLE = 60  # a run; each answers twelve questions


def facts() -> Facts:
    here = Circumstances(FRIDAY, ZoneInfo("America/St_Lucia"), "LC", True, "en")
    return Facts(here, words(), danger(), LANGUAGES, "K7P", "en", silence=timedelta(hours=1))


def sealer() -> Sealer:
    keys = KeyFolder(Path(tempfile.mkdtemp()) / "keys")
    keys.make()
    return sealer_of(keys)


def with_form(form: Form) -> Book:
    """Our book with one more form."""
    return replace(book(), forms={**book().forms, form.name: form})


def inbound(number: int, text: str) -> Inbound:
    return Inbound(f"SM{number}", Channel.SMS, "main", "+12025550123", text, FRIDAY)


class Bench:
    """Conversations on the neutral form, from the first question to the last."""

    def __init__(self) -> None:
        self.form = neutral_form.form()
        self.book = with_form(self.form)
        self.facts, self.greetings, self.seal = facts(), greetings(), sealer()
        begin = State(self.book.hash, "K7P", stage=Stage.FORM, locale="en", form=self.form.name, kind="work")
        begin.last, begin.open = int(FRIDAY.timestamp()), self.form.items[0].name
        self.begin = begin
        self.first = self.seal.seal_flight("bench", begin.encode())
        self.sealed: list[bytes] = []

    def cold(self, people: Sequence[Sequence[Inbound]], *, keep: bool = False) -> int:
        """Every answer from sealed state to sealed state."""
        for person in people:
            kept = self.first
            for message in person:
                state = State.decode(self.seal.open_flight("bench", kept))
                outcome = step(self.book, state, message, self.facts, self.greetings)
                kept = self.seal.seal_flight("bench", outcome.state.encode())
                if keep:
                    self.sealed.append(kept)
        return sum(map(len, people))

    def hot(self, people: Sequence[Sequence[Inbound]]) -> int:
        """The same with the state in memory."""
        for person in people:
            state = self.begin
            for message in person:
                state = step(self.book, state, message, self.facts, self.greetings).state
        return sum(map(len, people))

    def over_states(self, deed: Callable[[bytes], object]) -> Rates:
        """A deed with each of the sealed states, in every run those of other people."""

        def work(run: int) -> int:
            mine = self.sealed[run % 4 :: 4]
            for kept in mine:
                deed(kept)
            return len(mine)

        return rates(work)

    def check(self) -> None:
        """The twelve answers of the file are all understood, and something is said after each."""
        state = self.begin
        for number, text in enumerate(neutral_form.answers()):
            outcome = step(self.book, state, inbound(number, text), self.facts, self.greetings)
            state = outcome.state
            assert outcome.say
        assert {given.status for given in state.sheet.values()} == {"answered"}
        assert len(state.sheet) == len(self.form.items)


def messages(people: Sequence[Sequence[str]]) -> list[list[Inbound]]:
    return [[inbound(number, text) for number, text in enumerate(answers)] for answers in people]


def main() -> None:
    bench = Bench()
    bench.check()
    digits = [messages(neutral_form.people(seed, PEOPLE)) for seed in range(8)]
    talk = [messages(neutral_form.talkers(seed, PEOPLE)) for seed in range(8)]
    bench.cold(digits[7], keep=True)
    bench.cold(talk[7])
    settle()  # as the processes do once they have read the content
    head("steps of one core a second")
    cold = rates(lambda run: bench.cold(digits[run]))
    say("screening12, cold: from sealed state to sealed state", cold, "steps")
    say("screening12, hot: the state in memory", rates(lambda run: bench.hot(digits[run])), "steps")
    say("screening12 answered in words, cold", rates(lambda run: bench.cold(talk[run])), "steps")
    seal = bench.seal

    def whole(kept: bytes) -> None:
        seal.seal_flight("bench", State.decode(seal.open_flight("bench", kept)).encode())

    floor = bench.over_states(whole)
    say("floor: open, decode, encode, seal", floor, "steps")
    sizes = [len(kept) for kept in bench.sealed]
    ends = sizes[len(bench.form.items) - 1 :: len(bench.form.items)]
    print(
        f"sealed state: {max(sizes)} bytes at most, {sum(ends) / len(ends):.0f} at the end of a form on average"
    )
    print("what a cold step takes, in the same run:")
    say_share("open", bench.over_states(lambda kept: seal.open_flight("bench", kept)), cold)
    say_share("open and seal again", bench.over_states(lambda kept: seal.seal_flight("bench", seal.open_flight("bench", kept))), cold)  # fmt: skip
    say_share("the whole floor", floor, cold)
    texts = [[message.text for person in people for message in person] for people in digits]
    say_share("danger words of all languages", rates(lambda run: len([findings(t, bench.facts.danger) for t in texts[run]])), cold)  # fmt: skip
    say_share("a whole step without the floor", rates(lambda run: bench.hot(digits[run])), cold)
    print(
        "to beat (other engines, same form): goflow 3,503 cold steps, 4.2 kB; FLOIP flow-runner 6,448, 9.2 kB"
    )


if __name__ == "__main__":
    main()
