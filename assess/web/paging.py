"""Long lists, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request as flask_request
from flask import url_for

SIZE = 50
"""How many rows a page has."""


@dataclass(frozen=True)
class ListPage:
    """One page of a list: which, of how many, and the addresses beside it; `rows` is how many rows the list has."""

    number: int
    count: int
    rows: int
    previous: str | None
    next: str | None


def page_asked_for() -> int:
    """The page that the address asks for; the first where it asks for none that can be."""
    text = flask_request.args.get("page", "")
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 7 and int(text) else 1


def page_of(number: int, rows: int, endpoint: str = "", *, size: int = SIZE) -> ListPage:
    """A page of a list of so many rows; whatever else narrows the list stays in the addresses.

    `endpoint` names where the list stands, if it is shown again where something was turned down.
    """
    count = max(1, -(-rows // size))
    return ListPage(
        number=number,
        count=count,
        rows=rows,
        previous=address(min(number - 1, count), endpoint) if number > 1 else None,
        next=address(number + 1, endpoint) if number < count else None,
    )


def address(number: int, endpoint: str) -> str:
    """The address of another page of the same list."""
    asked: dict[str, Any] = {**flask_request.args.to_dict(), **(flask_request.view_args or {}), "page": number}
    return url_for(endpoint or str(flask_request.endpoint), **asked)
