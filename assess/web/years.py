"""Addresses: `/2026/…` is of the year 2026, and links within a year's pages stay in it."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g
from flask import request as flask_request
from werkzeug.routing import IntegerConverter, Map


class YearConverter(IntegerConverter):
    """A year of four digits."""

    regex = r"[1-9]\d{3}"


class RowConverter(IntegerConverter):
    """The number of a row; what no table can hold matches no page."""

    regex = r"[1-9]\d{0,17}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map)


def attach(app: Flask) -> None:
    """Teach the addresses."""
    app.url_map.converters["year"] = YearConverter
    app.url_map.converters["row"] = RowConverter
    app.url_defaults(same_year)


def same_year(endpoint: str, values: dict[str, Any]) -> None:
    """A link from a page of a year to another page of a year leads to the same one unless it says otherwise."""
    if "year" in values or not is_of_a_year(endpoint):
        return
    cycle = g.get("cycle")
    from_year = (flask_request.view_args or {}).get("year") or (cycle and cycle.year)
    if from_year is not None:
        values["year"] = from_year


def is_of_a_year(endpoint: str) -> bool:
    """Whether the address of a page begins with a year."""
    return current_app.url_map.is_endpoint_expecting(endpoint, "year")
