"""Rounds of chiefs in words and numbers, as lists and pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from assess.core.calendar import BEIJING
from assess.core.findings.patrols import MINUTE, PatrolKind, Rounds
from assess.core.numbers import printed, round_half_up
from assess.core.text import Text
from assess.services.years import Year
from assess.store.queries.patrols import PatrolRow, RoundsRow
from assess.web.filters import moment


@dataclass(frozen=True)
class RoundLine:
    """One round."""

    row: PatrolRow
    year: Year

    @property
    def unit(self) -> Text:
        """The unit."""
        return self.year.name_of(self.row.unit)

    @property
    def kind(self) -> Text:
        """What was patrolled."""
        return PatrolKind(self.row.kind).label

    @property
    def when(self) -> str:
        """From when until when."""
        return f"{moment(self.row.started_at)}–{self.row.ended_at.astimezone(BEIJING):%H:%M}"

    @property
    def long(self) -> str:
        """How far it went and how long it took."""
        hours, minutes = divmod((self.row.ended_at - self.row.started_at) // MINUTE, 60)
        km = printed(Fraction(self.row.metres, 1000))
        return str(_("%(km)s km, %(hours)s h %(minutes)s min", km=km, hours=hours, minutes=minutes))


def added_up(rows: Iterable[RoundsRow]) -> Rounds:
    """Rounds of several chiefs together."""
    whole = Rounds()
    for row in rows:
        whole = whole.plus(row.rounds)
    return whole


def rounded(value: Fraction | None) -> str:
    """Hours, findings a round or a share, to one decimal; a dash where there is none."""
    return "–" if value is None else printed(round_half_up(value, 1), 1)


def in_percent(share: Fraction | None) -> str:
    """A share; a dash where there is none."""
    return rounded(share) if share is None else f"{rounded(share)}%"
