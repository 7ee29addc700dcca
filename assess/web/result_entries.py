"""What receivers find on the home page before there are results."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from assess.core.actors import Actor, Role
from assess.store.queries.cycles import CycleRow
from assess.web.blocks import Block


def blocks_of(person: Actor, cycle: CycleRow) -> list[Block]:
    """That the results come later (no query)."""
    if not person.is_one_of(Role.RECEIVER):
        return []
    return [
        Block(
            title=_("Results"),
            due=_("No results of this year are released yet. They will stand here once the office releases them."),
            link=(_("Stages of the year"), url_for("stages.show", year=cycle.year)),
        )
    ]
