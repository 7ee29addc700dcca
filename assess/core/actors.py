"""Who acts: a person with roles, tied to units and departments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from assess.core.errors import NotAllowed, NotFound
from assess.core.text import Language, Text
from assess.core.workflow import LabeledEnum


class Right(StrEnum):
    """What people of a role may do; every page and every act asks for one."""

    ADMINISTER = "administer"
    """Run the assessment: what only the office does."""
    REPORT = "report"
    """Report for the own units, and appeal."""
    CERTIFY = "certify"
    """Certify figures of the own departments."""
    REVIEW = "review"
    """See what all units enter; return it, supply figures, sit on panels."""
    INSPECT = "inspect"
    """Record findings and follow them."""
    TAKE_PART = "take-part"
    """See and do what units, departments and the office share: forms, evidence, tasks, requests."""
    REQUEST_EXEMPTIONS = "request-exemptions"
    SEE_FINDINGS = "see-findings"
    SEE_ALL_FINDINGS = "see-all-findings"
    """See findings of all units, and their boards."""
    SEE_RESULTS = "see-results"
    SEE_ALL_RESULTS = "see-all-results"
    """See the ranking and the results of all units."""
    FOLLOW_RESULTS = "follow-results"
    """Be told on the home page whether there is a result."""
    SEE_HANDOVERS = "see-handovers"
    ACKNOWLEDGE_HANDOVERS = "acknowledge-handovers"


class DutyScope(StrEnum):
    """What a duty in a role is tied to."""

    NOTHING = ""
    UNIT = "unit"
    DEPARTMENT = "department"


class Role(LabeledEnum):
    """What a person is in the service; one may be several."""

    scope: DutyScope
    rights: frozenset[Right]

    OFFICIAL = (
        *("official", "街乡填报人员", "Unit official", DutyScope.UNIT),
        *(Right.REPORT, Right.TAKE_PART, Right.REQUEST_EXEMPTIONS, Right.SEE_FINDINGS, Right.SEE_RESULTS),
    )
    EVALUATOR = (
        *("evaluator", "部门考评人员", "Department evaluator", DutyScope.DEPARTMENT),
        *(Right.CERTIFY, Right.REVIEW, Right.INSPECT, Right.TAKE_PART, Right.SEE_FINDINGS, Right.SEE_ALL_FINDINGS),
    )
    OFFICE = (
        *("office", "考核办", "Assessment office", DutyScope.NOTHING),
        *(Right.ADMINISTER, Right.REVIEW, Right.INSPECT, Right.TAKE_PART, Right.REQUEST_EXEMPTIONS),
        *(Right.SEE_FINDINGS, Right.SEE_ALL_FINDINGS, Right.SEE_RESULTS, Right.SEE_ALL_RESULTS, Right.SEE_HANDOVERS),
    )
    LEADER = (
        *("leader", "领导", "Leader", DutyScope.NOTHING),
        *(Right.SEE_FINDINGS, Right.SEE_ALL_FINDINGS),
        *(Right.SEE_RESULTS, Right.SEE_ALL_RESULTS, Right.FOLLOW_RESULTS),
    )
    RECEIVER = (
        *("receiver", "绩效、组织部门", "Performance and personnel departments", DutyScope.NOTHING),
        *(Right.SEE_HANDOVERS, Right.ACKNOWLEDGE_HANDOVERS),
    )

    def __new__(
        cls, word: str, zh: str = "", en: str = "", scope: DutyScope = DutyScope.NOTHING, *rights: Right
    ) -> Self:
        """A role with its words, what its duties are tied to, and what it may do."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.label, member.scope, member.rights = Text(zh, en), scope, frozenset(rights)
        return member


def roles_with(right: Right) -> tuple[Role, ...]:
    """The roles that have a right."""
    return tuple(role for role in Role if right in role.rights)


NOT_THIS_ROLE = Text(
    "您没有办理此事的权限（须为：{roles}）。如需办理，请联系考核办。",
    "You do not have permission to do this (required role: {roles}). Contact the assessment office if you need it.",
)
NO_SUCH_UNIT = Text(
    "没有这个单位，或您没有查看权限。", "There is no such unit, or you do not have permission to see it."
)
NO_OWN_UNIT = Text(
    "您的账号没有关联任何单位，请联系考核办。", "Your account is not linked to a unit. Contact the assessment office."
)
NOT_YOUR_DEPARTMENT = Text("该数据项属于其他部门。", "This figure belongs to another department.")
YOUR_OWN_WORK = Text(
    "本人填报的内容不能由本人核定、复核或处理，请由他人办理。",
    "You cannot certify, review or decide on what you entered yourself. Ask a colleague.",
)
YOUR_OWN_UNIT = Text(
    "您是“{unit}”的填报人员，不能核定、更正、退回或评审该单位的内容，请由他人办理。",
    "You report for {unit}, so you cannot certify, correct, return or judge its reports. Ask a colleague.",
)


@dataclass(frozen=True)
class Actor:
    """A person at work.

    Attributes:
        account: the number of the account; 0 for the operator at the command line.
        units: codes of the units an official reports for.
        departments: ids of the departments an evaluator belongs to.
        token: the number of the token with which a department's system acts in the person's name.
    """

    account: int
    username: str
    name: str
    roles: frozenset[Role]
    units: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    language: Language = "zh"
    token: int | None = None

    def may(self, right: Right) -> bool:
        """Whether one of the person's roles has a right."""
        return any(right in role.rights for role in self.roles)

    def check_may(self, right: Right) -> None:
        """Raise NotAllowed unless one of the person's roles has a right; says which roles have it."""
        if not self.may(right):
            titles = [role.label for role in roles_with(right)]
            listed = Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))
            raise NotAllowed(NOT_THIS_ROLE.format(roles=listed))

    def first_unit(self) -> str:
        """The first of the units that the person reports for; raise NotFound where there is none."""
        if not self.units:
            raise NotFound(NO_OWN_UNIT)
        return min(self.units)

    def check_unit(self, code: str) -> None:
        """Raise NotFound unless the person reports for the unit: that there is another is not told."""
        if not self.may(Right.REPORT) or code not in self.units:
            raise NotFound(NO_SUCH_UNIT)

    def check_sees_unit(self, code: str) -> None:
        """Raise NotFound unless what the unit entered may be seen: its own people, evaluators and the office."""
        if not self.may(Right.REVIEW):
            self.check_unit(code)

    def check_other_unit(self, code: str, name: Text) -> None:
        """Raise NotAllowed where the person reports for the unit that is to be judged."""
        if code in self.units:
            raise NotAllowed(YOUR_OWN_UNIT.format(unit=name))

    def check_other_person(self, *accounts: int | None) -> None:
        """Raise NotAllowed where the person did the work that is to be judged."""
        if self.account in accounts:
            raise NotAllowed(YOUR_OWN_WORK)


def operator(name: str = "operator") -> Actor:
    """Whoever runs the service from the command line."""
    return Actor(0, name, name, frozenset({Role.OFFICE}))
