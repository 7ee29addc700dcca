"""Made-up scorecards and books for the tests of the documents; no engine is needed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from assess.core.numbers import printed, round_half_up
from assess.core.rules.sheet import SheetStanding
from assess.core.scorecard.content import (
    Before,
    CardEvidence,
    CardRow,
    DocumentHead,
    PostPoints,
    Scorecard,
    WholeLoss,
)
from assess.core.text import Text

SECTIONS = [
    Text("大气污染防治", "Air"),
    Text("水污染防治", "Water"),
    Text("土壤和固体废物", "Soil and waste"),
    Text("噪声", "Noise"),
    Text("生态保护", "Ecology"),
    Text("绿色低碳", "Green and low carbon"),
    Text("巡查整改", "Inspection follow-up"),
    Text("接诉即办", "Residents’ complaints"),
    Text("河长林长田长", "River, forest and field chiefs"),
    Text("治理保障", "Governance"),
]
ITEMS = [
    Text("细颗粒物年均浓度达标", "Annual mean PM2.5 against the unit’s target"),
    Text("施工工地扬尘管控合格率", "Building sites that pass the dust check"),
    Text("入河排口溯源整治", "River outfalls traced and put right"),
    Text("居民垃圾分类参与率", "Share of households that sort"),
    Text("超期未整改问题", "Findings overdue"),
    Text("挥发性有机物治理", "Volatile organic compounds"),
    Text("诉求量同比变化", "Change in the number of complaints"),
]
REASONS = [
    Text(
        "全年均值35.2 µg/m³，高于目标32.0 µg/m³，超出3.2 µg/m³，每超1 µg/m³扣0.60分，扣1.92分。",
        "Annual mean 35.2 µg/m³ is 3.2 µg/m³ above the target of 32.0 µg/m³; each µg/m³ costs 0.60: 1.92 points lost.",
    ),
    Text(
        "合格率95.3%，目标96%，完成99.27%，按比例得分。", "95.3% of a target of 96%: 99.27% done, points in proportion."
    ),
    Text("按期完成全部12项措施，得满分。", "All 12 measures done in time: full mark."),
    Text(
        "本组24个单位中列第9名（并列2个），首名满分，每降一名减0.06分。",
        "9th of the 24 units of the group (2 units share the place); first place full, 0.06 less for each place.",
    ),
    Text(
        "发现扬尘问题7起，每起扣0.05分；复查未整改2起，每起扣0.10分；共扣0.55分。",
        "7 problems at 0.05 and 2 not put right at 0.10: 0.55 points lost.",
    ),
]
DIGEST = "sha256:" + "0123456789abcdef" * 4


def a_head(**changes: Any) -> DocumentHead:
    """The head of a demonstration."""
    head = DocumentHead(
        sheet="shifan-2026",
        title=Text("2026年街乡环境保护考核评分表", "2026 environmental protection assessment of streets and townships"),
        year=2026,
        basis=Text(
            "《街道（地区）环境保护考核实施细则（2026年示范文本）》",
            "Implementation rules (demonstration text of 2026)",
        ),
        standing=SheetStanding.DEMONSTRATION,
        rule_digest=DIGEST,
        input_digest="sha256:" + "fedcba9876543210" * 4,
        engine="1.0",
    )
    return replace(head, **changes)


def an_item(number: str, at: int, **changes: Any) -> CardRow:
    """An item that lost some points, the more the higher `at` modulo 7 is."""
    lost, why = Fraction(at % 7 * 11, 100), REASONS[at % len(REASONS)]
    observed = f"{number}/{at}"
    row = CardRow(
        id=f"item-{at}",
        number=number,
        depth=1,
        section=False,
        title=ITEMS[at % len(ITEMS)],
        full="2",
        points=printed(2 - lost, 2),
        state="scored",
        why=Text(f"{why.zh}（记录{observed}）", f"{why.en} (record {observed})"),
        clause=f"第六条第（{at % 12 + 1}）项 / Art. 6({at % 12 + 1})",
        evidence=(at + 1,),
        mean=printed(Fraction(175 - at % 9, 100), 2),
        lost=printed(lost, 2) if lost else None,
        share=1 - lost / 2,
        mean_share=Fraction(4, 5),
    )
    return replace(row, **changes)


def a_section(number: str, at: int, items: list[CardRow], **changes: Any) -> CardRow:
    """A section that adds its items up."""
    full, points = 2 * len(items), sum(Fraction(item.points or 0) for item in items)
    row = CardRow(
        id=f"section-{at}",
        number=number,
        depth=0,
        section=True,
        title=SECTIONS[at % len(SECTIONS)],
        full=str(full),
        points=printed(Fraction(points), 2),
        state="scored",
        why=Text("", ""),
        clause="",
        evidence=(),
        mean=printed(Fraction(full * 4, 5), 2),
        lost=printed(full - points, 2),
        share=points / full if full else None,
        mean_share=Fraction(80 - at, 100),
    )
    return replace(row, **changes)


def rows_of(items: int, sections: int = 10, seed: int = 0) -> tuple[CardRow, ...]:
    """So many items, spread evenly over so many sections."""
    rows: list[CardRow] = []
    for section in range(sections):
        places = range(section * items // sections, (section + 1) * items // sections)
        inside = [an_item(f"{section + 1}.{at}", place * (seed + 1) + seed) for at, place in enumerate(places, 1)]
        rows += [a_section(str(section + 1), section, inside), *inside]
    return tuple(rows)


def a_figure(number: int, **changes: Any) -> CardEvidence:
    """One figure of the year."""
    figure = Text(f"{ITEMS[number % 7].zh}（数据{number}）", f"{ITEMS[number % 7].en} (figure {number})")
    entry = CardEvidence(number, figure, "2026", Text.same(f"{30 + number % 7}.5%"), f"figures-2026.csv:{number + 1}:4")
    return replace(entry, **changes)


POSTS = (
    PostPoints(Text("党政主要负责人", "Chief"), "8.74"),
    PostPoints(Text("分管负责人", "Deputy in charge"), "9.10"),
)


def a_card(items: int = 40, sections: int = 10, seed: int = 0, **changes: Any) -> Scorecard:
    """The card of a scored unit with so many items."""
    rows = rows_of(items, sections, seed)
    scored = [row for row in rows if not row.section]
    total = sum((Fraction(row.points or 0) for row in scored), Fraction(0))
    full = 2 * len(scored)
    card = Scorecard(
        head=a_head(),
        unit=f"u{seed:03d}",
        name=Text(f"示范{seed + 1}街道", f"Model Subdistrict {seed + 1}"),
        group=Text("街道组", "Streets"),
        state="scored",
        state_why=None,
        total=printed(total, 2),
        full=str(full),
        base=printed(total, 2),
        grade=Text("良好", "Good"),
        rank="9",
        of="24",
        before=Before("85.10", "11", "24", Text("良好", "Good"), 2),
        converted=printed(round_half_up(total / max(full, 1) * 10, 2), 2),
        convertible="10",
        members=POSTS,
        rows=rows,
        losses=tuple(sorted((row for row in scored if row.lost), key=lambda row: -Fraction(row.lost or 0))),
        adjustments=(),
        bridge=(),
        not_applicable=(),
        missing=(),
        warnings=(),
        evidence=tuple(a_figure(number) for number in range(1, len(scored) + 1)),
        tasks=((Text("承担任务", "Tasks"), Text("82项", "82")), (Text("按期完成", "Done in time"), Text("79项", "79"))),
        findings=(
            (Text("发现问题", "Found"), Text("31件", "31")),
            (Text("按期整改率", "Put right in time"), Text.same("96.77%")),
        ),
        whole_loss=WholeLoss((), printed(full - total, 2)),
        next_grade=Text("距“优秀”等次（90分）差2.65分。", "2.65 points are missing to Excellent (90)."),
    )
    return replace(card, **changes)


def monthly(first: int, figure: Text) -> tuple[CardEvidence, ...]:
    """Twelve months of one figure, each from its own line."""
    return tuple(
        CardEvidence(
            first + at,
            figure,
            f"2026-{at + 1:02d}",
            Text.same(f"{35 + at % 5}.{at % 10}"),
            f"figures-2026.csv:{at + 2}:7",
        )
        for at in range(12)
    )
