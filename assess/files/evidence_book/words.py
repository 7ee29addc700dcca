"""What the workbook of a department says to those who fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assess.core.evidence.asked import DepartmentRequest
from assess.core.rules.figure import Figure
from assess.core.text import Text
from assess.files.evidence_book.layout import DETAILS, counts_of, data_sheets
from assess.files.form_words import how_to_fill

TITLE: Final = Text("{title} · {department} · 数据报送表", "{title} · {department} · evidence")
COLOURS: Final = Text(
    "浅黄色的单元格填写；灰色的表头和白色的单元格无需改动（未设密码）。标 * 的为必填。以“例：”开头的一行是填写示例，"
    "不读取。",
    "Fill in the pale yellow cells; grey headings and white cells stay as they are (there is no password). "
    "* means required. The row that begins with “e.g.” shows how to fill in the columns and is not read.",
)
ONE_ROW: Final = Text(
    "“{sheets}”表中每个单位一行；按月、按季度、按半年报送的，每个单位每期一行。没有数据的先留空，不要填“无”或“-”；"
    "确为零的填 0。",
    "The sheets {sheets} have one row for each unit, and for each period where figures are monthly, quarterly or "
    "half-yearly. Leave a cell empty where there is no value yet: no dash, no n/a. Write 0 where it is truly none.",
)
GREYED: Final = Text(
    "深灰色的单元格表示该单位不涉及此项，不用填；选中单元格可看到原因。",
    "Dark grey cells do not apply to the unit and stay empty; choose one to see why.",
)
REMARKS: Final = Text(
    "每项数据右侧有备注栏，可说明来源、口径和特殊情况。",
    "Beside every figure there is a column for a remark: where it comes from, how it was counted, anything unusual.",
)
COUNTED: Final = Text(
    "新填或改动的计数类数据（{figures}）要在“{details}”表中逐起登记，每起一行，写明单位、数据项、日期、地点、情况、"
    "照片编号。登记的行数应与所填数量一致；数量没有改动的不用补登，填 0 的不用登记。",
    "Every case behind a count that you enter or change ({figures}) has a row on the sheet {details}: unit, figure, "
    "date, place, what happened, photo number. There must be as many rows as the count says; a count that stays as it "
    "was needs no new rows, and a count of 0 needs none.",
)
SORTED: Final = Text(
    "可以排序和筛选：筛选按钮在示例行。排序时请包含全部列，各行由隐藏的单位代码识别。",
    "Rows can be sorted and filtered: the buttons are in the example row. Sort whole rows; a hidden code says which "
    "unit a row is about.",
)
UPLOADED: Final = Text(
    "填好后在系统中上传本文件；本文件只用于本部门、本年度。有问题的会标出后退回，全部无误才能确认。",
    "Upload this file when you are done; it is for this department and this year only. If anything is wrong it comes "
    "back marked; only a file without flaws can be accepted.",
)

LOCKED: Final = Text("此栏已填好，请勿改动。", "This is filled in already: leave it as it is.")
BARRED: Final = Text("此项不用填——{reason}。", "Nothing to fill in – {reason}.")
REMARK: Final = Text(
    "需要说明的情况，最多 {most} 字，可不填。", "Anything to be said of it, at most {most} characters; optional."
)
EXAMPLE: Final = Text("{example}（{how}）", "{example} ({how})")
NOTED: Final = Text("{how}。{note}", "{how}. {note}")

CASE_UNIT: Final = Text("从列表中选单位。", "Choose the unit from the list.")
CASE_FIGURE: Final = Text("计入哪项数据，从列表中选。", "Choose the figure that counts this case from the list.")
CASE_PERIOD: Final = Text("计入哪一期，从列表中选。", "Choose the period that counts the case from the list.")
CASE_PERIOD_OR_YEAR: Final = Text(
    "计入哪一期，从列表中选；全年一次的数据可不填。",
    "Choose the period that counts the case from the list; leave it empty for a yearly figure.",
)
CASE_DATE: Final = Text("{year}年内的日期，如 {year}-03-15。", "A date in {year}, such as {year}-03-15.")
CASE_LOCATION: Final = Text("发生的地点，最多 {most} 字。", "Where it was, at most {most} characters.")
CASE_WHAT: Final = Text("什么情况，最多 {most} 字。", "What was found, at most {most} characters.")
CASE_PHOTO: Final = Text("照片的编号或文件名，没有可不填。", "Number or file name of the photo; optional.")
CASE_EXAMPLES: Final = (
    Text("建国路 88 号院外", "outside 88 Jianguo Road"),
    Text("裸土未覆盖", "bare soil not covered"),
)


def steps(asked: DepartmentRequest, *, has_barred: bool) -> Sequence[Text]:
    """The instructions, in order."""
    names = list(data_sheets(asked).values())
    sheets = Text("”“".join(name.zh for name in names), ", ".join(name.en for name in names))
    counts = [figure.title for figure in counts_of(asked)]
    figures = Text("、".join(title.zh for title in counts), ", ".join(title.en for title in counts))
    return (
        ONE_ROW.format(sheets=sheets),
        *([GREYED] if has_barred else []),
        REMARKS,
        *([COUNTED.format(figures=figures, details=DETAILS)] if counts else []),
        SORTED,
        UPLOADED,
    )


def help_of(figure: Figure) -> Text:
    """What a figure takes, and the note of the rule sheet."""
    how = how_to_fill(figure)
    return how if figure.note is None else NOTED.format(how=how, note=figure.note)
