"""The registry of pages: at its view each page says who may open it, what it is called and where it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from assess.core.actors import Actor, Right, Role, roles_with

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class Audience(StrEnum):
    """Who may open a page for which no right is needed."""

    ANYONE = "anyone"
    """The public, signed in or not."""
    SIGNED_IN = "signed-in"
    SYSTEMS = "systems"
    """Departments' systems that come with a token; nobody by a browser."""


class Area(StrEnum):
    """A part of the menu, in the order shown."""

    YEAR = "year"
    SUBMISSIONS = "submissions"
    FINDINGS = "findings"
    RESULTS = "results"
    LOGS = "logs"


AREA_TITLES: Final[Mapping[Area, LazyString]] = {
    Area.YEAR: _l("The year"),
    Area.SUBMISSIONS: _l("Submissions and certifying"),
    Area.FINDINGS: _l("Findings"),
    Area.RESULTS: _l("Results"),
    Area.LOGS: _l("Logs and jobs"),
}


@dataclass(frozen=True)
class Page:
    """What is declared of a page; stands above its view as a decorator.

    Attributes:
        readers: the right that is needed to open it, or for whom it is without one.
        title: what it is called; None where that depends on what it shows.
        short: what the menu calls it, where that is shorter.
        area: the part of the menu in which it stands; None for a page that is not in the menu.
        place: its place in the menu, from low to high.
        under: the endpoint of the page above it; the first page of its subject unless given.
    """

    readers: Right | Audience
    title: LazyString | None = None
    short: LazyString | None = None
    area: Area | None = None
    place: int = 0
    under: str = ""

    def __call__(self, view: View) -> View:
        """Declare the page at its view."""
        setattr(view, DECLARED, self)
        return view

    @property
    def menu_title(self) -> str:
        """What the menu calls it."""
        return str(self.short or self.title or "")

    def is_for(self, person: Actor) -> bool:
        """Whether somebody who is signed in may open it."""
        return person.may(self.readers) if isinstance(self.readers, Right) else self.readers is not Audience.SYSTEMS

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that may open it."""
        if isinstance(self.readers, Right):
            return roles_with(self.readers)
        return () if self.readers is Audience.SYSTEMS else tuple(Role)


DECLARED: Final = "page"
"""Where a view keeps its declaration."""
STATIC: Final = Page(Audience.ANYONE)


class Registry:
    """All pages of an application, by endpoint."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self.pages = pages
        found = [endpoint for endpoint, each in pages.items() if each.area or each.under]
        self.first = {subject_of(endpoint): endpoint for endpoint in reversed(found)}

    def menu(self) -> Iterator[tuple[str, Page]]:
        """The pages of the menu in their order."""
        shown = [(endpoint, each) for endpoint, each in self.pages.items() if each.area]
        return iter(sorted(shown, key=lambda entry: entry[1].place))

    def above(self, endpoint: str) -> str | None:
        """The page above another; None for the first page of its subject that stands alone."""
        first = self.first.get(subject_of(endpoint))
        return self.pages[endpoint].under or (first if first != endpoint else None)

    def in_menu(self, endpoint: str) -> str | None:
        """The page of the menu under which another is found, itself where it stands there; None where there is none."""
        at: str | None = endpoint
        while at is not None and self.pages[at].area is None:
            at = self.above(at)
        return at

    def trail(self, endpoint: str) -> list[str]:
        """The pages above another that have a title, the highest first."""
        above = self.above(endpoint)
        if above is None:
            return []
        return [*self.trail(above), *([above] if self.pages[above].title else [])]


def subject_of(endpoint: str) -> str:
    """The subject of a page: the blueprint it belongs to."""
    return endpoint.partition(".")[0]


def register(app: Flask) -> None:
    """Collect what the views declare.

    Raises:
        LookupError: a view declares no page.
    """
    pages = {"static": STATIC}
    for endpoint, view in app.view_functions.items():
        if endpoint not in pages:
            declared = getattr(view, DECLARED, None)
            if not isinstance(declared, Page):
                raise LookupError(f"{endpoint} does not say who may open it")
            pages[endpoint] = declared
    app.extensions["pages"] = Registry(pages)


def registry(app: Flask | None = None) -> Registry:
    """The pages of an application, of the one at work unless another is given."""
    found: Registry = (app or current_app).extensions["pages"]
    return found
