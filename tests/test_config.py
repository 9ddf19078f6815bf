"""The environment and hotline.toml, parsed once."""

from datetime import datetime
from pathlib import Path

import pytest

from hotline.config import DEFAULT_CONFIG, Bind, ConfigError, load
from hotline.deployment import Weekday


def test_an_empty_environment_gives_a_whole_system_on_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load({})
    assert settings.data_dir == tmp_path / "var"
    assert settings.database_url == f"sqlite:///{tmp_path}/var/hotline.db"
    assert settings.vault_url == f"sqlite:///{tmp_path}/var/keys/vault.db"
    assert settings.redis_url is None
    assert not settings.has_twilio
    assert settings.is_simulated
    assert settings.public_url == "http://127.0.0.1:8470"
    assert settings.staff_url == "http://localhost:8471"
    assert [str(settings.intake_bind), str(settings.staff_bind), str(settings.simulator_bind)] == [
        "127.0.0.1:8470",
        "127.0.0.1:8471",
        "127.0.0.1:8472",
    ]
    assert settings.export_key == tmp_path / "var" / "keys" / "export.key"
    assert list(tmp_path.iterdir()) == [], "reading the settings makes nothing"


def test_the_projects_own_file_is_saint_lucia() -> None:
    settings = load({})
    assert settings.config_file == DEFAULT_CONFIG
    deployment = settings.deployment
    assert (deployment.country, deployment.country_name) == ("LC", "Saint Lucia")
    assert deployment.time_zone == "America/St_Lucia"
    assert deployment.day_first
    assert deployment.languages == ("en", "acf", "fr", "es", "ht", "zh")
    assert deployment.emergency_numbers == ("999", "911")
    assert deployment.timings.silence_minutes == 15
    assert set(deployment.voices) == {"en", "fr", "es", "zh"}, "Creole has no synthetic voice"
    assert deployment.rota.handover_weekday is Weekday.MON


def test_the_environment_decides() -> None:
    settings = load(
        {
            "DATA_DIR": "/srv/hotline",
            "DATABASE_URL": "postgres://hotline:secret@db/hotline",
            "VAULT_URL": "postgresql://vault:secret@keys/vault",
            "REDIS_URL": "redis://bell:6379/3",
            "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000000",
            "TWILIO_AUTH_TOKEN": "new, old",
            "TWILIO_API_BASE_URL": "http://127.0.0.1:9/",
            "FALLBACK_URL": "https://elsewhere.example/sms",
            "HOTLINE_NUMBER": "+12025550123",
            "PUBLIC_URL": "https://hotline.example/in/",
            "STAFF_URL": "https://staff.example",
            "HOTLINE_INTAKE_BIND": "0.0.0.0:80",
            "HOTLINE_STAFF_BIND": "[::1]:81",
            "HOTLINE_EXPORT_KEY": "/media/stick/export.key",
        }
    )
    assert settings.database_url == "postgresql+psycopg://hotline:secret@db/hotline"
    assert settings.vault_url == "postgresql+psycopg://vault:secret@keys/vault"
    assert settings.redis_url == "redis://bell:6379/3"
    assert settings.has_twilio
    assert not settings.is_simulated
    assert settings.twilio_auth_tokens == ("new", "old"), "the first is for the API"
    assert settings.twilio_api_base_url == "http://127.0.0.1:9"
    assert settings.fallback_url == "https://elsewhere.example/sms"
    assert settings.deployment.lines[0].number == "+12025550123"
    assert settings.public_url == "https://hotline.example/in"
    assert settings.staff_url == "https://staff.example"
    assert settings.intake_bind == Bind("0.0.0.0", 80)  # noqa: S104  # only parsed
    assert settings.staff_bind == Bind("::1", 81)
    assert str(settings.staff_bind) == "[::1]:81"
    assert settings.export_key == Path("/media/stick/export.key")


def test_an_empty_variable_is_one_that_is_not_set() -> None:
    assert load({"REDIS_URL": " ", "TWILIO_ACCOUNT_SID": ""}) == load({})


def test_a_server_on_all_addresses_is_reached_on_the_local_one() -> None:
    settings = load({"HOTLINE_INTAKE_BIND": "0.0.0.0:8470", "HOTLINE_STAFF_BIND": "[::]:8471"})
    assert settings.public_url == "http://127.0.0.1:8470"
    assert str(settings.staff_bind.local) == "[::1]:8471"


def test_secrets_do_not_show() -> None:
    shown = repr(
        load(
            {
                "TWILIO_ACCOUNT_SID": "AC1",
                "TWILIO_AUTH_TOKEN": "hush-token",
                "DATABASE_URL": "postgres://u:hush-database@db/h",
                "VAULT_URL": "postgres://u:hush-vault@db/h",
                "REDIS_URL": "redis://:hush-bell@bell",
            }
        )
    )
    assert "hush" not in shown


def test_with_credentials_no_number_is_made_up() -> None:
    without = load({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"})
    assert without.deployment.lines[0].number is None
    assert load({}).deployment.lines[0].number == "+12025550100"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DATABASE_URL": "mysql://db/h"}, "DATABASE_URL: must begin with"),
        ({"VAULT_URL": "file.db"}, "VAULT_URL: must begin with"),
        ({"TWILIO_AUTH_TOKEN": "t"}, "TWILIO_ACCOUNT_SID: missing"),
        ({"TWILIO_ACCOUNT_SID": "AC1"}, "TWILIO_AUTH_TOKEN: missing"),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "a,b,c"}, "TWILIO_AUTH_TOKEN: at most two"),
        ({"PUBLIC_URL": "hotline.example"}, "PUBLIC_URL: must look like"),
        ({"PUBLIC_URL": "https://hotline.example/?a=b"}, "PUBLIC_URL: must look like"),
        ({"STAFF_URL": "http://[broken"}, "STAFF_URL: not a web address"),
        ({"HOTLINE_INTAKE_BIND": "8470"}, "HOTLINE_INTAKE_BIND: must be host:port"),
        ({"HOTLINE_STAFF_BIND": "127.0.0.1:99999"}, "HOTLINE_STAFF_BIND: must be host:port"),
        ({"HOTLINE_SIMULATOR_BIND": "127.0.0.1:"}, "HOTLINE_SIMULATOR_BIND: must be host:port"),
        ({"HOTLINE_NUMBER": "202 555 0100"}, "HOTLINE_NUMBER: must be a number like"),
        (
            {"HOTLINE_CONFIG": "/nowhere/hotline.toml"},
            "HOTLINE_CONFIG: there is no file /nowhere/hotline.toml",
        ),
    ],
)
def test_a_wrong_variable_is_one_line_that_names_it(environment: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        load(environment)
    assert str(wrong.value).startswith(said)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("silence_minutes = 15", "silence_minuets = 15", "timings.silence_minuets: no such key"),
        (
            "silence_minutes = 15",
            'silence_minutes = "soon"',
            "timings.silence_minutes: Input should be a valid",
        ),
        ("silence_minutes = 15", "silence_minutes = 0", "timings.silence_minutes: Input should be greater"),
        (
            'time_zone = "America/St_Lucia"\nday',
            'time_zone = "St_Lucia"\nday',
            "time_zone: no time zone is called",
        ),
        (
            'carrier = "twilio"',
            'carrier = "pigeon"',
            "lines.0.carrier: Input should be 'twilio' or 'gateway'",
        ),
        ('carrier = "twilio"', 'carrier = "gateway"', "lines.0: a line has [lines.gateway] exactly when"),
        ('handover_weekday = "mon"', 'handover_weekday = "monday"', "rota.handover_weekday: Input should be"),
        ('"2026-10-05"', '"2026-13-05"', "office.holidays.4: Input should be a valid date"),
        ('to = "16:30"', 'to = "07:30"', "office.hours.0: office hours end after they begin"),
        ('"es", "ht"', '"es", "es"', "languages: each one once"),
        (
            'languages = ["en", "acf", "fr"',
            'languages = ["en", "acf"',
            "voices: fr is not among the languages",
        ),
        ('"second", "everyone"]', '"second", "group:north"]', "alerts.steps: there is no group 'north'"),
        ('"second", "everyone"]', '"secnd", "everyone"]', "alerts.steps.2: String should match pattern"),
        ('"second", "everyone"]', '"second", "last_resort"]', "alerts.steps: 'last_resort' names nobody"),
        ("language_seconds = 20", "language_seconds = 21", "alerts.language_seconds: Input should be less"),
        (
            "page_step_seconds = 60",
            "page_step_seconds = 400",
            "alerts: a round of these steps takes 1220 s; 900 s is",
        ),
    ],
)
def test_a_wrong_key_is_one_line_with_file_line_and_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    original = DEFAULT_CONFIG.read_text(encoding="utf-8")
    assert old in original
    file = tmp_path / "hotline.toml"
    file.write_text(original.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as wrong:
        load({"HOTLINE_CONFIG": str(file)})
    place, number, rest = str(wrong.value).split(":", 2)
    assert place == str(file)
    assert rest.strip().startswith(said)
    assert "\n" not in str(wrong.value)
    key = said.split(":")[0].split(".")[-1]
    if said.startswith(("timings", "alerts.language", "alerts.steps:")):
        assert key in file.read_text(encoding="utf-8").splitlines()[int(number) - 1]


def test_a_file_that_is_no_toml_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "hotline.toml"
    file.write_text("country = \n")
    with pytest.raises(ConfigError, match=r"hotline\.toml: .*line 1"):
        load({"HOTLINE_CONFIG": str(file)})


def test_a_gateways_secrets_come_from_the_environment_only(tmp_path: Path) -> None:
    file = tmp_path / "hotline.toml"
    file.write_text(
        DEFAULT_CONFIG.read_text(encoding="utf-8")
        + '\n[[lines]]\nid = "local"\ncarrier = "gateway"\nnumber = "+12025550111"\nsms_in = true\n'
        + '[lines.gateway]\nsend_url = "http://127.0.0.1:9/send"\n'
        + 'send_secret_env = "OUT_SECRET"\nsecret_env = "IN_SECRET"\n',
        encoding="utf-8",
    )
    settings = load({"HOTLINE_CONFIG": str(file), "OUT_SECRET": "hush-out", "IN_SECRET": "hush-in"})
    assert not settings.is_simulated, "a phone that is a gateway is a real line"
    gateway = settings.deployment.lines[1].gateway
    assert gateway is not None
    assert (gateway.send_secret, gateway.secret) == ("hush-out", "hush-in")
    assert "hush" not in repr(settings)


@pytest.mark.parametrize(
    ("wall", "is_open"),
    [
        ("2026-11-20 08:00", True),
        ("2026-11-20 07:59", False),
        ("2026-11-20 16:29", True),
        ("2026-11-20 16:30", False),
        ("2026-11-21 12:00", False),  # a Saturday
        ("2026-10-05 12:00", False),  # Thanksgiving Day, a Monday
        ("2029-12-13 12:00", False),  # National Day, every year
    ],
)
def test_the_office_is_open_on_working_days(wall: str, is_open: bool) -> None:
    deployment = load({}).deployment
    local = datetime.fromisoformat(wall).replace(tzinfo=deployment.zone)
    assert deployment.office.open_at(local) is is_open


def test_the_watchers_address_is_a_secret_that_no_error_and_no_print_repeats() -> None:
    url = "https://watch.example/ping/a-long-secret?team=1"
    settings = load({"DEAD_MAN_URL": url})
    assert settings.dead_man_url == url
    assert "a-long-secret" not in repr(settings)
    with pytest.raises(ConfigError, match="DEAD_MAN_URL") as refused:
        load({"DEAD_MAN_URL": "ftp://watch.example/a-long-secret"})
    assert "a-long-secret" not in str(refused.value)
