"""`make bench`: the budgets of the service and what this machine needs, as one table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.benchmarks import documents, findings, first_run, large_year, pages, reading, scoring
from tests.benchmarks.measuring import Beside, alone

TOLERANCE = 1.1
"""Time counts as growing in proportion up to so many times the growth of the work."""


class Row(NamedTuple):
    """One line of the table: seconds (or megabytes, or times, as `unit` says), and the budget in the same unit."""

    work: str
    measured: float
    unit: str
    budget: float | None = None
    beside: str = ""

    def cells(self) -> tuple[str, ...]:
        """The line as it is printed."""
        budget = "" if self.budget is None else shown(self.budget, self.unit)
        met = "" if self.budget is None else "met" if self.measured <= self.budget else "**missed**"
        return self.work, shown(self.measured, self.unit), budget, met, self.beside


def shown(amount: float, unit: str) -> str:
    """An amount with its unit; short times in milliseconds."""
    if unit == "s" and amount < 1:
        amount, unit = amount * 1000, "ms"
    digits = 0 if amount >= 10 or (unit == "ms" and amount == round(amount)) else 1
    return f"{amount:.{digits}f} {unit}"


def against(other: str, pair: Beside) -> str:
    """What the bare work needed, and how many times as much ours."""
    return f"{other} {shown(pair.bare, 's')}: {pair.ours / pair.bare:.1f} ×"


def scoring_rows() -> Iterator[Row]:
    """Scoring in memory, by units and by items."""
    pairs = {units: alone(scoring.scoring, units, 150)[0] for units in (43, 343, 3_430, 38_600)}
    budgets = {343: 0.010, 38_600: 0.3}
    for units, pair in pairs.items():
        work = f"Score and rank {units:,} units × 150 items in memory"
        yield Row(work, pair.ours, "s", budgets.get(units), against("NumPy floats", pair))
    yield Row("… its memory", alone(scoring.memory_of_scoring, 38_600, 150), "MB", 600)
    yield growth_row("… 38,600 units against 3,430", pairs[38_600], pairs[3_430], 38_600 / 3_430)
    by_items = alone(scoring.scoring, 3_430, 75, 150, 300)
    for items, pair in zip((75, 150, 300), by_items, strict=True):
        yield Row(f"3,430 units × {items} items", pair.ours, "s", None, against("NumPy floats", pair))
    yield growth_row("… 300 items against 75", by_items[-1], by_items[0], 4)


def month_rows() -> Iterator[Row]:
    """Scoring month by month, and what another sheet would change."""
    year, month = alone(scoring.by_month, 343, 150)
    yield Row("Score 343 × 150 by month, one month", month, "s")
    yield Row("Score 343 × 150 by month, twelve months", year, "s")
    yield Row("… twelve months against one", year / month, "×", 12, "in proportion: 12.0 ×")
    yield Row("What another sheet changes in every total, 343 × 150", alone(scoring.what_if, 343, 150), "s", 1)


def growth_row(work: str, larger: Beside, smaller: Beside, times: float) -> Row:
    """How many times as long so many times the work takes."""
    return Row(work, larger.ours / smaller.ours, "×", TOLERANCE * times, f"in proportion: {times:.1f} ×")


def whole_rows() -> Iterator[Row]:
    """The whole command, re-scorings, and reading a workbook."""
    yield Row("`assess score`, 343 × 150, files in, JSON out, with start-up", scoring.command(343, 150), "s", 0.8)
    yield Row("Headroom of every item, 343 × 150", alone(scoring.headroom, 343, 150), "s", 5)
    yield Row("1,000 re-scorings with varied weights, 343 × 150", alone(scoring.rescoring, 343, 150), "s", 1)
    pair = alone(reading.reading, 343, 150)
    yield Row("Read a table of 51,450 figures to score", pair.ours, "s", 3 * pair.bare, against("openpyxl alone", pair))
    pair = alone(reading.checking, 343, 150)
    work = "Check a department's workbook of 51,450 figures"
    yield Row(work, pair.ours, "s", 3 * pair.bare, against("openpyxl alone", pair))
    yield Row("… its memory", alone(reading.memory_of_checking, 343, 150), "MB", 300)


def document_rows() -> Iterator[Row]:
    """Scorecards and books."""
    for items, budget in ((40, 0.020), (150, 0.060)):
        pair = alone(documents.one_card, items)
        yield Row(f"One scorecard of {items} lines", pair.ours, "s", budget, against("bare reportlab", pair))
    for items in (40, 150):
        seconds, megabytes = alone(documents.whole_book, 343, items)
        yield Row(f"Ranked book of 343 × {items} lines, one process", seconds, "s")
        yield Row("… its memory", megabytes, "MB", 600)
    for items in (40, 150):
        yield Row(f"Signing a scorecard of {items} lines", alone(documents.sealing, items), "s")


def large_year_rows() -> Iterator[Row]:
    """A year of a large district made whole by workers, on either engine."""
    for engine, called in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL")):
        for name, clock, processor, megabytes in large_year.whole_year(engine, 343, 150):
            title = f"{name} of 343 units × 150 items with sources ({called}), by the clock"
            yield Row(title, clock, "s", large_year.BUDGETS.get(name), f"processor {shown(processor, 's')}")
            yield Row("… the memory of all its processes", megabytes, "MB", 600)


def page_rows() -> Iterator[Row]:
    """Pages of the service, and its start."""
    for page, seconds, queries in alone(pages.page_times):
        yield Row(f"p95 of {page}, 43 units × 144 items", seconds, "s", 0.050, f"{queries} queries")
    yield Row("Start of the service, by the clock", pages.start_of_service(), "s", 2)
    yield Row("`make run` once installed: from an empty instance to the first answer", first_run.first_run(), "s", 60)


def finding_rows() -> Iterator[Row]:
    """The ledger of findings; on PostgreSQL with the time of the engine itself, which runs beside."""
    for engine, called in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL")):
        for work, seconds, queries in alone(findings.finding_times, engine):
            budget = None if work in findings.COUNTED_ONLY else 0.100
            yield Row(f"p95 of 100,000 findings, {work} ({called})", seconds, "s", budget, f"{queries} queries")


def print_table() -> None:
    """Every line as soon as it is measured."""
    print("| work | median | budget | | beside |\n|---|---:|---:|---|---|")
    for rows in (scoring_rows, month_rows, whole_rows, document_rows, large_year_rows, page_rows, finding_rows):
        for row in rows():
            print("| " + " | ".join(row.cells()) + " |", flush=True)


if __name__ == "__main__":
    print_table()
