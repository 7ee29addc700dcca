"""Workbooks to begin a rule sheet with: an empty one, templates, and shipped sheets to change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from assess.core.rules.sheet import RuleSheet, SheetStanding
from assess.core.text import Language, Text
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.book_writer import write_book
from assess.files.starter_folders import FOLDER, TEMPLATES

FOLDERS: Final = (Path(__file__).parents[3] / "rules", FOLDER)
EMPTY: Final = "empty"
STARTERS: Final = {
    EMPTY: Text("空白评分表", "Empty rule sheet"),
    **TEMPLATES,
    "chaoyang-2026": Text("街乡综合考核：10类，含加减分、等次和折算", "Streets and townships: ten sections and grades"),
    "fengtai-2023-09": Text("街镇大气月度排名：PM2.5和TSP", "Monthly air ranking of streets and towns: PM2.5 and TSP"),
    "beijing-pm25-2021-09": Text("各区PM2.5浓度和改善排名", "PM2.5 of districts: ranks of level and improvement"),
    "two-mountains-index": Text("“两山指数”：权重和参考值可调", "Two Mountains index with adjustable weights"),
    "method-gallery": Text("各种计分方法示例", "An example of every scoring method"),
}  # fmt: skip
"""What each is about, by the name of its folder."""


def write_starter(name: str, path: Path, *, year: int, title: Text, language: Language) -> None:
    """Write a workbook of `STARTERS` for a year: a draft that may be changed and uploaded."""
    begun = RuleSheet(id=EMPTY, title=title, year=year, items=(), path=()) if name == EMPTY else shipped(name)
    sheet = replace(begun, id=f"rules-{year}", year=year, title=title, standing=SheetStanding.DRAFT)
    write_book(sheet, path, language)


def shipped(name: str) -> RuleSheet:
    """The sheet of a shipped folder."""
    paths = [folder / name / "rule-sheet.yaml" for folder in FOLDERS]
    return load_sheet(next(path for path in paths if path.is_file())).sheet
