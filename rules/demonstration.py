"""Writes the invented figures of the two demonstration years; the same bytes at every run.

`python rules/demonstration.py` rewrites figures.csv, figures-2024.csv and figures-2025.csv in the folders
chaoyang-2025 and chaoyang-2026. Every number is drawn from SEED, and so is which unit has an accident, a gap in its
data or a forged report: nothing here says anything about a real place. demonstration.csv holds the range of each
figure in steps of its last digit (ranges run past 0 and 100 %, so that many values reach the end);
demonstration-events.csv says what happens to the unit that the year's draw puts at a place among its kind.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

SEED = "demonstration-100"
HERE = Path(__file__).parent
MONTHS = [f"{month:02d}" for month in range(1, 13)]
PERIODS = {"year": [""], "half": ["H1", "H2"], "quarter": ["Q1", "Q2", "Q3", "Q4"], "month": MONTHS}
SEASONS = {
    "pm25": (128, 116, 112, 94, 84, 78, 82, 80, 88, 106, 116, 126),
    "tsp": (96, 100, 128, 130, 118, 92, 80, 78, 86, 98, 102, 92),
}
"""What a month has, in percent of the year's level."""

TASK = re.compile(r"- no: (\d+)\n +domain: (\S+)\n.*?\n +applies_to: (.*?)\n", re.DOTALL)
"""Number, domain and units of a task in tasks.yaml."""

SURVEY = ("未开展 none", "部分完成 partial", "已完成 complete")
GARDEN = frozenset({"50", "51", "52", "61"})
"""The tasks that ecology.garden counts."""

NEEDED_LATER = frozenset({"pm25", "tsp", "energy_intensity", "orders"})
"""The figures that a sheet compares with the year before."""

Row = dict[str, str]
"""A row of a CSV file."""

Value = tuple[str, str, str]
"""Figure, period, value."""


@dataclass(frozen=True)
class Unit:
    """One row of units.csv, and the tasks that fall to it: the domain of each number."""

    row: Row
    tasks: dict[str, str]

    @property
    def code(self) -> str:
        return self.row["unit"]

    def has(self, attribute: str) -> bool:
        return not attribute or self.row[attribute] not in ("no", "0")

    def target(self, attribute: str, decimals: int) -> int:
        """A target in steps of its last digit: 31.5 with one decimal is 315."""
        whole, _, part = self.row[attribute].partition(".")
        return int(whole + part.ljust(decimals, "0")[:decimals])


def draw(*words: object) -> int:
    """A number from 0 to 999 that belongs to these words and to SEED."""
    return int(Random("/".join([SEED, *map(str, words)])).random() * 1000)


def quality(unit: Unit, year: int, theme: str) -> int:
    """How well a unit does in a field, at most 999: mostly itself, partly the field, partly the year."""
    own, field = draw("unit", unit.code), draw("field", unit.code, theme)
    mixed = (4 * own + 3 * field + 3 * draw("year", unit.code, theme, year)) // 10
    return min(999, 260 + mixed * 78 // 100 + (year - 2025) * 15)


def printed(steps: int, decimals: int) -> str:
    """315 with one decimal is 31.5, with -1 it is 3150."""
    if decimals <= 0:
        return str(steps * 10**-decimals)
    return f"{steps // 10**decimals}.{steps % 10**decimals:0{decimals}d}"


def labelled(year: int, period: str) -> list[str]:
    """The labels of a year's periods; a yearly figure has none."""
    return [f"{year}-{part}" if part else "" for part in PERIODS[period]]


def values(unit: Unit, year: int, of: Row) -> Iterator[Value]:
    """What a figure is in each period, by its shape."""
    made = {"value": level, "fewer": counted, "more": counted, "answer": answered}[of["shape"]]
    good = quality(unit, year, of["theme"])
    for label in labelled(year, of["period"]):
        yield of["figure"], label, made(good, draw(of["figure"], unit.code, label, year), of)


def level(good: int, drawn: int, of: Row) -> str:
    """A value around the unit's level."""
    worst, best, most, wobble = (int(of[name]) for name in ("worst", "best", "most", "wobble"))
    value = worst + (best - worst) * good // 1000 + (drawn - 500) * wobble // 500
    return printed(min(most, max(0, value)), int(of["decimals"]))


def counted(good: int, drawn: int, of: Row) -> str:
    """A count: the fewer the better the unit, or the more."""
    chance = (good if of["shape"] == "more" else 1000 - good) * (400 + drawn) // 1000
    return str(min(int(of["most"]), (int(of["most"]) + 1) * chance // 1000))


def answered(good: int, drawn: int, of: Row) -> str:
    """Yes or no; `worst` in a thousand of the weakest units say yes."""
    return "yes" if drawn < int(of["worst"]) + good * (1000 - int(of["worst"])) // 700 else "no"


def concentration(unit: Unit, year: int, figure: str, levels: tuple[int, int], decimals: int) -> Iterator[Value]:
    """Monthly means of a pollutant between a worst and a best level: by season, a little less each year."""
    level = levels[0] + (levels[1] - levels[0]) * quality(unit, year, "air") // 1000
    level = level * (100 + 3 * (2026 - year)) // 100
    for label, season in zip(labelled(year, "month"), SEASONS[figure], strict=True):
        value = level * season * (940 + draw(figure, unit.code, label) * 12 // 100) // 100000
        yield figure, label, printed(value, decimals)


def complaints(unit: Unit, year: int) -> Iterator[Value]:
    """Orders of each month and how many of them were answered, resolved and to the residents' satisfaction."""
    good = quality(unit, year, "complaints")
    size = 1 if unit.has("airport") else 4 + draw("size", unit.code) * 16 // 1000
    least_and_part = {"responded": (965, 4), "resolved": (780, 20), "satisfied": (740, 22)}
    orders = {each: size * (500 + draw("orders", unit.code, each)) // 1000 for each in labelled(year, "month")}
    yield from (("orders", label, str(n)) for label, n in orders.items())
    for figure, (least, part) in least_and_part.items():
        chance = least + good * part // 100
        for label, n in orders.items():
            yield figure, label, str(sum(draw(figure, unit.code, label, order) < chance for order in range(n)))


def against_targets(unit: Unit, year: int) -> Iterator[Value]:
    """Figures that are held against a target, a quota or a task of the unit's own."""
    green, carbon = quality(unit, year, "ecology"), quality(unit, year, "carbon")
    yield "green_cover", "", printed(unit.target("green_target", 2) * (880 + green * 15 // 100) // 1000, 2)
    yield "new_green", "", printed(unit.target("new_green_target", 2) * (720 + green * 50 // 100) // 1000, 2)
    yield "charging_piles", "", str(unit.target("charging_target", 0) * (650 + carbon * 50 // 100) // 1000)
    quota = 3000 + draw("energy", unit.code) * 9
    yield "energy_quota", "", printed(quota, 1)
    yield "energy_use", "", printed(quota * (1075 - carbon * 12 // 100) // 1000, 1)
    task = 100000 + draw("power", unit.code) * 317 + draw("power-part", unit.code)
    yield "green_power_task", "", printed(task, 2)
    yield "green_power", "", printed(task + 600 - (1000 - carbon) * 2 + draw("power-gap", unit.code, year) // 3, 2)
    water = 900 + draw("water", unit.code) * 5
    yield "water_quota", "", printed(water * 4, 1)
    share = 1030 - quality(unit, year, "water") * 8 // 100
    for label in labelled(year, "quarter"):
        yield "water_use", label, printed(water * (share + draw("use", unit.code, label) // 50 - 10) // 1000, 1)


def intensity(unit: Unit, year: int) -> Value:
    """Energy for each 10 000 yuan of output, falling by the year."""
    value = 900 + draw("intensity", unit.code)
    for past in range(2024, year):
        value = value * (1010 - quality(unit, past + 1, "carbon") * 6 // 100) // 1000
    return "energy_intensity", "", printed(value, 4)


def sections(unit: Unit, year: int) -> Iterator[Value]:
    """Class and compliance of the river sections."""
    good, number = quality(unit, year, "water"), unit.target("water_sections", 0)
    classes = ("劣V worse", "V", "IV", "IV", "III", "III", "III", "II")
    yield "water_class", "", classes[min(7, (good + draw("class", unit.code, year) // 4) * 8 // 1250)]
    for label in labelled(year, "quarter"):
        failed = (1150 - good) * number * 3 * draw("met", unit.code, label) // 1500000
        yield "sections_met", label, str(number * 3 - failed)
    yield "sections_improved", "", str(min(number, good * (number + 1) * draw("improved", unit.code, year) // 700000))


def ledger(unit: Unit, year: int) -> Iterator[Value]:
    """What the ledger of findings says of the year."""
    good = quality(unit, year, "inspection")
    opened = 12 + draw("findings", unit.code, year) // 20
    late = opened * (1000 - good) * (500 + draw("late", unit.code, year)) // 5000000
    overdue = late * draw("overdue", unit.code, year) // 1600
    yield "findings_on_time", "", printed((opened - late) * 1000 // opened, 1)
    yield "findings_closed", "", printed((opened - overdue) * 1000 // opened, 1)
    yield "findings_overdue", "", str(overdue)
    yield "findings_returned", "", str((1000 - good) * draw("returned", unit.code, year) * 8 // 1000000)
    yield "findings_repeated", "", str((1000 - good) * draw("repeated", unit.code, year) * 6 // 1000000)
    yield "findings_days", "", printed(40 + (1000 - good) * 7 // 100 + draw("days", unit.code, year) // 60, 1)


def statuses(unit: Unit, year: int, item: str, tasks: Iterable[str]) -> Iterator[Value]:
    """How many of the obligations that an item counts have each status."""
    good = quality(unit, year, item.partition(".")[0])
    reached = [good + draw(item, unit.code, year, task) for task in tasks]
    bounds = (("done", 520), ("trial", 400), ("started", 250), ("planned", 100), ("none", -999))
    most = 9999
    for status, least in bounds:
        yield f"{item}.{status}", "", str(sum(least <= each < most for each in reached))
        most = least


def task_list(unit: Unit, year: int) -> Iterator[Value]:
    """What the task list says of the year."""
    yield from statuses(unit, year, "water.projects", [no for no, domain in unit.tasks.items() if domain == "water"])
    yield "water.projects.days_late", "", str(max(0, draw("late-days", unit.code, year) - 700) // 12)
    yield from statuses(unit, year, "ecology.garden", [no for no in unit.tasks if no in GARDEN])
    good, n = quality(unit, year, "governance"), len(unit.tasks)
    yield "tasks_progress", "", printed(min(1000, 640 + good * 40 // 100), 1)
    yield "tasks_on_time", "", str(min(n, n * (760 + good * 27 // 100) // 1000))
    yield "tasks_count", "", str(n)


def changed(unit: Unit, year: int) -> Iterator[Value]:
    """The figure that only this year's sheet has."""
    if year == 2025:
        yield "files_score", "", printed(60 + quality(unit, year, "governance") * 40 // 1000, 2)
    if year == 2026:
        reached = quality(unit, year, "ecology") + draw("survey", unit.code)
        yield "biodiversity_survey", "", SURVEY[min(2, reached // 450)]


def figures_of(unit: Unit, year: int, ranges: list[Row]) -> Iterator[Value]:
    """All figures of a unit but for what is drawn to happen to it."""
    yield from concentration(unit, year, "pm25", (368, 272), 1)
    yield from concentration(unit, year, "tsp", (118, 66), 0)
    for each in ranges:
        if unit.has(each["attribute"]):
            yield from values(unit, year, each)
    yield from complaints(unit, year)
    yield from against_targets(unit, year)
    yield intensity(unit, year)
    yield from sections(unit, year) if unit.has("has_river") else ()
    yield from ledger(unit, year)
    yield from task_list(unit, year)
    yield from changed(unit, year)


def placed(units: list[Unit], year: int, kind: str, place: int) -> str:
    """The code of the unit that the year's draw puts at a place among its kind."""
    codes = [unit.code for unit in units if unit.row["kind"] == kind]
    return sorted(codes, key=lambda code: Random(f"{SEED}/place/{year}/{code}").random())[place]


def with_events(rows: list[tuple[str, Value]], units: list[Unit], year: int) -> Iterator[tuple[str, Value]]:
    """The rows with gaps left out, and after them what happened where."""
    events = read_table(HERE / "demonstration-events.csv")
    place = {row["figure"] + row["kind"]: placed(units, year, row["kind"], int(row["place"])) for row in events}
    where = {(place[row["figure"] + row["kind"]], row["figure"]): row for row in events}
    seen: Counter[tuple[str, str]] = Counter()
    for code, value in rows:
        seen[code, value[0]] += 1
        event = where.get((code, value[0]))
        if event is None or seen[code, value[0]] <= int(event["periods_left"]):
            yield code, value
    for figure, happens in {row["figure"]: row["value"] for row in events if row["value"]}.items():
        nothing = {"value": "no" if happens == "yes" else "0"}
        yield from ((u.code, (figure, "", where.get((u.code, figure), nothing)["value"])) for u in units)


def read_table(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def read_units(folder: Path) -> list[Unit]:
    """The units of a year with their tasks."""
    tasks = TASK.findall((folder / "tasks.yaml").read_text(encoding="utf-8"))
    rows = read_table(folder / "units.csv")
    return [Unit(row, {no: domain for no, domain, applies_to in tasks if falls_to(applies_to, row)}) for row in rows]


def falls_to(applies_to: str, row: Row) -> bool:
    """Whether a task is one of the unit's."""
    return applies_to in ("all", f"{row['kind']}s") or row["unit"] in applies_to


def write(path: Path, rows: Iterable[tuple[str, Value]]) -> None:
    """A long table of figures."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["unit", "figure", "period", "value"])
        table.writerows([code, *value] for code, value in rows)


def main() -> None:
    """Write the figures of both years, and beside them those of the year before that are compared."""
    ranges = read_table(HERE / "demonstration.csv")
    for year in (2025, 2026):
        folder = HERE / f"chaoyang-{year}"
        units = read_units(folder)
        now, before = (
            list(with_events([(u.code, value) for u in units for value in figures_of(u, of, ranges)], units, of))
            for of in (year, year - 1)
        )
        write(folder / "figures.csv", now)
        write(folder / f"figures-{year - 1}.csv", (row for row in before if row[1][0] in NEEDED_LATER))


if __name__ == "__main__":
    main()
