"""What waits for the office once results are released: appeals to rule on, corrections and moves to confirm."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from assess.core.actors import Actor
from assess.core.appeals.states import AppealState
from assess.core.workflow import Act, is_allowed
from assess.store.queries import appeals, corrections, stages
from assess.store.queries.cycles import CycleRow
from assess.web.blocks import TodoBlock, TodoEntry
from assess.web.office_entries import move_waiting
from assess.web.request import reader


def blocks_of(person: Actor, cycle: CycleRow) -> list[TodoBlock]:
    """What the office has to decide (3 queries at the stages where results may be corrected)."""
    if not is_allowed(cycle.stage, Act.CORRECT):
        return []
    entries = tuple(waiting(cycle))
    link = (_("All appeals"), url_for("appeals.listing", year=cycle.year))
    return [TodoBlock(title=_("Appeals and corrections"), entries=entries, link=link)] if entries else []


def waiting(cycle: CycleRow) -> Iterator[TodoEntry]:
    """Appeals that nobody ruled on, and corrections and a move that a second person has not confirmed."""
    lodged = appeals.counts_by_state(reader(), cycle=cycle.id)[AppealState.LODGED]
    proposed = corrections.open_proposals(reader(), cycle=cycle.id)
    if lodged:
        href = url_for("appeals.listing", year=cycle.year)
        yield TodoEntry(text=_("Appeals to decide"), href=href, status=_("Appeals: %(n)s", n=lodged), state="due")
    if proposed:
        href = url_for("corrections.listing", year=cycle.year)
        yield TodoEntry(
            text=_("Corrections to confirm"), href=href, status=_("Corrections: %(n)s", n=proposed), state="due"
        )
    yield from move_waiting(stages.open_requests(reader(), cycle.id).move, cycle.year)
