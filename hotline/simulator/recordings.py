"""Recordings: made by the Record verb, fetched and deleted through the API."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from hotline.simulator.audio import silent_mp3, spoken_wav
from hotline.simulator.calls import Call
from hotline.simulator.faults import What
from hotline.simulator.stamps import rfc2822
from hotline.simulator.twiml.document import Verb
from hotline.simulator.webhooks import Subject, callback

if TYPE_CHECKING:
    from hotline.simulator.network import Network

#: How long after its end a recording can be fetched, in seconds.
PROCESSING = 2.0


@dataclass
class Recording:
    """`words` is what was said; the sound is made from it. `status`: in-progress, processing, completed, deleted."""

    sid: str
    call_sid: str
    created: datetime
    url: str
    core: Network
    status_url: str = ""
    status_method: str = "POST"
    status_events: frozenset[str] = frozenset({"completed"})
    words: list[str] = field(default_factory=list)
    spoken: float = 0.0
    seconds: int = 0
    status: str = "in-progress"
    updated: datetime | None = None

    def speak(self, text: str) -> float:
        """The person says something ("" is breath: it keeps silence from ending the recording); gives its seconds."""
        seconds = self.core.speaking_time(text) if text else 0.0
        self.spoken += seconds
        if text:
            self.words.append(text)
        return seconds

    @property
    def ready(self) -> bool:
        """Can the sound be fetched?"""
        return self.status == "completed"

    def wav(self) -> bytes:
        """The sound as WAV."""
        return spoken_wav(" ".join(self.words), max(1, self.seconds))

    def mp3(self) -> bytes:
        """The sound as MP3: silence of the right length, the words in its comment."""
        return silent_mp3(" ".join(self.words), max(1, self.seconds))


def begin(net: Network, call: Call, verb: Verb, hook: str) -> Recording:
    """Start recording a call; `hook` is the resolved status callback."""
    sid = net.new_sid("RE")
    url = f"{net.config.base_url}/2010-04-01/Accounts/{net.config.account_sid}/Recordings/{sid}"
    recording = Recording(
        sid,
        call.sid,
        net.clock(),
        url,
        net,
        hook,
        verb.get("recordingStatusCallbackMethod", "POST"),
        frozenset(verb.get("recordingStatusCallbackEvent", "completed").split()),
    )
    net.recordings[sid] = recording
    call.recording = recording
    net.changed()
    _report(net, call, recording, "in-progress")
    return recording


def complete(net: Network, recording: Recording, *, trim: bool) -> None:
    """Stop recording; the sound can be fetched a little later, and the status callback says so."""
    call = net.calls[recording.call_sid]
    call.recording = None
    elapsed = (net.clock() - recording.created).total_seconds()
    recording.seconds = max(1, round(recording.spoken if trim and recording.words else elapsed))
    recording.status, recording.updated = "processing", net.clock()

    def ready() -> None:
        if recording.status == "processing":
            recording.status, recording.updated = "completed", net.clock()
            _report(net, call, recording, "completed" if recording.words else "absent")
            net.changed()

    net.after(PROCESSING, ready)


def _report(net: Network, call: Call, recording: Recording, event: str) -> None:
    if not recording.status_url or event not in recording.status_events:
        return
    form = {
        "AccountSid": net.config.account_sid,
        "CallSid": recording.call_sid,
        "RecordingSid": recording.sid,
        "RecordingUrl": recording.url,
        "RecordingStatus": event,
        "RecordingDuration": str(recording.seconds),
        "RecordingChannels": "1",
        "RecordingSource": "RecordVerb",
        "RecordingStartTime": rfc2822(recording.created) or "",
    }
    subject = Subject(What.CALL, call.to, call.sender, recording.sid)
    net.spawn(callback(net, recording.status_method, recording.status_url, form, subject))
