"""Passkeys (WebAuthn): a phone, a computer or a security key that signs for this page and for no other.

What is to be signed is drawn anew each time and counts once, within five minutes; only its hash is kept. Of a passkey
its id and public key are kept, sealed like the secrets of apps.
"""

from __future__ import annotations

import ipaddress
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import delete
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import PublicKeyCredentialDescriptor

from hotline.access.login_tables import FactorKind, SecondFactor, SecondToken
from hotline.access.second_factor import factors_of, take_token
from hotline.access.sessions import hash_token
from hotline.now import Ids
from hotline.vault.sealing import House

GOOD = timedelta(minutes=5)
_NEW, _USE = "new", "use"
_WRONG = (WebAuthnException, ValueError, KeyError, TypeError, IndexError)


@dataclass(frozen=True, slots=True)
class Place:
    """The page for which passkeys sign: its host, and its origin (scheme, host and port)."""

    host: str
    origin: str


def place_of(staff_url: str) -> Place | None:
    """The place of the staff page; None where its address has no name but numbers: browsers make no passkey for those."""
    parts = urlsplit(staff_url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return Place(host, f"{parts.scheme}://{parts.netloc}") if host else None
    return None


def ask_for_new(
    tx: Session, ids: Ids, house: House, place: Place, staff_id: str, name: str, now: datetime
) -> str:
    """What the browser needs to make a passkey, as JSON; none that this person has already."""
    options = generate_registration_options(
        rp_id=place.host,
        rp_name=place.host,
        user_name=name,
        user_id=staff_id.encode(),
        challenge=_challenge(tx, ids, staff_id, _NEW, now),
        exclude_credentials=_known(tx, house, staff_id),
    )
    return options_to_json(options)


def add_passkey(
    tx: Session, house: House, ids: Ids, place: Place, staff_id: str, credential: str, now: datetime
) -> bool:
    """Add the passkey that the browser made; False, and nothing added, where it is not what was asked for."""
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=_asked(tx, staff_id, credential, _NEW, now),
            expected_rp_id=place.host,
            expected_origin=place.origin,
        )
    except _WRONG:
        return False
    factor_id = ids.new()
    kept = {
        "id": bytes_to_base64url(made.credential_id),
        "key": bytes_to_base64url(made.credential_public_key),
    }
    tx.add(
        SecondFactor(
            id=factor_id, staff_id=staff_id, kind=FactorKind.PASSKEY,
            secret_sealed=house.seal(factor_id, json.dumps(kept)), counted=made.sign_count, added_at=now,
        )
    )  # fmt: skip
    tx.flush()
    return True


def ask_to_sign(
    tx: Session, ids: Ids, house: House, place: Place, staff_id: str, now: datetime
) -> str | None:
    """What the browser needs to have a passkey of this person sign, as JSON; None where there is none."""
    known = _known(tx, house, staff_id)
    if not known:
        return None
    challenge = _challenge(tx, ids, staff_id, _USE, now)
    options = generate_authentication_options(rp_id=place.host, challenge=challenge, allow_credentials=known)
    return options_to_json(options)


def signed(tx: Session, house: House, place: Place, staff_id: str, credential: str, now: datetime) -> bool:
    """Whether a passkey of this person signed what was asked just now, for this page."""
    try:
        challenge = _asked(tx, staff_id, credential, _USE, now)
        used = json.loads(credential)["id"]
        for passkey in factors_of(tx, staff_id, FactorKind.PASSKEY):
            kept = json.loads(house.open(passkey.id, passkey.secret_sealed))
            if kept["id"] != used:
                continue
            proof = verify_authentication_response(
                credential=credential,
                expected_challenge=challenge,
                expected_rp_id=place.host,
                expected_origin=place.origin,
                credential_public_key=base64url_to_bytes(kept["key"]),
                credential_current_sign_count=passkey.counted,
            )
            passkey.counted, passkey.used_at = proof.new_sign_count, now
            return True
    except _WRONG:
        return False
    return False


def _known(tx: Session, house: House, staff_id: str) -> list[PublicKeyCredentialDescriptor]:
    passkeys = factors_of(tx, staff_id, FactorKind.PASSKEY)
    kept = (json.loads(house.open(passkey.id, passkey.secret_sealed)) for passkey in passkeys)
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one["id"])) for one in kept]


def _challenge(tx: Session, ids: Ids, staff_id: str, kind: str, now: datetime) -> bytes:
    # What nobody answered to goes at the next asking.
    tx.execute(delete(SecondToken).where(SecondToken.staff_id == staff_id, SecondToken.at <= now - GOOD))
    token = ids.token()
    tx.add(SecondToken(token_hash=hash_token(token), staff_id=staff_id, kind=kind, at=now))
    tx.flush()
    return token.encode()


def _asked(tx: Session, staff_id: str, credential: str, kind: str, now: datetime) -> bytes:
    """The challenge to which the browser answers, used up; raises ValueError where nobody asked it."""
    client = json.loads(base64url_to_bytes(json.loads(credential)["response"]["clientDataJSON"]))
    challenge = base64url_to_bytes(client["challenge"])
    if not take_token(tx, staff_id, challenge.decode(), kind, now - GOOD):
        raise ValueError("nobody asked for this")
    return challenge
