"""Prompts that staff spoke by phone: fetched from the carrier, levelled and trimmed, and kept as clips.

The worker alone writes into the content folder. Both deeds bear to be done twice.
"""

from __future__ import annotations

from hotline.content import content_root
from hotline.db import lock_name, read, write
from hotline.forms.manifest import Clip, keep_clip
from hotline.forms.sound import NotSound, polish
from hotline.retention.carrier_copies import add_copy, age
from hotline.retention.tables import CopyKind
from hotline.threads.outbox import Leased, finish
from hotline.threads.tables import PromptTake, TakeState
from worker.workshop import Workshop


def take_prompt(shop: Workshop, deed: Leased) -> None:
    """Fetch what was spoken and make it ready to be listened to; what is no speech is dropped. Raises CarrierError."""
    with read(shop.engine) as tx:
        take = tx.get(PromptTake, deed.payload["take"])
        wanted = take is not None and take.state == TakeState.SPOKEN
    media: bytes | None = None
    if take is not None and wanted:
        recorded = shop.carriers[take.line].fetch_recording(take.recording, wave=True)
        try:
            media = polish(recorded)
        except NotSound:
            media = None
    with write(shop.engine) as tx:
        take = tx.get(PromptTake, deed.payload["take"])
        if take is not None and take.state == TakeState.SPOKEN:
            add_copy(
                tx, shop.kit, CopyKind.RECORDING, take.recording, take.line, shop.clock.now(),
                due_at=take.at + age(shop.kit),
            )  # fmt: skip
            take.media, take.state = media, TakeState.READY if media else TakeState.DROPPED
        finish(tx, deed.id, shop.clock.now())


def keep_prompt(shop: Workshop, deed: Leased) -> None:
    """Write it among the clips, with its line in the manifest. Raises OSError where the content cannot be written."""
    root = content_root(shop.settings)
    with write(shop.engine) as tx:
        now = shop.clock.now()
        take = tx.get(PromptTake, deed.payload["take"])
        if take is not None and take.state == TakeState.KEPT and take.media is not None:
            lock_name(tx, f"clips:{take.folder}")
            day = now.astimezone(shop.settings.deployment.zone).date()
            clip = Clip(f"{take.key}.wav", take.text_hash, f"staff {take.staff_id}, {day}", reviewed=False)
            keep_clip(root, take.folder, take.key, clip, take.media)
            take.state, take.media = TakeState.DONE, None
        finish(tx, deed.id, now)


def give_up_take(shop: Workshop, deed: Leased) -> None:
    """The carrier does not have it."""
    with write(shop.engine) as tx:
        take = tx.get(PromptTake, deed.payload["take"])
        if take is not None and take.state == TakeState.SPOKEN:
            take.state = TakeState.DROPPED
