"""What a call does next, in words no carrier owns; `carriers` renders them (TwiML for Twilio).

A call document is a tuple of actions, played in order. Every action that waits for the caller (`Gather`, `Record`,
`Enqueue`, `Conference`) ends the document as far as the person's road goes: the carrier then posts to our action URL,
which carries the next step number. What stands behind a `Gather` is played when nobody pressed a key, so a renderer
always ends a document that could fall through with a redirect to the next step with no digits.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing said to a person, in one language.

    `key` is the wording's key ("caller.welcome"), under which recorded audio lies in
    `ivr_flows/audio/<locale>/` as that key; "" when no audio can exist (values read back). `text` is the words themselves.
    `clips` are audio keys played one after the other instead of `key` ("number.12", "month.3") for values.
    """

    key: str
    locale: str
    text: str
    clips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speak:
    """Say or play prompts one after the other."""

    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence of `seconds`."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Gather:
    """Prompts that a key may cut short, then wait `timeout` seconds for keys.

    `digits` is how many keys end it (None: any number, ended by `finish_on`). `finish_on` is one key or "" for none.
    """

    prompts: tuple[Prompt, ...]
    timeout: int
    digits: int | None = 1
    finish_on: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Record the caller for at most `max_seconds`, ended by `finish_on` or `silence` seconds of silence."""

    prompts: tuple[Prompt, ...]
    max_seconds: int
    silence: int = 5
    finish_on: str = "#"


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Put the caller into the carrier's queue `queue`; our own words while waiting come from the wait URL."""

    queue: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave the queue (only in a document played while waiting): the call goes on at the Enqueue's action URL."""


@dataclass(frozen=True, slots=True)
class Conference:
    """Join the conference `name`. `ends` says whether the conference ends when this person leaves; with `star` the star key
    leads out of it, on to the next step.

    Bridged calls are never recorded, and nobody hears another's number.
    """

    name: str
    ends: bool = False
    star: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring `numbers` (E.164) together for `seconds`, showing our own number; each who answers hears the accept prompts
    first (our own URL for the called leg) and is joined only on a key."""

    numbers: tuple[str, ...]
    seconds: int


@dataclass(frozen=True, slots=True)
class Next:
    """Ask us again at once with the next step number (a redirect)."""


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call."""


Action = Speak | Pause | Gather | Record | Enqueue | Leave | Conference | Ring | Next | Hangup


@dataclass(frozen=True, slots=True)
class Document:
    """A call document: what happens now, and the step number our next action URL carries."""

    actions: tuple[Action, ...]
    next_step: int = 0
    wait: tuple[Action, ...] = field(default=())
