"""The service has one house and any name: no answer depends on the name by which a browser asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Flask, Response, request

from assess.web.request import settings

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
NAME: Final = "assess"
ASKED: Final = "assess.asked_host"
"""Where the name that the browser asked for is kept, for what compares it with where a request comes from."""


def attach(app: Flask) -> None:
    """Let every request ask for the same name, whatever stands in its Host header, and lead on by paths alone."""
    app.wsgi_app = by_one_name(app.wsgi_app)  # type: ignore[method-assign,assignment]
    app.after_request(without_name)


def by_one_name(inside: Wsgi) -> Wsgi:
    """The service behind a door that takes the name away."""

    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        return inside({**environ, ASKED: environ.get("HTTP_HOST", ""), "HTTP_HOST": NAME}, start)

    return answer


def is_of_this_site() -> bool:
    """Whether a page of this service sent the request, as far as the browser says; old browsers may say nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    own = {request.environ.get(ASKED), urlsplit(settings().address).netloc}
    return origin.partition("://")[2] in own - {""}


def without_name(response: Response) -> Response:
    """An answer that leads to a tidier address, such as one with a slash at its end, leaves the name to the browser."""
    to = urlsplit(response.location or "")
    if to.netloc == NAME:
        response.location = to._replace(scheme="", netloc="").geturl()
    return response
