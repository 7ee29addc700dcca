"""Leadership teams of the units: loaded as a whole from a file, and corrected one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from assess.core.actors import Actor, Right
from assess.core.errors import NotFound, Refused
from assess.core.leadership import BACKWARDS, MAX_NAME_LENGTH, OVERLAP, TOO_LONG, PostHolder, posts_of, read_leadership
from assess.core.naming import quoted
from assess.core.reasons import optional_reason
from assess.core.text import Language, Text
from assess.core.unseen import unseen_in_table
from assess.core.workflow import Act, Stage, check_allowed
from assess.files.leadership_book import read_leadership_table, write_leadership_book
from assess.services import audit, cycles
from assess.services.cycles import refused
from assess.services.documents import UploadedFile, check, without_file
from assess.services.years import Year, year_of
from assess.store.models import TeamMember
from assess.store.queries import teams
from assess.store.queries.cycles import CycleRow
from assess.store.queries.teams import MemberRow
from assess.store.session import Session, check_seen, flush

SAME_LIST: Final = Text(
    "这份名单与现有名单相同，无需保存。", "This list is identical to the current one. There is nothing to save."
)
NO_MEMBER: Final = Text("没有这位领导班子成员。", "There is no such member.")
NO_UNIT: Final = Text("请从列表中选择单位。", "Select a unit from the list.")
NO_POST: Final = Text("请从列表中选择职务。", "Select a post from the list.")
NO_NAME: Final = Text("请填写姓名。", "Enter the name.")


@dataclass(frozen=True, eq=False)
class TeamsPreview:
    """A list of teams without flaws, and what it changes."""

    year: Year
    holders: tuple[PostHolder, ...]
    new: tuple[PostHolder, ...]
    gone: tuple[PostHolder, ...]

    @property
    def unchanged(self) -> int:
        """How many rows stay."""
        return len(self.holders) - len(self.new)


def post_titles(year: Year) -> Mapping[str, Text]:
    """The posts of the year's sheet by id; none where any post may be written."""
    return posts_of(year.sheet)


def holder_of(year: Year, row: MemberRow | TeamMember) -> PostHolder:
    """A row as a post holder."""
    title = post_titles(year).get(row.post, Text.same(row.post))
    return PostHolder(row.unit, row.post, title, row.name, row.begins, row.ends)


def as_typed(row: MemberRow) -> dict[str, str]:
    """A member as a form holds one."""
    begins, ends = (day.isoformat() if day else "" for day in (row.begins, row.ends))
    return {"unit": row.unit, "post": row.post, "name": row.name, "begins": begins, "ends": ends}


def by_post(year: Year, rows: Sequence[MemberRow]) -> list[MemberRow]:
    """The members in the units of the year, in the order of units and of the sheet's posts; an unknown post last."""
    posts = {post: place for place, post in enumerate(post_titles(year))}
    here = [row for row in rows if row.unit in year.units.places]
    return sorted(here, key=lambda row: (year.place_of(row.unit), posts.get(row.post, len(posts))))


def units_without_team(year: Year, rows: Sequence[MemberRow]) -> list[Text]:
    """The units of which nobody is in the list, in their order."""
    there = {row.unit for row in rows}
    return [name for code, name in zip(year.units.codes, year.units.names, strict=True) if code not in there]


def preview_teams(session: Session, cycle: CycleRow, document: UploadedFile) -> TeamsPreview:
    """What a document would make of the year's leadership teams.

    Raises:
        Refused: no rule sheet is published, or the document changes nothing.
        ValidationError: the document has flaws.
    """
    year = year_of(session, cycle)
    with document.lying() as path:
        table = read_leadership_table(path)
        check(without_file(unseen_in_table(table)))
        holders, flaws = read_leadership(table, year.names, post_titles(year))
        check(without_file(flaws))
    before = [holder_of(year, row) for row in teams.members(session, cycle.id)]
    new = tuple(each for each in holders if each not in before)
    gone = tuple(each for each in before if each not in holders)
    if not new and not gone:
        raise Refused(SAME_LIST)
    return TeamsPreview(year, tuple(holders), new, gone)


def accept_teams(
    session: Session, actor: Actor, *, cycle: CycleRow, document: UploadedFile, now: datetime, seen: int | None = None,
    reason: str = "",
) -> TeamsPreview:  # fmt: skip
    """Make a document the year's leadership teams, all of them; `seen` is the version of the year that was seen.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, or as `preview_teams` says.
        ValidationError: the document has flaws.
        Stale: somebody else changed the year meanwhile.
    """
    check_may_change(session, actor, cycle, seen)
    preview = preview_teams(session, cycle, document)
    for row in teams.member_models(session, cycle.id):
        if holder_of(preview.year, row) in preview.gone:
            session.delete(row)
    session.add_all(
        TeamMember(cycle_id=cycle.id, unit=each.unit, post=each.post, name=each.name, begins=each.first, ends=each.last)
        for each in preview.new
    )
    flush(session)
    old = {"members": [as_line(each) for each in preview.gone]}
    new: dict[str, Any] = {
        "members": [as_line(each) for each in preview.new],
        "file": document.name,
        "upload": document.sha256,
    }
    new |= {"reason": optional_reason(reason) or None}
    audit.record(session, actor, subject=f"teams:{cycle.year}", action="accepted", old=old, new=new, now=now)
    return preview


def check_may_change(session: Session, actor: Actor, cycle: CycleRow, seen: int | None = None) -> None:
    """Let the office change the teams while the year's stage allows it; two officers one after the other.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it.
        Stale: somebody else changed the year since it was seen.
    """
    actor.check_may(Right.ADMINISTER)
    row = cycles.taken(session, cycle)
    check_allowed(Stage(row.stage), Act.NAME_TEAMS)
    cycles.count_change(session, row, seen)


def written_teams(session: Session, cycle: CycleRow, language: Language) -> BytesIO:
    """The workbook to fill in: the members there are, or a row for each unit and post.

    Raises:
        Refused: no rule sheet is published.
    """
    year = year_of(session, cycle)
    here = [holder_of(year, row) for row in by_post(year, teams.members(session, cycle.id))]
    target = BytesIO()
    write_leadership_book(target, language, units=year.units, posts=post_titles(year), holders=here)
    target.seek(0)
    return target


def add_member(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, post: str, name: str, begins: date | None,
    ends: date | None, now: datetime,
) -> TeamMember:  # fmt: skip
    """Put somebody into the team of a unit.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: the stage does not allow it, a field is missing or wrong, or somebody else holds the post then.
    """
    check_may_change(session, actor, cycle)
    year = year_of(session, cycle)
    if unit not in year.units.places:
        raise refused("unit", NO_UNIT)
    holder = PostHolder(unit, post.strip(), Text.same(post), name.strip(), begins, ends)
    check_holder(session, year, holder, None)
    row = TeamMember(cycle_id=cycle.id, unit=unit, post=holder.post, name=holder.name, begins=begins, ends=ends)
    session.add(row)
    flush(session)
    audit.record(
        session, actor, subject=f"member:{cycle.year}/{unit}/{row.id}", action="added", new=as_json(row), now=now
    )
    return row


def change_member(
    session: Session, actor: Actor, *, cycle: CycleRow, row: int, post: str, name: str, begins: date | None,
    ends: date | None, seen: int, now: datetime,
) -> None:  # fmt: skip
    """Correct a member, or say when the person came or left.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such member.
        Refused: as `add_member` says.
        Stale: somebody else changed the member since it was seen.
    """
    check_may_change(session, actor, cycle)
    member = member_for_update(session, cycle, row, seen)
    year = year_of(session, cycle)
    changed = replace(holder_of(year, member), post=post.strip(), name=name.strip(), first=begins, last=ends)
    check_holder(session, year, changed, row)
    old = as_json(member)
    member.post, member.name, member.begins, member.ends = changed.post, changed.name, begins, ends
    flush(session)
    subject = f"member:{cycle.year}/{member.unit}/{row}"
    audit.record(session, actor, subject=subject, action="changed", old=old, new=as_json(member), now=now)


def remove_member(session: Session, actor: Actor, *, cycle: CycleRow, row: int, seen: int, now: datetime) -> None:
    """Take out somebody who was entered by mistake; who left gets a last day instead.

    Raises:
        NotAllowed: the actor is not of the office.
        NotFound: there is no such member.
        Refused: the stage does not allow it.
        Stale: somebody else changed the member since it was seen.
    """
    check_may_change(session, actor, cycle)
    member = member_for_update(session, cycle, row, seen)
    subject, old = f"member:{cycle.year}/{member.unit}/{row}", as_json(member)
    session.delete(member)
    flush(session)
    audit.record(session, actor, subject=subject, action="removed", old=old, now=now)


def member_for_update(session: Session, cycle: CycleRow, row: int, seen: int) -> TeamMember:
    """A member in the version that was seen."""
    member = teams.member_at(session, cycle.id, row)
    if member is None:
        raise NotFound(NO_MEMBER)
    check_seen(member, seen)
    return member


def check_holder(session: Session, year: Year, holder: PostHolder, row: int | None) -> None:
    """Let a holder pass who has a name and a post that nobody else holds in these days.

    Raises:
        Refused: something is wrong; says it beside its field.
    """
    titles = post_titles(year)
    if not holder.post or (titles and holder.post not in titles):
        raise refused("post", NO_POST)
    if not holder.name:
        raise refused("name", NO_NAME)
    for field, text in (("post", holder.post), ("name", holder.name)):
        if len(text) > MAX_NAME_LENGTH:
            raise refused(field, TOO_LONG.format(most=MAX_NAME_LENGTH))
    if holder.first and holder.last and holder.last < holder.first:
        raise refused("ends", BACKWARDS)
    others = [each for each in teams.members(session, year.cycle.id) if each.id != row]
    other = next((each for each in others if holder_of(year, each).overlaps(holder)), None)
    if other is not None:
        title = titles.get(holder.post, Text.same(holder.post))
        facts = {"unit": year.name_of(holder.unit), "post": title, "name": quoted(other.name)}
        raise refused("begins", OVERLAP.format(**facts))


def as_json(member: TeamMember) -> dict[str, Any]:
    """A member as the log tells it."""
    days = {"from": member.begins and member.begins.isoformat(), "to": member.ends and member.ends.isoformat()}
    return {"unit": member.unit, "post": member.post, "name": member.name, **days}


def as_line(holder: PostHolder) -> str:
    """A post holder on one line of the log."""
    days = "/".join(day.isoformat() if day else ".." for day in (holder.first, holder.last))
    return f"{holder.unit} {holder.post} {holder.name} {days}"
