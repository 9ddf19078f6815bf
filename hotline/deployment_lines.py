"""Our numbers at the carriers, as `hotline.toml` tells them: plain data, turned into lines by the carriers room."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, PositiveFloat, PrivateAttr, StringConstraints, model_validator

from hotline.deployment_types import E164, E164_PATTERN, Part


class Gateway(Part):
    """How a generic HTTP gateway is spoken to; each key means what it means in `hotline.carriers.lines.GatewaySettings`.

    Secrets are never in the file: `send_secret_env` and `secret_env` name the environment variables that hold them.
    """

    send_url: str
    method: Literal["GET", "POST"] = "POST"
    encoding: Literal["query", "form", "json"] = "form"
    outbound: dict[str, str] = Field(default_factory=lambda: {"to": "to", "text": "text", "id": "id"})
    constants: dict[str, str] = Field(default_factory=dict)
    send_user: str = ""
    send_secret_env: str | None = None
    send_secret_header: str = ""
    send_secret_prefix: str = ""
    send_secret_field: str = ""
    accepted: str = ""
    refused: str = ""
    deduplicates: bool = False
    repeats_lost: bool = True
    inbound: dict[str, str] = Field(default_factory=lambda: {"id": "id", "from": "from", "text": "text"})
    secret_env: str
    secret_header: str = ""
    secret_field: str = ""
    reply: Literal["text", "json", "none"] = "none"
    reply_field: str = "text"
    report: dict[str, str] = Field(default_factory=lambda: {"id": "id", "status": "status", "error": "error"})
    statuses: dict[str, str] = Field(default_factory=dict)
    region: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "LC"
    _send_secret: str = PrivateAttr(default="")
    _secret: str = PrivateAttr(default="")

    @property
    def send_secret(self) -> str:
        """What we show the gateway: the value of `send_secret_env`, empty where it is not set."""
        return self._send_secret

    @property
    def secret(self) -> str:
        """What the gateway shows us: the value of `secret_env`, empty where it is not set."""
        return self._secret

    def with_secrets(self, env: Mapping[str, str]) -> Self:
        """The same with its secrets found in `env`."""
        found = self.model_copy()
        found._send_secret = env.get(self.send_secret_env, "") if self.send_secret_env else ""
        found._secret = env.get(self.secret_env, "")
        return found


class LineEntry(Part):
    """A number of ours at a carrier; each key means what it means in `hotline.carriers.lines.Line`."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,15}$")]
    carrier: Literal["twilio", "gateway"]
    number: E164 | None = None
    """None only while the environment variable of `number_env` is not set."""
    number_env: str | None = None
    sms_in: bool = False
    sms_out: bool = False
    voice: bool = False
    reply_in_answer: bool = False
    delivery_receipts: bool = True
    """Whether the carrier tells when a text is on the handset: then a page's text without it is followed by a call."""
    stop_words: tuple[str, ...] = ()
    start_words: tuple[str, ...] = ()
    help_words: tuple[str, ...] = ()
    segments_per_second: PositiveFloat = 1.0
    calls_per_second: PositiveFloat = 1.0
    segment_price: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?$")] = "0"
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "USD"
    gateway: Gateway | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.carrier == "gateway") != (self.gateway is not None):
            raise ValueError("a line has [lines.gateway] exactly when its carrier is gateway")
        if self.number is None and self.number_env is None:
            raise ValueError("a line needs number or number_env")
        return self

    def with_environment(self, env: Mapping[str, str]) -> Self:
        """The same with its number and its gateway's secrets found in `env`. Raises ValueError for a wrong number."""
        number = self.number or env.get(self.number_env or "")
        if number is not None and not re.fullmatch(E164_PATTERN, number):
            raise ValueError(f"{self.number_env}: must be a number like +17585550100")
        gateway = self.gateway.with_secrets(env) if self.gateway else None
        return self.model_copy(update={"number": number, "gateway": gateway})
