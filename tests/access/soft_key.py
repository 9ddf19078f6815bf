"""A security key made of software: signs as a browser with one would."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url as b64
from webauthn.helpers import encode_cbor

FLAGS_USED, FLAGS_MADE = 0x01, 0x41


class SoftKey:
    """One key, for one host."""

    def __init__(self, host: str, origin: str) -> None:
        self.host, self.origin, self.count = host, origin, 0
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(host.encode()).digest()

    def make(self, options: str) -> str:
        """The answer to what was asked for a new one."""
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        public = encode_cbor({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        data = self._data(FLAGS_MADE) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        return self._credential(
            self._client("webauthn.create", options), {"attestationObject": b64(attestation)}
        )

    def sign(self, options: str) -> str:
        """The answer to what is to be signed."""
        self.count += 1
        client, data = self._client("webauthn.get", options), self._data(FLAGS_USED)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._credential(client, {"authenticatorData": b64(data), "signature": b64(signature)})

    def _client(self, kind: str, options: str) -> bytes:
        challenge = json.loads(options)["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _credential(self, client: bytes, response: dict[str, Any]) -> str:
        response = {"clientDataJSON": b64(client), **response}
        own = b64(self.id)
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": response})
