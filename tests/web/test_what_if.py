"""A draft of the rule sheet tried on a run, on the office's pages."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from assess.core.runs.change_tables import ENTRIES, UNITS
from assess.settings import Settings
from assess.store.session import Database
from tests.queries import counted
from tests.services.runs import a_run, a_supplied_year
from tests.services.setting_up import a_rule_sheet
from tests.services.test_what_if import MORE_FOR_DUST, with_a_draft
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.pages import asked, visit
from tests.years import person

MOST = 12


def test_the_office_goes_from_a_draft_to_whom_it_moves_and_takes_the_workbook_along(
    database: Database, settings: Settings, sign_in_as: SignInAs
):
    a_supplied_year(database, units=6)
    a_run(database, person(database, "office"), settings.uploads)
    with_a_draft(database, a_rule_sheet(MORE_FOR_DUST))
    office = english(sign_in_as("office"))

    draft = visit(office, "/2026/setup/rules/2")
    with counted(office.application.extensions["database"]) as queries:
        page = asked(office, draft, "/what-if")

    assert len(queries) <= MOST
    moved = next(rows for caption, rows in page.tables.items() if caption.startswith("Units that change"))
    causes = next(rows for caption, rows in page.tables.items() if caption.startswith("What changes the totals"))
    assert {row[-1].rpartition(" ")[0] for row in moved[1:] if row[2] != "–"} <= {row[0] for row in causes[1:]}
    book = load_workbook(BytesIO(office.get(page.links["Download Excel"]).data))
    assert book.sheetnames == [UNITS.en, ENTRIES.en]
    assert len([*book[UNITS.en].values]) == 6 + 3


def test_a_year_without_any_run_says_what_to_do(database: Database, sign_in_as: SignInAs):
    a_supplied_year(database, units=2)
    office = english(sign_in_as("office"))

    answer = office.get("/2026/setup/rules/1/what-if")

    assert answer.status_code == 422
    assert "There is no run to try it on." in answer.text
