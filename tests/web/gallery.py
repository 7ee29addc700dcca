"""Components rendered as the service renders them, without the service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assess.core.result_units import of_mark
from assess.web.translations import catalogue
from tests.web.markup import Markup

TEMPLATES = Path(__file__).parents[2] / "templates"


def environment(language: str = "en") -> Environment:
    """Templates of the service with its catalogues and the settings of its application."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = catalogue(language)
    made.install_gettext_callables(words.ugettext, words.ungettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters["of_mark"] = lambda *points: of_mark(*points).localized(language)
    made.globals.update(csrf_token=lambda: "token", url_for=address, get_flashed_messages=lambda **_: [])
    return made


def address(endpoint: str, **parts: str) -> str:
    """An address that tells what it was made of."""
    return "/".join(["", *endpoint.split("."), *parts.values()])


def component(source: str, language: str = "en", **facts: Any) -> str:
    """What a template of one line makes, with every run of blanks as one and none between tags."""
    made = environment(language).from_string(source).render(**facts)
    return " ".join(made.split()).replace("> <", "><")


def parsed(html: str) -> Markup:
    """Components inside a page that is good otherwise."""
    return Markup(page(html))


def page(html: str) -> str:
    """A page around components."""
    head = '<head><meta charset="utf-8"><title>Streets</title></head>'
    return f'<!DOCTYPE html><html lang="en">{head}<body><h1>Streets</h1>{html}</body></html>'
