"""What surrounds every page: navigation, who is signed in, languages, the stage of the year."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Literal

from flask import Flask, g, url_for
from flask import request as flask_request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess import __version__
from assess.core.actors import Actor, Role
from assess.store.queries.cycles import CycleRow
from assess.web.filters import day
from assess.web.request import language, signed_in, year_in_view
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
        "languages": languages(),
        "site": SimpleNamespace(demonstration=cycle is not None and cycle.demonstration, version=__version__),
        "stage_line": stage_line(cycle),
        "cycle": cycle,
        "Role": Role,
    }


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


OFFICE = (Role.OFFICE,)
PAGES: list[tuple[str, LazyString, tuple[Role, ...]]] = [
    ("cycles.index", _l("Assessment years"), OFFICE),
    ("set_up.show", _l("Set-up"), OFFICE),
    ("forms.own", _l("Self-assessment form"), (Role.OFFICIAL,)),
    ("obligations.index", _l("Annual task list"), (Role.OFFICIAL, Role.EVALUATOR, Role.OFFICE)),
    ("findings.listing", _l("Findings"), (Role.OFFICIAL, Role.EVALUATOR, Role.OFFICE, Role.LEADER)),
    ("finding_boards.board", _l("Boards of findings"), (Role.EVALUATOR, Role.OFFICE, Role.LEADER)),
    ("patrols.listing", _l("Patrols"), (Role.OFFICIAL, Role.EVALUATOR, Role.OFFICE, Role.LEADER)),
    ("sources.own", _l("Data supplied by departments"), (Role.OFFICIAL,)),
    ("notices.own", _l("Result"), (Role.OFFICIAL,)),
    ("completeness.matrix", _l("Submission progress"), (Role.OFFICE, Role.EVALUATOR)),
    ("submissions.listing", _l("Submissions"), (Role.EVALUATOR, Role.OFFICE)),
    ("imports.index", _l("Department data (Excel)"), (Role.EVALUATOR, Role.OFFICE)),
    ("certifying.listing", _l("Certifying"), (Role.EVALUATOR, Role.OFFICE)),
    ("panels.listing", _l("Panels"), (Role.EVALUATOR, Role.OFFICE)),
    ("exemptions.listing", _l("Exemptions"), (Role.OFFICIAL, Role.EVALUATOR, Role.OFFICE)),
    ("leadership.listing", _l("Ranking"), (Role.OFFICE, Role.LEADER)),
    ("downloads.listing", _l("Downloads"), (Role.OFFICIAL, Role.OFFICE, Role.LEADER)),
    ("runs.listing", _l("Runs"), OFFICE),
    ("appeals.listing", _l("Appeals"), OFFICE),
    ("seals.show", _l("Seal"), OFFICE),
    ("archives.show", _l("Year archive"), OFFICE),
    ("handover.listing", _l("Handovers"), (Role.OFFICE, Role.RECEIVER)),
    ("stages.show", _l("Stages"), tuple(Role)),
    ("people.people", _l("People"), OFFICE),
    ("tokens.listing", _l("Tokens for systems"), OFFICE),
    ("jobs.listing", _l("Jobs"), OFFICE),
    ("audit.listing", _l("Audit log"), OFFICE),
]
"""Endpoint of a page, what it is called in the navigation, and who finds it there; in the order shown."""


FEW = 12
"""So many pages stand side by side; more are put into areas."""
AREAS: list[tuple[LazyString, str]] = [
    (_l("The year"), "cycles set_up stages people tokens"),
    (
        _l("Submissions and certifying"),
        "forms obligations sources completeness submissions imports certifying panels exemptions",
    ),
    (_l("Findings"), "findings finding_boards patrols"),
    (_l("Results"), "notices leadership downloads runs appeals seals archives handover"),
    (_l("Logs and jobs"), "jobs audit"),
]
"""What an area is called, and the subjects of its pages."""


def navigation(person: Actor, year: int | None) -> Menu:
    """Where a person may go from anywhere; a year's pages as soon as there is a year."""
    home = NavigationLink(_("Home"), url_for("home.home"), "page" if flask_request.endpoint == "home.home" else "")
    pages = pages_for(person, year)
    if len(pages) <= FEW:
        return Menu([home, *pages.values()], [])
    areas = [(text, [pages[each] for each in subjects.split() if each in pages]) for text, subjects in AREAS]
    here: list[NavigationLink] = next((links for _text, links in areas if any(link.current for link in links)), [])
    first = [
        NavigationLink(str(text), links[0].href, "true" if links is here else "") for text, links in areas if links
    ]
    return Menu([home, *first], here)


def pages_for(person: Actor, year: int | None) -> dict[str, NavigationLink]:
    """The pages that a person finds in the navigation, by subject."""
    links = {}
    for endpoint, text, roles in PAGES:
        href = url_for(endpoint) if not is_of_a_year(endpoint) else year and url_for(endpoint, year=year)
        if href and person.is_one_of(*roles):
            links[endpoint.split(".")[0]] = NavigationLink(str(text), href, "page" if is_here(endpoint) else "")
    return links


BELONGS = {
    "evidence": "forms",
    "obligation_files": "obligations",
    "finding_photos": "findings",
    "finding_imports": "findings",
    "finding_weeks": "finding_boards",
    "finding_recording": "findings",
    "finding_repeats": "findings",
    "exclusions": "exemptions",
    "reopenings": "exemptions",
    "corrections": "appeals",
    "copying_years": "cycles",
    "interface": "tokens",
    "lodging": "notices",
    **dict.fromkeys(("units", "rules", "task_lists", "previous", "teams"), "set_up"),
}
"""Subjects that have no page of their own in the navigation, and the one they are found under."""


def is_here(endpoint: str) -> bool:
    """Whether the page in view belongs to the same subject."""
    subject = (flask_request.endpoint or "").split(".")[0]
    return BELONGS.get(subject, subject) == endpoint.split(".")[0]
