"""Queues and who waits in them."""

from __future__ import annotations

from flask import Response, jsonify

from hotline.simulator.calls import Next
from hotline.simulator.queues import Member, Queue
from hotline.simulator.rest import shapes
from hotline.simulator.rest.api import api, created, find, network, not_found
from hotline.simulator.rest.paging import page
from hotline.simulator.rest.parameters import read
from hotline.simulator.trouble import ApiError


@api.get("/Queues.json")
def list_queues() -> Response:
    """All queues."""
    net, parameters = network(), read("get", "queues")
    with net.lock:
        found = list(net.queues.values())[::-1]
        return jsonify(page(parameters, "queues", found, lambda q: shapes.queue(net, q)))


@api.post("/Queues.json")
def create_queue() -> Response:
    """A new queue; names are unique (22003)."""
    net, parameters = network(), read("post", "queues")
    with net.lock:
        name = parameters.get("FriendlyName")
        if any(q.name == name for q in net.queues.values()):
            raise ApiError(400, 22003, f"A queue named {name} exists already")
        queue = net.open_queue(name)
        queue.max_size = parameters.number("MaxSize", 100, 1, 5000)
        return created(shapes.queue(net, queue))


@api.get("/Queues/<sid>.json")
def fetch_queue(sid: str) -> Response:
    """One queue."""
    net = network()
    with net.lock:
        return jsonify(shapes.queue(net, find(net.queues, sid)))


@api.post("/Queues/<sid>.json")
def update_queue(sid: str) -> Response:
    """Rename it or change its size."""
    net, parameters = network(), read("post", "queue")
    with net.lock:
        queue = find(net.queues, sid)
        queue.name = parameters.get("FriendlyName") or queue.name
        queue.max_size = parameters.number("MaxSize", queue.max_size, 1, 5000)
        queue.updated = net.clock()
        return jsonify(shapes.queue(net, queue))


@api.delete("/Queues/<sid>.json")
def delete_queue(sid: str) -> tuple[str, int]:
    """Remove an empty queue."""
    net = network()
    with net.lock:
        if find(net.queues, sid).members:
            raise ApiError(400, 22001, "The queue is not empty")
        del net.queues[sid]
    return "", 204


@api.get("/Queues/<sid>/Members.json")
def list_members(sid: str) -> Response:
    """Who waits, first come first."""
    net, parameters = network(), read("get", "members")
    with net.lock:
        queue = find(net.queues, sid)
        return jsonify(
            page(parameters, "queue_members", queue.members, lambda m: shapes.member(net, queue, m))
        )


@api.get("/Queues/<sid>/Members/<call_sid>.json")
def fetch_member(sid: str, call_sid: str) -> Response:
    """One who waits; `Front` is the first."""
    net = network()
    with net.lock:
        queue = find(net.queues, sid)
        return jsonify(shapes.member(net, queue, _member(queue, call_sid)))


@api.post("/Queues/<sid>/Members/<call_sid>.json")
def dequeue(sid: str, call_sid: str) -> Response:
    """Take somebody out of the queue and play another document."""
    net, parameters = network(), read("post", "member")
    with net.lock:
        queue = find(net.queues, sid)
        member = _member(queue, call_sid)
        shape = shapes.member(net, queue, member)
        member.taken = True
        net.redirect(member.call, Next(parameters.get("Url"), parameters.get("Method", "POST")))
        return jsonify(shape)


def _member(queue: Queue, call_sid: str) -> Member:
    member = queue.of(call_sid)
    if member is None:
        raise not_found()
    return member
