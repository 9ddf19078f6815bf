"""A strict stand-in for both carriers on the loopback interface, for the contract alone."""

from __future__ import annotations

import base64
import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

ACCOUNT = "AC" + "0" * 32
TOKENS = ("token-of-today", "token-of-yesterday")
GATEWAY_KEY = "key-for-sending"
NUMBER_SID = "PN" + "1" * 32

# The names that exist in Twilio's REST API, 2010-04-01 (its OpenAPI document of April 2026), for what we use.
PARAMETERS = {
    "POST Messages.json": "To StatusCallback ApplicationSid MaxPrice ProvideFeedback Attempt ValidityPeriod ForceDelivery"
    " ContentRetention AddressRetention SmartEncoded PersistentAction TrafficType ShortenUrls ScheduleType SendAt"
    " SendAsMms ContentVariables RiskCheck From FallbackFrom MessagingServiceSid Body MediaUrl ContentSid",
    "GET Messages.json": "To From DateSent DateSent< DateSent> PageSize Page PageToken",
    "POST Messages": "Body Status",
    "DELETE Messages": "",
    "POST Calls.json": "To From Method FallbackUrl FallbackMethod StatusCallback StatusCallbackEvent StatusCallbackMethod"
    " SendDigits Timeout Record MachineDetection AsyncAmd CallReason TimeLimit Url Twiml ApplicationSid",
    "POST Calls": "Url Method Status FallbackUrl FallbackMethod StatusCallback StatusCallbackMethod Twiml TimeLimit",
    "GET Recordings": "",
    "DELETE Recordings": "",
    "GET IncomingPhoneNumbers.json": "Beta FriendlyName PhoneNumber Origin PageSize Page PageToken",
    "POST IncomingPhoneNumbers": "ApiVersion FriendlyName SmsApplicationSid SmsFallbackMethod SmsFallbackUrl SmsMethod"
    " SmsUrl StatusCallback StatusCallbackMethod VoiceApplicationSid VoiceCallerIdLookup VoiceFallbackMethod"
    " VoiceFallbackUrl VoiceMethod VoiceUrl EmergencyStatus EmergencyAddressSid TrunkSid VoiceReceiveMode IdentitySid"
    " AddressSid BundleSid",
}
GATEWAY_PARAMETERS = {"to", "from", "text", "id", "key", "dlr"}


@dataclass
class Fault:
    """What happens instead of the answer; `taken`: the message was accepted all the same."""

    kind: str  # "answer", "silence", "hang-up"
    status: int = 0
    body: str = "{}"
    headers: dict[str, str] = field(default_factory=dict)
    taken: bool = False


@dataclass
class Network:
    """What the stand-in knows, and what it is told to do wrong. Every request it got is in `requests`."""

    now: datetime
    requests: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)
    messages: list[dict[str, object]] = field(default_factory=list)
    calls: list[dict[str, list[str]]] = field(default_factory=list)
    number: dict[str, object] = field(default_factory=dict)
    recordings: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


class StandIn:
    """The server; `with StandIn(now) as stand_in` runs it."""

    def __init__(self, now: datetime) -> None:
        self.network = Network(now)
        network = self.network

        class Handler(_Handler):
            pass

        Handler.network = network
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> StandIn:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.network.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    network: Network
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Silent."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.network.bodies.append(body)
        self.network.authorizations.append(self.headers.get("Authorization", ""))
        form: dict[str, list[str]] = {}
        for name, value in parse_qsl(parts.query, keep_blank_values=True) + parse_qsl(
            body, keep_blank_values=True
        ):
            form.setdefault(name, []).append(value)
        self.network.requests.append((f"{self.command} {parts.path}", form))
        fault = self.network.faults.pop(0) if self.network.faults else None
        if fault is None or fault.taken:
            status, answer = self._act(parts.path, form)
        if fault is None:
            self._answer(status, answer)
        elif fault.kind == "answer":
            self._answer(fault.status, fault.body.encode(), fault.headers)
        else:
            if fault.kind == "silence":
                self.network.released.wait(5)
            self.close_connection = True

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _act(self, path: str, form: dict[str, list[str]]) -> tuple[int, bytes]:
        if path == "/gateway/send":
            return self._gateway(form)
        expected = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKENS[0]}".encode()).decode()
        if self.headers.get("Authorization") != expected:
            return self._refuse(401, 20003, "Authenticate")
        prefix = f"/2010-04-01/Accounts/{ACCOUNT}/"
        if not path.startswith(prefix):
            return self._refuse(404, 20404, f"no such path {path}")
        resource, _, sid = path.removeprefix(prefix).partition("/")
        allowed = PARAMETERS.get(f"{self.command} {resource}")
        if allowed is None or (unknown := set(form) - set(allowed.split())):
            return self._refuse(
                400, 20001, f"{self.command} {resource}: unknown {unknown if allowed else ''}"
            )
        return self._twilio(f"{self.command} {resource}", sid.partition(".")[0], form)

    def _twilio(self, what: str, sid: str, form: dict[str, list[str]]) -> tuple[int, bytes]:
        network = self.network
        if what == "POST Messages.json":
            if not all(form.get(name) for name in ("To", "From", "Body")):
                return self._refuse(400, 21602, "To, From, Body")
            message = self._take(form["To"][0], form["From"][0], form["Body"][0])
            return 201, json.dumps(message).encode()
        if what == "GET Messages.json":
            found = [
                row
                for row in network.messages
                if [row["to"], row["from"]] == [form["To"][0], form["From"][0]]
            ]
            return 200, json.dumps(
                {"messages": found[::-1], "page": 0, "page_size": 50, "next_page_uri": None},
                ensure_ascii=False,
            ).encode()
        if what == "POST Calls.json":
            network.calls.append(form)
            return 201, json.dumps({"sid": f"CA{len(network.calls):032x}", "status": "queued"}).encode()
        if what == "GET Recordings":
            sound = network.recordings.get(sid)
            return (200, sound) if sound is not None else self._refuse(404, 20404, "no such recording")
        if what == "GET IncomingPhoneNumbers.json":
            rows = [network.number] if form["PhoneNumber"][0] == network.number.get("phone_number") else []
            return 200, json.dumps({"incoming_phone_numbers": rows, "next_page_uri": None}).encode()
        if what == "POST IncomingPhoneNumbers":
            network.number |= {_snake(name): values[0] for name, values in form.items()}
            return 200, json.dumps(network.number).encode()
        if self.command == "DELETE":
            return 204, b""
        return 200, json.dumps({"sid": sid, "status": "completed"}).encode()

    def _gateway(self, form: dict[str, list[str]]) -> tuple[int, bytes]:
        if unknown := set(form) - GATEWAY_PARAMETERS:
            return self._refuse(400, 0, f"gateway: unknown {unknown}")
        if form.get("key") != [GATEWAY_KEY]:
            return 403, b"forbidden"
        if not all(form.get(name) for name in ("to", "text")):
            return self._refuse(400, 0, "to, text")
        message = self._take(form["to"][0], form["from"][0], form["text"][0])
        return 202, f"OK {message['sid']}".encode()

    def _take(self, to: str, sender: str, text: str) -> dict[str, object]:
        row: dict[str, object] = {
            "sid": f"SM{len(self.network.messages):032x}",
            "to": to,
            "from": sender,
            "body": text,
            "direction": "outbound-api",
            "status": "queued",
            "date_created": format_datetime(self.network.now.astimezone(UTC)),
        }
        self.network.messages.append(row)
        return row

    def _refuse(self, status: int, code: int, why: str) -> tuple[int, bytes]:
        self.network.complaints.append(why)
        return status, json.dumps({"status": status, "code": code, "message": why}).encode()


def _snake(name: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name).lstrip("_")
