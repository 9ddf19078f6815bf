"""Plays a call tree: pure. State and what the caller did in; new state, a call document, and effects out.

Silence or a wrong key is said again, twice, then it goes where the node says under `silence`. `0` leads to a person in
every menu and item, `*` goes back, `**` leaves out (`star.py`). A `do` node and a `connect` node stop the player: who plays it acts, and goes on with `result`.
"""

from __future__ import annotations

from collections.abc import Mapping

from hotline.answers.sheet import Given, Sheet, Status, next_item
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
from hotline.calltree.heard import Connect, Heard, Recorded, Setting
from hotline.calltree.keys import BY_KEYS, ONE_KEY, read_keys, says_it
from hotline.calltree.resuming import AGAIN, taken_up
from hotline.calltree.star import BACK, SKIP, STAR_SECONDS, WAITING_TYPES, go_back, leave
from hotline.calltree.state import CallState
from hotline.calltree.turn import CallTurn
from hotline.forms.book import Book
from hotline.forms.definition import Item, Wording
from hotline.forms.tree import Node, NodeType, Tree

PERSON = "person"
WAITING = "waiting"
SHORTEST = 3  # seconds: a recording that a key ended sooner holds no words
ENDS_RECORDING = "#*0"  # the hash ends it; the others do so and mean what they mean everywhere
QUEUE = ""  # the queue's name is filled in by who opened the alert


def begin(
    book: Book, tree: str, setting: Setting, *, locale: str = "", params: Mapping[str, str] | None = None
) -> Heard:
    """A call begins at the start of a tree."""
    state = CallState(tree, book.trees[tree].start, locale, params=dict(params or {}))
    return _Player(book, setting, Heard(state)).play()


def begin_again(book: Book, setting: Setting, before: CallState, sheet: Sheet, at: str) -> Heard:
    """A call after one that was cut: one short sentence that reveals nothing, and the first key leads on, to the node `at`
    ("" for the tree's own choice). `sheet` holds what was answered meanwhile, by text too."""
    return _Player(book, setting, Heard(taken_up(book, before, sheet, at))).play()


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


def wait(book: Book, state: CallState, setting: Setting, turn: CallTurn, at: str = WAITING) -> Heard:
    """What a caller in the queue hears, over and over: the node `at`. A key of its `values` is kept and thanked for; a key
    of its `keys` leaves the queue, and the call goes on at that node."""
    return _Player(book, setting, Heard(CallState.decode(state.encode()))).wait(turn, at)


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
        leave(self.state, self.tree)
        self.state.node, self.state.tries = name, 0
        return self.play()

    def play(self) -> Heard:
        """Say the current node, and go on through nodes that wait for nothing. What these say is said within the next
        question, so that a key cuts it short."""
        said: list[Prompt] = []
        while True:
            node = self.node
            if node.type is NodeType.SAY:
                said += self._prompts(node)
                self.state.node = node.next
                continue
            if node.type is NodeType.RESUME:
                self._resume(node)
                continue
            if node.type is NodeType.FORM:
                item = self._open_item(node)
                if item is None:
                    leave(self.state, self.tree)
                    self.state.node, self.state.item = node.next, ""
                    continue
                self.before = (*self.before, *said)
                return self._document(self._item(item))
            if node.type in WAITING_TYPES:
                self.before = (*self.before, *said)
                return self._document(self._wait_for(node))
            return self._stop(node, said)

    def _stop(self, node: Node, said: list[Prompt]) -> Heard:
        """The end, an act, or a person: nothing before it can be gone back to."""
        self.state.trail.clear()
        if node.type is NodeType.DO:
            self.heard.does = node.does
            return self._document(_spoken(said))
        spoken = _spoken([*said, *self._prompts(node)])
        if node.type is NodeType.END:
            self.heard.over = True
            return self._document([*spoken, Hangup()])
        self.heard.connect = Connect(node.raises, node.rule)
        return self._document([*spoken, Enqueue(QUEUE)])

    def _resume(self, node: Node) -> None:
        """Where the call before was cut; nothing that was answered is said."""
        self.state.trail = [name for name in self.state.trail if name != AGAIN]
        self.state.node, self.state.resume = self.state.resume or node.next, ""

    def hear(self, turn: CallTurn) -> Heard:
        node = self.node
        if turn.digits:
            self.state.keyed = True
        starred, self.state.star = self.state.star, False
        if turn.digits in ("0", BACK, SKIP) and turn.recording_seconds >= SHORTEST:
            self._keep(turn, self.state.item or node.stores)
        if turn.digits == "0" and PERSON in self.tree.nodes and "0" not in node.keys:
            return self.goto(node.person or PERSON)
        if turn.digits == SKIP or (starred and turn.digits == BACK):
            return self._skip(node)
        if starred or turn.digits == BACK:
            return self._back(node, second_may_come=not starred)
        match node.type:
            case NodeType.LANGUAGES:
                return self._heard_language(node, turn)
            case NodeType.MENU:
                return self._heard_menu(node, turn)
            case NodeType.TYPED:
                return self.goto(node.next) if turn.digits else self._again(node)
            case NodeType.RECORD:
                return self._heard_recording(node, turn)
            case NodeType.FORM:
                return self._heard_item(node, turn)
            case _:
                return self.play()

    def wait(self, turn: CallTurn, at: str) -> Heard:
        node = self.tree.nodes[at]
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

    def _wait_for(self, node: Node) -> list[Action]:
        prompts = (*self.before, *self._prompts(node))
        if node.type is NodeType.RECORD:
            return [Record(prompts, node.seconds, finish_on=ENDS_RECORDING)]
        if node.type is NodeType.TYPED:
            return [Gather(prompts, node.timeout, digits=None, finish_on="#"), Next()]
        return [Gather(prompts, node.timeout), Next()]

    def _item(self, item: Item) -> list[Action]:
        wording = item.voice or item.label
        prompts = (*self.before, self._prompt(wording, self.state.locale or self.setting.languages[0]))
        timeout = item.timeout or self.node.timeout
        if item.kind not in BY_KEYS:
            return [Record(prompts, self.node.seconds, finish_on=ENDS_RECORDING)]
        if item.kind in ONE_KEY:
            return [Gather(prompts, timeout), Next()]
        return [Gather(prompts, timeout, digits=None, finish_on="#"), Next()]

    # what was heard

    def _heard_language(self, node: Node, turn: CallTurn) -> Heard:
        index = int(turn.digits) - 1 if turn.digits.isdigit() else -1
        if 0 <= index < len(self.setting.languages):
            chosen = self.setting.languages[index]
            if node.stores:
                self._store(node.stores, Status.ANSWERED, chosen)
            else:
                self.state.locale = self.heard.language = chosen
                self._store("contact_language", Status.ANSWERED, chosen)
            return self.goto(node.next)
        if not turn.digits and not self.state.keyed:
            self.heard.silent = True
            return self.goto(node.silence)
        return self._again(node)

    def _heard_menu(self, node: Node, turn: CallTurn) -> Heard:
        if node.name == AGAIN and not self.state.keyed:
            self.heard.silent = True
            return self.goto(node.silence)
        if turn.digits in node.values and node.stores:
            self._store(node.stores, Status.ANSWERED, node.values[turn.digits])
        target = node.keys.get(turn.digits) or (node.next if turn.digits in node.values else "")
        if target == self.tree.start and node.name == AGAIN:
            self.state.forget()  # whoever wants another language may be another person
        return self.goto(target) if target else self._again(node)

    def _heard_recording(self, node: Node, turn: CallTurn) -> Heard:
        if turn.recording and turn.recording_seconds > 0:
            self._keep(turn, node.stores)
        return self.goto(node.next)

    def _keep(self, turn: CallTurn, stores: str) -> None:
        """What was said is kept, and left to a person."""
        self.heard.recorded = Recorded(turn.recording, turn.recording_seconds, stores)
        if stores:
            self._store(stores, Status.PENDING, None)

    def _heard_item(self, node: Node, turn: CallTurn) -> Heard:
        item = self._item_named(node, self.state.item)
        if item is None:
            return self.play()
        if turn.recording and turn.recording_seconds > 0:
            self._keep(turn, item.name)
            return self._next_item()
        value = read_keys(item, turn.digits, self.tree.countries, self.setting.words, self.setting.here)
        if value is None and says_it(item, turn.digits, self.tree.countries):
            self._store(item.name, Status.PENDING, None)
            self.state.done.append(item.name)  # `*` leads back to its keys
            return self._document([Record((), node.seconds, finish_on=ENDS_RECORDING)])
        if value is None:
            return self._again(node)
        self._store(item.name, Status.ANSWERED, value)
        said = echo(self.book, item, value, self.state.locale or self.setting.languages[0])
        return self._next_item(said)

    def _back(self, node: Node, *, second_may_come: bool) -> Heard:
        """`*`: the question before, once more; its answer is given anew. Where one key ends the waiting and something can be
        left out, a second star may still come."""
        if second_may_come and self._one_key(node) and (node.type is NodeType.FORM or self._skipped_to(node)):
            self.state.star = True
            return self._document([Gather((), STAR_SECONDS), Next()])
        if node.name != AGAIN:
            go_back(self.state, self.tree)
        return self.play()

    def _one_key(self, node: Node) -> bool:
        """Whether the first key ended the waiting: not where several are ended by #."""
        item = self._item_named(node, self.state.item) if node.type is NodeType.FORM else None
        if item is None:
            return node.type is not NodeType.TYPED
        said = item.kind not in BY_KEYS or item.name in self.state.done[-1:]
        return said or item.kind in ONE_KEY

    def _skipped_to(self, node: Node) -> str:
        return node.skip or (node.next if node.type is NodeType.RECORD else "")

    def _skip(self, node: Node) -> Heard:
        """`**`: an item is declined; another node is left for where it says, and said again where it says nothing."""
        if node.type is NodeType.FORM and self.state.item:
            self._store(self.state.item, Status.DECLINED, None)
            return self._next_item()
        target = self._skipped_to(node)
        return self.goto(target) if target else self.play()

    def _next_item(self, before: tuple[Prompt, ...] = ()) -> Heard:
        """Go on to the next item; `before` says back what was typed."""
        self.before = before
        if self.state.item not in self.state.done[-1:]:
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


def _spoken(prompts: list[Prompt]) -> list[Action]:
    return [Speak(tuple(prompts))] if prompts else []
