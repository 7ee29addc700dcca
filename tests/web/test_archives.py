"""The office has the archive of a year made and takes it away."""

from __future__ import annotations

from hashlib import sha256

from assess.core.workflow import Stage
from assess.settings import Settings
from assess.store.session import Database
from tests.queries import counted
from tests.services.archives import archived_at_any_stage, archives_made
from tests.services.runs import a_supplied_year
from tests.services.seals import a_sealed_run
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import submit, visit
from tests.years import NOW

ARCHIVE = "/2026/archive"


def test_the_office_has_an_archive_made_and_downloads_it(database: Database, settings: Settings, sign_in_as: SignInAs):
    people = a_supplied_year(database, units=2, stage=Stage.FINAL)
    office = english(sign_in_as("office"))
    assert "The results are not sealed yet" in visit(office, ARCHIVE).main
    a_sealed_run(database, people["office"], settings.uploads, now=NOW)
    assert "There is no archive yet." in visit(office, ARCHIVE).main
    archived_at_any_stage(database, people["office"], settings.uploads)

    submit(office, visit(office, ARCHIVE).form(), {})
    with counted(office.application.extensions["database"]) as asked:
        page = visit(office, ARCHIVE)
    assert len(asked) <= 12
    assert "Archive 2, requested by office" in page.main
    again = submit(office, page.form(), {}, status=422)
    assert again.errors == ["An archive is already being created. Wait until it is complete."]

    [row] = archives_made(database)
    assert page.tables["Archives"][1][3:] == [str(row.members), row.sha256]
    answer = office.get(f"{ARCHIVE}/1", buffered=True)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert sha256(answer.data).hexdigest() == row.sha256
    assert office.get(f"{ARCHIVE}/2").status_code == 404
    assert sign_in_as("leader").get(f"{ARCHIVE}/1").status_code == 403
