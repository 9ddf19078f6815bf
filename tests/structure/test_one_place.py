"""One place for each thing: the environment, the clock, chance, and the database."""

import ast
from collections.abc import Callable

import pytest

from tests.structure.sources import dotted, sources


def uses(names: set[str], allowed: Callable[[str], bool]) -> list[str]:
    """Where one of the dotted names is used in a file that is not allowed to: `path:line name`."""
    return [
        f"{path}:{node.lineno} {dotted(node)}"
        for path, tree in sources()
        if not allowed(path)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and dotted(node) in names
    ]


def test_the_environment_is_read_by_config_alone() -> None:
    """Others may hand `os.environ` as a whole to `load`, `up` or a program of ours, and never look into it."""
    wrong = []
    for path, tree in sources():
        handed_on = {
            id(argument)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call)
            for argument in [*call.args, *(keyword.value for keyword in call.keywords)]
        }
        for node in ast.walk(tree):
            name = dotted(node)
            if name in ("os.getenv", "os.putenv") or (name == "os.environ" and id(node) not in handed_on):
                wrong.append(f"{path}:{getattr(node, 'lineno', 0)}")
    assert wrong == []


def test_the_time_is_asked_of_the_clock_alone() -> None:
    names = {
        *(
            f"{module}datetime.{way}"
            for module in ("", "datetime.", "dt.")
            for way in ("now", "utcnow", "today")
        ),
        *(f"{module}date.today" for module in ("", "datetime.", "dt.")),
        "time.time",
        "time.time_ns",
    }
    # The age of a file is told by the machine's own clock.
    own = ("hotline/now.py", "hotline/private_redis.py", "hotline/simulator/")
    assert uses(names, lambda path: path.startswith(own)) == []


def test_nobody_sleeps_on_the_road_of_a_message() -> None:
    loops = ("worker/process.py", "worker/clock.py", "hotline/simulator/")
    waits = (*loops, "hotline/db.py", "hotline/private_redis.py", "hotline/stop.py", "hotline/up/")
    assert uses({"time.sleep"}, lambda path: path.startswith(waits)) == []


@pytest.mark.parametrize("module", ["random", "uuid"])
def test_chance_comes_from_ids_alone(module: str) -> None:
    found = [
        path
        for path, tree in sources()
        if not path.startswith("hotline/simulator/")
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and module in [alias.name for alias in node.names])
        or (isinstance(node, ast.ImportFrom) and node.module == module)
    ]
    assert found == []


def test_nobody_makes_a_session_or_commits_but_the_one_write() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in sources()
        if path not in ("hotline/db.py", "hotline/db_migrate.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            dotted(node.func) in ("Session", "sessionmaker", "create_engine")
            or dotted(node.func).endswith(".commit")
        )
        and not path.startswith("hotline/simulator/")
    ]
    assert wrong == []
