"""The brief of a year: top and bottom of each group, movement, sections, limits, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from assess.core.briefs import YearBrief
from assess.core.numbers import printed, round_half_up
from assess.core.result_units import headed
from assess.core.scorecard.content import RankedLine, RankingTable
from assess.core.text import Language, Text
from assess.files.briefs import words
from assess.files.briefs.one_page import cut, put_head, put_told, write_one_page
from assess.files.briefs.unit import joined
from assess.files.pdf_style.columns import Align, PdfColumn
from assess.files.pdf_style.flow import FlowBlock, PageFlow
from assess.files.pdf_style.look import BODY_WIDTH, CELL_BOLD, HEADING
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.tables import PdfTable, put_heading
from assess.files.ranking_pages.ranking import changed_by
from assess.files.scorecard_pdf.summary import FIGURES_HEIGHT, LargeFigure, LargeFigures

MAX_GROUPS: Final = 4
"""Of more groups only the first have their units and rates; the ranked book has all."""
SECTIONS_A_ROW: Final = 3
"""So many sections for each row that other tables have: 15 where there is room."""
WIDTHS: Final = (30.0, 112.0, 38.0, 38.0, 34.0)
"""Of rank, unit, total, grade and change, once for the top and once for the bottom."""
RATE_WIDTH: Final = 60.0


def write_year_brief(brief: YearBrief, target: Path | BinaryIO, language: Language) -> None:
    """Write the brief of a year on one page."""
    title = words.YEAR_BRIEF.localized(language, year=brief.head.year)
    write_one_page(target, language, title, brief.head, brief.standing, put=partial(put_brief, brief))


def put_brief(brief: YearBrief, flow: PageFlow, rows: int) -> None:
    """Place the brief with so many rows a table."""
    say = flow.setter.say
    facts = say(words.YEAR_FACTS, stage=brief.stage, standing=brief.standing.label)
    put_head(flow, brief.title, say(words.YEAR_BRIEF, year=brief.head.year), facts)
    flow.put(FlowBlock(4))
    flow.put(LargeFigures(FIGURES_HEIGHT, tuple(figures(flow.setter, brief))))
    for table in brief.tables[:MAX_GROUPS]:
        put_ends(flow, table, rows)
    put_movement(flow, brief.tables, rows)
    put_rates(flow, brief.tables[:MAX_GROUPS], rows)
    put_limits(flow, brief.tables, rows)
    put_heading(flow, say(words.OPEN))
    matters = [say(words.MATTER, what=what, n=n) for what, n in brief.matters if n]
    put_told(flow, joined(flow.setter, matters) or say(words.NOTHING_OPEN))


def figures(setter: Typesetter, brief: YearBrief) -> Iterator[LargeFigure]:
    """How many units, their average totals, how many are limited, how much is open."""
    say = setter.say
    units = [row for table in brief.tables for row in table.rows]
    yield LargeFigure(say(words.UNITS), str(len(units)), "")
    for table in brief.tables[:MAX_GROUPS]:
        told = say(words.RANGE, lowest=table.lowest, highest=table.highest) if table.mean else ""
        yield LargeFigure(say(headed(words.MEAN_TOTAL.format(group=table.title), table.unit)), table.mean or "–", told)
    yield LargeFigure(say(words.LIMITED_UNITS), str(sum(bool(row.marks or row.why) for row in units)), "")
    yield LargeFigure(say(words.OPEN_MATTERS), str(sum(n for _, n in brief.matters)), "")


def put_ends(flow: PageFlow, table: RankingTable, rows: int) -> None:
    """Place the first units of a group beside the last ones, the last of all at the bottom."""
    say = flow.setter.say
    put_heading(flow, cut(flow.setter, say(words.TOP_AND_BOTTOM, group=table.title), BODY_WIDTH, HEADING))
    total = headed(words.TOTAL, table.unit)
    heads = [say(each) for each in (words.RANK, words.UNIT, total, words.GRADE, words.SINCE)]
    aligns = (Align.MIDDLE, Align.LEFT, Align.MIDDLE, Align.MIDDLE, Align.MIDDLE)
    columns = [PdfColumn(head, width, align) for head, width, align in zip(heads, WIDTHS, aligns, strict=True)]
    drawn = PdfTable(flow, [*columns, *columns])
    ranked = [row for row in table.rows if row.rank]
    top = ranked[:rows]
    bottom = ranked[max(len(top), len(ranked) - rows) :]
    for place, row in enumerate(top):
        last = cells(flow.setter, bottom[place]) if place < len(bottom) else [""] * len(WIDTHS)
        drawn.add([*cells(flow.setter, row), *last], strong=(2, 7))
    drawn.end()


def cells(setter: Typesetter, row: RankedLine) -> list[str]:
    """One unit."""
    grade = setter.say(row.grade) if row.grade else "–"
    texts = [row.rank or "–", setter.say(row.name), row.total or "–", grade, changed_by(setter, row.change)]
    return [cut(setter, text, width) for text, width in zip(texts, WIDTHS, strict=True)]


def put_movement(flow: PageFlow, tables: Sequence[RankingTable], rows: int) -> None:
    """Place who rose and who fell most."""
    say = flow.setter.say
    put_heading(flow, say(words.MOVEMENT))
    known = [row for table in tables for row in table.rows if row.change is not None]
    if not known:
        put_told(flow, say(words.NO_MOVEMENT))
        return
    order = sorted(known, key=lambda row: -(row.change or 0))
    risen = [row for row in order[:rows] if (row.change or 0) > 0]
    fallen = [row for row in reversed(order[-rows:]) if (row.change or 0) < 0]
    for sentence, units in ((words.RISEN, risen), (words.FALLEN, fallen)):
        told = [say(words.MOVED, unit=row.name, n=changed_by(flow.setter, row.change)) for row in units]
        put_told(flow, say(sentence, units=joined(flow.setter, told) or "–"))


class SectionRates(NamedTuple):
    """A section: its title, the average score rate of each group, and who is lowest in it."""

    title: Text
    rates: tuple[Fraction | None, ...]
    lowest: tuple[RankedLine, Fraction] | None


def put_rates(flow: PageFlow, tables: Sequence[RankingTable], rows: int) -> None:
    """Place the average score rates of the sections, the lowest first; fewer where the tables have fewer rows."""
    if not tables:
        return
    say = flow.setter.say
    put_heading(flow, say(words.RATES))
    found = [rates_of(tables, at) for at in range(len(tables[0].sections))]
    found.sort(key=lambda each: min((rate for rate in each.rates if rate is not None), default=Fraction(2)))
    room = BODY_WIDTH - RATE_WIDTH * len(tables)
    groups = [
        PdfColumn(cut(flow.setter, say(each.title), RATE_WIDTH, CELL_BOLD), RATE_WIDTH, Align.MIDDLE) for each in tables
    ]
    columns = [PdfColumn(say(words.SECTION), room / 2), *groups, PdfColumn(say(words.LOWEST), room / 2)]
    table = PdfTable(flow, columns)
    for each in found[: SECTIONS_A_ROW * rows]:
        lowest = "–"
        if each.lowest:
            row, rate = each.lowest
            lowest = say(words.RATE_OF, unit=row.name, rate=percent(rate))
        rates = ["–" if rate is None else f"{percent(rate)}%" for rate in each.rates]
        table.add([cut(flow.setter, say(each.title), room / 2), *rates, cut(flow.setter, lowest, room / 2)])
    table.end()


def rates_of(tables: Sequence[RankingTable], at: int) -> SectionRates:
    """The average score rates in one section."""
    means, lowest = [], None
    for table in tables:
        known = [(row, share) for row in table.rows if (share := row.sections[at][1]) is not None]
        means.append(sum((share for _, share in known), Fraction(0)) / len(known) if known else None)
        for row, share in known:
            if lowest is None or share < lowest[1]:
                lowest = (row, share)
    return SectionRates(tables[0].sections[at][0], tuple(means), lowest)


def percent(rate: Fraction) -> str:
    """A score rate in percent, to one decimal."""
    return printed(round_half_up(rate * 100, 1), 1)


def put_limits(flow: PageFlow, tables: Sequence[RankingTable], rows: int) -> None:
    """Place whom a veto or a cap limits, and who has no total."""
    setter = flow.setter
    say = setter.say
    put_heading(flow, say(words.LIMITED))
    limited = [row for table in tables for row in table.rows if row.marks or row.why]
    if not limited:
        put_told(flow, say(words.NONE_LIMITED))
    for row in limited[:rows]:
        whys = [say(each) for each in dict.fromkeys((*row.marks, *([row.why] if row.why else [])))]
        put_told(flow, say(words.LIMIT, unit=row.name, why=joined(setter, whys)))
    if len(limited) > rows:
        put_told(flow, say(words.MORE, n=len(limited) - rows))
