"""One running house per database and test process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.config import DEFAULT_CONFIG
from tests import postgres
from tests.e2e.running import Running, days_from_handover, running

STAFF = {"First": "+12025550131", "Second": "+12025550132"}


def hurried(folder: Path) -> Path:
    """The deployment of Saint Lucia with short waits, so that a test sees the second person paged."""
    text = DEFAULT_CONFIG.read_text(encoding="utf-8")
    for key, value in {
        "page_step_seconds": 6,
        "ring_seconds": 5,
        "characters_per_second": 140,
        "segments_per_second": 50,
        "text_seconds": 0.1,
    }.items():
        text, count = re.subn(rf"(?m)^{key} = [\d.]+", f"{key} = {value}", text)
        assert count, key  # also as the line itself tells it
    file = folder / "hotline.toml"
    file.write_text(text, encoding="utf-8")
    return file


def peopled(folder: Path, **more: str) -> Iterator[Running]:
    """A house with two members of staff, a rota and an officer."""
    with running(folder, HOTLINE_CONFIG=str(hurried(folder)), **more) as house:
        for name, phone in STAFF.items():
            language = "es" if name == "Second" else "en"
            house.command(
                "staff", "add", "--name", name, "--phone", phone, "--language", language, "--verified"
            )
        house.command("rota", "set", *STAFF, *days_from_handover())
        house.command(
            "officers", "add", "--phone", "+12025550121", "--name", "An Officer", "--agency", "Immigration",
            "--post", "Inspector",
        )  # fmt: skip
        yield house
        assert "Traceback" not in house.printed(), house.printed()[-3000:]


@pytest.fixture(scope="session")
def house_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The house on SQLite, started once per test process."""
    yield from peopled(tmp_path_factory.mktemp("house-sqlite"))


@pytest.fixture(scope="session")
def house_on_postgres(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: str, worker_id: str
) -> Iterator[Running]:
    """The house on PostgreSQL, started once per test process."""
    name = f"hotline_house_{worker_id}"
    url = postgres.create_database(postgres_server, name)
    yield from peopled(tmp_path_factory.mktemp("house-postgres"), DATABASE_URL=url)
    postgres.drop_database(postgres_server, name)


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest) -> Running:
    """The house on this database; the test runs once on each."""
    found: Running = request.getfixturevalue(f"house_on_{request.param}")
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs whole houses comes first, since it takes longest. Each file bears its group, which keeps it to one
    process: the houses that run for all are started once, and only one more beside them."""
    here = Path(__file__).parent
    ours = [item for item in items if here in item.path.parents]
    for item in ours:
        if "postgres" in item.name:
            item.add_marker(pytest.mark.postgres)
    items[:] = [*ours, *(item for item in items if here not in item.path.parents)]
