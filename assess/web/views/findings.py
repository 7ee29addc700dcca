"""The ledger of findings: the list, and everything about one finding with the steps that its reader may take."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.findings.history import FindingStanding
from assess.core.findings.listing import FindingView
from assess.core.findings.photos import PhotoSubject
from assess.core.workflow import Act, is_allowed
from assess.services.finding_imports import source_of
from assess.services.findings import FindingPage, finding_page, findings_of, take_step
from assess.web.filters import localized
from assess.web.finding_costs import costs_shown
from assess.web.finding_maps import maps_of
from assess.web.finding_uploads import take_photos
from assess.web.forms.finding_steps import StepForm, opened_of, step_forms, step_sent
from assess.web.forms.findings import FindingFilterForm
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("findings", __name__)


@bp.route("/<year:year>/findings")
@Page(Right.SEE_FINDINGS, title=_l("Findings"), area=Area.FINDINGS, place=50)
def listing(year: int) -> ResponseReturnValue:
    """The findings that a person sees, narrowed as the address says, worst first, a page at a time."""
    form, number = FindingFilterForm.of_address(), page_asked_for()
    page = findings_of(
        reader(),
        actor(),
        cycle=current_cycle(),
        narrowed=form.narrowed,
        show=form.shown,
        part=slice((number - 1) * SIZE, number * SIZE),
        now=now(),
    )
    asked = form.asked
    form.offer(page)
    paging = page_of(number, page.number)
    return render_template(
        "findings/listing.html",
        page=page,
        narrowed=form,
        asked=asked,
        paging=paging,
        shows=FindingView,
        may_record=may_record(),
    )


def may_record() -> bool:
    """Whether the reader may record a finding now."""
    return actor().may(Right.INSPECT) and is_allowed(current_cycle().stage, Act.INSPECT)


@bp.route("/<year:year>/findings/<row:number>", methods=["GET", "POST"])
@Page(Right.SEE_FINDINGS)
def finding(year: int, number: int) -> ResponseReturnValue:
    """One finding, and what comes of a step on it."""
    page = finding_in_view(number)
    if flask_request.method != "POST":
        return shown(page, None)
    form = step_sent(page)
    if "photos" in form:
        take_photos(form)
    if done := submission(form, lambda: take(form, number)):
        state = localized(done.result.state.label)
        told = _("Saved. The finding is now: %(state)s.", state=state)
        return done.redirect(url_for("findings.finding", number=number), told)
    return shown(finding_in_view(number) if form.is_stale else page, form)


def finding_in_view(number: int) -> FindingPage:
    """The finding that the page is of."""
    return finding_page(reader(), actor(), cycle=current_cycle(), number=number, now=now())


def take(form: StepForm, number: int) -> FindingStanding:
    """Take the step; where the finding stands now."""
    return take_step(
        db(),
        actor(),
        cycle=current_cycle(),
        number=number,
        typed=form.typed,
        seen=form.version,
        now=now(),
        photos=form.claims if "kept" in form else (),
    )


def shown(page: FindingPage, form: StepForm | None) -> ResponseReturnValue:
    """The page of a finding; `form` is what was turned down, and what was overtaken may be sent again from there."""
    forms = step_forms(page)
    opened = opened_of(page)
    if form is not None and form.meant in forms:
        opened, forms[form.meant] = form.meant, form
    elif form is not None:
        form.told_on_top()
    news = page.history[form.sees :] if form is not None and form.is_stale else ()
    if form is not None and form.is_stale:
        form.see(page)
    about: dict[str, object] = {
        "forms": forms,
        "opened": opened,
        "news": news,
        "sides": PhotoSubject,
        "maps": maps_of(page.row),
    }
    about["came"] = source_of(reader(), finding=page.row.id) if page.row.patrol is None else None
    answer = render_template("findings/finding.html", page=page, form=form, **costs_shown(page), **about)
    return answer, 200 if form is None else status_of(form)
