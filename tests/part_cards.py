"""A year of one street whose items are scored by months, by river sections, and by both."""

from __future__ import annotations

from pathlib import Path

from assess.core.explanations.lines import ResultLines
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import CardRow, Scorecard
from assess.core.scorecard.paper import card_on_paper
from assess.core.scorecard.part_content import PartTable
from assess.core.scoring.run import score
from assess.files.scoring_inputs import Paths, read_inputs

SHEET = """\
id: parts
title: {zh: 分部分考核, en: Sheet with parts}
year: 2026
rounding: {item: 2, total: 2}
objects: {section: {title: {zh: 断面, en: river sections}}}
figures:
  oxygen: {title: {zh: 溶解氧, en: Oxygen}, kind: number, decimals: 2, unit: mg/L, of: section, period: month,
    roll_up: mean, from: water}
  class: {title: {zh: 水质类别, en: Class}, kind: choice, choices: [II, III], of: section, from: water}
  found: {title: {zh: 发现问题, en: Problems}, kind: count, period: month, roll_up: sum, from: city}
items:
  - {id: month, title: {zh: 月考评, en: Inspection}, points: 40, by: quarter, each: {points: 100, missing: zero},
    over: mean, pick: {trim: 1}, method: deduct, lines: [{figure: found, points: 2}], missing: zero, clause: 第一条}
  - {id: water, title: {zh: 断面水质, en: Water}, points: 20, by: section, where: level == "national",
    each: {missing: exclude}, over: mean, part_weight: share, method: lookup, figure: class,
    table: {II: 20, III: 15}, missing: zero, clause: 第二条}
  - {id: oxygen-item, title: {zh: 断面溶解氧, en: Oxygen of sections}, points: 40, by: [section, month],
    where: not (object == "W2" and period == 3), each: {points: 100, missing: zero, round: 1}, over: mean,
    pick: {worst: 2}, method: interpolate, figure: oxygen, points_at: [[3, 0], [6, 100]], missing: zero,
    clause: 第三条}
"""
OBJECTS = """\
kind,object,name_zh,name_en,unit,share,level
section,W1,清水河断面,Qingshui River,a,1,national
section,W2,白马河断面,Baima River,a,0.5,national
section,W3,荆河断面,Jing River,a,1,city
"""
FIGURES = """\
unit,object,period,figure,value
a,,2026-01,found,3
a,,2026-02,found,2
a,,2026-04,found,10
a,,2026-07,found,1
,W1,2026,class,II
,W2,2026,class,III
,W3,2026,class,III
,W1,2026-01,oxygen,6.50
,W1,2026-02,oxygen,4.50
,W1,2026-03,oxygen,7
,W2,2026-01,oxygen,5.25
,W3,2026-03,oxygen,5.25
"""
EXEMPTIONS = """\
unit,item,part,reason,approver
a,oxygen-item,W3 2026-01,断流,区生态环境局
a,oxygen-item,W3 2026-02,断流,区生态环境局
a,oxygen-item,W2 2026-02,断流,区生态环境局
"""
UNITS = "unit,name_zh,name_en\na,城关街道,Chengguan\n"


def parts_maker(folder: Path, through: str = "2026-03", sheet: str = SHEET) -> BookMaker:
    """The cards of the year so far."""
    texts = {"rules.yaml": sheet, "units.csv": UNITS, "figures.csv": FIGURES, "objects.csv": OBJECTS}
    for name, text in {**texts, "exemptions.csv": EXEMPTIONS}.items():
        (folder / name).write_text(text, "utf-8")
    paths = Paths(
        rules=folder / "rules.yaml", units=folder / "units.csv", figures=folder / "figures.csv",
        objects=folder / "objects.csv", exemptions=folder / "exemptions.csv", through=through,
    )  # fmt: skip
    return BookMaker(ResultLines(score(read_inputs(paths))))


def parts_card(folder: Path, through: str = "2026-03") -> Scorecard:
    """The card of the street as pages show it."""
    return card_on_paper(parts_maker(folder, through).card(0))


def row_of_item(card: Scorecard, item: str) -> CardRow:
    """The row of an item."""
    return next(row for row in card.rows if row.id == item)


def parts_of_item(card: Scorecard, item: str) -> PartTable:
    """The parts of an item."""
    found = row_of_item(card, item).parts
    assert found is not None
    return found
