"""Attaching kept files to what they prove, and withdrawing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from assess.core.actors import Actor
from assess.core.errors import NotFound, Refused
from assess.core.text import Text
from assess.services import audit
from assess.services.cycles import lock_unit
from assess.services.evidence.repeats import told_uses
from assess.store.models import Attachment
from assess.store.queries import evidence as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.evidence import AttachedRow, UseRow
from assess.store.session import Session, flush

MAX_FILES: Final = 20
MAX_NOTE_LENGTH: Final = 200
NOTHING_CHOSEN = Text(
    "请选择要上传的文件，或勾选已上传的文件。", "Select files to upload, or select files already uploaded."
)
NOT_HERE = Text(
    "所选文件已失效，请重新上传。",
    "A selected file is no longer available. Upload it again.",
)
TOO_MANY = Text(
    "每项最多上传{most}个文件，现有{has}个，不能再上传{more}个。请合并文件，或先撤回不需要的文件。",
    "You can upload at most {most} files here. There are {has} and you added {more}. Merge some "
    "files or withdraw those not needed.",
)
NOT_ATTACHED = Text(
    "该文件已撤回，或不属于这一项。请刷新页面。",
    "This file was withdrawn or belongs to another item. Refresh the page.",
)


class Attached(NamedTuple):
    """What came of attaching: names of new files, names of files that were attached before, and warnings."""

    new: tuple[str, ...]
    before: tuple[str, ...]
    warnings: tuple[Text, ...]


def attach_files(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    unit: str,
    subject: str,
    claims: Sequence[str],
    note: str,
    now: datetime,
) -> Attached:
    """Attach files to a subject of a unit; whoever calls has checked that the subject may be worked on now.

    Args:
        session: the transaction.
        actor: an official of the unit.
        cycle: the year.
        unit: the code of the unit.
        subject: `figure:<id>`, `task:<no>` or `signed-form`.
        claims: SHA-256 of files that the actor handed in, or that are attached to the unit in this year.
        note: where to look in them: page, cell, photo.
        now: the moment.

    Raises:
        NotFound: another unit.
        Refused: nothing is claimed, a file is none that the actor may attach, or there would be too many.
    """
    actor.check_unit(unit)
    lock_unit(session, cycle, unit)
    attached = queries.attachments_of(session, cycle=cycle.id, unit=unit)
    names = claimed(session, actor, claims, attached)
    there = {row.sha256: row.file_name for row in attached.get(subject, [])}
    new = {sha256: name for sha256, name in names.items() if sha256 not in there}
    if len(there) + len(new) > MAX_FILES:
        too_many = TOO_MANY.format(most=MAX_FILES, has=len(there), more=len(new))
        raise Refused(too_many, {"files": too_many})
    for sha256, name in new.items():
        session.add(
            Attachment(
                cycle_id=cycle.id,
                unit=unit,
                subject=subject,
                upload=sha256,
                file_name=name,
                note=note,
                attached_by=actor.account,
                attached_at=now,
            )
        )
    flush(session)
    uses = queries.uses_elsewhere(session, cycle=cycle.id, year=cycle.year, unit=unit) if new else []
    for sha256, name in new.items():
        also = [each for each in uses if each.sha256 == sha256]
        told = {"file": name, "sha256": sha256, "note": note, "also_used": as_json(also)}
        audit.record(
            session, actor, subject=called(cycle, unit, subject), action="evidence attached", new=told, now=now
        )
    before = tuple(names[sha256] for sha256 in names if sha256 in there)
    return Attached(tuple(new.values()), before, warnings_of(actor, unit, new, uses))


def claimed(
    session: Session, actor: Actor, claims: Sequence[str], attached: Mapping[str, Sequence[AttachedRow]]
) -> dict[str, str]:
    """Names by SHA-256 of what the actor may attach.

    Raises:
        Refused: nothing is claimed, or something that the actor neither handed in nor sees attached; which of the
            two, or whether such a file exists, is not told.
    """
    wanted = list(dict.fromkeys(claims))
    if not wanted:
        raise Refused(NOTHING_CHOSEN, {"files": NOTHING_CHOSEN})
    seen = {row.sha256: row.file_name for rows in attached.values() for row in rows}
    own = queries.handed_in(session, account=actor.account, uploads=wanted)
    names = {sha256: own[sha256].file_name if sha256 in own else seen.get(sha256, "") for sha256 in wanted}
    if not all(names.values()):
        raise Refused(NOT_HERE, {"files": NOT_HERE})
    return names


def withdraw_attachment(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, subject: str, row: int, now: datetime
) -> str:
    """Take a file off a subject; its row stays, and so does the file. Gives its name.

    Raises:
        NotFound: another unit, or no such file at the subject.
    """
    actor.check_unit(unit)
    lock_unit(session, cycle, unit)
    found = queries.attachment_for_update(session, cycle=cycle.id, unit=unit, subject=subject, row=row)
    if found is None:
        raise NotFound(NOT_ATTACHED)
    found.withdrawn_at, found.withdrawn_by = now, actor.account
    told = {"file": found.file_name, "sha256": found.upload, "note": found.note}
    audit.record(session, actor, subject=called(cycle, unit, subject), action="evidence withdrawn", old=told, now=now)
    flush(session)
    return found.file_name


def called(cycle: CycleRow, unit: str, subject: str) -> str:
    """What the audit log calls the evidence of a subject."""
    return f"evidence:{cycle.year}/{unit}/{subject}"


def as_json(uses: Sequence[UseRow]) -> list[dict[str, Any]]:
    """Uses elsewhere as the audit log keeps them."""
    return [{"year": each.year, "unit": each.unit, "subject": each.subject} for each in uses]


def warnings_of(actor: Actor, unit: str, new: Mapping[str, str], uses: Sequence[UseRow]) -> tuple[Text, ...]:
    """What a person is told of new files that serve elsewhere too, each with its name."""
    told = told_uses(actor, unit=unit, uses=uses)
    return tuple(
        Text(f"{name}：{each.zh}", f"{name}: {each.en}")
        for sha256, name in new.items()
        for each in told.get(sha256, ())
    )
