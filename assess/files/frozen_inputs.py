"""The frozen inputs of a run: a zip of the very files that `assess score` reads, and where each figure came from.

Nothing in it says when it was made or of which run, so the same inputs are the same bytes. Unpacked, `README.txt`
gives the command that scores them again.
"""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from assess.core.figures import FigureTable
from assess.core.flaws import Flaw, ValidationError
from assess.core.runs.frozen import EXEMPTIONS, FIGURES, SOURCES, Frozen, FrozenValue, FrozenValues, Row
from assess.core.runs.kinds import Origin
from assess.core.scoring.inputs import ScoringInputs
from assess.core.sources import Source, TextPosition
from assess.core.text import Text
from assess.files.csv_cells import as_written_by_hand, inert
from assess.files.rule_sheets.yaml_writer import yaml_text
from assess.files.scoring_inputs import Paths, read_inputs

RULES: Final = "rule-sheet.yaml"
UNITS: Final = "units.csv"
NOW: Final = "figures.csv"
BEFORE: Final = "previous.csv"
RESULTS_BEFORE: Final = "previous-results.json"
EXEMPT: Final = "exemptions.csv"
SOURCED: Final = "sources.csv"
SOURCED_BEFORE: Final = "previous-sources.csv"
README: Final = "README.txt"

FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE: Final = 0o644 << 16

COMMAND: Final = {
    BEFORE: "--previous previous.csv",
    RESULTS_BEFORE: "--previous-results previous-results.json",
    EXEMPT: "--exemptions exemptions.csv",
}
Columns = list[list[str]]
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
    if frozen.before is not None:
        optional[BEFORE] = table((FIGURES, *(each.as_figure() for each in frozen.before)))
    if frozen.results_before is not None:
        optional[RESULTS_BEFORE] = json.dumps(frozen.results_before, ensure_ascii=False, indent=0) + "\n"
    if frozen.exemptions:
        optional[EXEMPT] = table((EXEMPTIONS, *frozen.exemptions))
    yield README, readme(optional)
    yield RULES, yaml_text(frozen.sheet)
    yield UNITS, table(frozen.units)
    yield NOW, table((FIGURES, *(each.as_figure() for each in frozen.values)))
    yield SOURCED, table((SOURCES, *(each.as_source() for each in frozen.values)))
    yield from optional.items()
    if frozen.before is not None:
        yield SOURCED_BEFORE, table((SOURCES, *(each.as_source() for each in frozen.before)))


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
    last_year = None if inputs.last_year is None else sourced(inputs.last_year, before)
    figures = sourced(inputs.figures, sources)
    return ScoringInputs(inputs.sheet, inputs.units, figures, last_year, inputs.last_results, inputs.exemptions)


def unpack(data: bytes, folder: Path) -> None:
    """Write the files of a zip into a folder, those alone that belong in it.

    Raises:
        ValidationError: the zip is damaged.
    """
    known = (README, RULES, UNITS, NOW, SOURCED, BEFORE, RESULTS_BEFORE, EXEMPT, SOURCED_BEFORE)
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
        figures=folder / NOW,
        previous=there(BEFORE),
        previous_results=there(RESULTS_BEFORE),
        exemptions=there(EXEMPT),
    )


def table_in(path: Path) -> Iterator[list[str]]:
    """The rows of a table below its headings; none where there is no such file.

    Raises:
        ValidationError: it is no such table.
    """
    if not path.exists():
        return
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from map(as_written_by_hand, islice(csv.reader(file), 1, None))
    except (UnicodeDecodeError, csv.Error):
        raise ValidationError([Flaw(TextPosition(path.name), DAMAGED)]) from None


def columns_in(path: Path) -> Columns:
    """The columns of a table of sources, each text kept once: of a large district that is a quarter of the memory.

    Raises:
        ValidationError: it is no such table.
    """
    known: dict[str, str] = {}
    columns: Columns = [[] for _ in SOURCES]
    for row in table_in(path):
        if len(row) != len(SOURCES):
            raise ValidationError([Flaw(TextPosition(path.name), DAMAGED)])
        for column, text in zip(columns, row, strict=True):
            column.append(known.setdefault(text, text))
    return columns


def value_of(row: Sequence[str], text: str = "") -> FrozenValue:
    """A figure as its row among the sources tells of it."""
    told = dict(zip(SOURCES, row, strict=True))
    number = told.pop("value")
    return FrozenValue(text=text, origin=Origin(told.pop("origin")), number=int(number) if number else None, **told)


def sources_in(data: bytes) -> dict[str, str]:
    """The names of the files that this year's figures came from, by SHA-256.

    Raises:
        BadZipFile: they are no zip.
    """
    with ZipFile(BytesIO(data)) as archive:
        text = archive.read(SOURCED).decode()
    rows = [dict(zip(SOURCES, as_written_by_hand(row), strict=False)) for row in csv.reader(StringIO(text))]
    return {row["sha256"]: row["file"] for row in rows[1:] if row["sha256"]}


def frozen_values(data: bytes) -> FrozenValues:
    """The figures that a zip holds, with where each came from.

    Raises:
        ValidationError: the zip is damaged, or figures and sources do not go together.
    """
    with TemporaryDirectory() as folder:
        unpack(data, Path(folder))
        now, before = (values_in(Path(folder), *names) for names in ((NOW, SOURCED), (BEFORE, SOURCED_BEFORE)))
    return FrozenValues(now, before)


def values_in(folder: Path, figures: str, sources: str) -> list[FrozenValue]:
    """The figures of one year."""
    try:
        pairs = zip(table_in(folder / figures), table_in(folder / sources), strict=True)
        return [value_of(source, figure[-1]) for figure, source in pairs]
    except (ValueError, KeyError, IndexError):
        raise ValidationError([Flaw(TextPosition(sources), DAMAGED)]) from None


def sourced(figures: FigureTable, sources: Columns) -> FigureTable:
    """The same figures, which know where they came from before they were frozen."""
    places = figures.places

    def place(row: int, column: int, /) -> Source:
        if row >= len(sources[0]):
            return places(row, column)
        return value_of([each[row] for each in sources]).source

    return FigureTable(figures.sheet, figures.units, figures.layers, place)
