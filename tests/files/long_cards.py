"""Made-up scorecards and rankings with names of 60 characters, sentences of 600, wide numbers and many sections."""

from __future__ import annotations

from dataclasses import replace

from assess.core.rules.sheet import SheetStanding
from assess.core.scorecard.content import Before, BridgeStep, CardRow, PostPoints, RankedLine, RankingTable, Scorecard
from assess.core.text import Text
from tests.files.cards import a_card, a_figure, a_head, rows_of
from tests.files.full_cards import ADJUSTMENTS
from tests.files.rankings import a_table

NAME = Text(
    "生态文明建设示范区管理委员会第一综合治理街道" * 3,
    "The Comprehensive Ecology Administration of a Model District " * 2,
)
NAME = Text(NAME.zh[:60], NAME.en[:60])
SENTENCE = Text(
    "全年细颗粒物（PM2.5）年均浓度35.2 µg/m³，比目标值（32微克/立方米）高3.2微克/立方米，按每高1微克/立方米扣0.6分计；"
    * 10,
    "Annual mean PM2.5 was 35.2 µg/m³, 3.2 µg/m³ above the target; each µg/m³ costs 0.6 points and so on. " * 7,
)
SENTENCE = Text(SENTENCE.zh[:600], SENTENCE.en[:600])
PATH = "/data/2026/" + "x" * 90 + "/figures-2026.xlsx:数据表一（各街道）!BC"


def a_long_row(row: CardRow, at: int) -> CardRow:
    """A row where everything is as long as it may be, one thing here, another there."""
    return replace(
        row,
        title=NAME,
        why=SENTENCE if at % 5 == 0 else row.why,
        clause="第六条第（十一）项第3目及补充规定第二款 " + PATH if at % 7 == 0 else row.clause,
        points="-1234567.123456" if at == 4 else row.points,
        full="33.3333333333333" if at == 6 else row.full,
        number="10.12.3.4" if at == 2 else row.number,
        evidence=tuple(range(1, 60, 2)) if at == 8 else row.evidence,
    )


def a_long_card(items: int = 30) -> Scorecard:
    """A draft of a unit where everything is as long as it may be."""
    rows = tuple(a_long_row(row, at) for at, row in enumerate(rows_of(items, 20, 1)))
    return a_card(
        items,
        20,
        1,
        head=a_head(
            title=NAME, sheet="a-rule-sheet-with-a-long-name-" * 4, standing=SheetStanding.DRAFT, basis=SENTENCE
        ),
        name=NAME,
        group=NAME,
        grade=NAME,
        total="-1234567.123456",
        full="100000.000000",
        base="1234567.123456",
        next_grade=SENTENCE,
        rows=rows,
        losses=tuple(row for row in rows if row.lost and not row.section),
        warnings=(SENTENCE, NAME),
        members=tuple(PostPoints(NAME, "8.74") for _ in range(6)),
        before=Before("-99.99", "2.5", "343", NAME, -300),
        converted="1234567.12",
        convertible="1234567.12",
        adjustments=tuple(replace(each, title=NAME, why=SENTENCE, effect=NAME, kind=NAME) for each in ADJUSTMENTS),
        bridge=tuple(BridgeStep(SENTENCE, "-1234567.123456") for _ in range(3)),
        evidence=tuple(a_figure(number, figure=NAME, source=f"{PATH}{number}") for number in range(1, 30)),
        tasks=tuple((NAME, SENTENCE) for _ in range(4)),
    )


def a_long_table(units: int = 24, sections: int = 31) -> RankingTable:
    """A ranking with long names, sections that do not fit side by side, and units without a rank."""
    table = a_table(units, sections)
    ranked = [
        replace(row, name=NAME, grade=NAME, marks=(SENTENCE,) * (at % 9 == 0)) for at, row in enumerate(table.rows)
    ]
    rows = (*ranked[:-3], *map(without_rank, ranked[-3:]))
    titles = tuple((NAME if at % 3 else title, mark) for at, (title, mark) in enumerate(table.sections))
    return replace(table, title=NAME, rows=rows, sections=titles)


def without_rank(row: RankedLine) -> RankedLine:
    """The same unit, blocked."""
    nothing = tuple((None, None) for _ in row.sections)
    return replace(row, rank=None, total=None, grade=None, change=None, state="blocked", sections=nothing, why=SENTENCE)
