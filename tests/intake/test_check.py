"""What an author is told when the tree of recording by phone asks for what the house does not do."""

from __future__ import annotations

from dataclasses import replace

from hotline.forms.book import Book
from hotline.intake.check import problems
from hotline.intake.desk import Desk


def changed(book: Book, node: str, **parts: object) -> list[str]:
    tree = book.trees["recording"]
    nodes = {**tree.nodes, node: replace(tree.nodes[node], **parts)}  # type: ignore[arg-type]
    return [
        str(one)
        for one in problems(replace(book, trees={**book.trees, "recording": replace(tree, nodes=nodes)}))
    ]


def test_our_own_tree_is_right(desk: Desk) -> None:
    assert list(problems(desk.kit.book)) == []


def test_an_unknown_act_and_a_missing_branch_are_named(desk: Desk) -> None:
    (unknown,) = changed(desk.kit.book, "keep", does="sing")
    assert "'sing' is nothing that recording by phone can do" in unknown
    (branch,) = changed(desk.kit.book, "check", keys={"right": "language"})
    assert "'check' needs the branches locked, right, wrong" in branch


def test_a_tree_that_is_not_there_is_named(desk: Desk) -> None:
    book = replace(desk.kit.book, trees={})
    assert [one.text for one in problems(book)] == [
        "there is no call tree 'recording'",
        "there is no call tree 'elsewhere'",
    ]
