"""Searching the year: one box over units, items, tasks and findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.rules.nodes import Item, Node
from assess.core.rules.sheet import title_of
from assess.services.findings import FindingLine
from assess.services.leadership import view_of
from assess.services.searching import FoundTask, SearchResults, search
from assess.web.filters import clause, localized
from assess.web.forms.search import YearSearchForm
from assess.web.pages import Audience, Page
from assess.web.request import actor, current_cycle, now, reader
from assess.web.submission import status_of

bp = Blueprint("search", __name__)


class SearchEntry(NamedTuple):
    """One thing that was found: its main link, what stands quietly beside it, and further links as text and address."""

    text: str
    href: str | None
    hint: str = ""
    more: tuple[tuple[str, str], ...] = ()


class SearchGroup(NamedTuple):
    """What was found of one subject; `rest` is the address of the whole list where more was found than is shown."""

    title: str
    number: int
    entries: list[SearchEntry]
    rest: str | None = None


@bp.route("/<year:year>/search")
@Page(Audience.SIGNED_IN, title=_l("Search"), under="home.home")
def show(year: int) -> ResponseReturnValue:
    """What holds the words of the address."""
    form, groups = YearSearchForm.of_address(), None
    words = form.words.data or ""
    if words and not form.errors:
        groups = list(groups_of(search(reader(), actor(), cycle=current_cycle(), words=words, now=now()), words))
    return render_template("search/show.html", form=form, words=words, groups=groups), status_of(form)


def groups_of(found: SearchResults, words: str) -> Iterator[SearchGroup]:
    """What was found, by subject; of a subject without anything nothing."""
    has_results = sees_results()
    if found.units:
        yield SearchGroup(_("Units"), len(found.units), [unit_entry(found, code, has_results) for code in found.units])
    if found.items:
        yield SearchGroup(_("Rule sheet"), len(found.items), [item_entry(node, has_results) for node in found.items])
    if found.tasks:
        yield SearchGroup(_("Annual task list"), len(found.tasks), [task_entry(each) for each in found.tasks])
    if found.findings is not None and found.findings.number:
        entries = [finding_entry(line) for line in found.findings.lines]
        rest = url_for("findings.listing", show="all", words=words)
        is_whole = found.findings.number <= len(entries)
        yield SearchGroup(_("Findings"), found.findings.number, entries, None if is_whole else rest)


def sees_results() -> bool:
    """Whether there is a result of all units that the reader may see."""
    is_allowed = actor().may(Right.SEE_ALL_RESULTS)
    return is_allowed and view_of(reader(), actor(), cycle=current_cycle()) is not None


def unit_entry(found: SearchResults, code: str, has_results: bool) -> SearchEntry:
    """A unit, with its pages that the reader may open."""
    person = actor()
    pages = [
        (has_results, _("Result"), url_for("leadership.unit", unit=code)),
        (person.may(Right.TAKE_PART), _("Self-assessment form"), url_for("forms.sections", unit=code)),
        (person.may(Right.TAKE_PART), _("Annual task list"), url_for("obligations.unit", unit=code)),
        (person.may(Right.SEE_FINDINGS), _("Findings"), url_for("findings.listing", show="all", unit=code)),
    ]
    opened = [(text, href) for may, text, href in pages if may]
    return SearchEntry(localized(found.year.name_of(code)), None, code, tuple(opened))


def item_entry(node: Node, has_results: bool) -> SearchEntry:
    """A section or item of the rule sheet; leaders find the results of all units beside it."""
    href = f"{url_for('rules.read')}#node-{node.id}"
    more = ((_("Results"), url_for("leadership.items", item=node.id)),) if has_results else ()
    hint = clause(node.clause) if isinstance(node, Item) else _("Section")
    return SearchEntry(localized(title_of(node, node.id)), href, hint, more)


def task_entry(found: FoundTask) -> SearchEntry:
    """A task across the units, or that of the reader's unit."""
    no = found.task.no
    across = url_for("obligations.across", no=no)
    href = across if found.unit is None else url_for("obligations.task", unit=found.unit, no=no)
    return SearchEntry(f"{no} {localized(found.task.title)}", href)


def finding_entry(line: FindingLine) -> SearchEntry:
    """A finding by its number and its kind."""
    text = f"{line.number} {localized(line.kind)}"
    return SearchEntry(
        text, url_for("findings.finding", number=line.number), f"{localized(line.unit)} · {localized(line.state)}"
    )
