"""The second factor: a code of an app (RFC 6238), a recovery code, or the proof of a passkey given just now.

Each counts once. Of an app's codes the one of this half minute, the one before and the one after are right (clocks differ),
and never one that is older than the last that counted. Five wrong ones within 15 minutes lock all of them until the first
is 15 minutes old, with a right one too: six digits are soon guessed otherwise.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from hotline.access.login_tables import FactorKind, RecoveryCode, SecondFactor, SecondToken, SecondTries
from hotline.access.sessions import hash_token
from hotline.access.tries import MOST_TRIES, WINDOW
from hotline.db import lock_name
from hotline.now import Ids
from hotline.vault.sealing import House

STEP_SECONDS = 30
RECOVERY_CODES = 10
PROOF = "proof"  # the kind of a `SecondToken` that a passkey has earned
PROOF_GOOD = timedelta(minutes=2)
_TOTP = re.compile(r"\d{6}", re.ASCII)
_RECOVERY = re.compile(r"[a-z2-7]{16}")
_PROOF = re.compile(r"[a-z2-7]{52}")


def fresh(tx: Session, house: House, staff_id: str, code: str, now: datetime) -> bool:
    """Whether the code given just now is right. Right or wrong, the caller lets the transaction commit: a right code is
    used up by it, a wrong one counted."""
    lock_name(tx, f"second:{staff_id}")
    tries = tx.get(SecondTries, staff_id, populate_existing=True)
    if tries is not None and now - tries.since >= WINDOW:
        tx.delete(tries)
        tx.flush()
        tries = None
    if tries is not None and tries.wrong >= MOST_TRIES:
        return False
    right = _counts(tx, house, staff_id, re.sub(r"[\s-]", "", code).lower(), now)
    if right and tries is not None:
        tx.delete(tries)
    elif not right and tries is not None:
        tries.wrong += 1
    elif not right:
        tx.add(SecondTries(staff_id=staff_id, wrong=1, since=now))
    tx.flush()
    return right


def factors_of(tx: Session, staff_id: str, kind: FactorKind | None = None) -> tuple[SecondFactor, ...]:
    """The second factors of a member of staff, oldest first, of one kind or of all."""
    wanted = select(SecondFactor).where(SecondFactor.staff_id == staff_id)
    if kind is not None:
        wanted = wanted.where(SecondFactor.kind == kind)
    return tuple(tx.scalars(wanted.order_by(SecondFactor.added_at, SecondFactor.id)))


def has_second(tx: Session, staff_id: str) -> bool:
    """Whether there is any second factor; recovery codes alone are none."""
    return bool(factors_of(tx, staff_id))


def new_secret(ids: Ids) -> str:
    """The secret of an app that is about to be added: 160 bits in base32."""
    return ids.token()[-32:].upper()


def app_address(secret: str, name: str, issuer: str) -> str:
    """What the QR code holds: the address by which an app takes the secret over."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def add_app(
    tx: Session, house: House, ids: Ids, staff_id: str, secret: str, code: str, now: datetime
) -> bool:
    """Add an app that shows the right code for this secret; that code is used up. False, and nothing added, for another."""
    step = _step_of(secret, code.strip().replace(" ", ""), now)
    if step is None:
        return False
    factor_id = ids.new()
    tx.add(
        SecondFactor(
            id=factor_id, staff_id=staff_id, kind=FactorKind.TOTP, secret_sealed=house.seal(factor_id, secret),
            counted=step, added_at=now,
        )
    )  # fmt: skip
    tx.flush()
    return True


def remove_factor(tx: Session, staff_id: str, factor_id: str) -> bool:
    """Take a second factor away; never the last one. False when it is not there, not theirs, or the last."""
    lock_name(tx, f"second:{staff_id}")
    mine = factors_of(tx, staff_id)
    if len(mine) < 2 or factor_id not in [factor.id for factor in mine]:
        return False
    tx.execute(delete(SecondFactor).where(SecondFactor.id == factor_id))
    return True


def forget_all(tx: Session, staff_id: str) -> None:
    """Nothing of it is left: somebody who lost everything begins anew with a one-time link."""
    for table in (SecondFactor, RecoveryCode, SecondTries, SecondToken):
        tx.execute(delete(table).where(table.staff_id == staff_id))


def new_recovery_codes(tx: Session, ids: Ids, staff_id: str) -> tuple[str, ...]:
    """Ten new codes, to be shown this once, each in four groups; those before are worth nothing any more."""
    tx.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    codes = tuple(ids.new() for _ in range(RECOVERY_CODES))
    tx.add_all(RecoveryCode(code_hash=_recovery_hash(staff_id, code), staff_id=staff_id) for code in codes)
    tx.flush()
    return tuple("-".join(re.findall("....", code)) for code in codes)


def recovery_codes_left(tx: Session, staff_id: str) -> int:
    """How many of them are still good."""
    left = select(func.count()).where(RecoveryCode.staff_id == staff_id, RecoveryCode.used_at.is_(None))
    return tx.scalar(left) or 0


def give_proof(tx: Session, ids: Ids, staff_id: str, now: datetime) -> str:
    """A passkey signed just now: a proof that `fresh` takes for a code, once and for two minutes."""
    proof = ids.token()
    tx.add(SecondToken(token_hash=hash_token(proof), staff_id=staff_id, kind=PROOF, at=now))
    tx.flush()
    return proof


def _counts(tx: Session, house: House, staff_id: str, code: str, now: datetime) -> bool:
    if _TOTP.fullmatch(code):
        return _app_code(tx, house, staff_id, code, now)
    if _RECOVERY.fullmatch(code):
        used = (
            update(RecoveryCode)
            .where(
                RecoveryCode.code_hash == _recovery_hash(staff_id, code),
                RecoveryCode.staff_id == staff_id,
                RecoveryCode.used_at.is_(None),
            )
            .values(used_at=now)
            .returning(RecoveryCode.staff_id)
        )
        return tx.scalar(used) is not None
    return bool(_PROOF.fullmatch(code)) and take_token(tx, staff_id, code, PROOF, now - PROOF_GOOD)


def take_token(tx: Session, staff_id: str, token: str, kind: str, since: datetime) -> bool:
    """Use up a token of this person and kind; False when it is not there or older than `since`."""
    gone = (
        delete(SecondToken)
        .where(
            SecondToken.token_hash == hash_token(token),
            SecondToken.staff_id == staff_id,
            SecondToken.kind == kind,
        )
        .returning(SecondToken.at)
    )
    at = tx.scalar(gone)
    return at is not None and at > since


def _app_code(tx: Session, house: House, staff_id: str, code: str, now: datetime) -> bool:
    for app in factors_of(tx, staff_id, FactorKind.TOTP):
        step = _step_of(house.open(app.id, app.secret_sealed), code, now, after=app.counted)
        if step is not None:
            app.counted, app.used_at = step, now
            return True
    return False


def _step_of(secret: str, code: str, now: datetime, *, after: int = 0) -> int | None:
    """The time step to which this code belongs, of the three that are looked at and later than `after`."""
    this = int(now.timestamp()) // STEP_SECONDS
    app = pyotp.TOTP(secret, interval=STEP_SECONDS)
    for step in (this - 1, this, this + 1):
        if step > after and hmac.compare_digest(app.generate_otp(step).encode(), code.encode()):
            return step
    return None


def _recovery_hash(staff_id: str, code: str) -> bytes:
    return hash_token(f"recovery.{staff_id}.{code}")
