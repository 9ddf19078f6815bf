"""The network as the page and the tests see it: plain data about phones, calls, texts and complaints."""

from __future__ import annotations

from typing import Any

from hotline.simulator.calls import Call
from hotline.simulator.network import Network
from hotline.simulator.phones import Bubble, Heard, Phone

#: So many of the latest sounds of a call are shown; `heard_before` counts the earlier ones.
LATEST = 200


def state(net: Network) -> dict[str, Any]:
    """Everything, with `version`, which grows with every change."""
    return {
        "version": net.version,
        "now": net.clock().isoformat(),
        "lines": [
            {"number": line.number, "sms": line.config.sms, "voice": line.config.voice}
            for line in net.lines.values()
        ]
        + [{"number": g.config.number, "sms": True, "voice": False} for g in net.gateways.values()],
        "phones": [phone(net, entry) for entry in net.phones.values()],
        "errors": errors(net),
        "currency": net.config.currency,
        "staff_url": net.config.staff_url,
    }


def phone(net: Network, entry: Phone) -> dict[str, Any]:
    """One phone. `call` is the one that rings, is live, or has just ended (`state` says which)."""
    shown = entry.ringing or entry.live or entry.last
    return {
        "number": entry.number,
        "name": entry.name,
        "country": entry.config.country,
        "voicemail": entry.voicemail,
        "hidden": entry.hidden,
        "on": entry.on,
        "bubbles": [bubble(net, b) for b in entry.bubbles],
        "call": call(entry, shown) if shown else None,
        "voicemail_box": [
            {"from": m.sender, "call_sid": m.call_sid, "heard": [heard(h) for h in m.heard]}
            for m in entry.box
        ],
    }


def bubble(net: Network, entry: Bubble) -> dict[str, Any]:
    """One text with what it cost. A text deleted at the carrier still lies on the phone."""
    message = net.messages.get(entry.sid)
    segments = message.size.segments if message else 1
    return {
        "sid": entry.sid,
        "direction": "out" if entry.mine else "in",
        "with": entry.other,
        "text": entry.text,
        "at": entry.at.isoformat(),
        "status": message.status if message else "",
        "segments": segments,
        "encoding": message.size.encoding.value if message else "",
        "cost": round(segments * net.config.price_per_segment, 4),
    }


def call(owner: Phone, entry: Call) -> dict[str, Any]:
    """One call as its phone sees it."""
    if entry is owner.ringing:
        phase = "ringing"
    elif entry.over:
        phase = "ended"
    else:
        phase = "live" if entry.answered else "dialing"
    return {
        "sid": entry.sid,
        "state": phase,
        "with": entry.to if entry.direction == "inbound" else entry.sender,
        "direction": "out" if entry.direction == "inbound" else "in",
        "status": entry.status.value,
        "recording": entry.recording is not None,
        "bridged": entry.room is not None and len(entry.room.parties) > 1,
        "heard_before": max(0, len(entry.heard) - LATEST),
        "heard": [heard(h) for h in entry.heard[-LATEST:]],
    }


def heard(entry: Heard) -> dict[str, Any]:
    """One thing heard."""
    return {
        "kind": entry.kind,
        "text": entry.text,
        "url": entry.url,
        "voice": entry.voice,
        "language": entry.language,
        "seconds": round(entry.seconds, 2),
        "at": entry.at.isoformat(),
    }


def errors(net: Network) -> list[dict[str, Any]]:
    """What the carrier would complain about, oldest first."""
    return [
        {"code": e.code, "text": e.text, "url": e.url, "at": e.at.isoformat(), "sid": e.sid}
        for e in net.errors
    ]
