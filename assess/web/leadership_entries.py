"""What leaders find on the home page: the result of the year, before it the newest interim ranking."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from assess.core.actors import Actor, Right
from assess.core.runs.kinds import RunStanding
from assess.core.text import Text
from assess.core.workflow import Act, is_allowed
from assess.services.leadership import View, newest_view
from assess.store.queries.cycles import CycleRow
from assess.web.blocks import TodoBlock, TodoEntry
from assess.web.filters import day, localized, moment
from assess.web.request import reader


def blocks_of(person: Actor, cycle: CycleRow) -> list[TodoBlock]:
    """The result or the ranking that a leader may read, and others once a result is out (2 or 3 queries)."""
    if not person.may(Right.FOLLOW_RESULTS) and not is_allowed(cycle.stage, Act.SEE_OWN):
        return []
    view = newest_view(reader(), person, cycle=cycle)
    return [nothing_yet(cycle) if view is None else results(view, cycle)]


def nothing_yet(cycle: CycleRow) -> TodoBlock:
    """That the results come later."""
    return TodoBlock(
        title=_("Results"),
        due=_(
            "No results of this year are released yet. You can find them here once the assessment office releases them."
        ),
        link=(_("Stages of the year"), url_for("stages.show", year=cycle.year)),
    )


def results(view: View, cycle: CycleRow) -> TodoBlock:
    """Best first, worst first, side by side."""
    ranking = TodoEntry(
        text=_("Ranking"),
        href=url_for("leadership.listing", year=cycle.year),
        status=localized(worth(view)),
        state=state_of(view),
        hint=made(view),
    )
    files = TodoEntry(
        text=_("Downloads"), href=url_for("downloads.listing", year=cycle.year), status=localized(worth(view)),
        state=state_of(view),
    )  # fmt: skip
    return TodoBlock(
        title=_("Results"),
        entries=(ranking,) if view.release is None else (ranking, files),
        link=(_("Worst first"), url_for("leadership.listing", year=cycle.year, sort="rank", order="descending")),
    )


def worth(view: View) -> Text:
    """What the result is called."""
    return view.run.kind.label if view.release is None else view.release.standing.label


def state_of(view: View) -> str:
    """The colour of it."""
    if view.release is None:
        return "due"
    return "sealed" if view.release.standing is RunStanding.FINAL else "provisional"


def made(view: View) -> str:
    """Since when it stands."""
    if view.release is None:
        return str(
            _("Based on the figures available on %(day)s. This is not the result of the year.", day=day(view.run.day))
        )
    return str(_("Released %(when)s.", when=moment(view.release.at)))
