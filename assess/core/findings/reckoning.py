"""How findings are counted, whatever the day: one small number a finding, and what many of them add up to."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Final, NamedTuple

from assess.core.findings.history import FindingStanding
from assess.core.findings.measures import Tally
from assess.core.findings.states import TO_RECTIFY, FindingState
from assess.core.workflow import LabeledEnum


class CountingState(IntEnum):
    """In which way a finding is counted."""

    VOID = 0
    UNDATED = 1
    TO_RECTIFY = 2
    FIXED_IN_TIME = 3
    FIXED_LATE = 4
    CLOSED_IN_TIME = 5
    CLOSED_LATE = 6


CLOSED: Final = (CountingState.CLOSED_IN_TIME, CountingState.CLOSED_LATE)
OPEN: Final = (CountingState.UNDATED, CountingState.TO_RECTIFY, CountingState.FIXED_IN_TIME, CountingState.FIXED_LATE)
LATE: Final = (CountingState.TO_RECTIFY, CountingState.FIXED_LATE)
"""Where the deadline may have passed in vain."""


class Counted(LabeledEnum):
    """The findings behind a number of a board."""

    OPENED = "opened", "已登记（不含作废）", "Recorded (void ones excluded)"
    ON_TIME = "on-time", "按期整改并销账", "Closed, corrected on time"
    LATE = "late", "逾期整改后销账", "Closed, corrected late"
    RETURNED = "returned", "曾被退回", "Returned at review"
    REPEATED = "repeated", "重复问题", "Repeats"


RECKONED: Final = {
    Counted.ON_TIME: (CountingState.CLOSED_IN_TIME,),
    Counted.LATE: (CountingState.CLOSED_LATE,),
}
"""The ways of counting that a number is narrowed to; the others take all but what is void."""


class Heap(NamedTuple):
    """Findings that are counted in one way; `passed` are those whose deadline passed in vain before the day."""

    reckoned: CountingState
    all: int
    passed: int
    returned: int
    repeated: int
    days: int


def reckoned_of(standing: FindingStanding) -> CountingState:
    """In which way a finding is counted; what is not assigned yet, or suspended, has no deadline that can pass."""
    if standing.is_void:
        return CountingState.VOID
    if standing.state in TO_RECTIFY:
        return CountingState.TO_RECTIFY
    if standing.state in (FindingState.FOUND, FindingState.SUSPENDED):
        return CountingState.UNDATED
    if standing.is_done:
        return CountingState.CLOSED_IN_TIME if standing.is_on_time else CountingState.CLOSED_LATE
    return CountingState.FIXED_IN_TIME if standing.is_on_time else CountingState.FIXED_LATE


def tally_of(heaps: Iterable[Heap]) -> Tally:
    """Heaps added up, as the figures of the ledger count them."""
    counting = [heap for heap in heaps if heap.reckoned is not CountingState.VOID]
    closed = [heap for heap in counting if heap.reckoned in CLOSED]
    late = [heap for heap in counting if heap.reckoned in LATE]
    return Tally(
        opened=sum(heap.all for heap in counting),
        closed=sum(heap.all for heap in closed),
        closed_on_time=sum(heap.all for heap in closed if heap.reckoned is CountingState.CLOSED_IN_TIME),
        due=sum(heap.all for heap in closed) + sum(heap.passed for heap in late),
        overdue=sum(heap.passed for heap in late if heap.reckoned is CountingState.TO_RECTIFY),
        returned=sum(heap.returned for heap in counting),
        repeated=sum(heap.repeated for heap in counting),
        days=sum(heap.days for heap in closed),
    )
