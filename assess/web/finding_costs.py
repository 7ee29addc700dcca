"""What the page of a finding says of its costs."""

from __future__ import annotations

from assess.services.findings import FindingPage
from assess.services.findings.costing import costs_in
from assess.web.ledger_links import lists_behind
from assess.web.request import actor, reader


def costs_shown(page: FindingPage) -> dict[str, object]:
    """What the finding costs its unit, and the lists behind the figures that count it."""
    year, row = page.line.year, page.row
    found = costs_in(reader(), actor(), year=year, row=row, day=page.line.today)
    return {"costs": found, "lists": lists_behind(year.sheet, row.unit)}
