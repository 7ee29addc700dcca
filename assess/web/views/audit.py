"""The audit log: what the office reads of it, one entry, the check of its chain, and taking it away."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.calendar import BEIJING
from assess.services.audit import exporting, verifying
from assess.services.audit.exporting import Format
from assess.services.audit.reading import entry_of, log_of
from assess.store.queries.cycles import cycles_seen_by
from assess.web.audit_links import address_of
from assess.web.forms.audit import AuditFilterForm
from assess.web.forms.fields import number_in
from assess.web.pages import Area, Page
from assess.web.paging import SIZE
from assess.web.request import actor, database, db, language, now, reader

bp = Blueprint("audit", __name__, url_prefix="/audit")

MEDIA_TYPES: Final = {
    Format.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.LINES: "application/x-ndjson",
}
FORMATS: Final = {each.value: each for each in Format}


@bp.route("")
@Page(Right.ADMINISTER, title=_l("Audit log"), area=Area.LOGS, place=270)
def listing() -> ResponseReturnValue:
    """The log, narrowed as the address says, newest first."""
    form = AuditFilterForm.of_address()
    form.offer(cycle.year for cycle in cycles_seen_by(reader(), actor()))
    before = number_in(flask_request.args.get("before", "")) or None
    log = log_of(reader(), actor(), wanted=form.wanted, before=before, most=SIZE)
    return render_template(
        "audit/listing.html",
        narrowed=form,
        log=log,
        before=before,
        addresses=[address_of(line) for line in log.lines],
        check=verifying.last_check(reader()),
        is_asked=verifying.is_asked(reader()),
        formats=Format,
    )


@bp.route("/<row:number>")
@Page(Right.ADMINISTER)
def entry(number: int) -> ResponseReturnValue:
    """One entry: all that it says, and how it hangs in the chain."""
    found = entry_of(reader(), actor(), number=number)
    return render_template("audit/entry.html", entry=found, line=found.line, address=address_of(found.line))


@bp.route("/check", methods=["POST"])
@Page(Right.ADMINISTER)
def check() -> ResponseReturnValue:
    """Have the chain checked from its first entry to its last."""
    verifying.ask_check(db(), actor(), now=now())
    flash(_("The log is being checked. Reload this page in a moment."), "success")
    return redirect(url_for("audit.listing"), code=303)


@bp.route("/export", methods=["POST"])
@Page(Right.ADMINISTER)
def export() -> ResponseReturnValue:
    """Take away what the filters in the address show; that somebody did stands in the log."""
    form, kind = AuditFilterForm.of_address(), FORMATS.get(flask_request.form.get("format", ""), Format.LINES)
    taken = exporting.export_log(db(), actor(), wanted=form.wanted, kind=kind, now=now())
    name = f"{_('Audit log')} {now().astimezone(BEIJING):%Y-%m-%d %H%M}.{kind.value}"
    if kind is Format.EXCEL:
        book = exporting.book_of_log(database(), taken, language())
        return send_file(book, mimetype=MEDIA_TYPES[kind], as_attachment=True, download_name=name, max_age=0)
    answer = Response(exporting.lines_of_log(database(), taken), mimetype=MEDIA_TYPES[kind])
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
