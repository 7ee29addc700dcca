"""Columns of a list of units and their words as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Flask

from assess.core.text import Text
from assess.services.units.unit_list import column_title
from assess.web.filters import localized

WORDS: Final[Mapping[str, Text]] = {
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "street": Text("街道", "street"),
    "township": Text("地区（乡）", "township"),
}
"""Words of such lists; any other is shown as it stands."""


def attach(app: Flask) -> None:
    """Teach the templates."""
    app.add_template_filter(heading)
    app.add_template_filter(word)


def heading(name: str) -> str:
    """The title of an attribute, as the heading of a column; a name that has none stands as it is."""
    title = localized(column_title(name))
    return title if title == name else title[:1].upper() + title[1:]


def word(text: str) -> str:
    """A value of an attribute, or the kind of a unit."""
    return localized(WORDS.get(text, text))
