"""The stages of a year: the picture everybody may read, their dates, the opening, and the office's moves."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from flask import Blueprint, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.calendar import day_of
from assess.core.set_up import StepName
from assess.core.stages.timeline import gained_by, lost_by, timeline
from assess.core.workflow import Act, Request, Stage, is_allowed, moves_from, next_stage
from assess.services import handover, stages
from assess.services.set_up import readiness
from assess.services.set_up.steps import set_up_of
from assess.services.stages.calendar import calendar_file
from assess.services.years import units_of, year_of
from assess.store.queries.stages import moves_of, spans_of
from assess.store.queries.years import published_digest
from assess.store.session import Session
from assess.web.forms.documents import ActForm
from assess.web.forms.stages import MoveForm, StageDecisionForm, dates_form
from assess.web.pages import Area, Audience, Page
from assess.web.request import actor, current_cycle, db, language, now, reader, settings
from assess.web.submission import status_of, submission
from assess.web.views.set_up import page_of

bp = Blueprint("stages", __name__)
STAGES = f"<any({', '.join(stage.value for stage in Stage)}):stage>"


@bp.route("/<year:year>/stages")
@Page(Audience.SIGNED_IN, title=_l("Stages of the year"), short=_l("Stages"), area=Area.YEAR, place=230)
def show(year: int) -> ResponseReturnValue:
    """The stages with their days, what each allows and locks, and how the year came here."""
    cycle = current_cycle()
    lines = timeline(cycle.stage, spans_of(reader(), cycle.id), day_of(now()), cycle.ended)
    is_office = actor().may(Right.ADMINISTER)
    moves = moves_of(reader(), cycle.id)
    waiting = stages.open_request(reader(), cycle=cycle) if is_office else None
    units, _names = units_of(reader(), cycle)
    called = dict(zip(units.codes, units.names, strict=True))
    facts = {"lines": lines, "moves": moves if is_office else [], "called": called, "may_move": is_office}
    early = {move.origin: move for move in moves if move.cut_short is not None and not move.undone}
    facts |= {"early": early, "waiting": waiting}
    facts |= {"after": next_stage(cycle.stage), "ways": moves_from(cycle.stage)}
    facts |= {"may_date": is_office and is_allowed(cycle.stage, Act.SCHEDULE)}
    return render_template("stages/show.html", **facts)


@bp.route("/<year:year>/stages/calendar.ics")
@Page(Audience.SIGNED_IN)
def calendar(year: int) -> ResponseReturnValue:
    """The days that concern the reader, for a calendar of one's own."""
    link = f"{settings().address}{url_for('stages.show')}"
    file = calendar_file(reader(), actor(), cycle=current_cycle(), language=language(), link=link, now=now())
    return send_file(
        BytesIO(file.data), mimetype="text/calendar", as_attachment=True, download_name=file.name, max_age=0
    )


@bp.route(f"/<year:year>/stages/{STAGES}", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def move(year: int, stage: str) -> ResponseReturnValue:
    """What a move locks and what is unfinished; made or asked for when the button is pressed."""
    cycle, to, form = current_cycle(), Stage(stage), MoveForm()
    if cycle.stage.is_preparing and to is next_stage(cycle.stage):
        return redirect(url_for("stages.open_year"), code=303)
    act = stages.ask_move if form.asks else stages.move_year
    if done := submission(
        form,
        lambda: act(
            db(), actor(), cycle=current_cycle(), seen=form.version, now=now(), to=to, reason=form.reason.data or ""
        ),
    ):
        asked = _(
            "Request sent. Another person at the assessment office must approve it. Until then, the "
            "stage does not change."
        )
        return done.redirect(url_for("stages.show"), asked if form.asks else _("The year is now at another stage."))
    stages.check_way(cycle.stage, to)
    facts: dict[str, Any] = {"to": to, "ending": stages.ending_shown(reader(), cycle, to, now())}
    facts |= {"wrong": None if facts["ending"] is None else stages.in_the_way(reader(), cycle, to, now())}
    facts |= {"is_back": to is not next_stage(cycle.stage), "waiting": stages.open_request(reader(), cycle=cycle)}
    facts |= {"handed": handover.progress_of(reader(), actor(), cycle=cycle) if to.is_archived else None}
    return render_template("stages/move.html", form=form, **facts, **what_a_move_does(to)), status_of(form)


def what_a_move_does(to: Stage) -> dict[str, Any]:
    """What is unfinished, and what can be done no longer or only after a move."""
    cycle = current_cycle()
    units, _names = units_of(reader(), cycle)
    return {
        "called": dict(zip(units.codes, units.names, strict=True)),
        "unfinished": stages.unfinished(reader(), cycle),
        "lost": lost_by(cycle.stage, to),
        "gained": gained_by(cycle.stage, to),
    }


@bp.route("/<year:year>/stages/requests/<row:row>", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def request(year: int, row: int) -> ResponseReturnValue:
    """A move that one of the office asked for and another decides on."""
    form, cycle = StageDecisionForm(), current_cycle()
    stages.request_page(reader(), actor(), cycle=cycle, row=row, now=now())

    def already(session: Session) -> bool:
        found = stages.request_page(session, actor(), cycle=cycle, row=row, now=now()).row
        return (found.state, found.decided_by) == (form.leads_to, actor().account)

    if done := submission(form, lambda: form.decide(row), already=already):
        return done.redirect(url_for("stages.show"))
    return shown_request(stages.request_page(reader(), actor(), cycle=cycle, row=row, now=now()), form)


def shown_request(page: stages.RequestPage, form: StageDecisionForm) -> ResponseReturnValue:
    """The page of a request."""
    is_open, is_own = page.row.state is Request.ASKED, page.row.asked_by == actor().account
    does = what_a_move_does(page.row.target) if is_open and page.ending else {}
    if is_own:
        form.ruling.label.text = _("Reason for withdrawing")
    return render_template(
        "stages/request.html", form=form, page=page, is_open=is_open, is_own=is_own, **does
    ), status_of(form)


@bp.route("/<year:year>/setup/dates", methods=["GET", "POST"])
@Page(Right.ADMINISTER, title=_l("Dates of the stages"))
def dates(year: int) -> ResponseReturnValue:
    """The first and the last day of each stage."""
    cycle = current_cycle()
    form = dates_form(spans_of(reader(), cycle.id))
    if done := submission(
        form,
        lambda: stages.set_dates(
            db(),
            actor(),
            cycle=current_cycle(),
            seen=form.version,
            now=now(),
            spans=form.spans,
            reason=form.reason.data or "",
        ),
    ):
        return done.redirect(url_for("set_up.show" if not cycle.opened else "stages.show"), _("The dates are saved."))
    return render_template("stages/dates.html", form=form, may_date=is_allowed(cycle.stage, Act.SCHEDULE)), status_of(
        form
    )


@bp.route("/<year:year>/setup/open", methods=["GET", "POST"])
@Page(Right.ADMINISTER, title=_l("Open the year"))
def open_year(year: int) -> ResponseReturnValue:
    """What is there and what is missing; opened when the button is pressed, and a second time nothing happens."""
    cycle, form = current_cycle(), ActForm()
    if not cycle.stage.is_preparing:
        return redirect(url_for("stages.show"), code=303)
    opened = cast("Stage", next_stage(cycle.stage))
    given: dict[str, Any] = {"cycle": cycle, "to": opened, "seen": form.version, "now": now()}
    if done := submission(form, lambda: stages.move_year(db(), actor(), **given)):
        return done.redirect(url_for("stages.show"), _("The year is open. Units can fill in and submit their forms."))
    steps = set_up_of(reader(), cycle)
    year_there = year_of(reader(), cycle) if published_digest(reader(), cycle.id) else None
    facts: dict[str, Any] = {"steps": [(step, page_of(step)) for step in steps if step.name is not StepName.OPEN]}
    facts |= {"blocking": [step.name for step in readiness.blocking(steps)]}
    facts |= {"missing": readiness.missing_people(reader(), year_there) if year_there else None}
    return render_template("stages/open.html", form=form, **facts), status_of(form)
