"""What surrounds every page: navigation, who is signed in, languages, the stage of the year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Literal

from flask import Flask, g, url_for
from flask import request as flask_request
from flask_babel import gettext as _

from assess import __version__
from assess.core.actors import Actor, Right, Role
from assess.store.queries.cycles import CycleRow
from assess.web.filters import day
from assess.web.pages import AREA_TITLES, Area, registry
from assess.web.request import language, settings, signed_in, year_in_view
from assess.web.years import is_of_a_year


@dataclass(frozen=True)
class NavigationLink:
    """A link of the navigation; `current` says in ARIA's words whether it is where the reader is, "" if it is not."""

    text: str
    href: str
    current: Literal["", "page", "true"]


@dataclass(frozen=True)
class Menu:
    """The navigation: all pages, or areas with the pages of the one in view."""

    first: list[NavigationLink]
    second: list[NavigationLink]


def attach(app: Flask) -> None:
    """Hand every template what base.html needs."""
    app.context_processor(surroundings)


def surroundings() -> dict[str, Any]:
    """Navigation, person, languages and the year in view."""
    person, cycle = signed_in(), g.get("cycle")
    return {
        "navigation": navigation(person, year_in_view()) if person else None,
        "signed_in": person,
        "search_year": year_in_view() if person else None,
        "languages": languages(),
        "site": site(cycle),
        "stage_line": stage_line(cycle),
        "cycle": cycle,
        "Right": Right,
        "Role": Role,
        "title_of_page": title_of_page,
        "link_to": link_to,
        "trail": trail,
    }


def site(cycle: CycleRow | None) -> SimpleNamespace:
    """What every page says of the service."""
    is_demonstration = cycle is not None and cycle.demonstration
    return SimpleNamespace(demonstration=is_demonstration, version=__version__, contact=settings().contact)


def languages() -> list[dict[str, Any]]:
    """The switch in the header."""
    here = flask_request.full_path.rstrip("?")
    return [
        {
            "code": code,
            "text": text,
            "href": url_for("home.choose_language", code=code, next=here),
            "current": code == language(),
        }
        for code, text in (("zh", "中文"), ("en", "English"))
    ]


def stage_line(cycle: CycleRow | None) -> str:
    """Which year and stage the page is of, and until when."""
    if cycle is None:
        return ""
    title, stage = cycle.title.localized(language()), cycle.stage.label.localized(language())
    until = cycle.ends.get(cycle.stage)
    if until is None:
        return str(_("%(title)s: %(stage)s", title=title, stage=stage))
    return str(_("%(title)s: %(stage)s, until %(until)s", title=title, stage=stage, until=day(until)))


FEW = 12
"""So many pages stand side by side; more are put into areas."""


def navigation(person: Actor, year: int | None) -> Menu:
    """Where a person may go from anywhere; a year's pages as soon as there is a year."""
    home = NavigationLink(_("Home"), url_for("home.home"), "page" if flask_request.endpoint == "home.home" else "")
    pages = list(pages_for(person, year))
    if len(pages) <= FEW:
        return Menu([home, *(link for _area, link in pages)], [])
    areas = {area: [link for where, link in pages if where is area] for area in Area}
    here: list[NavigationLink] = next((links for links in areas.values() if any(link.current for link in links)), [])
    first = [
        NavigationLink(str(AREA_TITLES[area]), links[0].href, "true" if links is here else "")
        for area, links in areas.items()
        if links
    ]
    return Menu([home, *first], here)


def pages_for(person: Actor, year: int | None) -> Iterator[tuple[Area | None, NavigationLink]]:
    """The pages that a person finds in the menu, each with its area."""
    here = flask_request.endpoint and registry().in_menu(flask_request.endpoint)
    for endpoint, page in registry().menu():
        href = url_for(endpoint) if not is_of_a_year(endpoint) else year and url_for(endpoint, year=year)
        if href and page.is_for(person):
            yield page.area, NavigationLink(page.menu_title, href, "page" if endpoint == here else "")


def title_of_page(endpoint: str | None = None) -> str:
    """What a page is called, the one in view unless another is named."""
    return str(registry().pages[endpoint or flask_request.endpoint or ""].title or "")


def link_to(endpoint: str, **values: Any) -> dict[str, str]:
    """A link to a page by its title."""
    return {"text": title_of_page(endpoint), "href": url_for(endpoint, **values)}


def trail(*below: str | dict[str, str]) -> list[dict[str, str]]:
    """Where the reader is: the pages above, then what is given; the page by its title where nothing is."""
    above = [link_to(endpoint) for endpoint in registry().trail(flask_request.endpoint or "")]
    return [*above, *({"text": each} if isinstance(each, str) else each for each in below or (title_of_page(),))]
