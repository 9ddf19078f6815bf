"""Whom a step of the policy means, by ids: the rota, the languages of people, the named lists of `hotline.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.people import staff_named
from hotline.access.tables import Staff
from hotline.alerts.phones import data_manager, everyone, page_phone
from hotline.alerts.policy import Policy, Step, StepKind
from hotline.alerts.rota.stored import on_call, stored_rota
from hotline.alerts.tables import Alert
from hotline.oncall import Rota
from hotline.threads.kit import Kit
from hotline.triage.kinds import Grade


def step_people(tx: Session, kit: Kit, policy: Policy, alert: Alert, step: Step, now: datetime) -> list[str]:
    """The ids of whom a step means, each once, whether or not they can be reached.

    Who had the alert before it opened again, and the Data Manager of an emergency in office hours, are paged together with
    the first step that has somebody of the rota.
    """
    people = list(_meant(tx, kit, policy, alert, step, now))
    opens = alert.step <= policy.opening(Grade(alert.grade), alert.round, alert.manager)
    if opens and (people or step.kind is not StepKind.LANGUAGE):
        people = [*_besides(tx, kit, alert), *people]
    return list(dict.fromkeys(people))


def _meant(tx: Session, kit: Kit, policy: Policy, alert: Alert, step: Step, now: datetime) -> Iterable[str]:
    match step.kind:
        case StepKind.MANAGER:
            manager = data_manager(tx, kit)
            return [manager] if manager else []
        case StepKind.LANGUAGE:
            return speakers(tx, kit, alert, now)
        case StepKind.ON_CALL:
            return on_call(tx, kit, now)[:1]
        case StepKind.SECOND:
            return on_call(tx, kit, now)[1:2]
        case StepKind.GROUP:
            return _named(tx, kit, policy.groups.get(step.group, ()))
        case StepKind.LAST_RESORT:
            return _named(tx, kit, policy.last_resort)
        case StepKind.EVERYONE:
            return [*on_call(tx, kit, now), *everyone(tx)]


def _besides(tx: Session, kit: Kit, alert: Alert) -> Iterable[str]:
    if alert.manager and alert.grade == Grade.EMERGENCY and (manager := data_manager(tx, kit)):
        yield manager
    if alert.also:
        yield alert.also


def _named(tx: Session, kit: Kit, names: Iterable[str]) -> list[str]:
    """Names that are nobody on the staff are passed over: they must not stop a page."""
    return [staff.id for name in names if (staff := staff_named(tx, kit.sealer, name)) is not None]


def speakers(tx: Session, kit: Kit, alert: Alert, now: datetime) -> list[str]:
    """Somebody of the rota who can be reached and speaks the alert's language, where who is on call does not speak it; of
    several another one each round. Whoever is paged besides and speaks it makes this step needless."""
    if not alert.language or (alert.also and _speaks(tx, alert.also, alert.language)):
        return []
    first = on_call(tx, kit, now)
    if not first or _speaks(tx, first[0], alert.language):
        return []
    people = dict.fromkeys([*first[1:], *_of_the_rota(stored_rota(tx), now)])
    able = [one for one in people if _speaks(tx, one, alert.language) and page_phone(tx, one)]
    return [able[(alert.round - 1) % len(able)]] if able else []


def _of_the_rota(rota: Rota, now: datetime) -> Iterable[str]:
    """Everybody of the rotation, whose turn comes next first; of a calendar, whose next shift is soonest."""
    if rota.calendar is not None:
        coming = sorted((shift for shift in rota.calendar if shift.end > now), key=lambda shift: shift.start)
        return [person for shift in coming for person in shift.people if person]
    return rota.rotation.order_at(now) if rota.rotation else ()


def _speaks(tx: Session, staff_id: str, language: str) -> bool:
    spoken = tx.scalar(select(Staff.languages).where(Staff.id == staff_id)) or ""
    return language in [one.strip() for one in spoken.split(",")]
