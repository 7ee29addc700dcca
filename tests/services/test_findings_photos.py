"""Photos of findings: handed in, claimed by whoever handed them in, sent without what they hid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from assess.core.errors import NotAllowed, NotFound, Refused
from assess.core.findings.photos import PhotoSize, PhotoSubject
from assess.services.evidence import forget_unclaimed
from assess.services.findings import add_photos, photo_to_send, photos_waiting, withdraw_photo
from assess.store.models import FindingPhoto, Photo, Upload
from assess.store.session import Database
from tests.services.evidence import sha
from tests.services.findings import DUST, a_ledger, a_photo, closed, hand_in, page_of, record, row_of, step
from tests.services.forms import year_2026
from tests.years import CHAOWAI, JIANWAI, NOW, person

BROWN, GREEN = a_photo(colour="brown"), a_photo(colour="green")


@pytest.fixture
def folder(instance: Path) -> Path:
    return instance / "uploads"


@pytest.fixture
def ledger(database: Database) -> Database:
    return a_ledger(database)


def add(
    database: Database,
    who: str,
    *claims: str,
    number: int = 1,
    side: PhotoSubject = PhotoSubject.BEFORE,
    words: str = "",
) -> int:
    actor = person(database, who)
    with database.writing() as session:
        cycle = year_2026(session)
        return add_photos(
            session, actor, cycle=cycle, number=number, side=side, claims=claims, words=words, now=NOW
        )  # fmt: skip


def sent(database: Database, folder: Path, who: str, row: int, size: PhotoSize) -> bytes:
    with database.reading() as session:
        cycle = year_2026(session)
        found = photo_to_send(session, person(database, who), cycle=cycle, row=row, size=size, folder=folder)
    assert found.media_type == "image/jpeg"
    return found.path.read_bytes()


def withdraw(database: Database, who: str, row: int) -> str:
    actor = person(database, who)
    with database.writing() as session:
        return withdraw_photo(session, actor, cycle=year_2026(session), number=1, row=row, now=NOW)


def shown(database: Database, who: str, side: PhotoSubject, number: int = 1) -> Sequence[tuple[str, str, bool]]:
    found = page_of(database, who, number).of_side(side)
    return [(each.row.file_name, each.row.by, each.may_withdraw) for each in found]


def test_photos_before_come_with_the_finding_and_those_after_with_the_report(ledger: Database, folder: Path):
    kept = hand_in(ledger, folder, person(ledger, "evaluator"), ("现场.jpg", BROWN), ("图.svg", b"<svg/>"))
    assert ([each.file_name for each in kept.files], [each.en[:14] for each in kept.wrongs]) == (
        ["现场.jpg"], ["图.svg is a web"],
    )  # fmt: skip
    record(ledger, photos=[sha(BROWN)])
    hand_in(ledger, folder, person(ledger, JIANWAI), ("苫盖后.jpeg", GREEN))
    step(ledger, "report", JIANWAI, photos=[sha(GREEN)])

    assert shown(ledger, "office", PhotoSubject.BEFORE) == [("现场.jpg", "evaluator", True)]
    assert shown(ledger, "evaluator", PhotoSubject.BEFORE) == [("现场.jpg", "evaluator", True)]
    assert shown(ledger, "evaluator", PhotoSubject.AFTER) == [("苫盖后.jpeg", JIANWAI, False)]
    closed_by = ("pass", "close")
    for each in closed_by:
        step(ledger, each, "reviewer")
    assert shown(ledger, JIANWAI, PhotoSubject.AFTER) == [("苫盖后.jpeg", JIANWAI, False)]
    assert page_of(ledger, JIANWAI).sides == ()
    for who in (JIANWAI, "office"):
        with pytest.raises(Refused, match=r"Photos can no longer be changed\. The finding is closed and filed"):
            withdraw(ledger, who, 2)


def test_a_photo_is_claimed_only_by_whoever_handed_it_in(ledger: Database, folder: Path):
    hand_in(ledger, folder, person(ledger, "office"), ("a.jpg", BROWN))
    record(ledger)
    for claims in ([sha(BROWN)], ["0" * 64], []):
        with pytest.raises(Refused) as refused:
            add(ledger, "evaluator", *claims)
        assert list(refused.value.fields) == ["photos"]
    with pytest.raises(Refused):
        record(ledger, photos=[sha(BROWN)])
    assert (add(ledger, "office", sha(BROWN)), add(ledger, "office", sha(BROWN))) == (1, 0)
    with ledger.reading() as session:
        waiting = photos_waiting(session, person(ledger, "office"), [sha(BROWN), "x", sha(BROWN)])
    assert [each.file_name for each in waiting] == ["a.jpg"]
    assert record(ledger).number == 2


def test_a_unit_adds_only_what_was_done_and_nobody_of_another_unit_anything(ledger: Database, folder: Path):
    record(ledger)
    for who in (JIANWAI, CHAOWAI, "evaluator"):
        hand_in(ledger, folder, person(ledger, who), ("a.jpg", BROWN))
    with pytest.raises(NotAllowed, match="A unit can only upload photos after correction"):
        add(ledger, JIANWAI, sha(BROWN))
    with pytest.raises(NotFound):
        add(ledger, CHAOWAI, sha(BROWN), side=PhotoSubject.AFTER)
    with pytest.raises(NotAllowed):
        hand_in(ledger, folder, person(ledger, "leader"), ("a.jpg", BROWN))
    with pytest.raises(NotAllowed):
        add(ledger, "leader", sha(BROWN), side=PhotoSubject.AFTER)
    assert add(ledger, JIANWAI, sha(BROWN), side=PhotoSubject.AFTER, words=" 北侧 ") == 1
    assert page_of(ledger, "office").of_side(PhotoSubject.AFTER)[0].row.note == "北侧"
    assert [page_of(ledger, who).sides for who in (JIANWAI, "evaluator", "leader")] == [
        (PhotoSubject.AFTER,), (PhotoSubject.BEFORE, PhotoSubject.AFTER), (),
    ]  # fmt: skip


def test_only_the_office_gets_what_was_handed_in_and_what_was_withdrawn(ledger: Database, folder: Path):
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (39.0, 55.0, 18.48)
    data = a_photo(exif=exif)
    hand_in(ledger, folder, person(ledger, "evaluator"), ("a.jpg", data))
    record(ledger, photos=[sha(data)])

    for who in (JIANWAI, "evaluator", "leader", "office"):
        picture = sent(ledger, folder, who, 1, PhotoSize.PICTURE)
        assert dict(Image.open(BytesIO(picture)).getexif()) == {}
        assert Image.open(BytesIO(sent(ledger, folder, who, 1, PhotoSize.THUMBNAIL))).size == (80, 60)
    assert sent(ledger, folder, "office", 1, PhotoSize.ORIGINAL) == data
    for who in (JIANWAI, "evaluator", "leader"):
        with pytest.raises(NotAllowed):
            sent(ledger, folder, who, 1, PhotoSize.ORIGINAL)
    for who, row in ((CHAOWAI, 1), ("receiver", 1), (JIANWAI, 2)):
        with pytest.raises(NotFound, match="no such file"):
            sent(ledger, folder, who, row, PhotoSize.PICTURE)

    with pytest.raises(NotAllowed, match="the person who uploaded"):
        withdraw(ledger, "reviewer", 1)
    assert withdraw(ledger, "evaluator", 1) == "a.jpg"
    assert shown(ledger, "office", PhotoSubject.BEFORE) == []
    with pytest.raises(NotAllowed):
        sent(ledger, folder, JIANWAI, 1, PhotoSize.PICTURE)
    assert sent(ledger, folder, "office", 1, PhotoSize.ORIGINAL) == data
    with pytest.raises(NotFound, match="already withdrawn"):
        withdraw(ledger, "evaluator", 1)


def test_a_side_takes_twelve_photos(ledger: Database, folder: Path):
    record(ledger)
    data = [a_photo(colour=f"#{n:02x}0000") for n in range(0, 130, 10)]
    hand_in(ledger, folder, person(ledger, "office"), *((f"{n}.jpg", each) for n, each in enumerate(data)))
    assert add(ledger, "office", *map(sha, data[:12])) == 12
    with pytest.raises(Refused, match=r"There can be at most 12 photos before and 12 after correction. There are 12"):
        add(ledger, "office", sha(data[12]))
    assert add(ledger, "office", sha(data[12]), side=PhotoSubject.AFTER) == 1


def test_doubtful_photos_are_told(ledger: Database, folder: Path):
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:01 10:00:00"
    data = a_photo(exif=exif)
    record(ledger)
    record(ledger, DUST._replace(unit=CHAOWAI))
    for who, number in ((JIANWAI, 1), (CHAOWAI, 2)):
        hand_in(ledger, folder, person(ledger, who), ("a.jpg", data))
        add(ledger, who, sha(data), number=number, side=PhotoSubject.AFTER)

    doubts = [each.en for each in page_of(ledger, "office").of_side(PhotoSubject.AFTER)[0].doubts]
    assert doubts == [
        "The photo was taken on 2026-11-01, before the finding. Check it.",
        "The same photo is used for another finding. Check it.",
    ]


def test_photos_that_nobody_claims_go_with_what_was_made_of_them(ledger: Database, folder: Path):
    record(ledger)
    hand_in(ledger, folder, person(ledger, "office"), ("kept.jpg", BROWN), ("left.jpg", GREEN))
    add(ledger, "office", sha(BROWN))
    for days in (8, 9):
        with ledger.writing() as session:
            forget_unclaimed(session, folder=folder, now=NOW + timedelta(days=days))

    with ledger.reading() as session:
        assert [each.upload for each in session.query(Photo)] == [sha(BROWN)]
        assert session.query(FindingPhoto).count() == 1
        names = {upload.sha256 for upload in session.query(Upload)}
    assert names == {path.name for path in folder.rglob("*") if path.is_file()}
    assert len(names) == len({sha(BROWN), *(sha(sent(ledger, folder, "office", 1, size)) for size in PhotoSize)})
    closed(ledger)
    assert row_of(ledger).closed_on is not None
