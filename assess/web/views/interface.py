"""The interface for departments' systems as people read it."""

from __future__ import annotations

import json
from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assess.web.api.describing import ABOUT, EXAMPLE
from assess.web.api.operations import OPERATIONS
from assess.web.api.schemas import WORDS
from assess.web.pages import Audience, Page
from assess.web.problems import TITLES, detail_of
from assess.web.request import language, settings

bp = Blueprint("interface", __name__)

NEEDED: Final = ("unit", "figure", "value")
OF_VALUE: Final = ("unit", "figure", "period", "value", "remark", "occurrences")


@bp.route("/interface")
@Page(Audience.ANYONE, under="tokens.listing")
def show() -> ResponseReturnValue:
    """What a system may ask for, how, and what it is told."""
    parts = [(name, text, name in NEEDED) for name, text in WORDS.items() if name in OF_VALUE]
    cases = [(name, text, name != "photo") for name, text in WORDS.items() if name not in OF_VALUE]
    example = json.dumps(EXAMPLE, ensure_ascii=False, indent=2)
    refusals = [
        (str(status), title.localized(language()), detail_of(status).localized(language()))
        for status, title in TITLES.items()
    ]
    facts = {
        "refusals": refusals,
        "about": ABOUT,
        "operations": OPERATIONS,
        "parts": parts,
        "cases": cases,
        "example": example,
    }
    return render_template("interface/show.html", address=settings().address, **facts)
