"""What the commands make of each shipped rule sheet: results, books, conversions, departments' templates."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.cli.running import run

RULES = Path(__file__).parents[2] / "rules"
LANGUAGES = ("zh", "en")
FEW = 2
"""So many units stand in the documents of a sheet that has many."""
OBJECTS = "objects.csv"
"""Sheets with this list have no templates: the workbook of a department has no rows for objects yet."""
WHOLE = "method-gallery"
"""The sheet that shows every method, each on a unit of its own."""


def sheet_products(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The products of every shipped sheet."""
    for sheet in sorted(path.parent for path in RULES.glob("*/rule-sheet.yaml")):
        made = folder / sheet.name
        made.mkdir(parents=True)
        told(made / "check.txt", "rules", "check", str(sheet / "rule-sheet.yaml"), "--lang", "en")
        convert(sheet, made)
        score(sheet, (sheet / "units.csv", sheet / "figures.csv"), made, ("results.json", "results.csv"))
        units, figures = few_units(sheet, folder)
        for language in LANGUAGES:
            names = (f"ranking-{language}.xlsx", f"book-{language}.pdf")
            score(sheet, (units, figures), made, names, language)
        if sheet.name == WHOLE:
            rule_books(sheet, made)
        if not (sheet / OBJECTS).exists():
            templates(sheet, units, figures, made)
        yield from ((f"sheets/{sheet.name}/{file.name}", file.read_bytes()) for file in sorted(made.iterdir()))
    changed = run("rules", "diff", *(str(RULES / f"chaoyang-{year}" / "rule-sheet.yaml") for year in (2025, 2026)))
    yield "sheets/chaoyang-2025-to-2026.txt", changed.out.encode()


def done(*words: str) -> str:
    """What a command prints that ends well."""
    ended = run(*words)
    assert ended.code == 0, (words, ended)
    return ended.out


def told(file: Path, *words: str) -> None:
    """Keep what a command prints."""
    file.write_text(done(*words), encoding="utf-8")


def convert(sheet: Path, made: Path) -> None:
    """The sheet as a workbook, and what comes of that as YAML."""
    done("rules", "convert", str(sheet / "rule-sheet.yaml"), str(made / "rules.xlsx"))
    done("rules", "convert", str(made / "rules.xlsx"), str(made / "rules-again.yaml"))


def rule_books(sheet: Path, made: Path) -> None:
    """The sheet as a document to read, of every ending and in both languages."""
    for language in LANGUAGES:
        for ending in ("pdf", "docx", "html"):
            name = str(made / f"rules-{language}.{ending}")
            done("rules", "book", str(sheet / "rule-sheet.yaml"), "--out", name, "--lang", language)


def score(sheet: Path, tables: tuple[Path, Path], made: Path, names: tuple[str, ...], language: str = "zh") -> None:
    """Score the units and figures of two tables into files of these names."""
    units, figures = tables
    words = ["score", str(sheet / "rule-sheet.yaml"), "--units", str(units), "--figures", str(figures)]
    if (sheet / OBJECTS).exists():
        words += ["--objects", str(sheet / OBJECTS)]
    for before in sorted(sheet.glob("figures-20??.csv")):
        words += ["--previous", str(few_figures(sheet, before, units, made.parent / before.name))]
    for name in names:
        words += ["--out", str(made / name)]
    done(*words, "--lang", language)


def few_units(sheet: Path, folder: Path) -> tuple[Path, Path]:
    """The lists of the first units of a sheet and of their figures; all of a sheet whose figures are of objects."""
    if (sheet / OBJECTS).exists():
        return sheet / "units.csv", sheet / "figures.csv"
    units = rows_of(sheet / "units.csv")
    codes = [row[0] for row in units[1:]][: None if sheet.name == WHOLE else FEW]
    return (
        only(sheet / "units.csv", codes, folder / "units.csv"),
        only(sheet / "figures.csv", codes, folder / "figures.csv"),
    )


def few_figures(sheet: Path, figures: Path, units: Path, target: Path) -> Path:
    """The figures of the units of a list; all of a sheet whose figures are of objects."""
    return figures if (sheet / OBJECTS).exists() else only(figures, codes_in(units), target)


def only(file: Path, codes: list[str], target: Path) -> Path:
    """The rows of some units in a table whose first column is their code."""
    head, *rows = rows_of(file)
    with target.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *(row for row in rows if row[0] in codes)])
    return target


def codes_in(units: Path) -> list[str]:
    """The codes of a list of units."""
    return [row[0] for row in rows_of(units)[1:]]


def rows_of(file: Path) -> list[list[str]]:
    """The rows of a table."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


def templates(sheet: Path, units: Path, figures: Path, made: Path) -> None:
    """The workbook that each department of a sheet fills in; of the first one in each language."""
    stated = yaml.safe_load((sheet / "rule-sheet.yaml").read_text(encoding="utf-8"))
    for place, department in enumerate(stated["departments"]):
        for language in LANGUAGES if place == 0 else LANGUAGES[:1]:
            done(
                "evidence", "template", "--rules", str(sheet / "rule-sheet.yaml"), "--units", str(units),
                "--figures", str(figures), "--department", department, "--lang", language,
                "--out", str(made / f"template-{department}-{language}.xlsx"),
            )  # fmt: skip
