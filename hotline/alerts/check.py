"""What `hotline check` says of the content of this room: the words of staff, the call tree `page`, the outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from hotline.alerts import helper_calls, ring_back_calls
from hotline.alerts.adding_people import RESPONDER
from hotline.alerts.helper_calls import LEAD
from hotline.alerts.known import MayRing, Safe
from hotline.alerts.notices import Notice
from hotline.alerts.page_calls import ACTS, TREE
from hotline.alerts.rota.notices import RotaNotice
from hotline.alerts.rota.words import FILE_NAME as ROTA_FILE
from hotline.alerts.rota.words import RotaWord, RotaWords
from hotline.alerts.staff_words import FILE_NAME, Act, StaffWords
from hotline.deployment import Deployment
from hotline.forms.book import Book
from hotline.forms.source import BadContent, Problem, load
from hotline.forms.tree import NodeType
from hotline.oncall.directory import RESPONDERS, Kind

READ_OUT = (
    "emergency", "urgent", "place", "no_place", "language", "no_language", "count", "no_messages", "older", "message",
    "recording", "no_sound", "officer", "cannot", *(f"safe_{safe}" for safe in Safe), *(f"ring_{ring}" for ring in MayRing),
)  # fmt: skip
NEEDED = (
    "page.text_emergency", "page.text_urgent", "staff.taken", "staff.taken_caller", "staff.cannot", "staff.still",
    "staff.which", "staff.which_outcome", "staff.none_open", "staff.outcome_menu", "staff.outcome_option",
    "staff.outcome_noted", "staff.not_yours", "staff.unknown_code", "staff.help",
    "staff.pin_locked", "staff.glass", "staff.reveal_by_phone", "page.text_help", "page.text_transfer", "page.text_several", "staff.helping", "staff.paged_now",
    "staff.asked_over", "staff.nobody_named", "staff.next_now", "staff.snoozed", "staff.snooze_how", "staff.snooze_option",
    "rota.more_gaps", "rota.accepted", "rota.confirmed", "rota.declined_noted", "rota.asked", "rota.agreed",
    "rota.nothing_changes", "rota.no_shift", "rota.swap_who", "rota.swap_unknown", "rota.on_now", "rota.already", "rota.over",
    "rota.how",
    *(f"read_out.{name}" for name in READ_OUT),
    *(f"phone.{name}" for name in ("code", "counts", "wrong_code")),
    *(f"helper.{name}" for name in ("asked", "how", "lead", "which", "noted", "passed", "over")),
    *(f"helper.told_{name}" for name in ("accepted", "on_way", "there", "done", "no")),
    *(f"helper.kind_{kind}" for kind in Kind),
)  # fmt: skip


def problems(root: Path, book: Book, deployment: Deployment) -> tuple[Problem, ...]:
    """Everything that is wrong with it below `root`, with file and line."""
    found = [*StaffWords.load(root / "locales").problems, *RotaWords.load(root / "locales").problems]
    for locale in deployment.languages:
        if not (root / "locales" / locale / FILE_NAME).exists():
            text = "there are no words with which staff reply to a page in this language"
            found.append(Problem(f"locales/{locale}/{FILE_NAME}", 1, text))
        else:
            found += _acts(root, locale)
        found += _rota(root, locale)
    found += _tree(book, deployment)
    found += _acts_of(book, ring_back_calls.TREE, ring_back_calls.ACTS)
    needed = [*NEEDED, *(f"staff.notice_{notice}" for notice in Notice)]
    needed += [f"rota.{notice}" for notice in RotaNotice]
    needed += [f"staff.outcome_{outcome}" for outcome in deployment.alerts.outcomes]
    needed += [f"staff.snooze_{reason}" for reason in deployment.alerts.snooze_reasons]
    needed += [f"staff.reveal_{reason}" for reason in deployment.access.reveal_reasons]
    for key in needed:
        if key not in book.wordings:
            found.append(Problem("sms_forms/wordings.yaml", 1, f"the wording '{key}' is missing"))
    return tuple(found)


def _acts(root: Path, locale: str) -> Iterator[Problem]:
    """Every act needs a word in every language."""
    try:
        content = load(root / "locales" / locale / FILE_NAME, root)
    except BadContent:
        return  # told by StaffWords
    for act in Act:
        if act is not Act.POLITE and not content.get(act):
            yield Problem(content.file, content.line_of(act) or 1, f"no words under '{act}'")


def _rota(root: Path, locale: str) -> Iterator[Problem]:
    """Every wish about the rota needs a word in every language."""
    name = f"locales/{locale}/{ROTA_FILE}"
    if not (root / name).exists():
        yield Problem(name, 1, "there are no words with which staff act on the rota in this language")
        return
    try:
        content = load(root / name, root)
    except BadContent:
        return  # told by RotaWords
    for word in RotaWord:
        if not content.get(word):
            yield Problem(content.file, content.line_of(word) or 1, f"no words under '{word}'")


def _tree(book: Book, deployment: Deployment) -> Iterator[Problem]:
    yield from _acts_of(book, TREE, ACTS)
    yield from _acts_of(book, helper_calls.TREE, helper_calls.ACTS)
    yield from _whom(book)
    tree = book.trees.get(TREE)
    places = {str(number) for number in range(1, len(deployment.alerts.outcomes) + 1)}
    for node in tree.nodes.values() if tree is not None else ():
        if node.stores == "outcome" and set(node.values.values()) != places:
            yield Problem.at(
                node.place, f"'{node.name}' must offer each of the {len(places)} outcomes of hotline.toml"
            )


def _whom(book: Book) -> Iterator[Problem]:
    """Whom one may call, and who may lead, are the same in every menu and in the order of the replies 61, 62 ..."""
    order = {str(key): kind.value for key, kind in enumerate(RESPONDERS, start=1)}
    for tree in book.trees.values():
        for node in tree.nodes.values():
            if node.stores in (RESPONDER, LEAD) and node.values != order:
                told = ", ".join(f"{key} {kind}" for key, kind in order.items())
                yield Problem.at(node.place, f"'{node.name}' must offer {told}")


def _acts_of(book: Book, name: str, acts: Mapping[str, set[str]]) -> Iterator[Problem]:
    """A tree asks for what is done here, and knows every branch that may come of it."""
    tree = book.trees.get(name)
    if tree is None:
        yield Problem(f"ivr_flows/{name}.yaml", 1, f"there is no call tree '{name}'")
        return
    for node in tree.nodes.values():
        if node.type is NodeType.DO and set(node.keys) != acts.get(node.does):
            wanted = ", ".join(sorted(acts[node.does])) if node.does in acts else ""
            said = f"needs the branches {wanted}" if wanted else "is nothing that a page call can do"
            yield Problem.at(node.place, f"'{node.does}' {said}")
