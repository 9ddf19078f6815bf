"""Where a call stands in its tree."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from hotline.answers.sheet import Given, Sheet


@dataclass(slots=True)
class CallState:
    """`node` is what was played last; `tries` how often in a row nothing fitting was heard. `keyed` says that any key
    was ever pressed. `item` is the open item of a form node. `params` fill the wordings. `trail` are the nodes heard before,
    for `*`; `star` says that one was pressed and a second may follow. `resume` is where a call that was cut goes on.
    `about` is the id of the conversation that its answers belong to, "" for a new one."""

    tree: str
    node: str
    locale: str = ""
    tries: int = 0
    keyed: bool = False
    item: str = ""
    done: list[str] = field(default_factory=list)  # items of the form that were asked, in order
    sheet: Sheet = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    trail: list[str] = field(default_factory=list)
    star: bool = False
    resume: str = ""
    about: str = ""

    def forget(self) -> None:
        """Begin from nothing: the call may be another person's."""
        self.item, self.resume, self.about, self.tries = "", "", "", 0
        self.done, self.trail, self.sheet, self.params = [], [], {}, {}

    def encode(self) -> bytes:
        """As compact JSON."""
        row = {
            "x": self.tree, "n": self.node, "l": self.locale, "t": self.tries, "k": self.keyed, "i": self.item,
            "d": self.done, "p": self.params, "b": self.trail, "s": self.star, "r": self.resume, "c": self.about, "a": {name: given.row() for name, given in self.sheet.items()},
        }  # fmt: skip
        return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def decode(cls, data: bytes) -> CallState:
        """From what `encode` made."""
        row = json.loads(data)
        sheet = {name: Given.of(given) for name, given in row["a"].items()}
        return cls(
            row["x"], row["n"], row["l"], row["t"], row["k"], row["i"], row["d"], sheet, row["p"],
            row.get("b", []), row.get("s", False), row.get("r", ""), row.get("c", ""),
        )  # fmt: skip
