"""What scores are counted in, wherever they are spoken of."""

from __future__ import annotations

from typing import Any

from assess.core.result_units import counted_in, headed, of_full, of_mark
from assess.core.rules.sheet_table import sheet_table
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.result_tables import ranking_table
from assess.core.text import Text
from tests.builders import Outcome, a_bonus, a_section, a_sheet, a_unit, an_adjustment, an_item, score

MONEY = Text("万元", "10 000 yuan")
UNIT = {"zh": "万元", "en": "10 000 yuan"}


def in_money(*items: Any, values: dict[str, Any], **keys: Any) -> Outcome:
    """One unit, scored in money."""
    return score(a_sheet(*items, unit_of_result=UNIT, **keys), a_unit(**values))


def test_the_sentence_of_an_item_speaks_of_money():
    item = an_item("formula", id="m", points="none", points_from="x * 60")
    outcome = in_money(item, values={"x": "20.453"}, figures={"x": {}})

    assert outcome.why("m") == (
        "x 20.453；按公式“x × 60”计算，得1227.18万元",
        "x: 20.453; by the formula x × 60; 1227.18 10 000 yuan",
    )


def test_stated_and_missing_sums_floors_corrections_and_sections_speak_of_money_too():
    x = an_item(id="x", points="none", figure="x", missing={"points": 6})
    y = an_item(id="y", points="none", figure="y", floor=-5)
    kept = [{"when": "y < 0", "keep": "50%", "clause": "3"}]
    outcome = in_money(a_section(x, y, points="none", corrections=kept), values={"y": -9})

    assert outcome.whys("x", "zh")["a"] == "缺少“x”，按规定计6万元"
    assert outcome.whys("y", "zh")["a"] == "y评定为-9万元，计得-9万元，按下限-5万元计"
    assert outcome.whys("section", "zh")["a"] == "各项得分合计；y < 0：按1万元的50%计（3），得0.5万元"


def test_what_adjustments_do_is_told_in_money():
    bonus = a_bonus(an_item(id="b", figure="b"), cap=3)
    cap = an_adjustment("total-cap", at=4, when="b > 0")
    outcome = in_money(an_item(id="x", points="none", figure="x"), values={"x": 5, "b": 8}, adjustments=[bonus, cap])

    assert [each.effect.zh for each in outcome.card().adjustments] == ["加3.00万元（最多加3万元）", "总分不超过4万元"]


def test_headings_name_what_totals_and_sections_are_counted_in():
    outcome = in_money(an_item(id="x", title="X", points="none", figure="x"), values={"x": 5})
    maker = BookMaker(outcome.lines)
    table = maker.table(0, Text.same("All"))
    printed = ranking_table(maker.head, [(table, table.rows)], [])

    assert outcome.card().head.unit_of_result == MONEY
    assert [column.heading.zh for column in printed.columns] == [
        "分组", "名次", "单位", "代码", "总分（万元）", "等次", "名次变化", "折算分", "X（万元）", "说明"
    ]  # fmt: skip


def test_the_table_of_a_sheet_speaks_of_money():
    item = an_item("bands", id="x", points="none", figure="x", bands=[{"from": 3, "points": 30}, {"points": -30}],
                   missing={"points": -5})  # fmt: skip
    told = sheet_table(a_sheet(item, unit_of_result=UNIT))

    assert (told.items[0].mark.zh, told.items[0].way.zh) == (
        "不设", "分档：数据项 x；分档 3起30万元、其余-30万元；缺数据时 -5万元"
    )  # fmt: skip
    assert ("得分单位", "“万元”") in [(key.zh, value.zh) for key, value in told.outcome]


def test_points_are_spoken_of_unless_the_sheet_says_otherwise():
    sentence = Text("得{points}分，满分{full}分", "{points} points of {full} points, 2 more points")

    assert counted_in(sentence, None) is sentence
    assert counted_in(sentence, MONEY) == Text(
        "得{points}万元，满分{full}万元", "{points} 10 000 yuan of {full} 10 000 yuan, 2 more 10 000 yuan"
    )
    assert headed(Text.same("总分"), None) == Text.same("总分")
    assert of_mark("5", "8", None) == Text("5分（满分8分）", "5 of 8 points")
    assert of_mark("5", "", MONEY) == Text("5万元", "5 10 000 yuan")
    assert (of_full("5", "8"), of_full("5", "")) == (Text("5 / 8", "5 of 8"), Text.same("5"))
