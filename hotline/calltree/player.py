"""Plays a call tree: pure. State and what the caller did in; new state, a call document, and effects out.

Silence or a wrong key is said again, twice, then it goes where the node says under `silence`. `0` leads to a person in
every menu and item. A `do` node and a `connect` node stop the player: who plays it acts, and goes on with `result`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hotline.answers.question import Circumstances
from hotline.answers.sheet import Given, Status, next_item
from hotline.answers.understand import Words
from hotline.calltree.actions import (
    Action,
    Document,
    Enqueue,
    Gather,
    Hangup,
    Leave,
    Next,
    Prompt,
    Record,
    Speak,
)
from hotline.calltree.echo import echo
from hotline.calltree.keys import BY_KEYS, ONE_KEY, read_keys
from hotline.calltree.state import CallState
from hotline.calltree.turn import CallTurn
from hotline.forms.book import Book
from hotline.forms.definition import Item, Kind, Wording
from hotline.forms.tree import Node, NodeType, Tree

PERSON = "person"
WAITING = "waiting"
QUEUE = ""  # the queue's name is filled in by who opened the alert


@dataclass(frozen=True, slots=True)
class Setting:
    """What the player needs to know besides the book: languages in key order, words, and circumstances."""

    languages: tuple[str, ...]
    words: Words
    here: Circumstances


@dataclass(frozen=True, slots=True)
class Connect:
    """The caller is to be put through to a person: an alert of this grade, by this rule."""

    grade: str
    rule: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording was made: `stores` is the field whose words it holds."""

    sid: str
    seconds: int
    stores: str


@dataclass(slots=True)
class Heard:
    """The outcome of a turn. `does` names the act of a `do` node that stopped the player. `answered` lists the fields
    that this turn filled. `silent` says that a call ended its menus without any key."""

    state: CallState
    document: Document = field(default_factory=lambda: Document(()))
    does: str = ""
    connect: Connect | None = None
    recorded: Recorded | None = None
    answered: list[str] = field(default_factory=list)
    language: str = ""
    silent: bool = False
    over: bool = False


def begin(
    book: Book, tree: str, setting: Setting, *, locale: str = "", params: Mapping[str, str] | None = None
) -> Heard:
    """A call begins at the start of a tree."""
    state = CallState(tree, book.trees[tree].start, locale, params=dict(params or {}))
    return _Player(book, setting, Heard(state)).play()


def hear(book: Book, state: CallState, setting: Setting, turn: CallTurn) -> Heard:
    """The caller did something (or nothing) at the node that was played last."""
    return _Player(book, setting, Heard(CallState.decode(state.encode()))).hear(turn)


def result(book: Book, state: CallState, setting: Setting, branch: str) -> Heard:
    """Go on after a `do` node: `branch` is one of its keys."""
    player = _Player(book, setting, Heard(CallState.decode(state.encode())))
    node = player.node
    return player.goto(node.keys.get(branch) or node.next)


def enter(book: Book, state: CallState, setting: Setting, node: str) -> Heard:
    """Go to a node from outside ("person", "waiting", "after_bridge")."""
    return _Player(book, setting, Heard(CallState.decode(state.encode()))).goto(node)


def wait(book: Book, state: CallState, setting: Setting, turn: CallTurn) -> Heard:
    """What a caller in the queue hears, over and over: the node `waiting`. A key of its `values` is kept and thanked for;
    a key of its `keys` leaves the queue, and the call goes on at that node."""
    return _Player(book, setting, Heard(CallState.decode(state.encode()))).wait(turn)


class _Player:
    def __init__(self, book: Book, setting: Setting, heard: Heard) -> None:
        self.book = book
        self.setting = setting
        self.heard = heard
        self.state = heard.state
        self.tree: Tree = book.trees[self.state.tree]
        self.before: tuple[Prompt, ...] = ()  # said before the next question, within it: a key cuts it short

    @property
    def node(self) -> Node:
        return self.tree.nodes[self.state.node]

    def goto(self, name: str) -> Heard:
        self.state.node, self.state.tries = name, 0
        return self.play()

    def play(self) -> Heard:
        """Say the current node, and go on through nodes that wait for nothing."""
        actions: list[Action] = []
        while True:
            node = self.node
            said = self._say(node)
            if node.type is NodeType.SAY:
                actions += said
                self.state.node = node.next
                continue
            if node.type is NodeType.END:
                self.heard.over = True
                return self._document([*actions, *said, Hangup()])
            if node.type is NodeType.DO:
                self.heard.does = node.does
                return self._document(actions)
            if node.type is NodeType.CONNECT:
                self.heard.connect = Connect(node.raises, node.rule)
                return self._document([*actions, *said, Enqueue(QUEUE)])
            if node.type is NodeType.FORM:
                item = self._open_item(node)
                if item is None:
                    self.state.node, self.state.item = node.next, ""
                    continue
                return self._document([*actions, *said, *self._item(item)])
            return self._document([*actions, *self._wait_for(node)])

    def hear(self, turn: CallTurn) -> Heard:
        node = self.node
        if turn.digits:
            self.state.keyed = True
        if turn.digits == "0" and PERSON in self.tree.nodes and "0" not in node.keys:
            return self.goto(node.person or PERSON)
        if node.type is NodeType.LANGUAGES:
            return self._heard_language(node, turn)
        if node.type is NodeType.MENU:
            return self._heard_menu(node, turn)
        if node.type is NodeType.RECORD:
            return self._heard_recording(node, turn)
        if node.type is NodeType.FORM:
            return self._heard_item(node, turn)
        return self.play()

    def wait(self, turn: CallTurn) -> Heard:
        node = self.tree.nodes[WAITING]
        thanks: tuple[Prompt, ...] = ()
        if turn.digits in node.keys:
            self.state.node = node.keys[turn.digits]
            return self._document([Leave()])
        if turn.digits in node.values and node.stores:
            self._store(node.stores, Status.ANSWERED, node.values[turn.digits])
            thanks = self._prompts(self.tree.nodes[node.next]) if node.next else ()
        return self._document([Gather((*thanks, *self._prompts(node)), node.timeout), Next()])

    # what is said

    def _document(self, actions: list[Action]) -> Heard:
        self.heard.document = Document(tuple(actions))
        return self.heard

    def _locales(self, node: Node) -> tuple[str, ...]:
        unknown = node.each or not self.state.locale
        return self.setting.languages if unknown else (self.state.locale,)

    def _prompt(self, wording: Wording, locale: str, **params: object) -> Prompt:
        return Prompt(wording.key, locale, self.book.text(wording, locale, **params))

    def _prompts(self, node: Node) -> tuple[Prompt, ...]:
        if node.say is None:
            return ()
        if node.type is NodeType.LANGUAGES:
            keys = range(1, len(self.setting.languages) + 1)
            return tuple(
                self._prompt(node.say, locale, key=key)
                for key, locale in zip(keys, self.setting.languages, strict=True)
            )
        return tuple(self._prompt(node.say, locale, **self.state.params) for locale in self._locales(node))

    def _say(self, node: Node) -> list[Action]:
        prompts = self._prompts(node)
        return [Speak(prompts)] if prompts else []

    def _wait_for(self, node: Node) -> list[Action]:
        prompts = (*self.before, *self._prompts(node))
        if node.type is NodeType.RECORD:
            return [Record(prompts, node.seconds)]
        return [Gather(prompts, node.timeout), Next()]

    def _item(self, item: Item) -> list[Action]:
        wording = item.voice or item.label
        prompts = (*self.before, self._prompt(wording, self.state.locale or self.setting.languages[0]))
        if item.kind not in BY_KEYS:
            return [Record(prompts, self.node.seconds)]
        if item.kind in ONE_KEY:
            return [Gather(prompts, self.node.timeout), Next()]
        return [Gather(prompts, self.node.timeout, digits=None, finish_on="#"), Next()]

    # what was heard

    def _heard_language(self, node: Node, turn: CallTurn) -> Heard:
        index = int(turn.digits) - 1 if turn.digits.isdigit() else -1
        if 0 <= index < len(self.setting.languages):
            self.state.locale = self.heard.language = self.setting.languages[index]
            self._store("contact_language", Status.ANSWERED, self.state.locale)
            return self.goto(node.next)
        if not turn.digits and not self.state.keyed:
            self.heard.silent = True
            return self.goto(node.silence)
        return self._again(node)

    def _heard_menu(self, node: Node, turn: CallTurn) -> Heard:
        if turn.digits in node.values and node.stores:
            self._store(node.stores, Status.ANSWERED, node.values[turn.digits])
        target = node.keys.get(turn.digits) or (node.next if turn.digits in node.values else "")
        return self.goto(target) if target else self._again(node)

    def _heard_recording(self, node: Node, turn: CallTurn) -> Heard:
        if turn.recording and turn.recording_seconds > 0:
            self.heard.recorded = Recorded(turn.recording, turn.recording_seconds, node.stores)
            if node.stores:
                self._store(node.stores, Status.PENDING, None)
        return self.goto(node.next)

    def _heard_item(self, node: Node, turn: CallTurn) -> Heard:
        item = self._item_named(node, self.state.item)
        if item is None:
            return self.play()
        if turn.recording and turn.recording_seconds > 0:
            self.heard.recorded = Recorded(turn.recording, turn.recording_seconds, item.name)
            self._store(item.name, Status.PENDING, None)
            return self._next_item()
        if turn.digits == "*" and item.kind is not Kind.PLACE and self.state.done:
            return self._back()
        value = read_keys(item, turn.digits, self.tree.countries, self.setting.words, self.setting.here)
        if value is None and self._says_it(item, turn.digits):
            self._store(item.name, Status.PENDING, None)
            return self._document([Record((), node.seconds)])
        if value is None:
            return self._again(node)
        self._store(item.name, Status.ANSWERED, value)
        said = echo(self.book, item, value, self.state.locale or self.setting.languages[0])
        return self._next_item(said)

    def _back(self) -> Heard:
        """`*`: the question before, once more; its answer is given anew."""
        self.state.item, self.state.tries = self.state.done.pop(), 0
        return self.play()

    def _says_it(self, item: Item, digits: str) -> bool:
        """The key after the last country, and `*` for a place, mean "I will say it": recorded, left to a person."""
        if item.kind is Kind.COUNTRY:
            return digits == str(len(self.tree.countries) + 1)
        return item.kind is Kind.PLACE and digits == "*"

    def _next_item(self, before: tuple[Prompt, ...] = ()) -> Heard:
        """Go on to the next item; `before` says back what was typed."""
        self.before = before
        self.state.done.append(self.state.item)
        self.state.item, self.state.tries = "", 0
        return self.play()

    def _again(self, node: Node) -> Heard:
        """Said again, twice; then where the node says for silence, else a person."""
        self.state.tries += 1
        if self.state.tries >= node.times:
            return self.goto(node.silence or PERSON)
        return self.play()

    # forms

    def _open_item(self, node: Node) -> Item | None:
        items = tuple(self.book.forms[node.form].item(name) for name in node.items)
        if self.state.item:
            return self._item_named(node, self.state.item)
        item = next_item((item for item in items if item.name not in self.state.done), self.state.sheet)
        self.state.item = item.name if item else ""
        return item

    def _item_named(self, node: Node, name: str) -> Item | None:
        return self.book.forms[node.form].item(name) if name else None

    def _store(self, name: str, status: Status, value: object) -> None:
        at = int(self.setting.here.at.timestamp())
        self.state.sheet[name] = Given(status, value, "", at, "voice")
        self.heard.answered.append(name)
