"""A year whose street officials report river sections in their forms, some sections shared by two units."""

from __future__ import annotations

from typing import Final

from assess.core.actors import Actor
from assess.core.forms import UnitFormContent
from assess.core.workflow import Stage
from assess.services.documents import UploadedFile, document_of
from assess.services.rules import load_rules, publish_rules
from assess.services.units.object_list import accept_objects
from assess.services.units.unit_list import accept_units
from assess.store.session import Database, Session
from tests.services.objects import SECTIONS, date_stages, move, rows_of
from tests.services.setting_up import OFFICE, a_new_year, the_year
from tests.years import NOW, people

SECTION: Final = "_items"
"""The section of the form that asks them."""
SHEET: Final = (
    (SECTIONS / "rule-sheet.yaml").read_text(encoding="utf-8").replace("from: water", "from: unit, certified_by: water")
)
UNITS: Final = (SECTIONS / "units.csv").read_bytes() + "t2,南山镇,Nanshan Town,township\n".encode()
"""Those of the template, and a township without a section."""


LISTED: Final = document_of(SECTIONS / "objects.csv")
"""The sections of the template."""


def a_year_of_reported_sections(database: Database, listed: UploadedFile = LISTED) -> dict[str, Actor]:
    """The year 2026 while it is collecting, with these objects; its people."""
    with database.writing() as session:
        reported_sections(session, listed)
        date_stages(session)
        move(session, Stage.COLLECTING)
        return people(session, ("s1", "s2", "s3", "t1", "t2"))


def reported_sections(session: Session, listed: UploadedFile) -> None:
    """The year with its units, sheet and list of objects, and no figure."""
    cycle = a_new_year(session)
    accept_units(session, OFFICE, cycle=cycle, document=UploadedFile("units.csv", UNITS), now=NOW)
    load_rules(session, OFFICE, cycle=cycle, document=UploadedFile("rules.yaml", SHEET.encode()), now=NOW)
    publish_rules(session, OFFICE, cycle=the_year(session), number=1, now=NOW)
    accept_objects(session, OFFICE, cycle=the_year(session), document=listed, reason="", now=NOW)


def answers_of_files(form: UnitFormContent) -> dict[str, str]:
    """What the figures of the template say of each field of a form."""
    headings, *rows = rows_of("figures.csv")
    cells = [dict(zip(headings, row, strict=True)) for row in rows]
    said = {
        f"{name}@{row['object']}@{row['period'] or 2026}": row[name]
        for row in cells
        for name in headings[3:]
        if row[name]
    }
    return {key: said[key] for key in form.fields if key in said}
