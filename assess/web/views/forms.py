"""The form of a unit: its sections, each section, check and submit, receipt."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.calendar import day_of
from assess.core.errors import NotFound, Stale
from assess.core.estimated_sections import estimated_losses, estimated_sections, waiting_items
from assess.core.leadership import posts_of
from assess.core.text import Text
from assess.services.findings.behind import findings_behind
from assess.services.forms.certified import with_certified
from assess.services.forms.comparing import changes, overtaken, submitted
from assess.services.forms.drafts import save_draft
from assess.services.forms.estimating import with_records
from assess.services.forms.shared_objects import shared_values
from assess.services.forms.signed import closed_to_signing
from assess.services.forms.submissions import submit_form, withdraw_form
from assess.services.forms.unit_form import UnitFormPage, unit_form
from assess.services.units.object_list import objects_listed
from assess.store.queries.evidence import AttachedRow, attachments_of
from assess.store.queries.forms import DraftRow, events_of
from assess.store.queries.teams import members_of
from assess.store.session import OVERTAKEN
from assess.web.certifying_entries import corrections
from assess.web.confirming import ask_first
from assess.web.estimate_links import places_by_item
from assess.web.filters import day, localized
from assess.web.form_entries import SUBMISSION_STATES, due_line, entries, may_withdraw, returned_notice, steps_of
from assess.web.forms.forms import CheckForm, SectionForm, as_json, base_of, field_name, section_form
from assess.web.forms.seen import SeenForm
from assess.web.ledger_links import links_by_item
from assess.web.pages import Area, Page
from assess.web.request import actor, current_cycle, db, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("forms", __name__)

IN_POST = Text("{name}（{post}）", "{name} ({post})")
NO_RECEIPT = Text("该填报表尚未报送，没有回执。", "The form is not submitted yet, so there is no receipt.")


def form_in_view(unit: str) -> UnitFormPage:
    """The form that the page is of, as it stands."""
    return unit_form(reader(), actor(), cycle=current_cycle(), unit=unit, now=now())


def estimated_form(unit: str) -> UnitFormPage:
    """The same with an estimate of what is scored from the task list too."""
    return with_records(reader(), form_in_view(unit))


@bp.route("/<year:year>/form")
@Page(Right.REPORT, title=_l("Self-assessment form"), area=Area.SUBMISSIONS, place=30)
def own(year: int) -> ResponseReturnValue:
    """The way from the navigation to one's own form."""
    current_cycle()
    return redirect(url_for("forms.sections", unit=actor().first_unit()), code=303)


@bp.route("/<year:year>/form/<unit>")
@Page(Right.TAKE_PART)
def sections(year: int, unit: str) -> ResponseReturnValue:
    """The sections of a form with how they stand."""
    page = form_in_view(unit)
    return render_template(
        "forms/sections.html",
        page=page,
        entries=entries(page),
        state=SUBMISSION_STATES[page.row.state],
        may_withdraw=may_withdraw(page),
        corrections=corrections(page),
        objects=objects_listed(page.year, unit),
        **about(page),
    )


def about(page: UnitFormPage) -> dict[str, str]:
    """What every page of a form says: until when it is due, and why it came back."""
    return {"due": due_line(page), "notice": returned_notice(page)}


@bp.route("/<year:year>/form/<unit>/section/<section>", methods=["GET", "POST"])
@Page(Right.TAKE_PART)
def edit(year: int, unit: str, section: str) -> ResponseReturnValue:
    """One section, to read or to fill in."""
    page = with_certified(reader(), estimated_form(unit))
    whole = page.section(section)
    form = section_form(page, whole)
    if done := submission(form, lambda: keep(form, unit, section)):
        return done.redirect(after_saving(page, section), saved_message(page.draft(section), form))
    if form.is_stale:
        return both_values(form, unit, section)
    shown = render_template(
        "forms/section.html", page=page, section=whole, form=form, attached=attached_to(page),
        others=shared_values(page, whole), **about(page)
    )  # fmt: skip
    return shown, status_of(form)


def saved_message(draft: DraftRow, form: SectionForm) -> str:
    """That the section is saved, with what somebody else saved meanwhile."""
    if draft.version == form.version:
        return str(_("Saved."))
    return str(_("Saved. The changes that %(who)s saved meanwhile are also kept.", who=draft.saver))


def attached_to(page: UnitFormPage) -> dict[str, list[AttachedRow]]:
    """The unit's evidence by what it proves."""
    return attachments_of(reader(), cycle=page.year.cycle.id, unit=page.unit)


def keep(form: SectionForm, unit: str, section: str) -> None:
    """Save what was sent of a section.

    Raises:
        Stale: somebody else saved other values meanwhile; also where those to choose from are not decided on yet.
    """
    if form.to_decide:
        raise Stale(OVERTAKEN)
    save_draft(
        db(),
        actor(),
        cycle=current_cycle(),
        unit=unit,
        section=section,
        answers=form.answers,
        remarks=form.remarks,
        seen=form.version,
        base=form.saved_before,
        now=now(),
    )


def both_values(form: SectionForm, unit: str, section: str) -> ResponseReturnValue:
    """What somebody else saved meanwhile beside what was typed, to choose from and save again."""
    page = form_in_view(unit)
    whole = page.section(section)
    found = overtaken(page, whole, {**form.everything_sent, **form.to_decide}, form.saved_before)
    both = [each.name for each in found.conflicts]
    return render_template(
        "forms/overtaken.html",
        page=page,
        section=whole,
        found=found,
        field_name=field_name,
        base=base_of(page, whole, without=both),
        undecided=as_json({each.name: each.new for each in found.conflicts}),
        unchosen=[name for name in both if name in form.to_decide],
        is_own=page.draft(section).saved_by == actor().account,
    ), 422 if form.to_decide else 409


def after_saving(page: UnitFormPage, section: str) -> str:
    """The next section, the check page after the last, or where else the person asked for."""
    then, _colon, figure = flask_request.form.get("then", "").partition(":")
    if then == "stay":
        return url_for("forms.edit", unit=page.unit, section=section)
    if then == "evidence" and figure in page.figures:
        return url_for("evidence.figure", unit=page.unit, figure=figure)
    following = page.next_section(section)
    if following is None:
        return url_for("forms.check", unit=page.unit)
    return url_for("forms.edit", unit=page.unit, section=following)


@bp.route("/<year:year>/form/<unit>/check", methods=["GET", "POST"])
@Page(Right.TAKE_PART)
def check(year: int, unit: str) -> ResponseReturnValue:
    """All answers on one page, and the declaration to submit them with."""
    page, form = estimated_form(unit), CheckForm()
    if done := submission(form, lambda: hand_in(form, unit)):
        return done.redirect(url_for("forms.receipt", unit=unit))
    form.ask_about(page)
    answer = render_template("forms/check.html", page=page, form=form, **about_check(page))
    return answer, status_of(form)


def hand_in(form: CheckForm, unit: str) -> None:
    """Submit the form that was checked."""
    submit_form(
        db(),
        actor(),
        cycle=current_cycle(),
        unit=unit,
        leader=form.leader.data or "",
        without=form.confirmed,
        seen=form.seen.data or "",
        now=now(),
    )


def about_check(page: UnitFormPage) -> dict[str, object]:
    """What the check page shows beside the form: the leadership team, and what changed since it was submitted last."""
    cycle = current_cycle()
    last, _before = submitted(events_of(reader(), cycle=cycle.id, unit=page.unit)) if page.row.times else (None, None)
    leaders = members_of(reader(), cycle.id, page.unit, day_of(now()))
    posts = posts_of(page.year.sheet)
    team = [IN_POST.format(name=each.name, post=posts.get(each.post, Text.same(each.post))) for each in leaders]
    return {
        "leaders": [each.name for each in leaders],
        "team": _("Leadership team: %(names)s", names=localized(Text.listed(map(localized, team)))) if team else None,
        "changed": None if last is None else changes(page, last.answers, page.answers),
        "attached": attached_to(page),
        **about(page),
    }


@bp.route("/<year:year>/form/<unit>/estimate")
@Page(Right.TAKE_PART)
def estimated(year: int, unit: str) -> ResponseReturnValue:
    """What the answers would earn, by section, and where points are lost."""
    page = estimated_form(unit)
    found = findings_behind(reader(), page.year, day=page.today, units=[unit])[unit]
    return render_template(
        "forms/estimated.html",
        page=page,
        sections=list(estimated_sections(page.year.sheet, page.estimate)),
        losses=estimated_losses(page.estimate),
        waiting=waiting_items(page.estimate),
        places=places_by_item(page),
        behind=links_by_item(page.year.sheet, unit, found),
    )


@bp.route("/<year:year>/form/<unit>/receipt")
@Page(Right.TAKE_PART)
def receipt(year: int, unit: str) -> ResponseReturnValue:
    """What was submitted last, when and under which number."""
    page = form_in_view(unit)
    events = events_of(reader(), cycle=current_cycle().id, unit=unit)
    last, before = submitted(events)
    if last is None:
        raise NotFound(NO_RECEIPT)
    return render_template(
        "forms/receipt.html",
        page=page,
        event=last.event,
        answers=last.answers,
        remarks=last.remarks,
        changed=changes(page, before.answers, last.answers) if before else None,
        may_withdraw=may_withdraw(page),
        may_sign=page.may_edit and closed_to_signing(page.year.cycle.stage, page.row.state) is None,
        attached=attached_to(page),
        corrections=corrections(page),
        steps=steps_of(events),
    )


@bp.route("/<year:year>/form/<unit>/withdraw", methods=["GET", "POST"])
@Page(Right.REPORT)
def withdraw(year: int, unit: str) -> ResponseReturnValue:
    """Withdraw a submitted form, once that is confirmed."""
    if flask_request.method != "POST":
        return ask_to_withdraw(form_in_view(unit))
    seen = SeenForm().version
    withdraw_form(db(), actor(), cycle=current_cycle(), unit=unit, seen=seen, now=now())
    flash(_("The form is withdrawn. Make your changes, then submit it again."), "success")
    return redirect(url_for("forms.sections", unit=unit), code=303)


def ask_to_withdraw(page: UnitFormPage) -> ResponseReturnValue:
    """The question before a form is withdrawn; where it cannot be withdrawn, the form itself."""
    sections = url_for("forms.sections", unit=page.unit)
    if not may_withdraw(page):
        return redirect(sections, code=303)
    consequences = [_("The form then counts as not submitted, and its values are not certified.")]
    if page.window.last is not None:
        consequences.append(_("It must be submitted again by %(day)s to count.", day=day(page.window.last)))
    return ask_first(
        _("Withdraw the form?"),
        consequences,
        button=_("Withdraw the form"),
        back=sections,
        caption=localized(page.name),
        seen=page.row.version,
    )
