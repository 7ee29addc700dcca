"""The set-up pages against wrong files, two tabs, the back button, and forms that nobody was given."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from assess.core.actors import Role
from assess.core.workflow import Stage
from assess.services.accounts import Duty
from assess.services.units.unit_list import accept_units
from assess.store.models import AuditEntry, Cycle, Upload
from assess.store.queries.accounts import account_called
from assess.store.queries.units import unit_entries
from assess.store.session import Database
from assess.web.signed_values import sign_values
from tests.queries import counted
from tests.services.setting_up import FIRST_UNITS, OFFICE, a_csv, a_new_year, a_rule_sheet, a_ruled_year, the_year
from tests.web.conftest import SignInAs
from tests.web.pages import Page, read, submit, visit
from tests.years import NOW, a_person, people

UNITS = "/2026/setup/units"
LARGE = 21 * 1024 * 1024


@pytest.fixture
def office(database: Database, sign_in_as: SignInAs) -> FlaskClient:
    """An officer at work on a year of which nothing is loaded, in English."""
    with database.writing() as session:
        people(session)
        a_new_year(session)
    client = sign_in_as("office")
    client.set_cookie("language", "en")
    return client


def uploaded(client: FlaskClient, data: bytes, name: str, *, path: str = UNITS, status: int = 422) -> Page:
    """What comes of a file."""
    return submit(client, visit(client, path).form(), {"file": (BytesIO(data), name)}, status=status)


def a_list(*lines: str) -> bytes:
    """A list of units that can be read."""
    return a_csv(lines or FIRST_UNITS).data


def kept(database: Database) -> tuple[int, int]:
    """How many units and files there are."""
    with database.reading() as session:
        return len(unit_entries(session, the_year(session).id)), session.query(Upload).count()


def a_bomb() -> bytes:
    """A small workbook that grows to a gigabyte."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * (300 * 1024 * 1024))
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "units.csv"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "units.xlsx"),
        (b"MZ" + b"\0" * 100, "units.exe"),
        (b"unit,name_zh\n1,\0\n", "units.csv"),
        (b"\xff\xfe\x00", "units.csv"),
        (b"PK\x03\x04" + b"x" * 100, "units.xlsx"),
        (b"a,b\n1,2\n", "<script>alert(1)</script>.csv"),
        (b"unit\n" + b"x" * 5000 + b"\n", "units.csv"),
        (b'unit\n"<script>alert(1)</script>"\n', "units.csv"),
        (b"%PDF-1.7 ", "../../../etc/passwd"),
    ],
)
def test_a_file_that_is_no_list_is_told_so_and_nothing_is_kept(
    office: FlaskClient, database: Database, data: bytes, name: str
):
    page = uploaded(office, data, name)

    assert page.errors
    assert "<script>alert" not in page.html
    assert "/tmp" not in page.html
    assert kept(database) == (0, 0)


@pytest.mark.parametrize("path", [UNITS, "/2026/setup/rules"])
def test_a_workbook_that_grows_without_end_is_refused(office: FlaskClient, path: str):
    assert uploaded(office, a_bomb(), "units.xlsx", path=path).errors


def test_no_file_and_a_file_that_is_too_large_are_told(office: FlaskClient, database: Database):
    assert submit(office, visit(office, UNITS).form(), {}, status=422).errors == ["Select a file"]
    large = {
        "csrf_token": visit(office, UNITS).form().values["csrf_token"],
        "file": (BytesIO(b"x" * LARGE), "units.csv"),
    }
    answer = office.post(UNITS, data=large, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()
    assert read(answer, 422).errors == ["The file is larger than 20 MB and was not saved. Remove what is not needed."]
    assert kept(database) == (0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "id: 1\nid: 2\n",
        "&a [*a, *a]",
        "!!python/object/apply:os.system ['true']",
        '{"x": "\\0"}',
        "- " * 20_000,
        "\0",
        "[" * 5000,
    ],
)
def test_a_rule_sheet_that_is_none_is_told_so(office: FlaskClient, text: str):
    assert uploaded(office, text.encode(), "rules.yaml", path="/2026/setup/rules").errors


def test_hidden_characters_in_a_sheet_are_told_and_not_kept(office: FlaskClient, database: Database):

    with database.writing() as session:
        accept_units(session, OFFICE, cycle=the_year(session), document=a_csv(FIRST_UNITS), now=NOW)
    sheet = a_rule_sheet(("en: PM2.5}", 'en: "PM\\0"}'))

    page = uploaded(office, sheet.data, "rules.yaml", path="/2026/setup/rules")
    assert "Line 30, column 57" in page.main
    assert "cannot be shown" in page.main


def test_accepting_twice_changes_nothing_the_second_time(office: FlaskClient, database: Database):
    preview = uploaded(office, a_list(), "units.csv", status=303)
    submit(office, preview.form(), {})
    again = submit(office, preview.form(), {}, status=422)

    assert "nothing to save" in again.main
    assert kept(database) == (4, 1)
    with database.reading() as session:
        assert [each.action for each in session.query(AuditEntry).filter_by(subject="units:2026")] == ["accepted"]


def test_the_page_of_an_accepted_preview_says_so_when_one_goes_back(office: FlaskClient):
    preview = uploaded(office, a_list(), "units.csv", status=303)
    submit(office, preview.form(), {})

    assert "nothing to save" in read(office.get(preview.path), 422).main


def test_of_two_tabs_the_second_is_told_that_the_list_has_changed(office: FlaskClient, database: Database):
    one = uploaded(office, a_list(), "units.csv", status=303)
    other = uploaded(office, a_list(*FIRST_UNITS[:2]), "units.csv", status=303)
    submit(office, one.form(), {})

    assert "Someone else changed this" in submit(office, other.form(), {}, status=409).errors[0]
    assert kept(database)[0] == 4


def forged(client: FlaskClient, preview: Page, word: str, status: int) -> str:
    """The answer to a form with another word for its document."""
    form = preview.form()
    answer = client.post(form.action, data={**form.values, "document": word})
    assert answer.status_code == status
    return answer.text


def test_only_the_word_of_ones_own_preview_is_taken(office: FlaskClient, database: Database, sign_in_as: SignInAs, app):
    preview = uploaded(office, a_list(), "units.csv", status=303)
    word = preview.form().values["document"]
    with database.writing() as session:
        a_person(session, "colleague2", Duty(Role.OFFICE))
    colleague = sign_in_as("colleague2")

    for other in ("", "x", word[:-2] + "AA", "é", "A" * 5000, word + word):
        assert "Upload the file again" in forged(office, preview, other, 404)
    assert colleague.get(f"{UNITS}/preview", query_string={"document": word}).status_code == 404
    assert office.get("/2026/setup/rules/preview", query_string={"document": word}).status_code == 404
    with app.test_request_context():
        unkept = sign_values("units:2026:1", ["0" * 64, "units.csv", 1])
        me = sign_values(f"units:2026:{account(database)}", ["0" * 64, "units.csv", 1])
    forged(office, preview, unkept, 404)
    forged(office, preview, me, 404)
    assert kept(database) == (0, 1)


def account(database: Database) -> int:

    with database.reading() as session:
        found = account_called(session, "office")
        assert found is not None
        return found.id


@pytest.mark.parametrize("seen", ["", "x", "0", "-1", "9" * 30, "١"])
def test_a_version_that_nobody_saw_is_overtaken(office: FlaskClient, database: Database, seen: str):
    form = visit(office, "/2026/setup/previous/none/figures").form()
    answer = office.post(form.action, data={**form.values, "seen": seen})

    assert answer.status_code == 409
    with database.reading() as session:
        assert session.query(AuditEntry).filter_by(subject="previous-figures:2026").count() == 0


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"year": "", "title_zh": "", "title_en": ""}, 3),
        ({"year": "20x6"}, 1),
        ({"year": "1899"}, 1),
        ({"year": "99999"}, 1),
        ({"year": "2026"}, 1),
        ({"title_zh": "长" * 5000}, 1),
        ({"title_en": "   "}, 1),
    ],
)
def test_a_year_needs_a_number_of_its_own_and_titles(office: FlaskClient, values: dict[str, str], told: int):
    right = {"year": "2027", "title_zh": "2027年<script>", "title_en": "Year 2027"}

    page = submit(office, visit(office, "/years/new").form(), right | values, status=422)
    assert len(page.errors) == told
    assert page.form().values["title_zh"] == (right | values)["title_zh"].strip()


def test_a_name_is_refused_beside_its_field_and_what_was_typed_stays(office: FlaskClient, database: Database):
    uploaded_and_accepted = uploaded(office, a_list(), "units.csv", status=303)
    submit(office, uploaded_and_accepted.form(), {})
    form = visit(office, f"{UNITS}/110105001").form()

    page = submit(office, form, {"name_zh": "朝外街道", "begins": "2026-07-01", "reason": "x"}, status=422)
    assert page.errors == ["朝外街道 is the name of another unit."]
    assert page.form().values["name_zh"] == "朝外街道"
    page = submit(office, form, {"name_zh": "<b>新</b>", "begins": "soon", "reason": "x"}, status=422)
    assert page.errors == ["Enter a date such as 2026-03-25"]
    done = submit(office, form, {"name_zh": "<b>新</b>", "begins": "2026-07-01", "reason": "文"})
    assert "<b>新</b>" not in done.html
    assert visit(office, f"{UNITS}/nobody", status=404)


def test_a_locked_year_takes_nothing(office: FlaskClient, database: Database):

    preview = uploaded(office, a_list(), "units.csv", status=303)
    with database.writing() as session:
        session.get_one(Cycle, the_year(session).id).stage = Stage.FINAL

    assert "locked at this stage" in visit(office, UNITS).main
    assert read(office.post(preview.form().action, data=preview.form().values), 422)
    assert kept(database)[0] == 0


def test_the_set_up_asks_little_of_the_database(office: FlaskClient, database: Database, app):

    with database.writing() as session:
        session.delete(session.get_one(Cycle, the_year(session).id))
        session.flush()
        a_ruled_year(session)
    pages = ("", "/units", "/units/110105001", "/rules", "/rules/1", "/tasks", "/previous", "/previous/none/figures")
    for path in ("/years", *(f"/2026/setup{page}" for page in pages)):
        visit(office, path)
        with counted(app.extensions["database"]) as statements:
            visit(office, path)
        assert len(statements) <= 12, (path, len(statements))
