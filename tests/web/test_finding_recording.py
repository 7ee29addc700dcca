"""A finding is recorded on a page: with photos that outlive a refusal, once, numbered, followed by the next one."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from PIL import ExifTags, Image

from assess.core.workflow import Stage
from assess.store.models import Cycle, Finding, FindingPhoto
from assess.store.session import Database
from tests.queries import counted
from tests.services.evidence import sha
from tests.services.findings import DUST, a_ledger, a_photo, record
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import Page, submit, visit
from tests.web.test_patrols import NEW as NEW_ROUND
from tests.web.test_patrols import ROUND
from tests.years import CHAOWAI, JIANWAI

NEW = "/2026/findings/new"
TYPED = {
    "unit": JIANWAI, "kind": "dust", "what": "渣土未苫盖", "place": "建国路 88 号", "found_on": "2026-11-20",
    "deadline": "2026-12-04", "latitude": "39.9218004", "longitude": "116.4432",
}  # fmt: skip


def located_photo() -> bytes:
    """A photo that tells where and with what it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "a telephone"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (39.0, 55.0, 18.48)
    return a_photo(exif=exif)


def recorded(database: Database) -> list[tuple[Any, ...]]:
    """The findings there are, in short."""
    with database.reading() as session:
        rows = session.query(Finding).order_by(Finding.number)
        return [(row.number, row.unit, row.source, row.state, row.latitude, row.patrol_id) for row in rows]


def sends_photo(client: FlaskClient, page: Page, data: bytes) -> tuple[int, Any]:
    """What the page's script gets when it sends one photo by itself."""
    body = {"csrf_token": page.form().values["csrf_token"], "photos": (BytesIO(data), "wall.jpg")}
    answer = client.post(f"{NEW}/photo", data=body, content_type="multipart/form-data")
    return answer.status_code, answer.json


def test_photos_outlive_a_refusal_and_nothing_hidden_in_them_is_shown(database: Database, sign_in_as: SignInAs):
    a_ledger(database)
    evaluator = english(sign_in_as("evaluator"))
    taken, chosen = located_photo(), a_photo(colour="green")
    files = {"camera": (BytesIO(taken), "image.jpg"), "photos": (BytesIO(chosen), "image.jpg")}

    refused = submit(evaluator, visit(evaluator, NEW).form(), {**TYPED, **files, "place": " "}, status=422)
    bad = {"photos": (BytesIO(a_photo(kind="GIF")), "wall.gif")}
    with_bad = submit(evaluator, refused.form(), {**bad, "place": TYPED["place"]}, status=422)
    receipt = submit(evaluator, with_bad.form())

    assert refused.errors == ["Enter where it was found."]
    assert refused.form().values["kept"] == [sha(taken), sha(chosen)]
    assert with_bad.errors == ["wall.gif is not a photo and was not saved. Upload a jpg, png or webp photo."]
    assert with_bad.form().values["kept"] == [sha(taken), sha(chosen)]
    assert (receipt.path, receipt.h1) == ("/2026/findings/1/recorded", "Finding recorded")
    assert recorded(database) == [(1, JIANWAI, "patrol", "assigned", 39_921_800, None)]
    with database.reading() as session:
        assert [(row.upload, row.side) for row in session.query(FindingPhoto).order_by(FindingPhoto.id)] == [
            (sha(taken), "before"), (sha(chosen), "before"),
        ]  # fmt: skip
    official = sign_in_as(JIANWAI)
    for size in ("picture", "thumbnail"):
        shown = official.get(f"/2026/findings/photos/1/{size}", buffered=True)
        assert (shown.status_code, dict(Image.open(BytesIO(shown.data)).getexif())) == (200, {})
        assert b"Exif" not in shown.data
    assert official.get("/2026/findings/photos/1/original").status_code == 403


def test_a_form_that_is_sent_again_records_once_and_the_next_one_follows(database: Database, sign_in_as: SignInAs):
    a_ledger(database)
    evaluator = english(sign_in_as("evaluator"))
    submit(evaluator, visit(evaluator, NEW_ROUND).form(), {**ROUND, "unit": JIANWAI})

    with counted(database) as asked:
        page = visit(evaluator, f"{NEW}?patrol=1")
    assert len(asked) <= 12
    preset = {name: page.form().values[name] for name in ("unit", "source", "patrol", "found_on")}
    assert preset == {"unit": JIANWAI, "source": "chief", "patrol": "1", "found_on": "2026-11-20"}
    assert sends_photo(evaluator, page, a_photo(kind="GIF")) == (
        422,
        {"what": ["wall.jpg is not a photo and was not saved. Upload a jpg, png or webp photo."]},
    )
    assert sends_photo(evaluator, page, a_photo()) == (200, {"claim": sha(a_photo())})
    form = page.form()
    first = submit(evaluator, form, TYPED)
    again = submit(evaluator, form, TYPED)
    other = submit(evaluator, form, {**TYPED, "place": "光华路 1 号"}, status=422)
    another = submit(evaluator, other.form())

    assert [page.path for page in (first, again, another)] == [
        "/2026/findings/1/recorded", "/2026/findings/1/recorded?again=yes", "/2026/findings/2/recorded",
    ]  # fmt: skip
    assert "Nothing was recorded twice." in again.main
    assert other.errors == [
        "Your first entry is already recorded as finding 1. This one differs and is not recorded. If it is another "
        "finding, send it again to record it under its own number."
    ]
    assert [row[:3] + row[5:] for row in recorded(database)] == [(n, JIANWAI, "chief", 1) for n in (1, 2)]
    next_one = visit(evaluator, another.links["Record another finding"])
    kept = {name: next_one.form().values[name] for name in ("unit", "source", "patrol", "place")}
    assert kept == {"unit": JIANWAI, "source": "chief", "patrol": "1", "place": ""}
    assert next_one.form().choices["kind"][:3] == ["", "dust", "open-burning"]
    assert next_one.form().values["once"] != form.values["once"]


def test_only_who_inspects_another_unit_records_and_only_while_it_is_time(database: Database, sign_in_as: SignInAs):
    a_ledger(database)
    record(database, DUST._replace(unit=CHAOWAI, kind="noise"))
    evaluator = english(sign_in_as("evaluator"))

    page = visit(evaluator, NEW)
    assert page.form().choices["unit"] == ["", CHAOWAI, JIANWAI]
    assert evaluator.get(NEW).headers["Permissions-Policy"] == "camera=(), geolocation=(self), microphone=()"
    for who in (JIANWAI, "leader", "receiver"):
        visit(sign_in_as(who), NEW, status=403)
    visit(evaluator, "/2026/findings/7/recorded", status=404)
    with database.writing() as session:
        session.query(Cycle).one().stage = Stage.ARCHIVED
    locked = visit(evaluator, NEW)
    assert "The year is at the stage Archived, so findings can only be viewed." in locked.main
    assert [form.action for form in locked.forms if form.in_main] == []
    assert submit(evaluator, page.form(), TYPED, status=422).errors != []
    assert len(recorded(database)) == 1
