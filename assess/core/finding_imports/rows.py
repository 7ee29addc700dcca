"""One row of a file of findings, read as what an inspector would have typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, NamedTuple

from assess.core.finding_imports.headings import COLUMNS, REQUIRED
from assess.core.finding_imports.words import Vocabulary, is_blank
from assess.core.findings.filing import ReadFinding, TypedFinding, read_finding
from assess.core.findings.steps import EARLY_DEADLINE
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames

TIME_OF_DAY: Final = re.compile(
    r"(\d{4}\D\d{1,2}\D\d{1,2}日?)(?:\s+|T|(?<=日))\d{1,2}[:时]\d{1,2}(?:分|(?::\d{1,2}(?:\.\d+)?)?)(?:\d{1,2}秒)?"
)
"""A day with the time behind it, as systems write both."""
MAX_DAY: Final = 40
MAX_NUMBER_LENGTH: Final = 60
NUMBER_TOO_LONG: Final = Text("编号最多{most}字，请核对。", "The number must be {most} characters or fewer. Check it.")
DATES: Final = ("found_on", "deadline")


class Cells(NamedTuple):
    """The cells of a row by what they hold: text and column; of what is blank, the column it belongs in."""

    texts: Mapping[str, str]
    columns: Mapping[str, int]


class ReadRow(NamedTuple):
    """A row as it was read: its number elsewhere, its source, and the finding or what is wrong with it by column."""

    external: str
    source: str
    read: ReadFinding | None
    wrong: Mapping[str, Text]


class FindingRowReader:
    """Reads rows for one year."""

    def __init__(self, names: UnitNames, vocabulary: Vocabulary, *, year: int, today: date, source: str) -> None:
        self.names, self.vocabulary = names, vocabulary
        self.year, self.today, self.source = year, today, source
        self.units: dict[str, str | ParseError] = {"": ""}
        self.codes: Collection[str] = names.units.places

    def read(self, cells: Cells, unfit: Mapping[str, Text]) -> ReadRow:
        """A row; `unfit` says what is wrong with cells that hold no usable value, by what they should hold."""
        texts = {name: "" if name not in REQUIRED and is_blank(text) else text for name, text in cells.texts.items()}
        wrong: dict[str, Text] = {}
        typed = {name: self.typed(name, texts.get(name, ""), wrong) for name in COLUMNS if name != "external"}
        external = texts.get("external", "")
        if len(external) > MAX_NUMBER_LENGTH:
            wrong["external"] = NUMBER_TOO_LONG.format(most=MAX_NUMBER_LENGTH)
        read = self.finding(TypedFinding(**typed))
        if isinstance(read, dict):
            wrong = read | wrong
        wrong |= unfit
        return ReadRow(external, typed["source"], None if wrong or isinstance(read, dict) else read, wrong)

    def typed(self, name: str, text: str, wrong: dict[str, Text]) -> str:
        """What an inspector would have typed for what a cell says; what names nothing is noted."""
        if name in DATES:
            return without_time(text)
        if name == "source" and not text:
            return self.source
        found: str | ParseError = text
        if name == "unit":
            found = self.unit(text)
        elif name in self.vocabulary.words:
            found = self.vocabulary.words[name].find(text)
        if isinstance(found, ParseError):
            wrong[name] = found.what
            return ""
        return found

    def unit(self, text: str) -> str | ParseError:
        """The code of the unit that a text names."""
        if text not in self.units:
            place = self.names.find(text)
            self.units[text] = place if isinstance(place, ParseError) else self.names.units.codes[place]
        return self.units[text]

    def finding(self, typed: TypedFinding) -> ReadFinding | dict[str, Text]:
        """The finding, or what is wrong with it by column."""
        catalogue = self.vocabulary.catalogue
        read = read_finding(typed, catalogue, units=self.codes, year=self.year, today=self.today)
        if isinstance(read, ReadFinding) and read.deadline is not None and read.deadline < read.found_on:
            return {"deadline": EARLY_DEADLINE.format(day=read.found_on)}
        return read


def without_time(text: str) -> str:
    """A day without the time of day behind it."""
    if len(text) > MAX_DAY:
        return text
    plain = TIME_OF_DAY.fullmatch(unicodedata.normalize("NFKC", text))
    return plain[1] if plain else text
