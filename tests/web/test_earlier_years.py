"""Pages on which the office gives the figures of each year that the rule sheet looks back to."""

from __future__ import annotations

import re
from io import BytesIO

from assess.store.session import Database
from tests.services.earlier_years import MEAN, TABLES, a_ruled_year
from tests.web.conftest import SignInAs
from tests.web.pages import submit, visit
from tests.years import people


def test_each_year_that_the_sheet_looks_back_to_has_a_part_of_its_own(database: Database, sign_in_as: SignInAs):
    with database.writing() as session:
        a_ruled_year(session, MEAN)
        people(session, ("s1", "s2"))
    office = sign_in_as("office")
    office.set_cookie("language", "en")
    page = visit(office, "/2026/setup/previous")
    assert re.findall(r"<h2[^>]*>((?:Figures|Results) of \d+)<", page.html) == [
        "Figures of 2025", "Results of 2025", "Figures of 2024", "Figures of 2023",
    ]  # fmt: skip

    form = visit(office, "/2026/setup/previous/figures/2")
    assert form.h1 == "Import the figures of 2024"
    preview = submit(office, form.form(), {"file": (BytesIO("\n".join(TABLES[1]).encode()), "2024.csv")})
    assert preview.tables["Values by figure"][1:] == [["PM2.5", "2", "2"], ["Cases", "2", "2"]]
    assert "The figures of 2024 are imported." in submit(office, preview.form(), {}).main

    none = visit(office, "/2026/setup/previous/none/figures/3")
    assert none.h1 == "There are no figures of 2023"
    assert "Recorded: no data of 2023." in submit(office, none.form(), {}).main
    visit(office, "/2026/setup/previous/figures/4", status=404)
    visit(office, "/2026/setup/previous/none/figures/4", status=404)
    office.set_cookie("language", "zh")
    for path in ("", "/figures/2", "/none/figures/2"):
        assert visit(office, f"/2026/setup/previous{path}", language="zh").language == "zh"
