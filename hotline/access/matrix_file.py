"""The matrix file: reading it, and telling what is wrong in it with file and line. What is wrong allows nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

from hotline.access.matrix import HOUSE_THINGS, ROLES, Action, Matrix, Purpose, Reveal, RoleRow, Rule, Scope
from hotline.config import Settings
from hotline.forms.source import BadContent, Problem, Section, load, need, relative, rows, unknown_keys
from hotline.standards.crosswalk import Crosswalk, Sensitivity

OWN = Path(__file__).resolve().parent / "data" / "matrix.yaml"
_TOP, _ROLE = {"roles", "rules"}, {"purpose", "scope", "why"}
_RULE = {"role", "purpose", "what", "may", "reveal", "why"}

_Key = tuple[str, str, str]


def matrix_file(settings: Settings) -> Path:
    """The file that counts: the one that `hotline.toml` names, beside it; else the project's."""
    named = settings.deployment.access.matrix
    return settings.config_file.parent / named if named else OWN


def matrix_of(settings: Settings, crosswalk: Crosswalk) -> Matrix:
    """The matrix of a house, read once. Never raises for a bad file: what is wrong in it allows nothing."""
    return _matrix_of(matrix_file(settings), settings.deployment.access.roles, crosswalk)


@lru_cache(maxsize=8)
def _matrix_of(file: Path, switched_on: tuple[str, ...], crosswalk: Crosswalk) -> Matrix:
    return read_matrix(file, crosswalk, switched_on)[0]


def problems(settings: Settings, crosswalk: Crosswalk, root: Path) -> list[Problem]:
    """What is wrong in the file, for `hotline check`."""
    file = matrix_file(settings)
    found = read_matrix(file, crosswalk, settings.deployment.access.roles)[1]
    return [Problem(relative(file, root), one.line, one.text, one.serious) for one in found]


def read_matrix(
    file: Path, crosswalk: Crosswalk, switched_on: Collection[str] = ()
) -> tuple[Matrix, list[Problem]]:
    """The matrix, and the problems of its file by line. Of a file that cannot be read nothing is allowed."""
    try:
        top = load(file, file.parent)
        reader = _Reader(crosswalk)
        reader.problems += unknown_keys(top, _TOP)
        reader.read_roles(top)
        reader.read_rules(top)
    except BadContent as error:
        return Matrix(), [error.problem]
    return Matrix.of(reader.roles, reader.rules, crosswalk, switched_on), reader.problems


class _Reader:
    def __init__(self, crosswalk: Crosswalk) -> None:
        self.known = {*crosswalk.fields, *(one.value for one in Sensitivity), *HOUSE_THINGS}
        self.roles: dict[str, RoleRow] = {}
        self.rules: dict[_Key, Rule] = {}
        self.problems: list[Problem] = []

    def say(self, section: Section, key: str, text: str) -> None:
        self.problems.append(Problem(section.file, section.line_of(key), text))

    def read_roles(self, top: Section) -> None:
        listed = top.get("roles")
        if not isinstance(listed, Section):
            self.say(top, "roles", "'roles' must name each role with its purpose")
            return
        for role, row in listed.items():
            if role not in list(ROLES):
                self.say(listed, role, f"there is no role '{role}' (known: {', '.join(ROLES)})")
            elif not isinstance(row, Section):
                self.say(listed, role, f"'{role}' needs purpose, scope and why")
            elif self._complete(row, _ROLE) and self._purpose(row):
                scope = str(row.get("scope", ""))
                if scope in list(Scope):
                    self.roles[role] = RoleRow(str(row["purpose"]), Scope(scope))
                else:
                    self.say(row, "scope", f"'{scope}' is no scope (known: {', '.join(Scope)})")

    def read_rules(self, top: Section) -> None:
        for row in rows(top, "rules"):
            before = len(self.problems)
            rule, keys = self._rule(row), tuple(self._keys(row))
            if len(self.problems) > before:
                rule = Rule()  # a row that is wrong allows nothing, and takes away what it names
            for key in keys:
                if key in self.rules:
                    self.say(row, "what", f"a second row of {' '.join(key)}: neither counts")
                    rule = Rule()
                self.rules[key] = rule

    def _rule(self, row: Section) -> Rule:
        self._complete(row, _RULE)
        may, reveal = _words(row.get("may")), str(row.get("reveal", Reveal.NONE))
        if may is None:
            self.say(row, "may", "'may' is a list of read, write, export; [] allows nothing")
            return Rule()
        for action in may:
            if action not in list(Action):
                self.say(row, "may", f"'{action}' is no action (known: {', '.join(Action)})")
                return Rule()
        if reveal not in list(Reveal):
            self.say(row, "reveal", f"'{reveal}' is no way to reveal (known: {', '.join(Reveal)})")
            return Rule()
        return Rule(frozenset(map(Action, may)), Reveal(reveal))

    def _keys(self, row: Section) -> Iterator[_Key]:
        """Whom and what the row speaks of, as far as it is known."""
        role = str(row.get("role", ""))
        if role not in list(ROLES):
            self.say(row, "role", f"there is no role '{role}' (known: {', '.join(ROLES)})")
            return
        if not self._purpose(row):
            return
        named = _words(row.get("what"))
        if not named:
            self.say(row, "what", "'what' is a list of classes, fields or things of the house")
            return
        for what in named:
            if what in self.known:
                yield role, str(row["purpose"]), what
            else:
                self.say(row, "what", f"there is no field or class '{what}'")

    def _purpose(self, row: Section) -> bool:
        purpose = str(row.get("purpose", ""))
        if purpose in list(Purpose):
            return True
        self.say(row, "purpose", f"'{purpose}' is no purpose (known: {', '.join(Purpose)})")
        return False

    def _complete(self, row: Section, known: set[str]) -> bool:
        """No key that is not known, and a reason."""
        strange = unknown_keys(row, known)
        self.problems += strange
        try:
            reason = need(row, "why").strip()
        except BadContent:
            reason = ""
        if not reason:
            self.say(row, "why", "a row needs its reason: why")
        return not strange and bool(reason)


def _words(value: object) -> tuple[str, ...] | None:
    """A list of words; None for anything else."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return None
    return tuple(value)
