"""The figures of a card and where each came from, told briefly: the periods of one figure stand together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from assess.core.scorecard.content import CardEvidence, Scorecard
from assess.core.text import Text
from assess.files.pdf_style.columns import SIDE, PdfColumn
from assess.files.pdf_style.look import BODY_WIDTH, SMALL, SMALL_BOLD
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import CellLines, TableRow, height_of
from assess.files.scorecard_pdf import words

PERIODS: Final = re.compile(r"(\d{4})-([QH]?)(\d+)(?: – (\d{4})-([QH]?)(\d+))?")
"""A period, or the first and the last of several."""
LINE: Final = re.compile(r"(\d+(?:–\d+)?):(\d+)")
"""A line, or the first and the last of several, and a column of a text file."""

GRID: Final = 6
"""The list of data begins its entries at so many places across the page."""


class Usual(NamedTuple):
    """The file that most figures came from, and the column of it that all of these stand in; not told again."""

    file: str | None
    column: str | None


def usual_place(evidence: Sequence[CardEvidence]) -> Usual:
    """What need not be named at each figure: a file that served several, and its only column."""
    split_places = [split(place) for entry in evidence for place in entry.source.split(", ")]
    files = Counter(file for file, place in split_places if place)
    [(file, count)] = files.most_common(1) or [("", 0)]
    if count < 2:
        return Usual(None, None)
    lines = [LINE.fullmatch(place) for name, place in split_places if name == file]
    columns = {line[2] if line else None for line in lines}
    return Usual(file, columns.pop() if len(columns) == 1 else None)


def told_once(setter: Typesetter, usual: Usual) -> str:
    """What is said of the usual place before the list."""
    if usual.column:
        return setter.say(words.USUAL_COLUMN, file=usual.file, column=usual.column)
    return setter.say(words.USUAL_FILE, file=usual.file)


def split(source: str) -> tuple[str, str]:
    """The file of a source and the place in it."""
    file, _, place = source.partition(":")
    return file, place


def told_together(card: Scorecard, setter: Typesetter, usual: Usual) -> list[tuple[str, str]]:
    """For each figure the numbers of its entries and one text: title, periods with values, sources."""
    return [
        (numbers_of(entries), source_line(entries, str(card.head.year), setter, usual))
        for entries in (list(group) for _, group in groupby(card.evidence, key=lambda entry: entry.figure))
    ]


def numbers_of(entries: Sequence[CardEvidence]) -> str:
    """The first and last number of entries in a row."""
    return str(entries[0].number) if len(entries) == 1 else f"{entries[0].number}–{entries[-1].number}"


def source_line(entries: Sequence[CardEvidence], year: str, setter: Typesetter, usual: Usual) -> str:
    """Title, values with their periods, sources; the year itself is no news."""
    say, figure = setter.say, entries[0].figure
    sources = places(dict.fromkeys(place for entry in entries for place in sources_of(entry, setter)), usual)
    periods = [period_of(entry.period, year, setter) for entry in entries]
    if len(entries) == 1:
        facts = {"figure": figure, "values": entries[0].value, "sources": sources}
        return say(words.DATA_OF_PERIOD if periods[0] else words.DATA_ONE, period=periods[0], **facts)
    values = (f"{period} {say(entry.value)}".lstrip() for period, entry in zip(periods, entries, strict=True))
    return say(words.DATA_ONE, figure=figure, values=say(words.BETWEEN).join(values), sources=sources)


def sources_of(entry: CardEvidence, setter: Typesetter) -> list[str]:
    """The places that a figure came from; what is told in words, in the language of the document."""
    told = {words_of.zh: setter.say(words_of) for words_of in entry.words}
    return [told.get(place, place) for place in entry.source.split(", ")]


def period_of(period: str, year: str, setter: Typesetter) -> str:
    """A period, or a row of them, as people name it, without the year of the document: 1–12月, 4季度."""
    found = PERIODS.fullmatch(period)
    if not found or (found[4] and (found[4], found[5]) != (found[1], found[2])):
        return "" if period == year else period
    named = named_period(found)
    return setter.say(named if found[1] == year else words.OF_YEAR.format(year=found[1], period=named))


def named_period(found: re.Match[str]) -> Text:
    """A month, quarter or half, or a row of them, without its year."""
    numbers = f"{int(found[3])}–{int(found[6])}" if found[6] else f"{int(found[3])}"
    if found[2] == "H":
        return words.HALVES[numbers]
    one, several = words.PERIODS[found[2]]
    return (several if found[6] else one).format(n=numbers)


def places(sources: Iterable[str], usual: Usual) -> str:
    """The places, each file named once and the usual one not at all."""
    by_file = groupby(map(split, sources), key=lambda source: source[0])
    told = ((name, ", ".join(briefly(name, place, usual) for _, place in group)) for name, group in by_file)
    return "; ".join(place if name == usual.file and place else f"{name}:{place}".rstrip(":") for name, place in told)


def briefly(file: str, place: str, usual: Usual) -> str:
    """A place without the column that all figures of the usual file stand in."""
    return place.removesuffix(f":{usual.column}") if file == usual.file and usual.column else place


def data_rows(setter: Typesetter, told: Sequence[tuple[str, str]]) -> Iterator[TableRow]:
    """The figures in rows from left to right, each as many steps of a grid wide as it needs, longer ones in lines."""
    number = PdfColumn("", max(setter.width(numbers, SMALL_BOLD) for numbers, _ in told) + SIDE + 1.5, style=SMALL_BOLD)
    step, cells, used = BODY_WIDTH / GRID, list[CellLines](), 0
    for numbers, text in told:
        wide = number.width + setter.width(text, SMALL) + 2 * SIDE
        steps = min(GRID, int(wide / step) + 1)
        if used + steps > GRID:
            yield TableRow(height_of(cells), BODY_WIDTH, tuple(cells), rule=None)
            cells, used = [], 0
        column = PdfColumn("", steps * step - number.width, style=SMALL)
        lines = (setter.plain(text),) if wide < step * GRID else setter.lines(text, column.width - 2 * SIDE, SMALL)
        cells += [
            CellLines(used * step, number, (numbers,), SMALL_BOLD),
            CellLines(used * step + number.width, column, lines, SMALL),
        ]
        used += steps
    yield TableRow(height_of(cells), BODY_WIDTH, tuple(cells), rule=None)
