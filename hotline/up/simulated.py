"""The account at the simulated carrier: made up once, kept in DATA_DIR, good on this machine only."""

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SimulatedAccount:
    """What stands in for Twilio's credentials while none are set."""

    sid: str
    token: str = field(repr=False)


def simulated_account(data_dir: Path) -> SimulatedAccount:
    """The account in `data_dir`/simulator.json (owner only); made where it is missing or unreadable."""
    file = data_dir / "simulator.json"
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return SimulatedAccount(kept["account_sid"], kept["auth_token"])
    except (FileNotFoundError, json.JSONDecodeError, KeyError, TypeError):
        pass
    account = SimulatedAccount("AC" + secrets.token_hex(16), secrets.token_hex(16))
    fresh = file.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "w", encoding="utf-8") as out:
        json.dump({"account_sid": account.sid, "auth_token": account.token}, out)
    fresh.replace(file)  # never half a file
    return account
