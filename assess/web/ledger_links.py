"""The way from a figure of the ledger, and from an item that rests on one, to the findings behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from flask import url_for

from assess.core.findings.behind import FindingsBehindFigure
from assess.core.findings.counting import LedgerFigure, ledger_figures
from assess.core.findings.listing import FindingView
from assess.core.findings.reckoning import Counted
from assess.core.rules.figure import Measure
from assess.core.rules.needed_figures import figures_by_record
from assess.core.rules.sheet import RuleSheet, title_of
from assess.core.text import Text

LISTED: Final[Mapping[Measure, tuple[FindingView, Counted | None]]] = {
    Measure.OVERDUE: (FindingView.OVERDUE, None),
    Measure.CLOSED: (FindingView.DONE, None),
    Measure.CLOSED_ON_TIME: (FindingView.DONE, Counted.ON_TIME),
    Measure.MEAN_DAYS: (FindingView.DONE, None),
    Measure.RETURNED: (FindingView.ALL, Counted.RETURNED),
    Measure.REPEATED: (FindingView.ALL, Counted.REPEATED),
}
"""The list in which the findings of a measure stand, and what it is narrowed to; all that count unless it is named."""


class LedgerLink(NamedTuple):
    """A figure of the ledger, the findings behind it in words, and the address of their list."""

    title: Text
    message: Text
    href: str


def list_behind(figure: LedgerFigure, unit: str) -> str:
    """The address of the list of a unit's findings that a figure counts."""
    narrowed = {name: value for name in ("kind", "domain", "source") if (value := getattr(figure.which, name))}
    shown, counted = LISTED.get(figure.measure, (FindingView.ALL, Counted.OPENED))
    if counted is not None:
        narrowed["counted"] = counted.value
    return url_for("findings.listing", show=shown.value, unit=unit, **narrowed)


def lists_behind(sheet: RuleSheet, unit: str) -> dict[str, str]:
    """The addresses of these lists, by figure."""
    return {figure.id: list_behind(figure, unit) for figure in ledger_figures(sheet)}


def links_by_item(
    sheet: RuleSheet, unit: str, behind: Mapping[str, FindingsBehindFigure]
) -> dict[str, list[LedgerLink]]:
    """What stands behind each item that rests on the ledger, by the id of the item."""
    links = {
        name: LedgerLink(title_of(sheet.figures[name], name), each.message, list_behind(each.figure, unit))
        for name, each in behind.items()
    }
    found = {
        record: [links[each.figure] for each in asked if each.figure in links and not each.last_year]
        for record, asked in figures_by_record(sheet).items()
    }
    return {record: each for record, each in found.items() if each}
