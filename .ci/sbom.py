"""The software bill of materials, CycloneDX 1.6 as JSON on standard output: what the lock file pins, and nothing that was not
chosen there. The same lock gives the same bill."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<marker>[^\\]+?))?\s*\\?$"
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill(lock: str, name: str, version: str) -> dict[str, Any]:
    """Of the text of a lock file."""
    components: list[dict[str, Any]] = []
    for line in lock.splitlines():
        if (pinned := _PINNED.match(line)) is not None:
            address = f"pkg:pypi/{re.sub(r'[-_.]+', '-', pinned['name']).lower()}@{pinned['version']}"
            component: dict[str, Any] = {
                "type": "library", "bom-ref": address, "name": pinned["name"], "version": pinned["version"], "purl": address,
                "hashes": [],
            }  # fmt: skip
            if pinned["marker"]:
                component["properties"] = [{"name": "pip:marker", "value": pinned["marker"]}]
            components.append(component)
        elif (digest := _HASH.search(line)) is not None:
            components[-1]["hashes"].append({"alg": "SHA-256", "content": digest[1]})
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": name, "version": version, "bom-ref": name}},
        "components": components,
    }


if __name__ == "__main__":
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    print(json.dumps(bill(text, project["name"], project["version"]), indent=1))
