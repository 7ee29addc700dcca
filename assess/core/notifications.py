"""Notifications: of which acts people and other systems are told, and in which words."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from assess.core.text import Text
from assess.core.workflow import LabeledEnum


class NotificationEvent(LabeledEnum):
    """What somebody is told of; the value is the type that a webhook states, the label the subject of the email."""

    RELEASED = "result.released", "考核结果已发布", "result released"
    APPEAL_LODGED = "appeal.lodged", "收到申诉", "appeal received"
    APPEAL_DECIDED = "appeal.decided", "申诉已作出处理决定", "appeal decided"
    FORM_RETURNED = "form.returned", "自评填报表已退回", "self-assessment form returned"
    DEADLINE_NEAR = "deadline.near", "阶段即将结束", "a stage ends soon"


EVENTS: Final[Mapping[tuple[str, str], NotificationEvent]] = {
    ("run", "released"): NotificationEvent.RELEASED,
    ("appeal", "lodged"): NotificationEvent.APPEAL_LODGED,
    ("appeal", "ruled on"): NotificationEvent.APPEAL_DECIDED,
    ("submission", "returned"): NotificationEvent.FORM_RETURNED,
    ("cycle", "deadline near"): NotificationEvent.DEADLINE_NEAR,
}
"""The event of an entry of the audit log, by the kind of its subject and its action."""
WORDS: Final[Mapping[NotificationEvent, Text]] = {
    NotificationEvent.RELEASED: Text(
        "{title}：结果已发布（第{number}次计分）。", "{title}: the result of run {number} is released."
    ),
    NotificationEvent.APPEAL_LODGED: Text(
        "{title}：{unit}提出申诉（第{number}号）。", "{title}: {unit} submitted appeal {number}."
    ),
    NotificationEvent.APPEAL_DECIDED: Text(
        "{title}：{unit}的申诉（第{number}号）已作出处理决定。", "{title}: appeal {number} of {unit} is decided."
    ),
    NotificationEvent.FORM_RETURNED: Text(
        "{title}：{unit}的自评填报表已退回。\n退回原因：{reason}",
        "{title}: the self-assessment form of {unit} was returned.\nReason: {reason}",
    ),
    NotificationEvent.DEADLINE_NEAR: Text(
        "{title}：“{stage}”阶段截至{day}。", "{title}: the stage {stage} ends on {day}."
    ),
}
PREFIX: Final = "whsec_"
"""What a secret in Base64 begins with."""
SUBJECT: Final = Text("{year}年度考核：{event}", "Assessment {year}: {event}")
WHERE: Final = Text("请登录查看：{address}", "Sign in to see more: {address}")
WEEK_BEFORE, DAY_BEFORE = 7, 1
"""So many days before the last day of a stage people are told."""


@dataclass(frozen=True)
class Webhook:
    """Where another system is called, and the secret it shares with this one."""

    url: str
    secret: str

    @property
    def key(self) -> bytes | None:
        """The key of the signature: Base64 after `whsec_`, any other secret as it stands; None where it is neither."""
        if not self.secret.startswith(PREFIX):
            return self.secret.encode()
        try:
            return base64.b64decode(self.secret.removeprefix(PREFIX), validate=True)
        except ValueError:
            return None


class NotifiedSubject(NamedTuple):
    """What an entry of the log is about: `key` is a number, or the code of a unit for its form."""

    event: NotificationEvent
    year: int
    key: str


@dataclass(frozen=True)
class Notification:
    """What people and other systems are told.

    Attributes:
        entry: the number of the entry in the audit log.
        event: what happened.
        year: the assessment year.
        unit: the code of the unit that it concerns; "" where it concerns all.
        message: what is said of it.
        accounts: who gets an email.
    """

    entry: int
    event: NotificationEvent
    year: int
    unit: str
    message: Text
    accounts: tuple[int, ...]

    @property
    def subject(self) -> Text:
        """The subject of the email."""
        return SUBJECT.format(year=self.year, event=self.event.label)


def subject_read(subject: str, action: str) -> NotifiedSubject | None:
    """What an entry is about; None where nobody is told of it."""
    kind, _, rest = subject.partition(":")
    event = EVENTS.get((kind, action))
    if event is None:
        return None
    year, _, key = rest.partition("/")
    return NotifiedSubject(event, int(year), key)


def days_told(last: date | None, today: date) -> int | None:
    """How near the last day of a stage is: within a day or a week; None where it is further off, over or not set."""
    left = -1 if last is None else (last - today).days
    return next((days for days in (DAY_BEFORE, WEEK_BEFORE) if 0 <= left <= days), None)


def message_of(event: NotificationEvent, facts: Mapping[str, Any]) -> Text:
    """What is said of an event.

    Args:
        event: what happened.
        facts: what the words of the event name: `title` of the year, `unit`, `number`, `reason`, `stage`, `day`.
    """
    return WORDS[event].format(**facts)
