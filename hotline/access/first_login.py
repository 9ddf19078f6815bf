"""The first log-in: a one-time link with which a member of staff chooses the first password. Only its hash is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from hotline.access import sessions
from hotline.access.audit import Act, note
from hotline.access.login_tables import SecondFactor
from hotline.access.people import AlreadyThere, add_member, staff_named
from hotline.access.second_factor import has_second
from hotline.access.sessions import Stage, hash_token
from hotline.access.tables import FirstLogin, Role, Staff
from hotline.access.tries import forget_tries
from hotline.config import Settings
from hotline.db import lock_name, lock_row, write
from hotline.now import Clock, Ids, RandomIds, SystemClock
from hotline.vault.opening import key_folder, open_sealer
from hotline.vault.sealing import House, Sealer

FIRST_NAME = "Data Manager"


def first_login_link(
    engine: Engine, settings: Settings, clock: Clock | None = None, ids: Ids | None = None
) -> str | None:
    """The link that `hotline up` prints, good for `text_code_minutes`; None when somebody can log in already.

    It is for the first Data Manager on the staff list; when there is none, one is made, called "Data Manager", in the
    first language of the country. A link of an earlier start is worth nothing any more.
    """
    clock, ids = clock or SystemClock(), ids or RandomIds()
    sealer, house = open_sealer(settings, clock), House(key_folder(settings))
    with write(engine) as tx:
        lock_name(tx, "first-login")
        if _somebody_can_log_in(tx, settings):
            return None
        staff_id = _first_manager(tx, sealer, house, ids, settings, clock.now())
        token = make_link(tx, ids, settings, staff_id, clock.now())
        note(tx, ids, Act.LINK_MADE, clock.now(), by="command:up", about=staff_id)
    return f"{settings.staff_url}/first/{token}"


def make_link(tx: Session, ids: Ids, settings: Settings, staff_id: str, now: datetime) -> str:
    """A new token for a member of staff; those made before for the same person are worth nothing any more."""
    token = ids.token()
    tx.execute(delete(FirstLogin).where(FirstLogin.staff_id == staff_id, FirstLogin.used_at.is_(None)))
    good = timedelta(minutes=settings.deployment.timings.text_code_minutes)
    tx.add(FirstLogin(token_hash=hash_token(token), staff_id=staff_id, expires_at=now + good))
    tx.flush()
    return token


def invited(tx: Session, token: str, now: datetime) -> Staff | None:
    """Whose link this is; None when it was used, is too old, or never was."""
    link = tx.get(FirstLogin, hash_token(token))
    return _owner(tx, link, now)


def set_first_password(
    tx: Session, ids: Ids, token: str, password_hash: str, now: datetime
) -> tuple[str, str] | None:
    """Use the link: the password stands and a session begins; gives (staff id, session id), None for a link that is worth
    nothing. Used once only, also by two at the same instant. All other sessions of the person end. A second factor comes
    next: who has one gives it, who has none adds one."""
    link = lock_row(tx, FirstLogin, hash_token(token))
    staff = _owner(tx, link, now)
    if link is None or staff is None:
        return None
    link.used_at = now
    staff.password_hash = password_hash
    sessions.end_all(tx, staff.id, now)
    forget_tries(tx, staff.name_index)
    note(tx, ids, Act.PASSWORD_SET, now, by=staff.id, about=staff.id)
    stage = Stage.SECOND if has_second(tx, staff.id) else Stage.ENROL
    return staff.id, sessions.begin(tx, ids, staff.id, now, stage)


def _somebody_can_log_in(tx: Session, settings: Settings) -> bool:
    """With a password, and, once the network is no simulator, with a second factor."""
    able = select(Staff.id).where(Staff.active, Staff.password_hash.is_not(None))
    if not settings.is_simulated:
        able = able.where(Staff.id.in_(select(SecondFactor.staff_id)))
    return tx.scalar(able.limit(1)) is not None


def _owner(tx: Session, link: FirstLogin | None, now: datetime) -> Staff | None:
    if link is None or link.used_at is not None or now >= link.expires_at:
        return None
    staff = tx.get(Staff, link.staff_id)
    return staff if staff is not None and staff.active else None


def _first_manager(
    tx: Session, sealer: Sealer, house: House, ids: Ids, settings: Settings, now: datetime
) -> str:
    wanted = settings.deployment.people.data_manager
    staff = staff_named(tx, sealer, wanted) if wanted else None
    staff = staff or tx.scalar(
        select(Staff)
        .where(Staff.active, Staff.role == Role.DATA_MANAGER)
        .order_by(Staff.added_at, Staff.id)
        .limit(1)
    )
    if staff is not None:
        return staff.id
    language = settings.deployment.languages[0]
    try:
        added = add_member(
            tx, sealer, house, ids, now, name=wanted or FIRST_NAME, languages=(language,), role=Role.DATA_MANAGER
        )  # fmt: skip
    except AlreadyThere:
        named = staff_named(tx, sealer, FIRST_NAME)
        if named is None:
            raise
        return named.id
    note(tx, ids, Act.STAFF_ADDED, now, by="command:up", about=added, detail=f"role={Role.DATA_MANAGER}")
    return added
