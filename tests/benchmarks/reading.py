"""Reading a workbook of figures, beside openpyxl alone."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from assess.core.figures import read_figures
from assess.core.rules.figure import BY_UNIT
from assess.core.scoring.inputs import ScoringInputs
from assess.core.units.unit_list import UnitNames
from assess.files.evidence_book.reading import read_evidence
from assess.files.tables import read_table
from assess.files.workbooks.books import new_book, write_text
from tests.benchmarks.measuring import Beside, beside, peak_megabytes
from tests.benchmarks.year import figures, inputs


def reading(units: int, items: int) -> Beside:
    """From the file to checked columns of figures, the look at the package included."""
    year = inputs(units, items)
    names = UnitNames(year.units)
    with TemporaryDirectory() as folder:
        path = Path(folder, "figures.xlsx")
        write_book(path, units, items)

        def ours() -> None:
            _, flaws = read_figures(year.sheet, year.units, names, read_table(path, ("unit",)), year.sheet.year)
            assert not flaws

        return beside(ours, lambda: read_bare(path), 5)


def checking(units: int, items: int) -> Beside:
    """From a department's file to values with their cells and everything wrong, the look at the package included."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "figures.xlsx")
        write_book(path, units, items)
        year = inputs(units, items)
        names = UnitNames(year.units)
        return beside(lambda: check(path, year, names), lambda: read_bare(path), 5)


def memory_of_checking(units: int, items: int) -> float:
    """The most megabytes that a process holds that does nothing else."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "figures.xlsx")
        write_book(path, units, items)
        year = inputs(units, items)
        check(path, year, UnitNames(year.units))
        return peak_megabytes()


def check(path: Path, year: ScoringInputs, names: UnitNames) -> None:
    """Read and check a file as that of the one that supplies all figures."""
    found = read_evidence(path, year.sheet, year.units, names, BY_UNIT)
    assert (found.counted, found.flaws) == (len(year.units) * len(year.sheet.figures), [])


def read_bare(path: Path) -> None:
    """All values by openpyxl, read only."""
    book = load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()


def write_book(path: Path, units: int, items: int) -> None:
    """The year's figures as a department would send them."""
    codes = inputs(units, items).units.codes
    with new_book(path) as book:
        sheet = book.add_worksheet("数据")
        for column, heading in enumerate(["unit", *(f"f{n}" for n in range(items))]):
            write_text(sheet, 0, column, heading)
        for row, (code, values) in enumerate(zip(codes, figures(units, items).T.tolist(), strict=True), 1):
            write_text(sheet, row, 0, code)
            for column, value in enumerate(values, 1):
                sheet.write_number(row, column, value / 100)
