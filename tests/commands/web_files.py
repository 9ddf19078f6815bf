"""A plain web server for a folder of files, as docs/operations.md asks for: it answers POST like GET, as text/xml."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response


class WebFiles:
    """Hands out the files below `folder`; `asked` are (method, path) in order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[tuple[str, str]] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        self.asked.append((request.method, request.path))
        file = self.folder / request.path.lstrip("/")
        if not file.is_file():
            return Response("not here", 404)(environ, start_response)
        kind = "audio/mpeg" if file.suffix == ".mp3" else "text/xml"
        return Response(file.read_bytes(), content_type=kind)(environ, start_response)
