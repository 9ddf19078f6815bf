"""Known vulnerabilities of the locked dependencies, as the advisory service tells them. Fails on one that `exceptions.toml`
does not name. Where the service cannot be reached nothing is known: that is said, and is no failure.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from exceptions import FILE, Finding, left, read

ROOT = Path(__file__).resolve().parents[1]
LOCK = "requirements.lock"
SECONDS = 120
UNREACHABLE = "not audited: the advisory service cannot be reached"


def ask() -> dict[str, Any] | None:
    """What the service says of every dependency; None when it could not be asked."""
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", LOCK, "--require-hashes", "--disable-pip", "--format", "json",
        "--progress-spinner", "off", "--timeout", "5", "--cache-dir", "build/audit",
    ]  # fmt: skip
    try:
        answer = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS
        )
        document: dict[str, Any] = json.loads(answer.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return document


def told(document: dict[str, Any] | None) -> tuple[list[Finding], list[str]]:
    """The findings, and what could not be audited: one line for all, or the packages that the service does not know."""
    if document is None:
        return [], [UNREACHABLE]
    packages = document["dependencies"]
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    findings = [
        Finding(
            flaw["id"],
            package["name"],
            f"{package['name']} {package['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'none yet'}",
        )
        for package in packages
        for flaw in package.get("vulns", ())
    ]
    if len(skipped) == len(packages):
        return findings, [UNREACHABLE]
    return findings, [
        f"not audited, unknown to the advisory service: {', '.join(skipped)}"
    ] if skipped else []


def main() -> None:
    """Exit code 1 and a line for each problem; what was not audited is always told."""
    allowed, wrong = read(FILE.read_text(encoding="utf-8"), "dependency", datetime.now(UTC).date())
    found, unknown = told(ask())
    for line in unknown:
        print(line)
    # While nothing is known, no exception can be seen to be needed.
    problems = wrong if UNREACHABLE in unknown else [*wrong, *left(found, allowed)]
    if problems:
        sys.exit("\n".join(problems))
    if not unknown:
        print("no known vulnerability without an exception")


if __name__ == "__main__":
    main()
