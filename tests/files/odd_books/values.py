"""Values as people and programs write them."""

from __future__ import annotations

from tests.files.odd_books.cases import flawed, sound
from tests.files.odd_books.packages import (
    CHINESE_DAY,
    DAY,
    DAY_TIME,
    OTHER_PERCENT,
    PERCENT,
    QUOTED_PERCENT,
    Sheet,
    Tag,
    a_book,
    error,
    formula,
    number,
    packed,
    parts_of,
    rows_of,
    shared,
    truth,
)

PM, SHARE, CASES, MONEY, WATER = "PM2.5浓度", "达标率", "案件数", "投入资金", "断面水质"


@sound({"u1 pm": "12.5", "u2 pm": "35.2", "u3 pm": "31", "u4 pm": "8"})
def numbers_as_text_in_full_width_with_their_unit_of_measure() -> bytes:
    return a_book(
        ["单位", PM], ["三里屯", "１２．５"], ["建外", "35.2 µg/m³"], ["金盏", "\u00a0 31.0　"], ["小红门", "8ΜG/M³"]
    )


@sound({"u1 money": "1234567.89", "u2 money": "-1234.5", "u3 money": "1000", "u4 money": "5"})
def numbers_with_separators_of_thousands() -> bytes:
    return a_book(
        ["单位", MONEY],
        ["三里屯", "1,234,567.89"],
        ["建外", "－１，２３４．５"],
        ["金盏", "1,000万元"],
        ["小红门", "+5"],
    )


@sound({"u1 share": "85", "u2 share": "98.765", "u3 share": "90", "u4 share": "12.5", "u5 share": "7"})
def percent_signs_typed_and_shown() -> bytes:
    return a_book(
        ["单位", SHARE],
        ["三里屯", "85%"],
        ["建外", number("0.98765", PERCENT)],
        ["金盏", "９０％"],
        ["小红门", number("0.125", OTHER_PERCENT)],
        ["太阳宫地区", number(7, QUOTED_PERCENT)],
    )


@sound({"u1 cases": "3", "u2 cases": "0", "u3 cases": "12"})
def counts_with_their_word() -> bytes:
    return a_book(["单位", CASES], ["三里屯", "3起"], ["建外", 0], ["金盏", "12 cases"])


@flawed("数据!B2: percentage", "数据!B3: percentage", "数据!B4: not in", "数据!B5: not in")
def a_percentage_and_another_unit_of_measure_are_never_converted() -> bytes:
    return a_book(
        ["单位", PM], ["三里屯", number("0.5", PERCENT)], ["建外", "30%"], ["金盏", "0.03 mg/m³"], ["小红门", "30度"]
    )


@sound(
    {
        **{"u1 level": "优", "u2 level": "差", "u1 online": "yes", "u2 online": "no", "u3 online": "yes"},
        **{"u4 online": "no", "u5 online": "yes"},
    }
)
def choices_and_truths() -> bytes:
    return a_book(
        ["单位", "评价等级", "是否联网"],
        ["三里屯", " 优", "是"],
        ["建外", "差\u200b", "否"],
        ["金盏", None, truth(True)],
        ["小红门", None, "FALSE"],
        ["太阳宫地区", None, 1],
    )


@flawed(
    *(
        "数据!B2: is not a choice. Select one of",
        "数据!C2: must be yes or no",
        "数据!B3: is not a choice. Select one of",
        "数据!C3: must be yes or no",
    ),
    "数据!C4: must be yes or no",
)
def words_that_are_no_choice() -> bytes:
    return a_book(["单位", "评价等级", "是否联网"], ["三里屯", "良好", "也许"], ["建外", 1, 2], ["金盏", None, "√"])


UNITS = ("三里屯", "建外", "金盏", "小红门", "太阳宫地区", "太阳宫乡")


@flawed(
    "数据!B2: invisible control characters",
    *(f"数据!B{row}: not a number" for row in (3, 4, 5)),
    "数据!B6: exponent",
    "数据!B7: commas",
)
def numbers_with_something_inside() -> bytes:
    texts = ("3\n1", "3 1", "3\u200b1", "3 1.5", "1e3", "1,23")
    return a_book(["单位", PM], *map(list, zip(UNITS, texts, strict=True)))


@flawed(
    *(f"数据!B{row}: not a number" for row in (2, 3, 4)),
    "数据!B5: decimal places",
    "数据!B6: not a number",
    "数据!B7: not a number",
)
def texts_that_only_people_take_for_numbers() -> bytes:
    texts = ("十二", "约30", "≥30", "31.55", "'31", "31.5.6")
    return a_book(["单位", PM], *map(list, zip(UNITS, texts, strict=True)))


@flawed(*(f"数据!B{row}: Leave the cell empty" for row in range(2, 8)))
def placeholders_are_neither_blank_nor_zero() -> bytes:
    return a_book(["单位", PM], *map(list, zip(UNITS, ("-", "/", "无", "N/A", "——", "ＮＡ"), strict=True)))


@sound({"u1 money": "12.3", "u2 money": "1000", "u3 money": "0", "u4 money": "0.1", "u5 money": "3.5", "u6 money": "7"})
def numbers_as_programs_store_them() -> bytes:
    digits = ("12.300000000000001", "1E3", "-0", "0.10000000000000001", "3.50", "+7.0")
    return a_book(["单位", MONEY], *([unit, number(text)] for unit, text in zip(UNITS, digits, strict=True)))


@flawed(
    "数据!B2: is not a whole number",
    "数据!B3: below the minimum of 0",
    "数据!B4: not a number",
    "数据!B5: not a number",
)
def counts_that_are_none() -> bytes:
    return a_book(["单位", CASES], ["三里屯", 2.5], ["建外", -1], ["金盏", truth(True)], ["小红门", "三起"])


@flawed("数据!B2: not a number", "数据!B3: not a number", "数据!B4: not a number", "数据!B5: not a number")
def truths_and_dates_in_a_column_of_numbers() -> bytes:
    values = (truth(False), number(46023, DAY), number("46023.5", DAY_TIME), number(-7, CHINESE_DAY))
    return a_book(["单位", PM], *([unit, value] for unit, value in zip(UNITS, values, strict=False)))


@flawed(
    "数据!B2: no stored result",
    "数据!B3: #DIV/0!",
    "数据!B4: #N/A",
    "数据!B5: #SPILL!",
    "数据!A6: #REF!",
    "数据!B7: #NAME?",
)
def formulas_without_stored_value_and_error_cells() -> bytes:
    return a_book(
        ["单位", PM],
        ["三里屯", formula("SUM(C1:C9)", None)],
        ["建外", formula("1/0", "#DIV/0!", "e")],
        ["金盏", error("#N/A")],
        ["小红门", error("#SPILL!")],
        [error("#REF!"), 31.5],
        ["太阳宫乡", error("#NAME?")],
    )


@sound({"u1 pm": "31.5", "u2 pm": "30", "u4 pm": "28"})
def formulas_with_stored_values_count_as_those() -> bytes:
    return a_book(
        ["单位", PM, "备注"],
        ["三里屯", formula("C2*2", "31.5"), error("#REF!")],
        ["建外", formula('TEXT(30,"0")', "30", "str")],
        ["金盏", formula('IF(TRUE,"","")', "", "str")],
        ["小红门", formula("28", "28"), formula("SUM(D1)", None)],
    )


@sound({"u1 water 2026-01": "3", "u2 water 2026-01": "4", "u1 water 2026-02": "5", "u2 water 2026-12": "6",
        "u3 water 2026-11": "7", "u4 water 2026-10": "8"})  # fmt: skip
def periods_as_text_and_as_dates() -> bytes:
    return a_book(
        ["单位", "期间", WATER],
        ["三里屯", "2026-01", 3],
        ["建外", number(46023, DAY), 4],
        ["三里屯", "2026年2月", 5],
        ["建外", "２０２６／１２／３１", 6],
        ["金盏", number(46327, CHINESE_DAY), 7],
        ["小红门", Tag('t="d"', "<v>2026-10-01T00:00:00</v>"), 8],
    )


@sound({"u1 water 2026-01": "3", "u2 water 2026-02": "4"})
def dates_counted_from_1904() -> bytes:
    return a_book(
        ["单位", "period", WATER],
        ["三里屯", number(46023 - 1462, DAY), 3],
        ["建外", number(46054 - 1462, CHINESE_DAY), 4],
        is_1904=True,
    )


@flawed(
    "数据!B2: outside 2026", "数据!B3: monthly", "数据!B4: not a period", "数据!B5: period", "数据!A7: appears twice"
)
def periods_that_do_not_fit() -> bytes:
    return a_book(
        ["单位", "期间", WATER],
        ["三里屯", "2025-12", 3],
        ["建外", "2026-Q1", 4],
        ["金盏", "春节", 5],
        ["小红门", None, 6],
        ["太阳宫乡", "2026-03", 6],
        ["太阳宫乡", number(46082, DAY), 6],
    )


@flawed("数据!C1: monthly", "数据2!B2: yearly")
def a_figure_by_the_month_without_months_and_one_by_the_year_with() -> bytes:
    return packed(
        parts_of(
            Sheet("数据", rows_of([["单位", PM, WATER], ["三里屯", None, 3]])),
            Sheet("数据2", rows_of([["单位", "期间", PM], ["三里屯", "2026-01", 3]])),
        )
    )


@sound({"u1 pm": "31.5", "u2 pm": "30"})
def texts_in_pieces_with_readings_and_entities() -> bytes:
    strings = (
        "<si><t>单位</t></si>"
        "<si><r><t>PM2</t></r><r><rPr><b/></rPr><t>.5浓度</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
        "<si><t>&#x4E09;里屯</t></si><si><t xml:space='preserve'> 31.5 </t></si><si><t><![CDATA[建外]]></t></si>"
    )
    cells = [[shared(0), shared(1)], [shared(2), shared(3)], [shared(4), number(" 30 ")]]
    return a_book(*cells, strings=strings)


@sound({"u1 pm": "1"})
def blank_texts_are_missing_values() -> bytes:
    return a_book(
        ["单位", PM], ["三里屯", 1], ["建外", " "], ["金盏", "\u200b"], ["小红门", "\u3000\u00a0"], ["不存在", ""]
    )


@flawed("数据!B2: too long")
def a_cell_of_32767_characters() -> bytes:
    return a_book(["单位", PM, "备注"], ["三里屯", "9" * 32_766 + "x", "注" * 32_767])
