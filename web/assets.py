"""Static files under an address that carries a hash of their content, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

STATIC_FOLDER = Path(__file__).resolve().parent / "static"
# The pages also ask browsers to distrust declared types; files deserve the same.
FILE_HEADERS = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
ONE_YEAR = 365 * 24 * 60 * 60


def content_hash(folder: Path = STATIC_FOLDER) -> str:
    """Ten hex digits over every file's name and content: style sheets name fonts by relative address, so one
    hash covers the whole tree."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def serve_static_files(app: Flask) -> None:
    """Put the file server before the app and give templates `static_url(name)`."""
    prefix, files = _files()
    server = WhiteNoise(app.wsgi_app)
    server.files = files
    app.wsgi_app = server  # type: ignore[method-assign]

    @app.template_global()
    def static_url(name: str) -> str:
        return prefix + name


@cache
def _files() -> tuple[str, dict[str, Any]]:
    """The address before every name, and what is answered to each; they change with the version, so never in a process."""
    prefix = f"/static/{content_hash()}/"
    found = WhiteNoise(None, max_age=ONE_YEAR, allow_all_origins=False, add_headers_function=_add_headers)
    found.immutable_file_test = lambda path, url: True  # the address changes with the content
    found.add_files(str(STATIC_FOLDER), prefix=prefix)
    return prefix, found.files


def _add_headers(headers: dict[str, str], path: str, url: str) -> None:
    for name, value in FILE_HEADERS.items():
        headers[name] = value
