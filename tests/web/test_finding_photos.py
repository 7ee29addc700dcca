"""Photos of findings on their way to readers: drawn anew, for whom they are, kept by browsers that ask again."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from assess.settings import Settings
from assess.store.session import Database
from tests.services.findings import a_ledger, a_photo, hand_in, record
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.finding_pages import LEDGER, a_file, stop_the_clock
from tests.web.pages import confirm, submit, visit
from tests.years import CHAOWAI, JIANWAI, person

PHOTOS, ONE = f"{LEDGER}/1/photos", f"{LEDGER}/photos/1"
WHO = (JIANWAI, CHAOWAI, "evaluator", "leader", "office", "receiver")
NOTED = Image.Exif()
NOTED[0x010F] = "a camera"
DATA = a_photo(size=(2000, 1000), exif=NOTED)


@pytest.fixture
def readers(
    app: Flask, database: Database, settings: Settings, sign_in_as: SignInAs
) -> dict[str, FlaskClient]:  # fmt: skip
    """One of each role, where a finding of Jianwai has a photo."""
    stop_the_clock(app)
    a_ledger(database)
    photo = hand_in(database, settings.uploads, person(database, "evaluator"), ("IMG.jpg", DATA)).files[0].sha256
    record(database, photos=[photo])
    return {who: english(sign_in_as(who)) for who in WHO}


def statuses(readers: dict[str, FlaskClient], size: str) -> dict[str, int]:
    """How a size of the photo is answered to each."""
    return {who: client.get(f"{ONE}/{size}", buffered=True).status_code for who, client in readers.items()}


def test_a_photo_goes_out_drawn_anew_to_who_sees_the_finding(readers: dict[str, FlaskClient]):
    read = dict.fromkeys(WHO, 200) | {CHAOWAI: 404, "receiver": 403}
    assert (statuses(readers, "thumbnail"), statuses(readers, "picture")) == (read, read)
    assert statuses(readers, "original") == dict.fromkeys(WHO, 403) | {"office": 200}

    answer = readers[JIANWAI].get(f"{ONE}/picture", buffered=True)
    picture, headers = Image.open(BytesIO(answer.data)), dict(answer.headers)
    assert (picture.size, dict(picture.getexif())) == ((1600, 800), {})
    told = ("Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options")
    assert {name: headers[name] for name in told} == {
        "Content-Type": "image/jpeg",
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    again = {"If-None-Match": headers["ETag"]}
    assert {who: readers[who].get(f"{ONE}/picture", headers=again).status_code for who in WHO} == {
        who: 304 if status == 200 else status for who, status in read.items()
    }
    original = readers["office"].get(f"{ONE}/original", buffered=True)
    assert original.data == DATA
    assert (original.headers["Content-Disposition"], original.headers["Cache-Control"]) == (
        "attachment; filename=IMG.jpg",
        "no-store",
    )


def test_a_photo_that_is_taken_off_is_for_the_office_alone(readers: dict[str, FlaskClient]):
    gone = confirm(readers["evaluator"], visit(readers["evaluator"], PHOTOS), "/withdraw")

    assert "IMG.jpg is withdrawn." in gone.main
    assert statuses(readers, "picture") == dict.fromkeys(WHO, 403) | {CHAOWAI: 404, "office": 200}
    kept = visit(readers["office"], PHOTOS)
    assert "Withdrawn photos (1)" in kept.main
    more = submit(readers["office"], kept.form("/photos"), {"photos": a_file(), "note": "大门", "side": "before"})
    assert "1 photo was added." in more.main
    assert "大门" in more.main
    assert [form.action for form in visit(readers["leader"], PHOTOS).forms] == ["/sign-out"]
    assert [*visit(readers[JIANWAI], PHOTOS).form("/photos").values] == ["csrf_token", "side", "photos", "note"]
