"""The frozen inputs of a run: a zip of the very files that `assess score` reads, and where each figure came from.

Nothing in it says when it was made or of which run, so the same inputs are the same bytes. Unpacked, `README.txt`
gives the command that scores them again.
"""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO, StringIO
from itertools import compress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from assess.core.expressions.parsing import MOST_YEARS_BACK
from assess.core.figures import FigureTable
from assess.core.flaws import Flaw, ValidationError
from assess.core.runs.frozen import (
    EXEMPTIONS,
    FIGURES,
    ONLY_WITH_OBJECTS,
    SOURCES,
    Frozen,
    FrozenValue,
    FrozenValues,
    Row,
)
from assess.core.runs.kinds import Origin
from assess.core.scoring.inputs import ScoringInputs
from assess.core.sources import Source, TextPosition
from assess.core.text import Text
from assess.files.csv_cells import as_written_by_hand, inert
from assess.files.rule_sheets.yaml_writer import yaml_text
from assess.files.scoring_inputs import Paths, read_inputs

RULES: Final = "rule-sheet.yaml"
UNITS: Final = "units.csv"
OBJECTS: Final = "objects.csv"
NOW: Final = "figures.csv"
BEFORE: Final = "previous.csv"
RESULTS_BEFORE: Final = "previous-results.json"
EXEMPT: Final = "exemptions.csv"
SOURCED: Final = "sources.csv"
SOURCED_BEFORE: Final = "previous-sources.csv"
EARLIER: Final = {
    back: (f"previous-{back}.csv", f"previous-{back}-sources.csv") for back in range(2, MOST_YEARS_BACK + 1)
}
"""Figures of so many years back, and where they came from."""
README: Final = "README.txt"

FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE: Final = 0o644 << 16

COMMAND: Final = {
    OBJECTS: "--objects objects.csv",
    BEFORE: "--previous previous.csv",
    **{figures: f"--previous {figures}" for figures, _ in EARLIER.values()},
    RESULTS_BEFORE: "--previous-results previous-results.json",
    EXEMPT: "--exemptions exemptions.csv",
}
Columns = dict[str, list[str]]
"""The texts of a table, column by column."""
DAMAGED = Text("冻结的计分输入已损坏，无法读取。", "The frozen inputs are damaged and cannot be read.")


def frozen_zip(frozen: Frozen) -> bytes:
    """The zip of what a run stands on; the same inputs give the same bytes."""
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        for name, text in documents(frozen):
            entry = ZipInfo(name, FIRST_MOMENT)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, PLAIN_FILE, 3
            archive.writestr(entry, text.encode())
    return kept.getvalue()


def documents(frozen: Frozen) -> Iterator[tuple[str, str]]:
    """The files by name."""
    optional: dict[str, str] = {}
    if frozen.objects is not None:
        optional[OBJECTS] = table(frozen.objects)
    if frozen.before is not None:
        optional[BEFORE] = slim_table((FIGURES, *(each.as_figure() for each in frozen.before)))
    for (name, _), values in zip(EARLIER.values(), frozen.earlier, strict=False):
        optional[name] = slim_table((FIGURES, *(each.as_figure() for each in values)))
    if frozen.results_before is not None:
        optional[RESULTS_BEFORE] = json.dumps(frozen.results_before, ensure_ascii=False, indent=0) + "\n"
    if frozen.exemptions:
        optional[EXEMPT] = slim_table((EXEMPTIONS, *frozen.exemptions))
    yield README, readme(optional)
    yield RULES, yaml_text(frozen.sheet)
    yield UNITS, table(frozen.units)
    yield NOW, slim_table((FIGURES, *(each.as_figure() for each in frozen.values)))
    yield SOURCED, slim_table((SOURCES, *(each.as_source() for each in frozen.values)))
    yield from optional.items()
    if frozen.before is not None:
        yield SOURCED_BEFORE, slim_table((SOURCES, *(each.as_source() for each in frozen.before)))
    for (_, name), values in zip(EARLIER.values(), frozen.earlier, strict=False):
        yield name, slim_table((SOURCES, *(each.as_source() for each in values)))


def readme(optional: dict[str, str]) -> str:
    """How to score the files again."""
    more = "".join(f" {COMMAND[name]}" for name in optional)
    return (
        "一次计分的全部输入。解压后可脱离系统重新计分，结果与保存的结果逐字节一致：\n"
        "All inputs of one scoring run. Unpacked, they can be scored again without the service, with equal results:\n"
        f"python -m assess score {RULES} --units {UNITS} --figures {NOW}{more} --out results.json\n"
    )


def table(rows: Sequence[Row]) -> str:
    """A CSV table, in which nothing that a person typed is a formula when somebody opens it."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(map(inert, row) for row in rows)
    return text.getvalue()


def slim_table(rows: Sequence[Row]) -> str:
    """A CSV table without the columns of objects and parts where nothing stands in them."""
    filled = [heading not in ONLY_WITH_OBJECTS or any(row[n] for row in rows[1:]) for n, heading in enumerate(rows[0])]
    return table([tuple(compress(row, filled)) for row in rows])


def read_frozen(data: bytes) -> ScoringInputs:
    """The inputs that a zip holds, read as `assess score` reads them; each figure knows where it came from.

    Raises:
        ValidationError: the zip is damaged, or what it holds has flaws.
    """
    with TemporaryDirectory() as folder:
        unpack(data, Path(folder))
        inputs = read_inputs(paths_in(Path(folder)))
        sources = columns_in(Path(folder) / SOURCED)
        before = columns_in(Path(folder) / SOURCED_BEFORE)
        behind = [columns_in(Path(folder) / name) for _, name in EARLIER.values()]
    last_year = None if inputs.last_year is None else sourced(inputs.last_year, before)
    earlier = tuple(sourced(*each) for each in zip(inputs.earlier, behind, strict=False))
    return replace(inputs, figures=sourced(inputs.figures, sources), last_year=last_year, earlier=earlier)


def unpack(data: bytes, folder: Path) -> None:
    """Write the files of a zip into a folder, those alone that belong in it.

    Raises:
        ValidationError: the zip is damaged.
    """
    further_back = tuple(name for names in EARLIER.values() for name in names)
    known = (
        *(README, RULES, UNITS, OBJECTS, NOW, SOURCED, BEFORE, RESULTS_BEFORE, EXEMPT, SOURCED_BEFORE),
        *further_back,
    )
    try:
        with ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                if name in known:
                    (folder / name).write_bytes(archive.read(name))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise ValidationError([Flaw(TextPosition(""), DAMAGED)]) from None


def paths_in(folder: Path) -> Paths:
    """The files of a folder, by what they are to a scoring."""

    def there(name: str) -> Path | None:
        return folder / name if (folder / name).exists() else None

    return Paths(
        rules=folder / RULES,
        units=folder / UNITS,
        objects=there(OBJECTS),
        figures=folder / NOW,
        previous=there(BEFORE),
        earlier=tuple(path for figures, _ in EARLIER.values() if (path := there(figures)) is not None),
        previous_results=there(RESULTS_BEFORE),
        exemptions=there(EXEMPT),
    )


def records_in(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table by their headings; none where there is no such file.

    Raises:
        ValidationError: it is no such table.
    """
    if not path.exists():
        return
    try:
        with path.open(encoding="utf-8", newline="") as file:
            headings, *rows = map(as_written_by_hand, csv.reader(file))
            yield from (dict(zip(headings, row, strict=True)) for row in rows)
    except (UnicodeDecodeError, csv.Error, ValueError):
        raise ValidationError([Flaw(TextPosition(path.name), DAMAGED)]) from None


def columns_in(path: Path) -> Columns:
    """The columns of a table of sources, each text kept once: of a large district that is a quarter of the memory.

    Raises:
        ValidationError: it is no such table.
    """
    known: dict[str, str] = {}
    columns: Columns = {name: [] for name in SOURCES}
    for record in records_in(path):
        if record.keys() ^ columns.keys() > ONLY_WITH_OBJECTS:
            raise ValidationError([Flaw(TextPosition(path.name), DAMAGED)])
        for name, column in columns.items():
            text = record.get(name, "")
            column.append(known.setdefault(text, text))
    return columns


def value_of(record: Mapping[str, str], text: str = "") -> FrozenValue:
    """A figure as its row among the sources tells of it."""
    told = {"object": "", **record}
    number, part = told.pop("value"), f"{told.pop('object')} {told.pop('period')}".strip()
    return FrozenValue(
        text=text, part=part, origin=Origin(told.pop("origin")), number=int(number) if number else None, **told
    )


def sources_in(data: bytes) -> dict[str, str]:
    """The names of the files that this year's figures came from, by SHA-256.

    Raises:
        BadZipFile: they are no zip.
    """
    with ZipFile(BytesIO(data)) as archive:
        text = archive.read(SOURCED).decode()
    headings, *rows = map(as_written_by_hand, csv.reader(StringIO(text)))
    records = [dict(zip(headings, row, strict=False)) for row in rows]
    return {each["sha256"]: each["file"] for each in records if each["sha256"]}


def frozen_values(data: bytes) -> FrozenValues:
    """The figures that a zip holds, with where each came from.

    Raises:
        ValidationError: the zip is damaged, or figures and sources do not go together.
    """
    with TemporaryDirectory() as folder:
        unpack(data, Path(folder))
        now, before = (values_in(Path(folder), *names) for names in ((NOW, SOURCED), (BEFORE, SOURCED_BEFORE)))
        there = [names for names in EARLIER.values() if (Path(folder) / names[0]).exists()]
        earlier = [values_in(Path(folder), *names) for names in there]
    return FrozenValues(now, before, earlier)


def values_in(folder: Path, figures: str, sources: str) -> list[FrozenValue]:
    """The figures of one year."""
    try:
        pairs = zip(records_in(folder / figures), records_in(folder / sources), strict=True)
        return [value_of(source, figure["value"]) for figure, source in pairs]
    except (ValueError, KeyError, IndexError):
        raise ValidationError([Flaw(TextPosition(sources), DAMAGED)]) from None


def sourced(figures: FigureTable, sources: Columns) -> FigureTable:
    """The same figures, which know where they came from before they were frozen."""
    places = figures.places

    def place(row: int, column: int, /) -> Source:
        if row >= len(sources["unit"]):
            return places(row, column)
        return value_of({name: each[row] for name, each in sources.items()}).source

    return FigureTable(figures.sheet, figures.units, figures.layers, place, figures.objects)
