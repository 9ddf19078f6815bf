"""From `hotline.toml` to a line that is open."""

from __future__ import annotations

import pytest

from hotline.carriers.gateway import GatewayCarrier
from hotline.carriers.lines import STOP_WORDS, CarrierKind, Encoding, Line, line_with_number
from hotline.carriers.opening import line_of, lines_of, open_line, voices_of
from hotline.carriers.voices import VOICES
from hotline.config import load
from hotline.deployment import Gateway, LineEntry
from tests.carriers.desk import OURS


def test_the_projects_own_line_is_a_twilio_line_that_can_do_all() -> None:
    deployment = load({"HOTLINE_NUMBER": "+12025550100"}).deployment
    [line] = lines_of(deployment)
    assert (line.number, line.carrier) == (OURS, CarrierKind.TWILIO)
    assert line.sms_in
    assert line.sms_out
    assert line.voice
    assert line.reply_in_answer
    assert line.stop_words == STOP_WORDS
    assert "YES" in line.start_words
    assert set(voices_of(deployment)) == {"en", "fr", "es", "zh"}
    assert all(VOICES[locale] == voice for locale, voice in voices_of(deployment).items())


def test_a_gateway_line_opens_with_its_secrets() -> None:
    entry = LineEntry(
        id="digi",
        carrier="gateway",
        number="+17585550100",
        sms_in=True,
        stop_words=("stop", "arè"),
        gateway=Gateway(
            send_url="http://127.0.0.1:13013/cgi-bin/sendsms",
            method="GET",
            encoding="query",
            secret_env="GATEWAY_SECRET",
            send_secret_env="GATEWAY_PASSWORD",
        ),
    ).with_environment({"GATEWAY_SECRET": "shown", "GATEWAY_PASSWORD": "ours"})
    line = line_of(entry)
    assert line.gateway is not None
    assert (line.gateway.secret, line.gateway.send_secret) == ("shown", "ours")
    assert line.gateway.encoding is Encoding.QUERY
    assert line.stop_words == {"STOP", "ARÈ"}
    carrier = open_line(line, None)
    assert isinstance(carrier, GatewayCarrier)
    carrier.close()


def test_what_is_missing_is_told() -> None:
    with pytest.raises(ValueError, match="HOTLINE_NUMBER is not set"):
        line_of(LineEntry(id="main", carrier="twilio", number_env="HOTLINE_NUMBER"))
    with pytest.raises(ValueError, match="TWILIO_ACCOUNT_SID"):
        open_line(Line("main", OURS), None)


def test_a_line_is_found_by_its_number() -> None:
    lines = (Line("a", "+12025550100"), Line("b", "+12025550101"))
    assert line_with_number(lines, "+12025550101") is lines[1]
    assert line_with_number(lines, "+12025550102") is None
