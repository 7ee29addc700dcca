"""Made-up scorecards at the limits: a unit with everything, and one with nothing to show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assess.core.scorecard.content import AdjustmentRow, BridgeStep, Scorecard
from assess.core.text import Text
from tests.files.cards import a_card, an_item, monthly

ADJUSTMENTS = (
    AdjustmentRow(
        "honours",
        Text("加分", "Bonus"),
        Text("激励指标", "Incentives"),
        "第十六条 / Art. 16",
        True,
        Text("加 1.50 分", "+1.50 points"),
        Text("获市级称号1项，推广做法1项。", "One city honour and one practice spread."),
        (
            an_item(
                "+1",
                30,
                title=Text("市级生态环境示范称号", "City honours for ecology"),
                depth=1,
                full="3",
                points="1.00",
            ),
            an_item("+2", 31, title=Text("被推广的创新做法", "New practices spread"), depth=1, full="2", points="0.50"),
        ),
    ),
    AdjustmentRow(
        "notices",
        Text("扣分", "Deduction"),
        Text("惩戒指标", "Penalties"),
        "第十七条 / Art. 17",
        True,
        Text("扣 2.00 分", "−2.00 points"),
        Text("市级督察通报1次，扣2.00分。", "One notice of the city inspection costs 2.00."),
        (
            an_item(
                "−1", 32, title=Text("市级督察通报", "Notices of the city inspection"), depth=1, full="6", points="2.00"
            ),
        ),
    ),
    AdjustmentRow(
        "accident",
        Text("一票否决", "Veto"),
        Text("负有责任的突发环境事件", "Accident of its own making"),
        "第十八条 / Art. 18",
        False,
        Text("", ""),
        Text("未发生。", "None happened."),
    ),
    AdjustmentRow(
        "overdue",
        Text("等次限制", "Grade cap"),
        Text("督察整改任务逾期不得评优", "No top grade with inspection tasks overdue"),
        "第十九条 / Art. 19",
        True,
        Text("等次不高于良好", "no better than Good"),
        Text("逾期任务2项。", "2 tasks are overdue."),
    ),
    AdjustmentRow(
        "fraud",
        Text("等次降低", "Grade down"),
        Text("考核数据不实", "False data"),
        "第二十条 / Art. 20",
        False,
        Text("", ""),
        Text("未发现。", "None found."),
    ),
    AdjustmentRow(
        "listed",
        Text("总分上限", "Total cap"),
        Text("被挂牌督办环境案件", "Listed case"),
        "第二十一条 / Art. 21",
        True,
        Text("总分不超过 85", "total at most 85"),
        Text("被挂牌督办1件。", "One case is listed."),
    ),
)


BRIDGE = (
    BridgeStep(Text("各项得分合计", "Sum of the lines"), "83.40"),
    BridgeStep(Text("不涉及项目按比例折算", "Rescaled for items that do not apply"), "+3.95"),
    BridgeStep(Text("加分", "Bonus"), "+1.50"),
    BridgeStep(Text("扣分", "Deduction"), "−2.00"),
    BridgeStep(Text("总分上限", "Total cap"), "−1.85"),
    BridgeStep(Text("总分", "Total"), "85.00"),
)


def a_full_card(items: int = 70) -> Scorecard:
    """A unit with everything: adjustments of every kind, a bridge, items left out, remarks, monthly figures."""
    card = a_card(items, seed=2)
    monthly_figures = [Text("细颗粒物月均浓度", "Monthly mean PM2.5"), Text("道路尘负荷", "Road dust load")]
    evidence = [*card.evidence]
    for figure in monthly_figures:
        evidence += monthly(len(evidence) + 1, figure)
    absent = an_item(
        "2.9",
        50,
        points=None,
        state="not-applicable",
        lost=None,
        mean=None,
        why=Text("辖区无河道。", "There is no river."),
    )
    missing = an_item(
        "3.9",
        51,
        points=None,
        state="missing",
        lost=None,
        why=Text("“厨余垃圾分出率”没有数据。", "The share of kitchen waste is missing."),
    )
    return replace(
        card,
        total="85.00",
        base="87.35",
        rows=(*card.rows, absent, missing),
        adjustments=ADJUSTMENTS,
        bridge=BRIDGE,
        not_applicable=(absent,),
        missing=(missing,),
        warnings=(
            Text("条件“总分上限”所需数据缺失，未作处理。", "A figure of a condition is missing: it had no effect."),
        ),
        evidence=tuple(evidence),
    )


def an_empty_card(state: str, why: Text, **changes: Any) -> Scorecard:
    """A unit with nothing to show."""
    nothing = {
        "state": state,
        "state_why": why,
        "total": None,
        "base": None,
        "grade": None,
        "rank": None,
        "of": None,
        "before": None,
        "converted": None,
        "convertible": None,
        "members": (),
        "rows": (),
        "losses": (),
        "evidence": (),
        "tasks": (),
        "findings": (),
        "next_grade": None,
        "group": None,
    }
    return a_card(1, 1, **{**nothing, **changes})
