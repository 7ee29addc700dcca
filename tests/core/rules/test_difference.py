from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assess.core import methods
from assess.core.rules import adjustments
from assess.core.rules.difference import differences
from assess.core.rules.sheet import RuleSheet, digest_of
from assess.core.rules.words import key_words
from assess.files.rule_sheets import load_sheet
from tests.core.rules.trees import Key, a_full_sheet, another, keys_in, sheet_of, value_at, with_value

RULES = Path(__file__).parents[3] / "rules"
FULL = a_full_sheet()
FULL_SHEET = sheet_of(FULL)
ALL = [key for key in keys_in(FULL_SHEET) if len(key.kind.words) != 1]
"""A choice of one word cannot change."""
KEYS = list({(key.record, key.name): key for key in ALL}.values())
THINGS = {"id", "departments", "objects", "figures", "items", "adjustments"}
"""Keys of which is told what was added and removed, by its own name."""
SET = [key for key in KEYS if key.optional and value_at(FULL, key.path) is not None]

FIGURES = {
    "pm25": {"title": {"zh": "细颗粒物", "en": "PM2.5"}, "kind": "number", "from": "bureau"},
    "burns": {"title": {"zh": "露天焚烧", "en": "Open fires"}, "kind": "count", "from": "unit"},
    "river": {"kind": "choice", "choices": ["II", "III"], "from": "bureau"},
}
AIR = {
    "id": "air",
    "title": {"zh": "大气", "en": "Air"},
    "points": "8",
    "items": [
        {"id": "air.pm25", "title": {"zh": "浓度", "en": "Level"}, "points": "5", "method": "ratio", "figure": "pm25",
         "target": "30", "better": "lower", "clause": "第一条"},
        {"id": "air.burns", "points": "3", "method": "deduct", "clause": "第二条",
         "lines": [{"figure": "burns", "points": "0.5"}, {"figure": "pm25", "target": "35", "points": "1"}]},
    ],
}  # fmt: skip
WATER = {
    "id": "water",
    "points": "4",
    "items": [
        {"id": "river", "points": "4", "method": "lookup", "figure": "river", "table": {"II": "4", "III": "2"},
         "clause": "第三条"},
    ],
}  # fmt: skip
A_SHEET = {
    "id": "a-sheet",
    "title": {"zh": "评分表", "en": "The sheet"},
    "year": "2025",
    "departments": {"bureau": {"title": {"zh": "生态环境局", "en": "Ecology Bureau"}}},
    "figures": FIGURES,
    "missing": "zero",
    "items": [AIR, WATER],
    "adjustments": [
        {"kind": "veto", "id": "accident", "when": "burns > 9", "grade": "fail", "clause": "第九条"},
    ],
    "grades": [
        {"id": "good", "title": {"zh": "良好", "en": "Good"}, "from": "9", "at_most": "35%"},
        {"id": "fail"},
    ],
}


def name_of(key: Key) -> str:
    return ".".join(map(str, (key.record.__name__, *key.path)))


def told(old: RuleSheet, new: RuleSheet, language: Any = "en") -> list[str]:
    return [each.localized(language) for each in differences(old, new)]


@pytest.mark.parametrize("key", KEYS, ids=name_of)
def test_no_key_of_the_format_changes_without_a_difference(key: Key):
    changed = sheet_of(with_value(FULL, key.path, another(key.kind, value_at(FULL, key.path) or key.default)))

    assert digest_of(changed) != digest_of(FULL_SHEET)
    for language in ("zh", "en"):
        word = key_words(key.record, key.name).localized(language)
        assert any(word in line or key.name in THINGS for line in told(FULL_SHEET, changed, language))
    assert told(changed, FULL_SHEET) != []


@pytest.mark.parametrize("key", SET, ids=name_of)
def test_a_key_taken_out_or_put_in_is_a_difference_where_the_digest_tells_them_apart(key: Key):
    without = sheet_of(with_value(FULL, key.path, None))

    assert (told(FULL_SHEET, without) != []) == (digest_of(without) != digest_of(FULL_SHEET))
    assert (told(without, FULL_SHEET) != []) == (digest_of(without) != digest_of(FULL_SHEET))


def test_every_method_and_adjustment_is_among_the_keys_that_are_changed():
    records = {key.record for key in KEYS}

    assert {*methods.METHODS.values(), *adjustments.RECORDS.values()} - records == set()


def a_sheet(*changes: tuple[tuple[str | int, ...], Any]) -> RuleSheet:
    """The sheet with other values at some paths."""
    tree: dict[str, Any] = A_SHEET
    for path, value in changes:
        tree = with_value(tree, path, value)
    return sheet_of(tree)


def test_the_same_sheet_has_no_differences_however_it_is_written():
    rewritten = a_sheet(
        (("items", 0, "points"), "8.00"),
        (("items", 0, "items", 0, "cap"), "5"),
        (("grades", 0, "at_most"), "0.35"),
        (("figures",), dict(reversed(FIGURES.items()))),
        (("ranking",), {"better": "higher"}),
    )

    assert told(a_sheet(), rewritten) == []


def test_changes_of_one_value_are_told_with_both_values_as_written():
    new = a_sheet(
        (("year",), "2026"),
        (("title",), {"zh": "评分表", "en": "The rule sheet"}),
        (("rounding",), {"item": "2"}),
        (("figures", "pm25", "from"), "unit"),
        (("missing",), {"points": "1"}),
        (("items", 0, "points"), "10"),
        (("items", 0, "items", 0, "target"), "previous(pm25)"),
        (("items", 0, "items", 0, "cap"), "6"),
        (("items", 0, "items", 1, "lines", 0, "points"), "0.6"),
        (("items", 1, "items", 0, "table", "III"), "2.5"),
        (("grades", 0, "at_most"), "30%"),
        (("conversion",), {"points": "10", "by": "share"}),
    )

    assert told(a_sheet(), new, "zh") == [
        "名称（英文）“The sheet” → “The rule sheet”",
        "年度 2025 → 2026",
        "取位：考核项小数位 不取位（none） → 2",
        "数据项“细颗粒物”（pm25）：来源 “生态环境局”（bureau） → 考核对象（unit）",
        "缺数据时 得零分（zero） → 1分",
        "考核类别“大气”（air）：分值 8 → 10分",
        "考核项“浓度”（air.pm25）：封顶 同分值 → 6",
        "考核项“浓度”（air.pm25）：目标 30 → 上年“细颗粒物”（pm25）",
        "考核项“air.burns”，计分行“露天焚烧”（burns）：每档扣分 0.5 → 0.6",
        "考核项“river”：对照表中III 2 → 2.5",
        "等次“良好”（good）：名额 35% → 30%",
        "折算 未设 → 折算分值 10；折算办法 按比例（share）",
    ]
    assert told(a_sheet(), new)[2:9] == [
        "rounding: decimals of items none → 2",
        "figure PM2.5 (pm25): supplied by Ecology Bureau (bureau) → unit",
        "where data are missing zero → 1 point",
        "section Air (air): full mark 8 → 10 points",
        "item Level (air.pm25): cap the full mark → 6",
        "item Level (air.pm25): target 30 → last year's PM2.5 (pm25)",
        "item air.burns, line Open fires (burns): points lost a step 0.5 → 0.6",
    ]


def test_things_that_come_go_and_move_are_named_with_what_they_say():
    new = a_sheet(
        (("figures", "river"), None),
        (("figures", "noise"), {"title": {"zh": "噪声", "en": "Noise"}, "kind": "number", "from": "bureau"}),
        (("items", 0, "items"), [AIR["items"][0]]),
        (("items", 1), {
            "id": "rest",
            "points": "4",
            "items": [
                AIR["items"][1],
                {"id": "noise", "points": "1", "clause": "第四条", "method": "bands", "figure": "noise",
                 "better": "lower", "bands": [{"to": "55", "points": "1"}, {"points": "0"}]},
            ],
        }),
    )  # fmt: skip

    assert told(a_sheet(), new) == [
        ("figure river: removed (it was: type choice; choices II, III; supplied by Ecology Bureau (bureau))"),
        "figure Noise (noise): added: type number; supplied by Ecology Bureau (bureau)",
        "section rest: added: full mark 4 points",
        "item air.burns: moved from section Air (air) to section rest",
        "section water: removed (it was: full mark 4 points)",
        "item river: removed from section water (it was: full mark 4 points; clause 第三条; method lookup; "
        "figure river; table II: 4, III: 2)",
        "item noise: added to section rest: full mark 1 point; clause 第四条; method bands; figure Noise (noise); "
        "bands up to 55: 1, else 0; higher or lower is better lower",
    ]


def direct(figure: str) -> dict[str, str]:
    return {"method": "direct", "figure": figure}


def test_another_method_and_another_kind_of_thing_are_told_with_what_they_say():
    new = a_sheet(
        (
            ("items", 0, "items", 0),
            {"id": "air.pm25", "points": "5", "method": "direct", "figure": "pm25", "clause": "1"},
        ),
        (("items", 1), {"id": "water", "points": "4", "method": "direct", "figure": "burns", "clause": "3"}),
        (("adjustments", 0, "kind"), "grade-cap"),
    )

    assert told(a_sheet(), new) == [
        "item air.pm25: title “Level” → none",
        "item air.pm25: clause 第一条 → 1",
        "item air.pm25: method changed from ratio to direct (it was: figure PM2.5 (pm25); target 30; "
        "higher or lower is better lower; it is: figure PM2.5 (pm25))",
        "item water: changed from section to item: full mark 4 points; clause 3; method direct; "
        "figure Open fires (burns)",
        "item river: removed from section water (it was: full mark 4 points; clause 第三条; method lookup; "
        "figure river; table II: 4, III: 2)",
        "grade-cap accident: changed from veto to grade-cap: clause 第九条; condition burns > 9; grade fail",
    ]


def test_another_order_is_a_difference_because_the_sheet_is_read_in_order():
    new = a_sheet(
        (("items",), [WATER, AIR | {"items": AIR["items"][::-1]}]),
        (("grades",), A_SHEET["grades"][::-1]),
    )

    assert told(a_sheet(), new) == [
        "items: the order is now water, air",
        "section Air (air): the order is now air.burns, air.pm25",
        "grades: the order is now fail, good",
    ]


def test_the_two_demonstration_years_differ_in_what_their_notes_say():
    old, new = (load_sheet(RULES / f"chaoyang-{year}" / "rule-sheet.yaml").sheet for year in (2025, 2026))
    expected = {
        "考核项“细颗粒物年均浓度达标”（air.pm25-target），计分行“细颗粒物（PM2.5）浓度”（pm25）：每档扣分 0.5 → 0.6",
        "考核项“施工工地扬尘管控合格率”（air.dust-sites）：目标 95 → 96",
        "考核类别“生态保护与花园城市”（ecology）：分值 9 → 10分",
        "考核类别“治理保障”（governance）：分值 9 → 8分",
        "等次“优秀”（excellent）：名额 35% → 30%",
    }
    lines = told(old, new, "zh")

    assert expected - set(lines) == set()
    assert [line.split("：")[0] for line in lines if "：新增" in line or "：删去" in line] == [
        "数据项“生物多样性本底调查”（biodiversity_survey）",
        "数据项“台账资料查阅得分”（files_score）",
        "考核项“生物多样性本底调查”（ecology.biodiversity）",
        "考核项“台账资料”（governance.files）",
        "降等“上年度不合格且本年度低于80分降一等”（failed-before）",
    ]
