"""The first sheet of a rule sheet's workbook: what it is and how to fill it in, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xlsxwriter.workbook import Workbook

from assess.core.text import Language, Text
from assess.files.rule_sheets.book_content import main_keys
from assess.files.rule_sheets.book_layout import GUIDE, ITEMS, MAIN, METHODS, TABS
from assess.files.rule_sheets.book_looks import PrintedArea, print_on_pages
from assess.files.rule_sheets.book_words import heading_of, words_of
from assess.files.workbooks.books import write_text

TITLE: Final = Text("评分表填写说明", "How to fill in this rule sheet")
STEPS: Final = (
    Text(
        "本Excel表格是一个考核年度的评分表，与YAML文件内容等价，可以互相转换，内容不丢失。",
        "This Excel file is the rule sheet of one assessment year. It has the same contents as the YAML "
        "file; each converts into the other without loss.",
    ),
    Text(
        "各工作表第1行是中文表头，第2行是键名，系统按键名读取，请勿改动；第3行起填写内容。",
        "In each sheet, row 1 has Chinese headings and row 2 the keys. The service reads by the keys, so "
        "do not change them. Fill in from row 3.",
    ),
    Text(
        "没有内容的工作表没有写出，没有用到的列已折叠，点列标上方的“+”展开。需要没有写出的工作表时，按下面的键名一览新建，"
        "照抄工作表名称和第2行的键名。",
        "Sheets without contents are left out, and columns that are not used are folded. Open them by the + "
        "above. To add a sheet that was left out, copy its name and keys (row 2) from the list below.",
    ),
    Text(
        "空白单元格表示没有这一项。行的先后就是评分表的先后：分档、等次、加减分按顺序起作用。",
        "A blank cell means that the key is absent. The order of rows is the order of the sheet: bands, "
        "grades and adjustments apply in turn.",
    ),
    Text(
        "先填“数据项”（考核什么、谁提供），再填“考核项”：没有计分方法的行是考核类别，有计分方法的行是考核项；"
        "“上级编号”填所属类别或加减分事项的编号，空白表示最上层。",
        "Fill in 数据项 first (what is measured, and who supplies it), then 考核项: a row without a "
        "method is a section, a row with one is an item. The parent is the ID of its section, or of the "
        "bonus or deduction it belongs to. Blank means the top level.",
    ),
    Text(
        "计分方法常用的键各有一列；其余写在“方法的其他设置”一格，每行一个“键: 值”，如zero_below: 70%。"
        "按住Alt再按回车可在格内换行。",
        "The usual keys of a method have their own columns. Put others in the settings cell, one `key: "
        "value` per line, such as zero_below: 70%. Alt+Enter starts a new line in a cell.",
    ),
    Text(
        "扣分行、分档、查表、名次比例、折线点、更正、系数和任务范围写在“明细”，一行一条，注明考核项编号和明细类型；序号可不填"
        "，填则应在同一类型内由小到大。",
        "Put deduction lines, bands, tables, shares of places, points of a line, corrections, coefficients and the "
        "selection of tasks in 明细, one per row, with the ID of the item and the part. The number is "
        "optional; if given, it rises within its part.",
    ),
    Text(
        "数字直接填写，如7.5、30%；分数2/3请先把单元格设为文本格式，以免变成日期。列表用逗号隔开，"
        "如air, water；其中含逗号的一项加英文双引号。",
        "Enter numbers as they are, such as 7.5 or 30%. For a fraction such as 2/3, set the cell format "
        "to text first, or it becomes a date. Separate list entries by commas, as in air, water. Put an "
        "entry with a comma in double quotes.",
    ),
    Text(
        "缺数据时按规定分数计的，在“缺数据时”填points: 60。空列表填[]；任务范围不限的，填{}。",
        "If missing data earn a fixed score, enter points: 60 in the column missing. Enter [] for an "
        "empty list and {} for tasks without limit.",
    ),
    Text(
        "名称、备注等有中文、英文两列；两列相同或只填一列的，两种语言都用它。",
        "Titles and notes have a Chinese and an English column. If both are the same, or only one is "
        "filled in, it is used for both languages.",
    ),
    Text(
        "不能用公式、合并单元格和隐藏的工作表。自己的备忘可写在表头为“备注”或“说明”、第2行空白的列里，不会读取。",
        "Do not use formulas, merged cells or hidden sheets. You can keep your own notes in a column "
        "headed 备注 or 说明 whose row 2 is blank. They are not read.",
    ),
    Text(
        "有下拉列表的单元格请从列表中选择；同义词和英文词也可以填，见下面的键名一览。数字、编号、表达式里的全角字符按半角读。填好后运行检查，全部错误连同工作表和单元格位置一次列出。",
        "Select from the drop-down list where there is one. The other words of the list below may be entered "
        "too. Then run the check. It lists all errors at "
        "once, with sheet and cell.",
    ),
)
STEP_HEIGHT: Final = 32
WIDTHS: Final = (14, 26, 34, 40, 60)
KEYS: Final = Text("键名一览", "All keys")
NAMES: Final = (
    Text("工作表", "Sheet"), Text("键", "Key"), Text("中文", "Chinese"), Text("英文", "English"), Text("可填", "Words")
)  # fmt: skip


def write_guide(book: Workbook, language: Language) -> None:
    """Write the sheet: the steps in a language, printed on a page, and every key below."""
    sheet = book.add_worksheet(GUIDE)
    bold = book.add_format({"bold": True, "font_size": 14})
    heading = book.add_format({"bold": True, "bg_color": "#D9E2EF", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    write_text(sheet, 0, 0, TITLE.localized(language), bold)
    for row, step in enumerate(STEPS, 2):
        sheet.merge_range(row, 0, row, 4, "", wrapped)
        write_text(sheet, row, 0, f"{row - 1}. {step.localized(language)}", wrapped)
        sheet.set_row(row, STEP_HEIGHT)
    row = 2 + len(STEPS)
    print_on_pages(sheet, PrintedArea(row, WIDTHS, 1), tall=1)
    write_text(sheet, row + 1, 0, KEYS.localized(language), bold)
    for column, name in enumerate(NAMES):
        write_text(sheet, row + 2, column, f"{name.zh} {name.en}", heading)
    for number, line in enumerate(key_lines(), row + 3):
        for column, text in enumerate(line):
            write_text(sheet, number, column, text, wrapped)


def key_lines() -> Iterator[tuple[str, ...]]:
    """One line for each key: those of the sheet itself, of each tab, and of the settings of methods."""
    in_settings = [key for key, _ in main_keys(METHODS.kinds) if key not in ITEMS.columns]
    for tab in (MAIN, *TABS[1:], METHODS):
        for key in tab.columns or (in_settings if tab is METHODS else [key for key, _ in main_keys(MAIN.kinds)]):
            heading = heading_of(tab, key)
            yield tab.name, key, heading.zh, heading.en, words_of(tab, key)
