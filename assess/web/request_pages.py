"""The pages that exemptions and excluded data have in common: the list, and one request with its ruling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from assess.core.actors import Right
from assess.core.figures.part_labels import part_called
from assess.core.text import Text
from assess.core.workflow import Act, Request, is_allowed
from assess.services.requests.approvals import RequestType, request_seen, seen_requests
from assess.services.years import Year, year_of
from assess.store.queries.requests import RequestRow
from assess.web.filters import localized
from assess.web.forms.requests import RequestFilter, RequestRulingForm
from assess.web.forms.unit_choices import unit_choices
from assess.web.request import actor, current_cycle, reader
from assess.web.submission import status_of, submission

STATES = {
    Request.ASKED: "due",
    Request.APPROVED: "done",
    Request.REFUSED: "failed",
    Request.WITHDRAWN: "closed",
}
"""How the state of a request is coloured."""


@dataclass(frozen=True)
class Pages:
    """The pages of one kind of request: its name in addresses, and what its subjects are called in a year."""

    kind: RequestType
    name: str
    titles: Callable[[Year], Mapping[str, Text]]


@dataclass(frozen=True)
class RequestInWords:
    """A request with what its unit, subject and period are called."""

    row: RequestRow
    unit: Text
    subject: Text
    period: Text | None
    state: str


def line_of(pages: Pages, year: Year, row: RequestRow) -> RequestInWords:
    """A request as pages show it."""
    period = part_called(row.period, year.cycle.year, year.objects) if row.period else None
    subject = pages.titles(year).get(row.subject, Text.same(row.subject))
    return RequestInWords(row, year.name_of(row.unit), subject, period, STATES[row.state])


def may_ask_now(right: Right) -> bool:
    """Whether a person with this right may ask at this stage."""
    return actor().may(right) and is_allowed(current_cycle().stage, Act.EXEMPT)


def listing(pages: Pages, asking: Right) -> ResponseReturnValue:
    """The requests a person may see, narrowed by unit and state."""
    year = year_of(reader(), current_cycle())
    rows = seen_requests(reader(), actor(), pages.kind, cycle=current_cycle())
    chosen = RequestFilter(flask_request.args)
    chosen.unit.choices = [SelectChoice("", _("All units")), *unit_choices(year)]
    chosen.state.choices = [SelectChoice("", _("All"))]
    chosen.state.choices += [SelectChoice(state.value, localized(state.label)) for state in Request]
    unit, state = chosen.unit.data or "", chosen.state.data or ""
    lines = [line_of(pages, year, row) for row in rows if unit in ("", row.unit) and state in ("", row.state.value)]
    facts = {"lines": lines, "asked": len(rows), "filters_form": chosen, "may_ask": may_ask_now(asking)}
    return render_template(f"{pages.name}/listing.html", **facts)


def show(pages: Pages, row: int) -> ResponseReturnValue:
    """One request, and what the reader may do with it: rule on another's, take back one's own."""
    year = year_of(reader(), current_cycle())
    found = request_seen(reader(), actor(), pages.kind, cycle=current_cycle(), row=row)
    form = RequestRulingForm()
    if done := submission(form, lambda: form.rule(pages.kind, row)):
        return done.redirect(url_for(f"{pages.name}.show", row=row), _("The decision is saved."))
    is_open, is_office = is_allowed(current_cycle().stage, Act.EXEMPT), actor().may(Right.ADMINISTER)
    is_own = found.asked_by == actor().account
    facts = {
        "may_rule": is_open and is_office and found.state is Request.ASKED and not is_own,
        "may_withdraw": is_open
        and ((is_own and found.state is Request.ASKED) or (is_office and found.state is Request.APPROVED)),
        "waits_for_another": is_open and is_office and is_own and found.state is Request.ASKED,
    }
    if facts["may_withdraw"]:
        form.ruling.label.text = _("Reason for withdrawing")
    line = line_of(pages, year, found)
    return render_template(f"{pages.name}/show.html", form=form, line=line, **facts), status_of(form)
