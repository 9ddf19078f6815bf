"""What the programs are told: the settings, resolved, as environment variables."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from hotline.config import SIMULATED_NUMBER, Settings
from hotline.up.simulated import SimulatedAccount


def child_environment(
    settings: Settings, environ: Mapping[str, str], redis_url: str, account: SimulatedAccount | None
) -> dict[str, str]:
    """`environ` with every default filled in, so that all programs agree whatever their working directory.

    `account` is the simulated one, None where real Twilio credentials are set.
    """
    env = {
        **environ,
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "VAULT_URL": settings.vault_url,
        "REDIS_URL": redis_url,
        "PUBLIC_URL": settings.public_url,
        "STAFF_URL": settings.staff_url,
        "HOTLINE_CONFIG": str(settings.config_file),
        "HOTLINE_EXPORT_KEY": str(settings.export_key),
        "HOTLINE_INTAKE_BIND": str(settings.intake_bind),
        "HOTLINE_STAFF_BIND": str(settings.staff_bind),
        "HOTLINE_SIMULATOR_BIND": str(settings.simulator_bind),
        # `gunicorn` and `hotline` are those beside this interpreter, also when no virtual environment is active.
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), environ.get("PATH", os.defpath)]),
        "PYTHONUNBUFFERED": "1",  # lines are shown when they are written
    }
    if account is not None:
        env |= {
            "TWILIO_ACCOUNT_SID": account.sid,
            "TWILIO_AUTH_TOKEN": account.token,
            "TWILIO_API_BASE_URL": f"http://{settings.simulator_bind.local}",
            "HOTLINE_NUMBER": environ.get("HOTLINE_NUMBER", "").strip() or SIMULATED_NUMBER,
        }
    return env
