"""The settings: the one place that reads the environment and finds `hotline.toml`.

`load` is called once at the start of a process; what comes out is frozen and handed on. Rooms never look at the
environment. Names are those of DESIGN, "Interfaces that others rely on".
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from hotline.database_url import normalise_url
from hotline.deployment import Deployment
from hotline.toml_lines import line_of

TWILIO_API = "https://api.twilio.com"
SIMULATED_NUMBER = "+12025550100"  # fictional: 555-01xx is never given to anybody
DEFAULT_CONFIG = Path(__file__).resolve().parent.parent / "hotline.toml"


class ConfigError(ValueError):
    """A setting is wrong. The message is one line and names the variable, or file, line and key."""


@dataclass(frozen=True)
class Bind:
    """Where a server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        """As gunicorn takes it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def local(self) -> "Bind":
        """Where this machine reaches it: a server on all addresses answers on the local one."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # only compared
        return Bind(everywhere.get(self.host, self.host), self.port)


@dataclass(frozen=True)
class Settings:
    """Everything a process is told from outside, parsed once."""

    data_dir: Path
    database_url: str = field(repr=False)
    vault_url: str = field(repr=False)
    redis_url: str | None = field(repr=False)
    """None: `hotline up` starts a private Redis and passes its address on."""
    twilio_account_sid: str | None
    twilio_auth_tokens: tuple[str, ...] = field(repr=False)
    """The first is for the API; any of them may have signed a webhook (rotation)."""
    twilio_api_base_url: str
    fallback_url: str | None
    public_url: str
    """What Twilio signs: scheme, host and path before `/twilio/…`, without a slash at the end."""
    staff_url: str
    intake_bind: Bind
    staff_bind: Bind
    simulator_bind: Bind
    export_key: Path
    config_file: Path
    deployment: Deployment
    dead_man_url: str | None = field(default=None, repr=False)
    """Asked every minute while all is well; whoever knows it could keep a dead house looking alive."""
    chromium: str | None = None
    """A Chromium that prints the kit; None: the one on the PATH."""

    @property
    def has_twilio(self) -> bool:
        """Whether Twilio credentials are set; the simulator is only for when they are not."""
        return self.twilio_account_sid is not None

    @property
    def is_simulated(self) -> bool:
        """Whether nothing real can come in: every line is at the simulator of this machine. `hotline up` gives its processes
        the simulator's own account, so that there are credentials here does not tell it. A gateway's line is real."""
        at_simulator = self.twilio_api_base_url == f"http://{self.simulator_bind.local}"
        all_there = all(line.carrier == "twilio" for line in self.deployment.lines)
        return all_there and (at_simulator or not self.has_twilio)


def load(environ: Mapping[str, str]) -> Settings:
    """The settings that `environ` (usually `os.environ`) and the file it names give.

    An empty variable counts as one that is not set. Nothing is created. Raises ConfigError.
    """
    env = {name: value.strip() for name, value in environ.items() if value.strip()}
    data_dir = Path(env.get("DATA_DIR", "var")).expanduser().absolute()
    intake = _bind(env, "HOTLINE_INTAKE_BIND", "127.0.0.1:8470")
    staff = _bind(env, "HOTLINE_STAFF_BIND", "127.0.0.1:8471")
    simulator = _bind(env, "HOTLINE_SIMULATOR_BIND", "127.0.0.1:8472")
    sid, tokens = _twilio(env)
    config_file = Path(env.get("HOTLINE_CONFIG", DEFAULT_CONFIG)).expanduser().absolute()
    return Settings(
        data_dir=data_dir,
        database_url=_database(env, "DATABASE_URL", data_dir / "hotline.db"),
        vault_url=_database(env, "VAULT_URL", data_dir / "keys" / "vault.db"),
        redis_url=env.get("REDIS_URL"),
        twilio_account_sid=sid,
        twilio_auth_tokens=tokens,
        twilio_api_base_url=_web_address(env, "TWILIO_API_BASE_URL") or TWILIO_API,
        fallback_url=_web_address(env, "FALLBACK_URL"),
        public_url=_web_address(env, "PUBLIC_URL") or f"http://{intake.local}",
        # A security key needs a name, not an address: `localhost`, never 127.0.0.1.
        staff_url=_web_address(env, "STAFF_URL") or f"http://localhost:{staff.port}",
        intake_bind=intake,
        staff_bind=staff,
        simulator_bind=simulator,
        export_key=Path(env.get("HOTLINE_EXPORT_KEY", data_dir / "keys" / "export.key"))
        .expanduser()
        .absolute(),
        config_file=config_file,
        deployment=read_deployment(config_file, env),
        dead_man_url=_secret_address(env, "DEAD_MAN_URL"),
        chromium=env.get("HOTLINE_CHROMIUM"),
    )


def read_deployment(file: Path, env: Mapping[str, str]) -> Deployment:
    """`hotline.toml` at `file`, with numbers and secrets that its lines take from `env`. Raises ConfigError."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(f"HOTLINE_CONFIG: there is no file {file}") from None
    except (OSError, UnicodeDecodeError) as unreadable:
        raise ConfigError(f"HOTLINE_CONFIG: {file} cannot be read: {unreadable}") from None
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise ConfigError(f"{file}: {broken}") from None
    try:
        deployment = Deployment.model_validate(content)
    except ValidationError as wrong:
        raise ConfigError(_first_error(file, text, wrong)) from None
    if "TWILIO_ACCOUNT_SID" not in env:
        env = {"HOTLINE_NUMBER": SIMULATED_NUMBER, **env}
    try:
        return deployment.with_environment(env)
    except ValueError as wrong_number:
        raise ConfigError(str(wrong_number)) from None


def _first_error(file: Path, text: str, wrong: ValidationError) -> str:
    """One line for the first thing that is wrong, with the place in the file."""
    error = wrong.errors()[0]
    path = error["loc"]
    key = ".".join(str(part) for part in path)
    if error["type"] == "extra_forbidden":
        said = "no such key"
    elif error["type"] == "missing":
        said = "missing"
    else:
        said = str(error["msg"]).removeprefix("Value error, ")
    return f"{file}:{line_of(text, path)}: {f'{key}: ' if key else ''}{said}"


def _database(env: Mapping[str, str], name: str, default: Path) -> str:
    url = env.get(name)
    if url is None:
        return f"sqlite:///{default}"
    url = normalise_url(url)
    if not url.startswith(("sqlite:", "postgresql+psycopg:")):
        raise ConfigError(f"{name}: must begin with sqlite:///, postgres:// or postgresql://")
    return url


def _twilio(env: Mapping[str, str]) -> tuple[str | None, tuple[str, ...]]:
    sid = env.get("TWILIO_ACCOUNT_SID")
    tokens = tuple(part.strip() for part in env.get("TWILIO_AUTH_TOKEN", "").split(",") if part.strip())
    if sid is None and tokens:
        raise ConfigError("TWILIO_ACCOUNT_SID: missing, while TWILIO_AUTH_TOKEN is set")
    if sid is not None and not tokens:
        raise ConfigError("TWILIO_AUTH_TOKEN: missing, while TWILIO_ACCOUNT_SID is set")
    if len(tokens) > 2:
        raise ConfigError("TWILIO_AUTH_TOKEN: at most two tokens, comma-separated")
    return sid, tokens


def _web_address(env: Mapping[str, str], name: str) -> str | None:
    url = env.get(name)
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # reading it checks it
    except ValueError:
        raise ConfigError(f"{name}: not a web address: {url}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ConfigError(f"{name}: must look like https://host/path, without ? and #")
    return url.rstrip("/")


def _secret_address(env: Mapping[str, str], name: str) -> str | None:
    """A web address that no error repeats."""
    url = env.get(name)
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.fragment
        parts.port  # noqa: B018  # reading it checks it
    except ValueError:
        usable = False
    if not usable:
        raise ConfigError(f"{name}: must look like https://host/path")
    return url.rstrip("/")


def _bind(env: Mapping[str, str], name: str, default: str) -> Bind:
    said = env.get(name, default)
    host, _, port = said.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise ConfigError(f"{name}: must be host:port, as in {default}")
    return Bind(host.strip("[]"), int(port))
