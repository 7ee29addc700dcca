"""Photos of findings: drawn anew and kept, added to a finding, withdrawn, sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.errors import NotAllowed, NotFound, Refused
from assess.core.findings.photos import MAX_PHOTOS, PhotoSize, PhotoSubject
from assess.core.findings.states import DONE, FindingState
from assess.core.naming import quoted
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.core.unseen import HIDDEN, UNSEEN
from assess.core.workflow import Act, check_allowed
from assess.files.kinds import EvidenceKind, named_after
from assess.files.photos import RedrawnPhoto, draw_photo
from assess.services import audit
from assess.services.cycles import lock_year, refused
from assess.services.evidence.forgetting import ask_to_forget
from assess.services.evidence.keeping import MAX_BYTES, MAX_MEGABYTES, TOO_LARGE, Incoming, KeptFiles
from assess.services.evidence.pages import NO_FILE, EvidenceDownload
from assess.services.findings.seeing import check_sees, finding_held, is_own
from assess.services.findings.standing import subject_of
from assess.store import uploads
from assess.store.models import Finding, FindingPhoto
from assess.store.queries import findings as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.evidence import KeptRow
from assess.store.session import Session, flush
from assess.store.upload_records import note_photo, record_created_file, record_upload

MAX_NOTE_LENGTH: Final = 200
NONE_CHOSEN: Final = Text("请选择照片。", "Select a photo.")
NOT_HERE: Final = Text("所选照片已失效，请重新上传。", "A photo is no longer available. Upload it again.")
TOO_MANY: Final = Text(
    "整改前、整改后各最多{most}张照片，现有{has}张。",
    "There can be at most {most} photos before and {most} after correction. There are {has}.",
)
NOTE_TOO_LONG: Final = Text("说明最多{most}字。", "The note must be {most} characters or fewer.")
ENDED: Final = Text("该问题{state}，照片不能再改动。", "Photos can no longer be changed. The finding is {state}.")
ONLY_AFTER: Final = Text(
    "单位只能上传整改后照片，整改前照片由巡查人员上传。",
    "A unit can only upload photos after correction. Patrol staff upload photos before correction.",
)
NOT_YOURS: Final = Text(
    "只有上传者或考核办可以撤回照片。", "Only the person who uploaded a photo or the assessment office can withdraw it."
)
NO_PHOTO: Final = Text("该照片已撤回，请刷新页面。", "This photo was already withdrawn. Refresh the page.")


class Fresh(NamedTuple):
    """A photo that was drawn anew, all of it already on the disk."""

    sha256: str
    picture: str
    thumbnail: str
    size: int
    file_name: str
    drawn: RedrawnPhoto


def keep_photos(session: Session, actor: Actor, *, folder: Path, files: Iterable[Incoming], now: datetime) -> KeptFiles:
    """Draw photos anew and keep them, and say of what is no photo what is wrong.

    They are drawn and come to the disk before the session is asked anything; `files` may be read one at a time. The
    session is one of its own: what is kept outlives the refusal of what it was sent with.

    Raises:
        NotAllowed: the person neither inspects nor reports for a unit.
        OSError: the disk is full or does not answer.
        NotFound: a file was forgotten in the same instant; nothing is noted.
    """
    actor.check_may(Right.TAKE_PART)
    fresh: dict[str, Fresh] = {}
    wrongs = []
    for each in files:
        found = look_at(each)
        if isinstance(found, ParseError):
            wrongs.append(found.what)
        else:
            kept = keep_on_disk(folder, each, found)
            fresh[kept.sha256] = kept
    if fresh:
        ask_to_forget(session, now=now)
    for sha256 in sorted(fresh):
        note(session, actor, folder, fresh[sha256], now=now)
    return KeptFiles(
        tuple(KeptRow(each.sha256, each.file_name, each.drawn.kind) for each in fresh.values()), tuple(wrongs)
    )


def look_at(file: Incoming) -> RedrawnPhoto | ParseError:
    """A photo drawn anew, or why it is not kept."""
    if len(file.data) > MAX_BYTES:
        return ParseError(TOO_LARGE.format(name=quoted(file.name).strip() or "?", most=MAX_MEGABYTES))
    return draw_photo(file.data, file.name)


def keep_on_disk(folder: Path, file: Incoming, drawn: RedrawnPhoto) -> Fresh:
    """Keep the bytes of what was handed in and of what was made of it."""
    return Fresh(
        sha256=uploads.keep_bytes(folder, file.data),
        picture=uploads.keep_bytes(folder, drawn.picture),
        thumbnail=uploads.keep_bytes(folder, drawn.thumbnail),
        size=len(file.data),
        file_name=named_after(file.name, drawn.kind),
        drawn=drawn,
    )


def note(session: Session, actor: Actor, folder: Path, fresh: Fresh, *, now: datetime) -> None:
    """Say that a photo and its pictures are kept, and who handed it in."""
    drawn, jpeg = fresh.drawn, EvidenceKind.JPEG.value
    for sha256, data in sorted({fresh.picture: drawn.picture, fresh.thumbnail: drawn.thumbnail}.items()):
        record_created_file(
            session, sha256=sha256, size=len(data), kind=jpeg, file_name="photo.jpg", account=actor.account, now=now
        )
    record_upload(
        session, sha256=fresh.sha256, size=fresh.size, kind=drawn.kind.value, file_name=fresh.file_name,
        account=actor.account, now=now,
    )  # fmt: skip
    note_photo(
        session, upload=fresh.sha256, picture=fresh.picture, thumbnail=fresh.thumbnail, width=drawn.width,
        height=drawn.height, taken_on=drawn.taken_on,
    )  # fmt: skip
    for sha256 in (fresh.sha256, fresh.picture, fresh.thumbnail):
        uploads.kept_path(folder, sha256)


def add_photos(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    number: int,
    side: PhotoSubject,
    claims: Sequence[str],
    words: str,
    now: datetime,
) -> int:
    """Add photos that the actor handed in to a finding that is not closed; gives how many are new.

    Raises:
        NotAllowed: a unit adds photos of what was found, or the person may add none.
        NotFound: there is no such finding, or the actor may not see it.
        Refused: the stage does not allow it, the finding is closed, nothing is claimed, or there would be too many.
    """
    row = changing(session, actor, cycle=cycle, number=number)
    if side is PhotoSubject.BEFORE and (is_own(actor, row.unit) or not actor.may(Right.INSPECT)):
        raise NotAllowed(ONLY_AFTER)
    return add_claimed(session, actor, cycle=cycle, row=row, side=side, claims=claims, note=words, now=now)


def changing(session: Session, actor: Actor, *, cycle: CycleRow, number: int) -> Finding:
    """A finding whose photos may be changed; nobody else changes it before the transaction ends."""
    actor.check_may(Right.TAKE_PART)
    lock_year(session, cycle)
    row = finding_held(session, actor, cycle=cycle, number=number)
    check_allowed(cycle.stage, Act.INSPECT)
    state = FindingState(row.state)
    if state in (*DONE, FindingState.VOID):
        raise Refused(ENDED.format(state=state.label))
    return row


def add_claimed(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    row: Finding,
    side: PhotoSubject,
    claims: Sequence[str],
    note: str,
    now: datetime,
) -> int:
    """Add photos to a finding that is held; gives how many are new.

    Raises:
        Refused: nothing is claimed, a photo is none that the actor handed in, or there would be too many.
    """
    names = claimed(session, actor, claims)
    check_note(note)
    there = [each for each in queries.photos_of(session, row.id) if each.withdrawn_at is None]
    new = [sha256 for sha256 in names if sha256 not in {each.upload for each in there}]
    has = sum(each.side == side for each in there)
    if has + len(new) > MAX_PHOTOS:
        raise refused("photos", TOO_MANY.format(most=MAX_PHOTOS, has=has))
    for sha256 in new:
        session.add(
            FindingPhoto(
                finding_id=row.id, side=side.value, upload=sha256, file_name=names[sha256], note=note.strip(),
                added_by=actor.account, added_at=now,
            )
        )  # fmt: skip
        told = {"side": side.value, "file": names[sha256], "sha256": sha256, "note": note.strip()}
        audit.record(session, actor, subject=subject_of(cycle, row), action="photo added", new=told, now=now)
    flush(session)
    return len(new)


def claimed(session: Session, actor: Actor, claims: Sequence[str]) -> dict[str, str]:
    """Names by SHA-256 of photos that the actor handed in, in the order of the claims.

    Raises:
        Refused: nothing is claimed, or something that the actor did not hand in as a photo.
    """
    wanted = list(dict.fromkeys(claims))
    if not wanted:
        raise refused("photos", NONE_CHOSEN)
    found = queries.photos_handed_in(session, account=actor.account, uploads=wanted)
    if len(found) < len(wanted):
        raise refused("photos", NOT_HERE)
    return {sha256: found[sha256].file_name for sha256 in wanted}


def check_note(note: str) -> None:
    """Let a note pass that is short and seen.

    Raises:
        Refused: it is not.
    """
    if len(note) > MAX_NOTE_LENGTH:
        raise refused("note", NOTE_TOO_LONG.format(most=MAX_NOTE_LENGTH))
    if HIDDEN.search(note):
        raise refused("note", UNSEEN)


def withdraw_photo(
    session: Session, actor: Actor, *, cycle: CycleRow, number: int, row: int, now: datetime
) -> str:  # fmt: skip
    """Take a photo off a finding that is not closed; its row stays, and so does the file. Gives its name.

    Raises:
        NotAllowed: somebody else added it and the actor is not of the office.
        NotFound: there is no such finding or photo, or the actor may not see it.
        Refused: the stage does not allow it, or the finding is closed.
    """
    finding = changing(session, actor, cycle=cycle, number=number)
    photo = queries.photo_for_update(session, finding=finding.id, row=row)
    if photo is None:
        raise NotFound(NO_PHOTO)
    if photo.added_by != actor.account and not actor.may(Right.ADMINISTER):
        raise NotAllowed(NOT_YOURS)
    photo.withdrawn_at, photo.withdrawn_by = now, actor.account
    told = {"side": photo.side, "file": photo.file_name, "sha256": photo.upload, "note": photo.note}
    audit.record(session, actor, subject=subject_of(cycle, finding), action="photo withdrawn", old=told, now=now)
    flush(session)
    return photo.file_name


def photo_to_send(
    session: Session, actor: Actor, *, cycle: CycleRow, row: int, size: PhotoSize, folder: Path
) -> EvidenceDownload:  # fmt: skip
    """A photo of a finding for who may see the finding; as it was handed in only for the office (2 queries).

    Raises:
        NotAllowed: only the office gets what was handed in, which may tell where, when and by whom it was taken, and
            what was withdrawn.
        NotFound: there is no such photo, the reader may not see it, or the file is lost.
    """
    found = queries.photo_at(session, cycle=cycle.id, row=row)
    if found is None:
        raise NotFound(NO_FILE)
    unit, photo = found
    try:
        check_sees(actor, unit)
    except NotFound:
        raise NotFound(NO_FILE) from None
    if size is PhotoSize.ORIGINAL or photo.withdrawn_at is not None:
        actor.check_may(Right.ADMINISTER)
    if size is PhotoSize.ORIGINAL:
        return EvidenceDownload(
            uploads.kept_path(folder, photo.upload), photo.file_name, EvidenceKind(photo.kind).media_type
        )
    sha256 = photo.thumbnail if size is PhotoSize.THUMBNAIL else photo.picture
    name = named_after(photo.file_name, EvidenceKind.JPEG)
    return EvidenceDownload(uploads.kept_path(folder, sha256), name, EvidenceKind.JPEG.media_type)


def photos_waiting(session: Session, actor: Actor, claims: Sequence[str]) -> tuple[KeptRow, ...]:
    """Which of some photos a person handed in, to be shown again beside a form that was turned down (1 query)."""
    found = queries.photos_handed_in(session, account=actor.account, uploads=claims)
    return tuple(found[sha256] for sha256 in dict.fromkeys(claims) if sha256 in found)
