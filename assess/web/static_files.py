"""Styles and scripts: small on the wire, and kept by browsers until they change."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, request
from flask_compress import Compress

FOREVER: Final = int(timedelta(days=365).total_seconds())
COMPRESSED: Final = ["text/html", "text/css", "text/javascript", "image/svg+xml"]
"""Downloads are left as they are: a part of one may be asked for."""


def attach(app: Flask) -> None:
    """Compress pages, styles and scripts; name the version of a static file in its address."""
    app.config.update(COMPRESS_MIMETYPES=COMPRESSED, COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_STREAMS=False)
    Compress(app)
    folder = Path(app.static_folder or "")

    @app.url_defaults
    def name_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            values["v"] = version_of(folder / values["filename"])

    @app.after_request
    def keep_version(response: Response) -> Response:
        is_there = request.endpoint == "static" and response.status_code < 400
        if is_there and response.mimetype in COMPRESSED:
            response.direct_passthrough = False
            response.make_sequence()  # else what compresses it never closes the file
        if is_there and request.args.get("v") == version_of(folder / (request.view_args or {})["filename"]):
            response.headers["Cache-Control"] = f"public, max-age={FOREVER}, immutable"
        return response


@lru_cache(maxsize=256)
def version_of(file: Path) -> str:
    """A digest of a static file, of which the service reads each once."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
