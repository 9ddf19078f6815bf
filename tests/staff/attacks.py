"""What a stranger or a colleague with bad intent tries at the staff page, over every route that it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.test import TestResponse

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE")
EVIL = "evil.example"
# Headers by which somebody claims another host or way; no answer may repeat it.
CLAIMS = {
    "X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": f"/{EVIL}", "X-Forwarded-Server": EVIL,
    "Forwarded": f"host={EVIL};proto=https", "X-Original-URL": f"/{EVIL}", "X-Rewrite-URL": f"//{EVIL}", "X-Host": EVIL,
}  # fmt: skip
SPLIT = "%0d%0aSet-Cookie:%20split=1%0d%0a%0d%0a<script>split</script>"
WAYS_BACK = (
    f"//{EVIL}", f"https://{EVIL}", f"/\\{EVIL}", f"\\\\{EVIL}", f"/%2f{EVIL}", f"/threads/../../{EVIL}", f"javascript:{EVIL}",
    f"/threads/aaaaaaaaaaaaaaab@{EVIL}", f"http:{EVIL}", f" /{EVIL}", f"/\t/{EVIL}", f"/?next=//{EVIL}", "/threads/aaaaaaaaaaaaaaab\n",
)  # fmt: skip
TRICKS = (
    f"//{EVIL}/", f"/\\{EVIL}", "/../", "/%2e%2e/%2e%2e/etc/passwd", "/static/../desk.py", "/static/%2e%2e/desk.py",
    "/static/..%2fdesk.py", "/static//etc/passwd", "/static/staff.css%00.py", "/static/.", "/LOGIN", "/login/", "/login;x=1",
    "/login/../", "/live/../login", "/threads/", "/threads/%00", "/threads/" + "a" * 4000, f"/threads/{SPLIT}", f"/{SPLIT}",
    "/first/", "/first/../", "/first/%2e%2e", "/healthz/../", "/healthz/../threads/", "/.git/config", "/.env", "/console",
    "/login%2f..%2f", "/%ff%fe", "/{{7*7}}", "/?__debugger__=yes&cmd=resource&f=style.css",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Route:
    """One path of the app, filled in, with what it is called and may be asked by."""

    rule: str
    endpoint: str
    path: str
    methods: frozenset[str]

    @property
    def changes(self) -> bool:
        return "POST" in self.methods


def routes(app: Flask, thread: str) -> Iterator[Route]:
    """Every route; a thread's are those of `thread`, other names in a path are of the shape of an id."""
    for rule in app.url_map.iter_rules():
        filled = re.sub(r"<(?:\w+:)?thread_id>", thread, rule.rule).replace("<path:filename>", "staff.css")
        filled = re.sub(r"<int:\w+>", "1", filled)
        path = re.sub(r"<[^>]+>", "aaaaaaaaaaaaaaab", filled)
        yield Route(rule.rule, rule.endpoint, path, frozenset(rule.methods or ()))


def wrong_with(answer: TestResponse, secrets: tuple[str, ...] = ()) -> list[str]:
    """What no answer may be like, whatever was asked: each wrong in a few words."""
    body = answer.get_data(as_text=True)
    wrong = [f"tells {secret!r}" for secret in secrets if secret in body]
    for name, value in answer.headers:
        if "\r" in value or "\n" in value or name.lower() in ("split", "server-timing", "x-powered-by"):
            wrong.append(f"header {name}")
        if EVIL in value or "split=1" in value:
            wrong.append(f"{name} repeats what was asked")
    place = answer.headers.get("Location", "/")
    if not re.fullmatch(r"/(?![/\\])[A-Za-z0-9/?=&%._-]*", place):
        wrong.append(f"leads to {place}")
    for sign in ("Traceback", "Werkzeug", "<script>split"):
        if sign in body:
            wrong.append(f"shows {sign}")
    if answer.mimetype == "text/html":
        wrong += [f"inline {found}" for found in _inline(body)]
        if EVIL in body:
            wrong.append("the page repeats what was asked")
    return wrong


def _inline(html: str) -> list[str]:
    tags = re.findall(r"<[a-zA-Z][^>]*>", html)
    found = [tag for tag in tags if re.search(r"\s(?:style|on[a-z]+)\s*=|javascript:", tag, re.I)]
    found += [tag for tag in tags if tag.lower().startswith("<style")]
    return found + [tag for tag in tags if tag.lower().startswith("<script") and " src=" not in tag]
