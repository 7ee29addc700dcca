"""What the departments send in the demonstration: files that are accepted, one with flaws, one that waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, NamedTuple

from assess.cli.demonstration.filling import YearFilling
from assess.cli.demonstration.material import Material, Values
from assess.cli.demonstration.people import DEPARTMENT
from assess.cli.demonstration.workbooks import a_text_file, a_workbook
from assess.core.actors import Actor
from assess.core.evidence.asked import DepartmentRequest, asked_of
from assess.core.panels import judged_figures
from assess.core.rules.sheet import title_of
from assess.services import imports
from assess.services.documents import UploadedFile
from assess.services.years import Year
from assess.store.queries.imports import import_at
from assess.store.session import Session

LATER: Final = 9
"""So many units at the end of the list are told of in a second file of the evaluator who signs in."""
WATER, PRESS, LAND = "water-bureau", "publicity", "landscape"
MONTHLY: Final = (DEPARTMENT, "urban-management", "citizen-hotline")
EXPLAINED: Final = "演示：已与监测数据核对，数值无误。"


class Sending(NamedTuple):
    """A file, whose it is, and whether it is accepted."""

    department: str
    document: UploadedFile
    is_accepted: bool


Sendings = Callable[[Year, Material], Iterable[Sending]]


def send_files(filling: YearFilling, sendings: Sendings, now: datetime) -> None:
    """Send files of the departments, have them checked as the service does, and accept some."""
    with filling.acting() as (session, year):
        sent = [(send(session, filling, year, each, now), each) for each in sendings(year, filling.material)]
    filling.work(now)
    with filling.acting() as (session, year):
        for row, each in sent:
            if each.is_accepted:
                accept(session, year, filling.people.evaluators[each.department], row, now)
    filling.work(now)


def first_files(year: Year, material: Material) -> Iterable[Sending]:
    """A file with flaws, and what most departments of the demonstration send."""
    units = year.units.codes
    asked, values = asked_and_values(year, material, DEPARTMENT, units[:-LATER] or units)
    yield Sending(DEPARTMENT, a_workbook("演示-生态环境数据-初稿.xlsx", year, asked, mistyped(values, units)), False)
    yield Sending(DEPARTMENT, a_workbook("演示-生态环境数据.xlsx", year, asked, values), True)
    for department, name, make in OTHERS:
        yield Sending(department, make(name, year, *asked_and_values(year, material, department, units)), True)


def later_files(year: Year, material: Material) -> Iterable[Sending]:
    """A correction of what was accepted, and a file that waits with values that are new, changed and suspicious."""
    units = year.units.codes
    yield from correction_of_water(year, material)
    asked, values = asked_and_values(year, material, DEPARTMENT, units[-LATER:])
    march = f"{material.year}-03"
    suspicious = {(unit, "pm25", march): text for unit, text in zip(units, ("36.4", "366"), strict=False)}
    yield Sending(DEPARTMENT, a_workbook("演示-生态环境数据-补报.xlsx", year, asked, values | suspicious), False)


def correction_of_water(year: Year, material: Material) -> Iterable[Sending]:
    """Two values put right that were accepted before."""
    asked, values = asked_and_values(year, material, WATER, year.units.codes[:2])
    corrected = {key: "93.5" for key in values if key[1] == "sewage_rate"}
    yield Sending(WATER, a_workbook("演示-水务数据-更正.xlsx", year, asked, corrected), True)


def files_of_half_a_year(year: Year, material: Material) -> Iterable[Sending]:
    """What the departments know of the first half of the year that measure and count month by month."""
    for department, asked, values in known_to_departments(year, material):
        if department not in MONTHLY:
            continue
        half = {key: text for key, text in values.items() if is_of_first_half(key[2])}
        if half:
            yield Sending(department, a_workbook(called(year, department, "上半年"), year, asked, half), True)


def files_of_the_year(year: Year, material: Material) -> Iterable[Sending]:
    """What every department knows of the whole year."""
    for department, asked, values in known_to_departments(year, material):
        yield Sending(department, a_workbook(called(year, department, "全年"), year, asked, values), True)


def known_to_departments(year: Year, material: Material) -> Iterable[tuple[str, DepartmentRequest, Values]]:
    """Every department that sends figures, with what it is asked for and knows; panels judge for themselves."""
    judged = judged_figures(year.sheet)
    for department in year.sheet.departments or {}:
        asked, values = asked_and_values(year, material, department, year.units.codes)
        sent = {key: text for key, text in values.items() if key[1] not in judged}
        if sent:
            yield department, asked, sent


def called(year: Year, department: str, what: str) -> str:
    """What a file is called."""
    stated = (year.sheet.departments or {})[department]
    return f"演示-{title_of(stated, department).zh}-{what}数据.xlsx"


def is_of_first_half(period: str) -> bool:
    """Whether a period ends by the end of June."""
    return period[5:] in {"H1", "Q1", "Q2", *(f"{month:02d}" for month in range(1, 7))}


def asked_and_values(
    year: Year, material: Material, department: str, units: Iterable[str]
) -> tuple[DepartmentRequest, Values]:
    """What a department is asked for, and the invented figures about some units."""
    asked = asked_of(year.sheet, department)
    return asked, material.values_of((each.id for each in asked.figures), units)


def mistyped(values: Values, units: tuple[str, ...]) -> Values:
    """The figures with what people type by mistake."""
    year = next(period[:4] for _, _, period in values if period)
    slips = (("pm25", f"{year}-01", "约41"), ("pm25", f"{year}-02", "35．2µg"), ("noise_met", f"{year}-H1", "9470"),
             ("station_interference", "", "不详"))  # fmt: skip
    by_unit = {(units[place % len(units)], *slip[:2]): slip[2] for place, slip in enumerate(slips)}
    return {**values, **by_unit}


OTHERS: Final[tuple[tuple[str, str, Callable[[str, Year, DepartmentRequest, Values], UploadedFile]], ...]] = (
    (WATER, "演示-水务数据.xlsx", a_workbook),
    (LAND, "演示-园林绿化数据.xlsx", a_workbook),
    (PRESS, "演示-媒体曝光.csv", a_text_file),
)
"""The other departments that send a file, what it is called, and how it is made."""


def send(session: Session, filling: YearFilling, year: Year, sending: Sending, now: datetime) -> int:
    """Upload a file; its number."""
    return imports.upload_import(
        session, filling.people.evaluators[sending.department], cycle=year.cycle, department=sending.department,
        document=sending.document, folder=filling.settings.uploads, now=now,
    ).id  # fmt: skip


def accept(session: Session, year: Year, evaluator: Actor, row: int, now: datetime) -> None:
    """Say why what looks wrong is right, and ask for a file to be accepted."""
    cycle = year.cycle
    imports.explain_all(session, evaluator, cycle=cycle, row=row, words=EXPLAINED, now=now)
    found = import_at(session, cycle=cycle.id, row=row)
    assert found is not None
    imports.accept_import(session, evaluator, cycle=cycle, row=row, seen=found.version, now=now)
