"""The rule sheet of a year: its versions, a new one, and what it changes."""

from __future__ import annotations

from flask import Blueprint, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.rules.sheet_table import sheet_table
from assess.services.rules import (
    guide_to_sheets,
    load_rules,
    preview_rules,
    publish_rules,
    sheet_of,
    starter_book,
    starter_sheets,
    table_in_force,
    version_of,
    written_rules,
)
from assess.store.queries.rules import sheet_rows
from assess.web.flaws import flaw_groups
from assess.web.forms.documents import AcceptDocumentForm, ActForm, DocumentForm
from assess.web.pages import Audience, Page
from assess.web.previews import accepted, held, hold
from assess.web.request import actor, current_cycle, db, language, now, reader
from assess.web.submission import status_of, submission

bp = Blueprint("rules", __name__)


@bp.route("/<year:year>/setup/rules", methods=["GET", "POST"])
@Page(Right.ADMINISTER, title=_l("Rule sheet"), under="set_up.show")
def edit(year: int) -> ResponseReturnValue:
    """The versions of the sheet, and a new one."""
    cycle, form = current_cycle(), DocumentForm()
    if done := submission(form, lambda: preview_rules(reader(), cycle, form.upload)):
        return done.redirect(url_for("rules.preview", document=hold("rules", form.upload)))
    versions = sheet_rows(reader(), cycle.id)
    draft = next((each.number for each in versions[:1] if not each.is_published), None)
    shown = {"versions": versions, "draft": draft, "starters": starter_sheets()}
    return render_template("rules/edit.html", form=form, **shown), status_of(form)


@bp.route("/<year:year>/setup/rules/starters/<starter>.xlsx")
@Page(Right.ADMINISTER)
def starter(year: int, starter: str) -> ResponseReturnValue:
    """A workbook to begin with: empty, or a shipped sheet to change."""
    file = starter_book(current_cycle(), starter, language())
    return send_file(file, download_name=f"rules-{year}-{starter}.xlsx", as_attachment=True)


@bp.route("/<year:year>/setup/rules/guide")
@Page(Right.ADMINISTER)
def guide(year: int) -> ResponseReturnValue:
    """How to fill in the workbook of a rule sheet."""
    return render_template("rules/guide.html", guide=guide_to_sheets())


@bp.route("/<year:year>/rules")
@Page(Audience.SIGNED_IN, title=_l("Rule sheet of the year"), under="stages.show")
def read(year: int) -> ResponseReturnValue:
    """The rule sheet in force as a table to read and to print."""
    sheet, table = table_in_force(reader(), current_cycle())
    return render_template("rules/table.html", sheet=sheet, table=table, number=None)


@bp.route("/<year:year>/setup/rules/preview", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def preview(year: int) -> ResponseReturnValue:
    """How a new sheet differs; kept as a draft version when the button is pressed."""
    cycle, form, kept = current_cycle(), AcceptDocumentForm(), held("rules")
    if done := accepted(form, load_rules, kept):
        return done.redirect(url_for("rules.edit"), _("The rule sheet is saved as a draft. Check it, then publish it."))
    found = preview_rules(reader(), cycle, kept.document)
    published = any(each.is_published for each in sheet_rows(reader(), cycle.id))
    shown = {"preview": found, "warnings": flaw_groups(found.warnings), "held": kept, "needs_reason": published}
    return render_template("rules/preview.html", form=form, **shown), status_of(form)


@bp.route("/<year:year>/setup/rules/<row:number>", methods=["GET", "POST"])
@Page(Right.ADMINISTER)
def show(year: int, number: int) -> ResponseReturnValue:
    """One version, and its publication."""
    cycle, form = current_cycle(), ActForm()
    if done := submission(
        form, lambda: publish_rules(db(), actor(), cycle=current_cycle(), seen=form.version, now=now(), number=number)
    ):
        return done.redirect(
            url_for("rules.show", number=number), _("Version %(number)s is published and frozen.", number=number)
        )
    version = version_of(reader(), cycle, number)
    return render_template("rules/show.html", form=form, version=version), status_of(form)


@bp.route("/<year:year>/setup/rules/<row:number>/table")
@Page(Right.ADMINISTER)
def table(year: int, number: int) -> ResponseReturnValue:
    """One version as a table to read and to print, before it is published too."""
    sheet = sheet_of(reader(), current_cycle(), number)
    return render_template("rules/table.html", sheet=sheet, table=sheet_table(sheet), number=number)


@bp.route("/<year:year>/setup/rules/<row:number>/rules.<any(yaml, xlsx):ending>")
@Page(Right.ADMINISTER)
def download(year: int, number: int, ending: str) -> ResponseReturnValue:
    """One version as a file, a workbook in the language of the reader; the same bytes each time."""
    file = written_rules(reader(), current_cycle(), number=number, ending=ending, language=language())
    return send_file(file, download_name=f"rules-{year}-{number}.{ending}", as_attachment=True)
