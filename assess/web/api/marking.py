"""What every answer to a system bears: its number for the log, and its language."""

from __future__ import annotations

from flask import Flask, Response, g

from assess.web.request import is_of_api, language


def attach(app: Flask) -> None:
    """Mark every answer."""
    app.after_request(mark)


def mark(response: Response) -> Response:
    """Name the request and the language."""
    if is_of_api():
        response.headers["X-Request-Id"] = g.request_id
        response.headers["Content-Language"] = "en" if language() == "en" else "zh-CN"
        response.vary.update(("Accept-Language", "Authorization"))
    return response
