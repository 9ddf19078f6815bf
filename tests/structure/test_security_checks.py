"""The checks of `make check` for careless code and known vulnerabilities, and the list of what they let pass."""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 12, 1)
GOOD = """
[[code]]
what = "B101"
where = ["hotline/"]
owner = "lead engineer"
reason = "for the type checker"
date = 2026-11-25
"""


@pytest.fixture
def ci(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """The scripts of `.ci`, which are no package."""
    found = {}
    for name in ("exceptions", "code_check", "dependency_check", "sbom"):
        spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        found[name] = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, found[name])
        spec.loader.exec_module(found[name])
    return found


def finding(ci: dict[str, ModuleType], what: str, where: str) -> object:
    return ci["exceptions"].Finding(what, where, f"{where}: {what}")


def test_an_exception_lets_its_own_finding_pass_and_no_other(ci: dict[str, ModuleType]) -> None:
    allowed, wrong = ci["exceptions"].read(GOOD, "code", TODAY)
    assert wrong == []
    found = [finding(ci, "B101", "hotline/intake/calls.py"), finding(ci, "B602", "hotline/intake/calls.py")]
    assert ci["exceptions"].left(found, allowed) == ["hotline/intake/calls.py: B602"]


def test_an_exception_that_matches_nothing_fails(ci: dict[str, ModuleType]) -> None:
    text = GOOD.replace('["hotline/"]', '["hotline/intake/calls.py", "hotline/gone.py"]')
    allowed, _ = ci["exceptions"].read(text, "code", TODAY)
    (told,) = ci["exceptions"].left([finding(ci, "B101", "hotline/intake/calls.py")], allowed)
    assert told == "the exception of B101 for hotline/gone.py matches nothing: take it out"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD.replace('owner = "lead engineer"', ""), "owner is missing"),
        (GOOD.replace("for the type checker", " "), "reason is missing"),
        (GOOD.replace("date = 2026-11-25", ""), "date is missing"),
        (GOOD.replace("2026-11-25", '"2026-11-25"'), "date is missing"),
        (GOOD.replace("2026-11-25", "2026-12-25"), "in the future"),
        (GOOD.replace('["hotline/"]', "[]"), "where is missing"),
        (GOOD + 'until = "ever"\n', "unknown until"),
        (GOOD.replace("[[code]]", "[[coda]]"), "unknown table"),
    ],
)
def test_an_exception_needs_owner_reason_and_date(ci: dict[str, ModuleType], text: str, told: str) -> None:
    _, wrong = ci["exceptions"].read(text, "code", TODAY)
    assert len(wrong) == 1
    assert told in wrong[0]


def test_an_exception_runs_out_after_ninety_days(ci: dict[str, ModuleType]) -> None:
    made = date(2026, 11, 25)
    for days, lives in ((90, True), (91, False)):
        _, wrong = ci["exceptions"].read(GOOD, "code", made + timedelta(days=days))
        assert (wrong == []) is lives


def test_our_own_list_is_whole(ci: dict[str, ModuleType]) -> None:
    text = (ROOT / ".ci" / "exceptions.toml").read_text(encoding="utf-8")
    for kind in ("code", "dependency"):
        _, wrong = ci["exceptions"].read(text, kind, TODAY)
        assert wrong == []


def test_what_bandit_finds_becomes_findings(ci: dict[str, ModuleType]) -> None:
    row = {"test_id": "B602", "filename": "./hotline/cli.py", "line_number": 7, "issue_text": "shell=True"}
    (found,) = ci["code_check"].findings(json.dumps({"errors": [], "results": [row]}))
    assert (found.what, found.where) == ("B602", "hotline/cli.py")
    with pytest.raises(SystemExit, match=r"cli\.py: syntax"):
        ci["code_check"].findings(
            json.dumps({"errors": [{"filename": "cli.py", "reason": "syntax"}], "results": []})
        )


def audited(**vulns: list[dict[str, object]]) -> dict[str, object]:
    """The service's word on packages."""
    return {"dependencies": [{"name": name, "version": "1", "vulns": said} for name, said in vulns.items()]}


def test_a_known_vulnerability_is_a_finding(ci: dict[str, ModuleType]) -> None:
    flaw = {"id": "GHSA-x", "fix_versions": ["2"]}
    found, unknown = ci["dependency_check"].told(audited(flask=[flaw], rq=[]))
    assert unknown == []
    assert [one.told for one in found] == ["flask 1: GHSA-x, mended in 2"]


def test_what_could_not_be_asked_is_said_and_never_silent(ci: dict[str, ModuleType]) -> None:
    nothing = {"dependencies": [{"name": "flask", "skip_reason": "not found"}]}
    for document in (None, nothing):
        assert ci["dependency_check"].told(document) == (
            [], ["not audited: the advisory service cannot be reached"],
        )  # fmt: skip
    some = {"dependencies": [*audited(rq=[])["dependencies"], {"name": "flask", "skip_reason": "not found"}]}  # type: ignore[misc]
    assert ci["dependency_check"].told(some) == ([], ["not audited, unknown to the advisory service: flask"])


@pytest.mark.parametrize(
    ("document", "code", "said"),
    [
        (None, None, "not audited: the advisory service cannot be reached"),
        (audited(rq=[]), None, "no known vulnerability"),
        (audited(rq=[{"id": "GHSA-x", "fix_versions": []}]), "rq 1: GHSA-x, mended in none yet", ""),
    ],
)
def test_the_audit_fails_only_on_what_is_known(
    ci: dict[str, ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    document: dict[str, object] | None,
    code: str | None,
    said: str,
) -> None:
    monkeypatch.setattr(ci["dependency_check"], "ask", lambda: document)
    if code is None:
        ci["dependency_check"].main()
        assert said in capsys.readouterr().out
    else:
        with pytest.raises(SystemExit) as failed:
            ci["dependency_check"].main()
        assert failed.value.code == code


def test_the_bill_of_materials_names_all_that_is_locked(ci: dict[str, ModuleType]) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    bill = ci["sbom"].bill(lock, "hotline", "0.1.0")
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert len(bill["components"]) == sum(
        "==" in line and not line.startswith(" ") for line in lock.splitlines()
    )
    assert all(one["hashes"] for one in bill["components"])
    addresses = [one["purl"] for one in bill["components"]]
    assert len(set(addresses)) == len(addresses)
    assert any(one.startswith("pkg:pypi/flask@") for one in addresses)
