"""Bandit over the product's own code. Fails on whatever `exceptions.toml` does not name, and on what is wrong there.

Comments in the code (`nosec`) silence nothing: exceptions stand in one file, with owner, reason and date.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from exceptions import FILE, Finding, left, read

ROOT = Path(__file__).resolve().parents[1]
CODE = ("hotline", "worker")


def findings(report: str) -> list[Finding]:
    """What Bandit found, of its JSON. Raises SystemExit for a file that it could not read."""
    document = json.loads(report)
    if document["errors"]:
        sys.exit("\n".join(f"{error['filename']}: {error['reason']}" for error in document["errors"]))
    return [
        Finding(
            row["test_id"],
            row["filename"].removeprefix("./"),
            f"{row['filename']}:{row['line_number']}: {row['test_id']} {row['issue_text']}",
        )
        for row in document["results"]
    ]


def main() -> None:
    """Exit code 1 and a line for each problem, or a line that says how much was looked at."""
    allowed, wrong = read(FILE.read_text(encoding="utf-8"), "code", datetime.now(UTC).date())
    command = [
        sys.executable,
        "-m",
        "bandit",
        "--quiet",
        "--ignore-nosec",
        "--format",
        "json",
        "--recursive",
        *CODE,
    ]
    report = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if report.returncode not in (0, 1) or not report.stdout:
        sys.exit(f"bandit failed: {report.stderr.strip()}")
    found = findings(report.stdout)
    problems = [*wrong, *left(found, allowed)]
    if problems:
        sys.exit("\n".join(problems))
    print(f"{len(found)} findings, each with an exception that says why")


if __name__ == "__main__":
    main()
