"""Leadership teams, evidence, exemptions, excluded data and a reminder of the demonstration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from assess.core.actors import Actor
from assess.core.workflow import WorkflowStep
from assess.services import completeness, teams
from assess.services.documents import UploadedFile
from assess.services.evidence.attaching import attach_files
from assess.services.evidence.keeping import Incoming, keep_files
from assess.services.requests import approvals, exclusions, exemptions
from assess.services.years import Year
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session

POSTS: Final = {
    "secretary": "甲", "head": "乙", "deputy-ecology": "丙", "deputy-urban-management": "丁", "deputy-community": "戊",
}  # fmt: skip
WHY_EXEMPT: Final = "演示：辖区内无相关企业，不涉及该项。"
WHY_EXCLUDED: Final = "演示：受沙尘天气影响，当月监测数据申请剔除。"
RULING: Final = "演示：情况属实，同意。"
REMINDER: Final = "演示：自评填报即将截止，请尽快核对并报送。"
QUIET: Final = "noise.quiet"
"""The item that an exemption is asked for."""
PHOTO: Final = Path(__file__).parents[3] / "docs" / "scorecard.png"
"""A picture that serves as evidence."""


def set_teams(session: Session, office: Actor, year: Year, now: datetime) -> None:
    """A leadership team for each unit, of people called by their post."""
    rows = ["unit,post,name,from,to"]
    for code, name in zip(year.units.codes, year.units.names, strict=True):
        rows += [f"{code},{post},演示{name.zh}负责人{who},," for post, who in POSTS.items()]
    document = UploadedFile("teams.csv", "\n".join(rows).encode())
    teams.accept_teams(session, office, cycle=year.cycle, document=document, now=now)


def attach(
    session: Session, cycle: CycleRow, folder: Path, officials: Iterable[tuple[str, Actor]], now: datetime
) -> None:
    """The same picture for a figure of several units, which the pages remark on."""
    for unit, official in officials:
        photo = Incoming("演示-危险废物台账.png", PHOTO.read_bytes())
        kept = keep_files(session, official, folder=folder, files=[photo], now=now)
        claims = [each.sha256 for each in kept.files]
        attach_files(
            session,
            official,
            cycle=cycle,
            unit=unit,
            subject="figure:hazard_ledger",
            claims=claims,
            note="第1页",
            now=now,
        )


def ask(session: Session, year: Year, officials: Mapping[str, Actor], office: Actor, now: datetime) -> None:
    """One exemption that was approved and one that waits, one excluded month that waits."""
    cycle, units = year.cycle, year.units.codes[1:4]
    for place, unit in enumerate(units[:2]):
        ask_exemption(session, year, officials[unit], unit, office=office if place == 0 else None, now=now)
    for unit in units[2:]:
        exclusions.ask_exclusion(
            session, officials[unit], cycle=cycle, unit=unit, figure="pm25", period=f"{cycle.year}-03",
            reason=WHY_EXCLUDED, now=now,
        )  # fmt: skip


def ask_exemption(
    session: Session, year: Year, official: Actor, unit: str, *, office: Actor | None, now: datetime
) -> None:  # fmt: skip
    """An exemption that a unit asks for, approved where somebody of the office rules on it."""
    asked = exemptions.ask_exemption(
        session, official, cycle=year.cycle, unit=unit, item=QUIET, reason=WHY_EXEMPT, now=now
    )  # fmt: skip
    if office is not None:
        approvals.rule(
            session,
            office,
            approvals.EXEMPTIONS,
            cycle=year.cycle,
            row=asked.id,
            step=WorkflowStep.APPROVE,
            ruling=RULING,
            seen=asked.version,
            now=now,
        )


def remind(session: Session, office: Actor, cycle: CycleRow, units: Iterable[str], now: datetime) -> None:
    """A reminder on the first page of some units."""
    completeness.remind(session, office, cycle=cycle, units=list(units), words=REMINDER, server=None, now=now)
