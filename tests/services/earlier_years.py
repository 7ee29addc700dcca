"""A year whose rule sheet looks further back than last year, with the figures of every year that it looks back to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from typing import NamedTuple

from assess.core.actors import Actor
from assess.core.workflow import Stage
from assess.services.documents import UploadedFile
from assess.services.previous import accept_figures
from assess.services.rules import load_rules, publish_rules
from assess.services.units.unit_list import accept_units
from assess.store.models import Batch, Value
from assess.store.session import Database, Session
from tests.services.objects import date_stages, move
from tests.services.setting_up import OFFICE, a_csv, a_new_year, the_year
from tests.years import NOW, people

UNITS = ["unit,name_zh,name_en,kind", "s1,甲街道,A Subdistrict,street", "s2,乙街道,B Subdistrict,street"]
HEAD = "unit,pm25,cases"
NOW_FIGURES = [HEAD, "s1,30,4", "s2,33.5,7"]
TABLES = ([HEAD, "s1,34,5", "s2,35,9"], [HEAD, "s1,40,8", "s2,38,9"], [HEAD, "s1,44,1", "s2,47,2"])
"""The figures of one, two and three years back."""

SHEET = """\
id: far
title: {zh: 比较往年, en: Against earlier years}
year: 2026
standing: issued
departments: {bureau: {title: {zh: 生态环境局, en: Ecology bureau}}}
figures:
  pm25: {title: {zh: 细颗粒物, en: PM2.5}, kind: number, decimals: 1, min: 0, from: bureau}
  cases: {title: {zh: 案件, en: Cases}, kind: count, from: bureau}
  base: {title: {zh: 基数, en: Base}, kind: number, from: formula, formula: "BASE"}
missing: zero
items:
  - {id: air, title: {zh: 大气, en: Air}, points: 60, method: ratio, figure: pm25, target: base,
     better: lower, clause: 一}
  - {id: law, title: {zh: 案件, en: Cases}, points: 40, method: ratio, figure: cases, target: "TARGET",
     better: lower, clause: 二}
"""


class Looking(NamedTuple):
    """A sheet that looks back, and how many years."""

    base: str
    target: str
    back: int

    @property
    def text(self) -> str:
        """The sheet."""
        return SHEET.replace("BASE", self.base).replace("TARGET", self.target)


TWO = Looking("previous(pm25, 2)", "previous(cases)", 2)
MEAN = Looking("mean(previous(pm25), previous(pm25, 2), previous(pm25, 3))", "previous(cases, 2)", 3)


def a_ruled_year(session: Session, looking: Looking) -> None:
    """The year with its units and the published sheet."""
    cycle = a_new_year(session)
    accept_units(session, OFFICE, cycle=cycle, document=a_csv(UNITS), now=NOW)
    document = UploadedFile("rule-sheet.yaml", looking.text.encode())
    load_rules(session, OFFICE, cycle=cycle, document=document, now=NOW)
    publish_rules(session, OFFICE, cycle=the_year(session), number=1, now=NOW)


def bring(session: Session, lines: Sequence[str], back: int, later: int = 0) -> None:
    """The figures of so many years back come in as a file."""
    now = NOW + timedelta(days=later)
    accept_figures(session, OFFICE, cycle=the_year(session), document=a_csv(lines), now=now, back=back)


def keep_values(session: Session, cycle: int, lines: Sequence[str], year: int) -> None:
    """Figures of a year, certified, as a workbook brought them."""
    batch = Batch(cycle_id=cycle, kind="import", file_name="air.xlsx", facts={}, made_by=0, made_at=NOW)
    session.add(batch)
    session.flush()
    for number, line in enumerate(lines[1:], start=2):
        unit, *numbers = line.split(",")
        session.add_all(
            Value(
                cycle_id=cycle, year=year, unit=unit, figure=figure, period=str(year),
                millionths=int(Fraction(text) * 1_000_000), word=None, state="certified", batch_id=batch.id,
                place=f"数据!B{number}", entered_by=0, entered_at=NOW, supersedes=None, superseded_at=None,
            )
            for figure, text in zip(("pm25", "cases"), numbers, strict=True)
        )  # fmt: skip
    session.flush()


def a_year_looking(database: Database, looking: Looking) -> dict[str, Actor]:
    """The year at the stage of certifying, everything there; its people."""
    with database.writing() as session:
        a_ruled_year(session, looking)
        for back in range(1, looking.back + 1):
            bring(session, TABLES[back - 1], back)
        keep_values(session, the_year(session).id, NOW_FIGURES, 2026)
        date_stages(session)
        move(session, Stage.VERIFYING)
        return people(session, ("s1", "s2"))
