"""The clock process: looks for what is due. It sends nothing itself; it writes rows and rings the bell."""

from __future__ import annotations

import os
import threading
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from hotline.access.key_grants import forget_old_sessions
from hotline.access.reveals import expire as expire_reveals
from hotline.alerts.glass import watch_glasses
from hotline.alerts.read_outs import destroy_old
from hotline.alerts.rota.watch import watch_rota
from hotline.alerts.standing import threads_in_alarm
from hotline.alerts.sweep import sweep
from hotline.alerts.tips import PASSED_ON, pass_on
from hotline.config import load
from hotline.conversation.effects import Disposition
from hotline.conversation.ending import left
from hotline.conversation.state import Stage
from hotline.db import write
from hotline.now import RandomIds, SystemClock
from hotline.retention.keeper import Keeper
from hotline.statistics.aggregates import forget_finished
from hotline.stop import told_by_signals
from hotline.threads import conversations
from hotline.threads.copies import expire_copies
from hotline.threads.handing_over import erase, keep_for_worker, not_handed_over
from hotline.threads.heartbeats import beat
from hotline.threads.outbox import DeedKind, order
from hotline.threads.seen import forget_replies
from hotline.threads.tables import Conversation, Thread, ThreadState
from hotline.vault.compartments import destroy_doomed
from hotline.vault.epochs import begins, oldest_kept
from hotline.watch.drill_calls import make_way
from worker.alarm import Alarm
from worker.audit_head import give_head_away
from worker.dead_man import DeadMan, look_beside
from worker.probing import Prober
from worker.workshop import Workshop, open_workshop

log = structlog.get_logger("clock")
CYCLE_SECONDS = 2.0
PROBE_SECONDS = 5.0
KEEPING_SECONDS = 15.0


def run() -> None:
    """Tick until SIGTERM or SIGINT."""
    shop = open_workshop(load(os.environ), SystemClock(), RandomIds())
    watch(shop)
    with told_by_signals() as stop:
        while not stop.is_set():
            try:
                tick(shop)
            except SQLAlchemyError as error:
                log.error("database_away", error=type(error).__name__)
            stop.wait(CYCLE_SECONDS)


def watch(shop: Workshop) -> None:
    """Begin the dead-man ping, the probes and the keeping, each in a thread that ends with the process."""
    never = threading.Event()
    dead_man = DeadMan(shop, shop.settings.dead_man_url) if shop.settings.dead_man_url else None
    if dead_man is not None:
        look_beside("dead-man", dead_man.look, never, 1.0)
    look_beside("probe", Prober(shop, Alarm(shop, dead_man)).look, never, PROBE_SECONDS)
    keeper = Keeper(shop.engine, shop.kit)
    look_beside("retention", lambda: keeper.look(shop.clock.now()), never, KEEPING_SECONDS)


def tick(shop: Workshop) -> None:
    """One full cycle. Alerts come first, and a part that fails does not stop the others: it is told in the log, and the cycle
    does not count as whole. Raises OperationalError when the database is away."""
    now = shop.clock.now()
    whole = True
    for part in (_alerts, _drills, _rota, flag_silence, expire, _seen, _forget, destroy_keys, give_head_away):
        try:
            part(shop, now)
        except OperationalError:
            raise
        except Exception as error:  # whatever is wrong there, the next alert must be swept
            whole = False
            log.error("clock_failed", part=part.__name__.strip("_"), error=type(error).__name__)
    if whole:
        with write(shop.engine) as tx:
            beat(tx, "clock", now)
    shop.bell.ring()


def _alerts(shop: Workshop, now: datetime) -> None:
    with write(shop.engine) as tx:
        sweep(tx, shop.kit, now)


def _drills(shop: Workshop, now: datetime) -> None:
    with write(shop.engine) as tx:
        make_way(tx, shop.kit, now)


def _rota(shop: Workshop, now: datetime) -> None:
    with write(shop.engine) as tx:
        watch_rota(tx, shop.kit, now)


def _seen(shop: Workshop, now: datetime) -> None:
    with write(shop.engine) as tx:
        expire_reveals(tx, shop.kit.ids, now)
        watch_glasses(tx, shop.kit, now)
        forget_finished(tx)


def _forget(shop: Workshop, now: datetime) -> None:
    with write(shop.engine) as tx:
        forget_replies(tx, shop.kit, now)
        destroy_old(tx, now)
        expire_copies(tx, shop.kit, now, threads_in_alarm(tx))
        hours = shop.settings.deployment.timings.session_hours
        forget_old_sessions(tx, now, timedelta(hours=hours))


def flag_silence(shop: Workshop, now: datetime) -> None:
    """No answer to the safety question for 15 minutes: in the queue, flagged, above routine."""
    limit = now - timedelta(minutes=shop.settings.deployment.timings.silence_minutes)
    with write(shop.engine) as tx:
        waiting = select(Conversation, Thread).join(Thread, Thread.id == Conversation.thread_id)
        for conversation, thread in tx.execute(
            waiting.where(
                Conversation.state_sealed.is_not(None),
                Conversation.moved_at <= limit,
                Thread.state == ThreadState.OPEN,
                Thread.unanswered_safety.is_(False),
                Thread.unsafe.is_(False),
            )
        ):
            state = conversations.in_flight(shop.kit, conversation)
            if state is not None and state.stage in (Stage.LANGUAGE, Stage.SAFE, Stage.SAFE_AGAIN):
                thread.unanswered_safety = True


def expire(shop: Workshop, now: datetime) -> None:
    """A conversation of more than 24 hours is over: its record stands as it is, and what was in flight is erased once the
    record was renewed for the last time."""
    limit = now - timedelta(hours=shop.settings.deployment.timings.conversation_hours)
    with write(shop.engine) as tx:
        old = tx.scalars(
            select(Conversation).where(
                Conversation.state_sealed.is_not(None),
                Conversation.moved_at <= limit,
                Conversation.disposition.is_(None),
            )
        )
        for conversation in old:
            state = conversations.in_flight(shop.kit, conversation)
            if state is None:  # its key is gone, as after a database older than the key store was put back
                conversation.disposition = Disposition.EXPIRED.value
                continue
            conversation.disposition, conversation.submitted_at = left(state).value, now
            if conversation.disposition == Disposition.EXPIRED:
                continue  # nothing was answered: no record
            if conversation.disposition in PASSED_ON:
                pass_on(tx, shop.kit, conversation, now)
            order(
                tx,
                shop.kit.ids,
                DeedKind.SUBMIT,
                f"submit:{conversation.id}:end",
                {"conversation": conversation.id},
                now,
            )
        erase_from = now - timedelta(hours=shop.settings.deployment.timings.replay_hours)
        over = select(Conversation).where(
            Conversation.state_sealed.is_not(None),
            Conversation.disposition.is_not(None),
            Conversation.moved_at <= erase_from,
            ~not_handed_over(),  # a worker that was away for days still makes the record
        )
        for conversation in tx.scalars(over).all():
            erase(tx, conversation, now)


def destroy_keys(shop: Workshop, now: datetime) -> None:
    """Keys that nobody may need any more are destroyed: those of compartments that were given up, and of what was in flight up
    to 48 hours ago. What is still to be handed over is sealed to the worker first."""
    store = shop.kit.sealer.store
    with write(shop.engine) as tx:
        destroyed = destroy_doomed(tx, store)
    old = store.epochs_before(oldest_kept(now))
    if old:
        with write(shop.engine) as tx:
            for number in old:
                keep_for_worker(tx, shop.kit, begins(number))
        store.destroy_epochs(old)
    if destroyed or old:
        store.settle()
