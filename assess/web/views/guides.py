"""Guides that come with the service, as pages."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.services.guides import guide_to_rule_sheets
from assess.web.pages import Page
from assess.web.request import language

bp = Blueprint("guides", __name__)


@bp.route("/guides/rules")
@Page(Right.ADMINISTER, title=_l("How to write a rule sheet"))
def rules() -> ResponseReturnValue:
    """Every key, method and flaw of a rule sheet, in the reader's language."""
    return render_template("guides/rules.html", guide=guide_to_rule_sheets(language()))
