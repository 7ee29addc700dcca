"""The sheet of details, written: one row for each case that a count counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from assess.core.evidence.asked import AskedFigure, DepartmentRequest
from assess.core.evidence.found import CountedCase
from assess.core.rules.figure import PeriodKind
from assess.core.text import Language
from assess.core.units.unit_list import Units
from assess.files.evidence_book import layout, words
from assess.files.workbooks.input_books import InputColumn, InputSheet


def details_sheet(
    asked: DepartmentRequest, units: Units, occurrences: Sequence[CountedCase], language: Language
) -> InputSheet:
    """The sheet with the cases that are known already; each further row takes one more."""
    columns = columns_of(asked, layout.counts_of(asked, occurrences), units, language)
    has_periods = any(column.heading == layout.PERIOD for column in columns)
    names = dict(zip(units.codes, unit_words(units, language), strict=True))
    titles = {figure: title.localized(language) for figure, title in layout.titles_of(asked).items()}
    rows = [
        [
            names.get(each.unit, each.unit),
            titles.get(each.figure, each.figure),
            *([each.period] if has_periods else []),
            "" if each.day is None else each.day.isoformat(),
            each.location,
            each.what,
            each.photo,
        ]
        for each in occurrences
    ]
    return InputSheet(name=layout.DETAILS, columns=columns, rows=rows, spare=0, open_ended=True, sortable=True)


def columns_of(
    asked: DepartmentRequest, counts: Sequence[AskedFigure], units: Units, language: Language
) -> list[InputColumn]:
    """What is told of each case; its period only where a count is taken several times a year."""
    titles = layout.titles_of(asked)
    often = [period for period in PeriodKind if any(each.stated.period is period for each in counts)]
    labels = [str(label) for period in often for label in asked.labels(period)]
    unit_names = unit_words(units, language)
    figures = tuple(titles[each.id].localized(language) for each in counts)
    is_yearly = PeriodKind.YEAR in often
    periods = InputColumn(
        heading=layout.PERIOD, help=words.CASE_PERIOD_OR_YEAR if is_yearly else words.CASE_PERIOD, example=labels[-1],
        width=11, words=labels, only_words=True, required=not is_yearly,
    )  # fmt: skip
    return [
        InputColumn(
            heading=layout.UNIT, help=words.CASE_UNIT, example=unit_names[0], required=True, width=18,
            words=unit_names, only_words=True,
        ),
        InputColumn(
            heading=layout.FIGURE, help=words.CASE_FIGURE, example=figures[0], required=True, width=30,
            words=figures, only_words=True,
        ),
        *([periods] if len(labels) > 1 else []),
        *told_of_case(asked.year, language),
    ]  # fmt: skip


def told_of_case(year: int, language: Language) -> list[InputColumn]:
    """When and where it was, what it was, and its photo."""
    location, what = (example.localized(language) for example in words.CASE_EXAMPLES)
    most = layout.MAX_DETAIL_LENGTH
    short = {"validate": "length", "criteria": "<=", "value": most}
    in_year = {"validate": "date", "criteria": "between", "minimum": date(year, 1, 1), "maximum": date(year, 12, 31)}
    return [
        InputColumn(
            heading=layout.DATE, help=words.CASE_DATE.format(year=year), example=f"{year}-03-15", required=True,
            width=12, is_date=True, number_format="yyyy-mm-dd", rule=in_year,
        ),
        InputColumn(
            heading=layout.LOCATION, help=words.CASE_LOCATION.format(most=most), example=location, required=True,
            width=30, rule=short,
        ),
        InputColumn(
            heading=layout.WHAT, help=words.CASE_WHAT.format(most=most), example=what, required=True, width=40,
            rule=short,
        ),
        InputColumn(heading=layout.PHOTO, help=words.CASE_PHOTO, example="IMG_0315", width=18, rule=short),
    ]  # fmt: skip


def unit_words(units: Units, language: Language) -> tuple[str, ...]:
    """What each unit is called in a list of choices: its name, or its code where several have that name."""
    names = [name.localized(language) for name in units.names]
    times = Counter(names)
    return tuple(name if times[name] == 1 else code for name, code in zip(names, units.codes, strict=True))
