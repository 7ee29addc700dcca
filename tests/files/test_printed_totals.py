"""What stands on the cards of a sealed year adds up: the printed lines, or the bridge from them, give the total."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from pypdf import PdfReader

from assess.core.explanations.lines import ResultLines
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import Sealing
from assess.core.scoring.run import score
from assess.core.text import Text
from assess.files.ranked_book_pdf import write_book
from assess.files.scorecard_pdf import words
from assess.files.scoring_inputs import Paths, read_inputs
from tests.files.reading import bookmarks, characters, fonts_of

YEAR = Path(__file__).parents[2] / "rules" / "chaoyang-2026"
SEALING = Sealing(1, "2027-01-20 10:03", 3, "0123456789abcdef" * 4)
PLACED = re.compile(rb"^1 0 0 1 (\S+) (\S+) Tm (.*)$", re.MULTILINE)
RUN = re.compile(rb"(\S+) \S+ Tf <([0-9a-f]+)> Tj")
PLAIN = str.maketrans({"−": "-", "+": "", "≈": "", " ": "", "\xa0": ""})
NUMBERED = re.compile(r"\d+(?:\.\d+)+")
AMOUNT = re.compile(r"≈?[+−]?\d[\d \xa0]*(?:\.\d+)?")


class Placed(NamedTuple):
    """A line of text and where it stands."""

    page: int
    y: float
    x: float
    text: str
    bold: bool


def placed_on(number: int, page: Any, fonts: Mapping[str, tuple[dict[int, str], bool]]) -> Iterator[Placed]:
    """The lines of a page in the order they were set."""
    for x, y, runs in PLACED.findall(page.get_contents().get_data()):
        parts = [(fonts[name.decode()], bytes.fromhex(code.decode())) for name, code in RUN.findall(runs)]
        text = "".join(chars[each] for (chars, _), codes in parts for each in codes)
        yield Placed(number, float(y), float(x), text, any(bold for (_, bold), _ in parts))


@cache
def the_year() -> BookMaker:
    """The demonstration of 2026, sealed."""
    paths = Paths(
        rules=YEAR / "rule-sheet.yaml", units=YEAR / "units.csv", figures=YEAR / "figures.csv",
        previous=YEAR / "figures-2025.csv", previous_results=None, exemptions=None,
    )  # fmt: skip
    return BookMaker(ResultLines(score(read_inputs(paths))), SEALING)


def printed_cards() -> Iterator[tuple[str, list[Placed]]]:
    """Every unit with the lines of its card as they stand on paper, all in one book."""
    book, stream = the_year().book(), BytesIO()
    write_book(book, stream, "zh", lambda done, of: None, processes=1)
    document = PdfReader(stream)
    fonts = {
        name: (characters(font), "Bold" in font["/BaseFont"]) for name, font in fonts_of(document.pages[-1]).items()
    }
    starts = [number for level, title, number in bookmarks(document) if level == 1][-len(book.cards) :]
    for (unit, _, _), first, after in zip(book.units, starts, [*starts[1:], len(document.pages) + 1], strict=True):
        pages = range(first - 1, after - 1)
        yield unit, [line for at in pages for line in placed_on(at, document.pages[at], fonts)]


def between(lines: list[Placed], first: Text, *ends: Text) -> list[Placed]:
    """The lines below one heading and above the next of some that is there."""
    at = [place for place, line in enumerate(lines) if line.text.endswith(first.zh)]
    stop = [place for place, line in enumerate(lines) if any(line.text.endswith(end.zh) for end in ends)]
    return lines[at[0] + 1 : min(each for each in stop if each > at[0])] if at else []


def amount(text: str) -> Fraction:
    """A printed number; one that is cut is marked, and the step that rounds the total is cut in the same way."""
    return Fraction(text.translate(PLAIN))


def points_of_items(lines: list[Placed]) -> Fraction:
    """The sum of the points that stand third beside the numbers of items, words count nothing; sections are in bold."""
    rows = between(lines, words.ITEMS, words.LOSSES)
    heads = [line for line in rows if NUMBERED.fullmatch(line.text) and not line.bold and line.x < 60]
    beside = defaultdict[tuple[int, float], list[str]](list)
    for line in rows:
        beside[line.page, line.y].append(line.text)
    points = [beside[head.page, head.y][3] for head in heads]
    return sum((amount(each) for each in points if AMOUNT.fullmatch(each)), Fraction(0))


def printed_total(lines: list[Placed]) -> Fraction:
    """The large figure at the head."""
    (label,) = (line for line in lines[:40] if line.text == words.TOTAL.zh)
    below = [
        line
        for line in lines[:60]
        if line.page == label.page and 0 < label.y - line.y < 30 and abs(line.x - label.x) < 40
    ]
    return amount(below[0].text)


def bridge(lines: list[Placed]) -> list[tuple[str, Fraction]]:
    """The steps from the lines to the total, down each column."""
    steps = between(lines, words.BRIDGE, words.LEFT_OUT, words.TASKS_AND_FINDINGS, words.DATA)
    found = []
    for value in steps:
        left = [each for each in steps if (each.page, each.y) == (value.page, value.y) and each.x < value.x]
        if left and AMOUNT.fullmatch(value.text):
            found.append((max(left, key=lambda each: each.x).text, amount(value.text)))
    return found


def test_the_printed_lines_or_the_bridge_give_the_printed_total_of_every_unit():
    wrong = []
    for code, lines in printed_cards():
        items, total, steps = points_of_items(lines), printed_total(lines), bridge(lines)
        added = sum((value for _, value in steps[:-1]), Fraction(0)) if steps else items
        if (steps and (steps[0][1], steps[-1][1]) != (items, total)) or added != total:
            wrong.append((code, items, total, steps))

    assert wrong == []
