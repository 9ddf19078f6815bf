"""What `hotline check` says of the content of this room: the words of staff, the call tree `page`, the outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hotline.alerts.notices import Notice
from hotline.alerts.page_calls import ACTS, TREE
from hotline.alerts.staff_words import FILE_NAME, Act, StaffWords
from hotline.deployment import Deployment
from hotline.forms.book import Book
from hotline.forms.source import BadContent, Problem, load
from hotline.forms.tree import NodeType

NEEDED = (
    "page.text_emergency", "page.text_urgent", "staff.taken", "staff.taken_caller", "staff.cannot", "staff.still",
    "staff.which", "staff.which_outcome", "staff.none_open", "staff.outcome_menu", "staff.outcome_option",
    "staff.outcome_noted", "staff.not_yours", "staff.unknown_code", "staff.help",
    "staff.pin_locked", "page.text_help", "page.text_transfer", "page.text_several", "staff.helping", "staff.paged_now",
    "staff.asked_over", "staff.nobody_named", "staff.next_now", "staff.snoozed", "staff.snooze_how", "staff.snooze_option",
)  # fmt: skip


def problems(root: Path, book: Book, deployment: Deployment) -> tuple[Problem, ...]:
    """Everything that is wrong with it below `root`, with file and line."""
    found = list(StaffWords.load(root / "locales").problems)
    for locale in deployment.languages:
        if not (root / "locales" / locale / FILE_NAME).exists():
            text = "there are no words with which staff reply to a page in this language"
            found.append(Problem(f"locales/{locale}/{FILE_NAME}", 1, text))
        else:
            found += _acts(root, locale)
    found += _tree(book, deployment)
    needed = [*NEEDED, *(f"staff.notice_{notice}" for notice in Notice)]
    needed += [f"staff.outcome_{outcome}" for outcome in deployment.alerts.outcomes]
    needed += [f"staff.snooze_{reason}" for reason in deployment.alerts.snooze_reasons]
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


def _tree(book: Book, deployment: Deployment) -> Iterator[Problem]:
    tree = book.trees.get(TREE)
    if tree is None:
        yield Problem("ivr_flows/page.yaml", 1, f"there is no call tree '{TREE}'")
        return
    places = {str(number) for number in range(1, len(deployment.alerts.outcomes) + 1)}
    for node in tree.nodes.values():
        if node.type is NodeType.DO and set(node.keys) != ACTS.get(node.does):
            wanted = ", ".join(sorted(ACTS[node.does])) if node.does in ACTS else ""
            said = f"needs the branches {wanted}" if wanted else "is nothing that a page call can do"
            yield Problem.at(node.place, f"'{node.does}' {said}")
        if node.stores == "outcome" and set(node.values.values()) != places:
            yield Problem.at(
                node.place, f"'{node.name}' must offer each of the {len(places)} outcomes of hotline.toml"
            )
