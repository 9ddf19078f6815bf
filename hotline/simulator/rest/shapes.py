"""How the carrier shows its resources in JSON."""

from __future__ import annotations

from typing import Any

from hotline.simulator.calls import Call, Status
from hotline.simulator.conferences import Conference, Participant
from hotline.simulator.lines import SETTINGS, Line
from hotline.simulator.messages import API_VERSION, Message
from hotline.simulator.network import Network
from hotline.simulator.queues import Member, Queue
from hotline.simulator.recordings import Recording
from hotline.simulator.stamps import rfc2822

ERROR_TEXTS = {
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
    30036: "Validity period expired",
}


def _uri(net: Network, path: str) -> str:
    return f"/{API_VERSION}/Accounts/{net.config.account_sid}/{path}"


def message(net: Network, entry: Message) -> dict[str, Any]:
    """A Message resource."""
    final = entry.status in ("delivered", "undelivered", "failed", "sent", "received")
    return {
        "sid": entry.sid,
        "account_sid": net.config.account_sid,
        "messaging_service_sid": None,
        "api_version": API_VERSION,
        "body": entry.body,
        "num_segments": str(entry.size.segments),
        "num_media": "0",
        "direction": entry.direction,
        "from": entry.sender,
        "to": entry.to,
        "status": entry.status,
        "error_code": entry.error_code or None,
        "error_message": ERROR_TEXTS.get(entry.error_code) if entry.error_code else None,
        "price": f"-{entry.size.segments * net.config.price_per_segment:.5f}" if final else None,
        "price_unit": net.config.currency,
        "date_created": rfc2822(entry.created),
        "date_sent": rfc2822(entry.sent),
        "date_updated": rfc2822(entry.updated),
        "uri": _uri(net, f"Messages/{entry.sid}.json"),
        "subresource_uris": {"media": _uri(net, f"Messages/{entry.sid}/Media.json")},
    }


def call(net: Network, entry: Call) -> dict[str, Any]:
    """A Call resource; `initiated` is shown as queued."""
    status = Status.QUEUED if entry.status is Status.INITIATED else entry.status
    done = entry.over and entry.answered is not None
    path = f"Calls/{entry.sid}"
    return {
        "sid": entry.sid,
        "account_sid": net.config.account_sid,
        "api_version": API_VERSION,
        "parent_call_sid": entry.parent or None,
        "phone_number_sid": net.lines[entry.line].sid if entry.line in net.lines else None,
        "from": entry.sender,
        "from_formatted": entry.sender,
        "to": entry.to,
        "to_formatted": entry.to,
        "status": status.value,
        "direction": entry.direction,
        "answered_by": entry.answered_by or None,
        "forwarded_from": entry.forwarded_from or None,
        "caller_name": None,
        "group_sid": None,
        "trunk_sid": None,
        "queue_time": str(round(entry.queue_time * 1000)),
        "start_time": rfc2822(entry.answered or entry.started),
        "end_time": rfc2822(entry.ended),
        "duration": str(entry.seconds(entry.ended)) if done and entry.ended else None,
        "price": None,
        "price_unit": net.config.currency,
        "date_created": rfc2822(entry.created),
        "date_updated": rfc2822(entry.updated or entry.created),
        "uri": _uri(net, f"{path}.json"),
        "subresource_uris": {"recordings": _uri(net, f"{path}/Recordings.json")},
    }


def recording(net: Network, entry: Recording) -> dict[str, Any]:
    """A Recording resource."""
    path = f"Recordings/{entry.sid}"
    return {
        "sid": entry.sid,
        "account_sid": net.config.account_sid,
        "api_version": API_VERSION,
        "call_sid": entry.call_sid,
        "conference_sid": None,
        "status": entry.status,
        "channels": 1,
        "source": "RecordVerb",
        "duration": str(entry.seconds) if entry.status != "in-progress" else None,
        "start_time": rfc2822(entry.created),
        "date_created": rfc2822(entry.created),
        "date_updated": rfc2822(entry.updated or entry.created),
        "price": None,
        "price_unit": net.config.currency,
        "error_code": None,
        "encryption_details": None,
        "uri": _uri(net, f"{path}.json"),
        "media_url": entry.url,
        "subresource_uris": {},
    }


def queue(net: Network, entry: Queue) -> dict[str, Any]:
    """A Queue resource."""
    return {
        "sid": entry.sid,
        "account_sid": net.config.account_sid,
        "friendly_name": entry.name,
        "current_size": len(entry.members),
        "max_size": entry.max_size,
        "average_wait_time": entry.average_wait,
        "date_created": rfc2822(entry.created),
        "date_updated": rfc2822(entry.updated or entry.created),
        "uri": _uri(net, f"Queues/{entry.sid}.json"),
    }


def member(net: Network, line: Queue, entry: Member) -> dict[str, Any]:
    """A Member of a queue."""
    return {
        "call_sid": entry.call.sid,
        "queue_sid": line.sid,
        "date_enqueued": rfc2822(entry.since),
        "position": line.position(entry) if entry in line.members else 0,
        "wait_time": round((net.clock() - entry.since).total_seconds()),
        "uri": _uri(net, f"Queues/{line.sid}/Members/{entry.call.sid}.json"),
    }


def conference(net: Network, entry: Conference) -> dict[str, Any]:
    """A Conference resource."""
    path = f"Conferences/{entry.sid}"
    return {
        "sid": entry.sid,
        "account_sid": net.config.account_sid,
        "api_version": API_VERSION,
        "friendly_name": entry.name,
        "status": entry.status,
        "region": "us1",
        "reason_conference_ended": entry.reason or None,
        "call_sid_ending_conference": entry.ended_by or None,
        "date_created": rfc2822(entry.created),
        "date_updated": rfc2822(entry.updated or entry.created),
        "uri": _uri(net, f"{path}.json"),
        "subresource_uris": {"participants": _uri(net, f"{path}/Participants.json")},
    }


def participant(net: Network, room: Conference, entry: Participant) -> dict[str, Any]:
    """A Participant resource."""
    return {
        "account_sid": net.config.account_sid,
        "call_sid": entry.call.sid,
        "conference_sid": room.sid,
        "label": entry.label or None,
        "call_sid_to_coach": None,
        "coaching": False,
        "muted": entry.muted,
        "hold": entry.hold,
        "start_conference_on_enter": entry.starts,
        "end_conference_on_exit": entry.ends,
        "status": "connected",
        "queue_time": None,
        "date_created": rfc2822(entry.joined),
        "date_updated": rfc2822(entry.joined),
        "uri": _uri(net, f"Conferences/{room.sid}/Participants/{entry.call.sid}.json"),
    }


def number(net: Network, entry: Line) -> dict[str, Any]:
    """An IncomingPhoneNumber resource."""
    shown = {
        "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_"): entry.settings[name]
        for name in SETTINGS
    }
    return shown | {
        "sid": entry.sid,
        "account_sid": net.config.account_sid,
        "api_version": API_VERSION,
        "phone_number": entry.number,
        "capabilities": {
            "sms": entry.config.sms,
            "mms": False,
            "voice": entry.config.voice,
            "fax": False,
        },
        "status": "in-use",
        "origin": "twilio",
        "beta": False,
        "type": "local",
        "address_requirements": "none",
        "date_created": rfc2822(entry.created),
        "date_updated": rfc2822(entry.created),
        "uri": _uri(net, f"IncomingPhoneNumbers/{entry.sid}.json"),
    }
