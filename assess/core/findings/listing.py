"""Lists of findings: what they are narrowed to, worst first, and how old what is open is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from assess.core.findings.history import FindingStanding
from assess.core.findings.states import DONE, TO_RECTIFY, FindingState
from assess.core.text import Text
from assess.core.workflow import LabeledEnum


class FindingView(LabeledEnum):
    """What a list of findings shows."""

    OPEN = "open", "未销账", "Open"
    OVERDUE = "overdue", "逾期未整改", "Overdue"
    TO_ASSIGN = "to-assign", "待交办", "To be assigned"
    TO_RECTIFY = "to-rectify", "待整改", "To be corrected"
    TO_REVIEW = "to-review", "待复核", "To be reviewed"
    TO_CLOSE = "to-close", "待销账", "To be closed"
    ASKED = "asked", "申请待批准", "Requests pending"
    SUSPENDED = "suspended", "中止整改", "Suspended"
    DONE = "done", "已销账", "Closed"
    VOID = "void", "已作废", "Void"
    ALL = "all", "全部", "All"


BANDS: Final[Mapping[FindingState, int]] = {
    **dict.fromkeys(TO_RECTIFY, 0),
    FindingState.FOUND: 1,
    FindingState.REPORTED: 2,
    FindingState.PASSED: 3,
    FindingState.SUSPENDED: 4,
    **dict.fromkeys(DONE, 5),
    FindingState.VOID: 6,
}
"""What comes first in a list, worst first: what the unit must put right, then what others wait for, then the rest."""
BAND: Final = 10_000_000
"""More days than there are."""

SHOWN: Final[Mapping[FindingView, tuple[int, int]]] = {
    FindingView.OPEN: (0, 5),
    FindingView.OVERDUE: (0, 1),
    FindingView.TO_ASSIGN: (1, 2),
    FindingView.TO_RECTIFY: (0, 1),
    FindingView.TO_REVIEW: (2, 3),
    FindingView.TO_CLOSE: (3, 4),
    FindingView.ASKED: (0, 5),
    FindingView.SUSPENDED: (4, 5),
    FindingView.DONE: (5, 6),
    FindingView.VOID: (6, 7),
    FindingView.ALL: (0, 7),
}
"""The first band of each list and the one after its last; what is asked for is marked besides."""


def urgency_of(standing: FindingStanding) -> int:
    """A number by which findings stand worst first, whatever the day.

    What must be put right comes by its deadline, so what is longest overdue leads; what waits comes by how long it has
    waited; what is closed or void comes newest first.
    """
    band = BANDS[standing.state]
    if standing.state in TO_RECTIFY:
        days = (standing.deadline or standing.since).toordinal()
    elif standing.is_done or standing.is_void:
        days = BAND - 1 - (standing.closed_on or standing.since).toordinal()
    else:
        days = standing.since.toordinal()
    return band * BAND + days


def span_of(show: FindingView, day: date) -> tuple[int, int]:
    """The urgencies of a list on a day: the least, and the one after the greatest."""
    first, after = SHOWN[show]
    return first * BAND, day.toordinal() if show is FindingView.OVERDUE else after * BAND


class Age(NamedTuple):
    """How many days ago something was found, at least and at most; None for any more."""

    least: int
    most: int | None

    @property
    def label(self) -> Text:
        """The same in words."""
        if self.most is None:
            return Text(f"{self.least - 1}天以上", f"more than {self.least - 1} days")
        return Text(f"{self.least}至{self.most}天", f"{self.least} to {self.most} days")

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last day on which something of this age was found."""
        first = date.min if self.most is None else today - timedelta(days=self.most)
        return first, today - timedelta(days=self.least)


class Aged(NamedTuple):
    """How many findings of an age are open, and how many of these are overdue."""

    open: int
    overdue: int


AGES: Final = (Age(0, 7), Age(8, 15), Age(16, 30), Age(31, 60), Age(61, None))
