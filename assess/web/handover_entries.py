"""What receivers find on the home page: hand-overs that wait for them; and the office: what nobody has yet."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from assess.core.actors import Actor, Right
from assess.core.workflow import Act, is_allowed
from assess.services import handover
from assess.services.handover import HandoverList, HandoverProgress
from assess.store.queries.cycles import CycleRow
from assess.web.blocks import TodoBlock, TodoEntry
from assess.web.filters import moment
from assess.web.paging import SIZE
from assess.web.request import reader


def blocks_of(person: Actor, cycle: CycleRow) -> list[TodoBlock]:
    """What waits for a receiver (4 queries), or for the office once results are final (3 queries)."""
    found = []
    if person.may(Right.ACKNOWLEDGE_HANDOVERS):
        found.append(received(handover.handover_list(reader(), person, cycle=cycle, start=0, size=SIZE), cycle.year))
    if person.may(Right.ADMINISTER) and is_allowed(cycle.stage, Act.HAND_OVER):
        entries = tuple(waiting(handover.progress_of(reader(), person, cycle=cycle), cycle.year))
        link = (_("Handovers"), url_for("handover.listing", year=cycle.year))
        found += [TodoBlock(title=_("Handover of the results"), entries=entries, link=link)] if entries else []
    return found


def received(page: HandoverList, year: int) -> TodoBlock:
    """The hand-overs of a year, those that wait for the receiver first."""
    if not page.lines:
        due = _("Nothing has been handed over yet. You can find it here once the assessment office hands it over.")
        return TodoBlock(title=_("Results"), due=due, link=(_("Stages of the year"), url_for("stages.show", year=year)))
    newest = page.lines[0].row.number
    entries = [
        TodoEntry(
            text=_("Handover no. %(number)s", number=line.row.number),
            href=url_for("handover.show", year=year, number=line.row.number),
            status=_("Acknowledged") if line.own and line.own.at else _("Waiting for you"),
            state="done" if line.own and line.own.at else "due",
            is_finished=bool(line.own and line.own.at),
            hint=_("Handed over %(when)s", when=moment(line.row.handed_at))
            if line.row.number == newest
            else _("Corrected by no. %(number)s", number=newest),
        )
        for line in page.lines
    ]
    link = (_("Handovers"), url_for("handover.listing", year=year))
    return TodoBlock(
        title=_("Results"), entries=tuple(sorted(entries, key=lambda entry: entry.state != "due")), link=link
    )


def waiting(progress: HandoverProgress, year: int) -> Iterator[TodoEntry]:
    """What is to be handed over, and who has not acknowledged the newest."""
    if progress.is_behind:
        yield TodoEntry(
            text=_("Sealed edition %(edition)s is waiting to be handed over", edition=progress.edition),
            href=url_for("handover.new", year=year),
            status=_("Not handed over"),
            state="due",
        )
    if progress.newest is not None and progress.missing:
        yield TodoEntry(
            text=_("Handover no. %(number)s", number=progress.newest.number),
            href=url_for("handover.show", year=year, number=progress.newest.number),
            status=_("Not acknowledged by: %(n)s", n=len(progress.missing)),
            state="due",
        )
