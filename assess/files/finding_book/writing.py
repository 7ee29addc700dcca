"""The template of findings, written: what each column takes, and lists to choose unit, kind and source from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from assess.core.finding_imports.headings import COLUMNS, REQUIRED, headings_of
from assess.core.findings.catalogue import Catalogue, FindingSource
from assess.core.findings.filing import MAX_LENGTHS
from assess.core.text import Language, Text
from assess.core.units.unit_list import Units
from assess.files.evidence_book.details import unit_words
from assess.files.finding_book.words import EXAMPLES, HELPS, STEPS, TITLE, WIDTHS, WRITTEN_ALSO
from assess.files.workbooks.input_books import Guidance, InputColumn, InputSheet, write_input_book

KIND, VERSION = "findings", "1"
"""What the stamp calls the workbook, and which layout it has."""
SHEET: Final = Text("问题清单", "Findings")
WHO: Final = Text("考核办、部门考评人员", "the assessment office and department evaluators")
FROZEN: Final = 1
DATES: Final = ("found_on", "deadline")


@dataclass(frozen=True, slots=True)
class FindingStamp:
    """What ties a workbook to a year, and its language."""

    year: int
    language: Language


def write_finding_book(
    target: Path | BytesIO, units: Units, catalogue: Catalogue, stamp: FindingStamp, *, title: Text
) -> None:
    """Write the template of a year in the language of its stamp; the same content gives the same bytes."""
    columns = columns_of(units, catalogue, stamp)
    sheet = InputSheet(name=SHEET, columns=columns, frozen=FROZEN, open_ended=True, sortable=True)
    guidance = Guidance(title=TITLE.format(title=title), who=WHO, steps=STEPS)
    told = {"kind": KIND, "version": VERSION, "year": str(stamp.year), "language": stamp.language}
    write_input_book(target, stamp.language, guidance, [sheet], told)


def columns_of(units: Units, catalogue: Catalogue, stamp: FindingStamp) -> list[InputColumn]:
    """The columns, in their order."""
    language = stamp.language
    chosen = {
        "unit": unit_words(units, language),
        "kind": tuple(kind.label.localized(language) for kind in catalogue.kinds.values()),
        "source": tuple(called.localized(language) for called in catalogue.sources.values()),
        "domain": tuple(called.localized(language) for called in catalogue.domains.values()),
    }
    examples = {
        **{name: words[0] for name, words in chosen.items() if words},
        "source": FindingSource.HOTLINE.label.localized(language),
        **{name: text.format(year=stamp.year).localized(language) for name, text in EXAMPLES.items()},
    }
    return [
        InputColumn(
            heading=heading,
            help=help_of(name, stamp.year),
            example=examples.get(name, ""),
            required=name in REQUIRED,
            width=WIDTHS.get(name, 14),
            words=chosen.get(name, ()),
            only_words=name in chosen,
            **form_of(name, stamp.year),
        )
        for name, heading in COLUMNS.items()
    ]


def help_of(name: str, year: int) -> Text:
    """What a column takes, and what else it may be called."""
    facts = {"year": year, "most": MAX_LENGTHS.get(name, 0)}
    return Text("{help}{also}", "{help} {also}").format(
        help=HELPS[name].format(**facts), also=WRITTEN_ALSO.format(ways=headings_of(name))
    )


def form_of(name: str, year: int) -> dict[str, Any]:
    """What the cells of a column look like and refuse."""
    if name in DATES:
        last = date(year + (name == "deadline"), 12, 31)
        rule = {"validate": "date", "criteria": "between", "minimum": date(year, 1, 1), "maximum": last}
        return {"is_date": True, "number_format": "yyyy-mm-dd", "rule": rule}
    if name in MAX_LENGTHS:
        return {"rule": {"validate": "length", "criteria": "<=", "value": MAX_LENGTHS[name]}}
    return {}
