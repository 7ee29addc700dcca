"""The history of a finding in words, one sentence an entry."""

from __future__ import annotations

from typing import Final

from assess.core.calendar import day_of
from assess.core.findings.history import Event
from assess.core.findings.states import FindingStep, Relief
from assess.core.text import Text

WORDS: Final = {
    FindingStep.FIND: Text("发现问题", "Found"),
    FindingStep.ASSIGN: Text("交办，整改期限{deadline}", "Assigned, deadline {deadline}"),
    FindingStep.START: Text("开始整改", "Correction started"),
    FindingStep.REPORT: Text("报送整改", "Reported as corrected"),
    FindingStep.PASS: Text("复核通过", "Review passed"),
    FindingStep.RETURN: Text("复核退回", "Returned at review"),
    FindingStep.CLOSE: Text("销账备案", "Closed and filed"),
    FindingStep.LOOK_BACK: Text("回头看合格", "Look-back passed"),
    FindingStep.REOPEN: Text("重新整改，期限{deadline}", "Reopened, deadline {deadline}"),
    FindingStep.APPROVE: Text("批准{relief}", "{relief} approved"),
    FindingStep.REFUSE: Text("不予批准{relief}", "{relief} rejected"),
    FindingStep.WITHDRAW: Text("撤回{relief}申请", "Request for {relief} withdrawn"),
    FindingStep.RESUME: Text("恢复整改", "Resumed"),
}
NEW_DEADLINE: Final = Text("退回整改，期限{deadline}", "Returned at review, deadline {deadline}")
ASKED: Final = Text("申请{relief}", "Requested {relief}")
ASKED_UNTIL: Final = Text("申请{relief}至{deadline}", "Requested {relief} until {deadline}")
LATER: Final = Text("事后{days}天补录", "recorded {days} days later")
NEXT_DAY: Final = Text("次日补录", "recorded the next day")
NOTHING: Final = Text("事项", "the request")


def event_sentence(event: Event, asked: Event | None) -> Text:
    """What happened, in one sentence.

    Args:
        event: the entry.
        asked: what an entry answers, where it answers a request.
    """
    if event.step is FindingStep.ASK:
        return (ASKED if event.deadline is None else ASKED_UNTIL).format(
            relief=called(event.relief), deadline=event.deadline
        )
    if event.step is FindingStep.RETURN and event.deadline is not None:
        return NEW_DEADLINE.format(deadline=event.deadline)
    words = WORDS[event.step].format(deadline=event.deadline, relief=called(None if asked is None else asked.relief))
    return Text(words.zh, words.en[:1].upper() + words.en[1:])


def called(relief: Relief | None) -> Text:
    """What relief is called within a sentence."""
    return NOTHING if relief is None else relief.label


def told_delay(event: Event) -> Text | None:
    """How much later than it happened an entry was written down; None where it was the same day."""
    days = (day_of(event.entered_at) - event.day).days
    if days < 1:
        return None
    return NEXT_DAY if days == 1 else LATER.format(days=days)
