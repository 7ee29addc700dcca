"""The stages of a year: the picture everybody may read, their dates, the opening, and the office's moves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.core.actors import Role
from assess.core.calendar import day_of
from assess.core.set_up import StepName
from assess.core.timeline import gained_by, lost_by, timeline
from assess.core.workflow import Act, Stage, is_allowed, moves_from, next_stage
from assess.services import handover, readiness, stages
from assess.services.set_up import set_up_of
from assess.services.years import units_of, year_of
from assess.store.queries.stages import moves_of, spans_of
from assess.store.queries.years import published_digest
from assess.web.access import for_everybody_signed_in, for_roles
from assess.web.forms.documents import ActForm, status_of
from assess.web.forms.stages import dates_form
from assess.web.request import actor, current_cycle, now, reader
from assess.web.views.set_up import page_of

bp = Blueprint("stages", __name__)
STAGES = f"<any({', '.join(stage.value for stage in Stage)}):stage>"


@bp.route("/<year:year>/stages")
@for_everybody_signed_in
def show(year: int) -> ResponseReturnValue:
    """The stages with their days, what each allows and locks, and how the year came here."""
    cycle = current_cycle()
    lines = timeline(cycle.stage, spans_of(reader(), cycle.id), day_of(now()))
    is_office = actor().is_one_of(Role.OFFICE)
    moves = moves_of(reader(), cycle.id) if is_office else []
    units, _names = units_of(reader(), cycle)
    called = dict(zip(units.codes, units.names, strict=True))
    facts = {"lines": lines, "moves": moves, "called": called, "may_move": is_office}
    facts |= {"after": next_stage(cycle.stage), "ways": moves_from(cycle.stage)}
    facts |= {"may_date": is_office and is_allowed(cycle.stage, Act.SCHEDULE)}
    return render_template("stages/show.html", **facts)


@bp.route(f"/<year:year>/stages/{STAGES}", methods=["GET", "POST"])
@for_roles(Role.OFFICE)
def move(year: int, stage: str) -> ResponseReturnValue:
    """What a move locks and what is unfinished; moved when the button is pressed."""
    cycle, to, form = current_cycle(), Stage(stage), ActForm()
    if cycle.stage is Stage.PREPARING and to is Stage.COLLECTING:
        return redirect(url_for("stages.open_year"), code=303)
    if form.acts(stages.move_year, to=to, reason=form.reason.data or ""):
        flash(_("The year is now at another stage."), "success")
        return redirect(url_for("stages.show"), code=303)
    stages.check_way(cycle.stage, to)
    units, _names = units_of(reader(), cycle)
    facts = {
        "to": to,
        "is_back": to is not next_stage(cycle.stage),
        "called": dict(zip(units.codes, units.names, strict=True)),
    }
    facts |= {"lost": lost_by(cycle.stage, to), "gained": gained_by(cycle.stage, to)}
    facts |= {
        "unfinished": stages.unfinished(reader(), cycle),
        "ends": cycle.ends.get(cycle.stage),
        "today": day_of(now()),
        "handed": handover.progress_of(reader(), actor(), cycle=cycle) if to is Stage.ARCHIVED else None,
    }
    return render_template("stages/move.html", form=form, **facts), status_of(form)


@bp.route("/<year:year>/setup/dates", methods=["GET", "POST"])
@for_roles(Role.OFFICE)
def dates(year: int) -> ResponseReturnValue:
    """The first and the last day of each stage."""
    cycle = current_cycle()
    form = dates_form(spans_of(reader(), cycle.id))
    if form.acts(stages.set_dates, spans=form.spans, reason=form.reason.data or ""):
        flash(_("The dates are kept."), "success")
        return redirect(url_for("set_up.show" if not cycle.opened else "stages.show"), code=303)
    return render_template("stages/dates.html", form=form, may_date=is_allowed(cycle.stage, Act.SCHEDULE)), status_of(
        form
    )


@bp.route("/<year:year>/setup/open", methods=["GET", "POST"])
@for_roles(Role.OFFICE)
def open_year(year: int) -> ResponseReturnValue:
    """What is there and what is missing; opened when the button is pressed, and a second time nothing happens."""
    cycle, form = current_cycle(), ActForm()
    if cycle.stage is not Stage.PREPARING:
        return redirect(url_for("stages.show"), code=303)
    if form.acts(stages.move_year, to=Stage.COLLECTING):
        flash(_("The year is open: the units see their forms and can report."), "success")
        return redirect(url_for("stages.show"), code=303)
    steps = set_up_of(reader(), cycle)
    year_there = year_of(reader(), cycle) if published_digest(reader(), cycle.id) else None
    facts: dict[str, Any] = {"steps": [(step, page_of(step)) for step in steps if step.name is not StepName.OPEN]}
    facts |= {"blocking": [step.name for step in readiness.blocking(steps)]}
    facts |= {"missing": readiness.missing_people(reader(), year_there) if year_there else None}
    return render_template("stages/open.html", form=form, **facts), status_of(form)
