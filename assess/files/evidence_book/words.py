"""What the workbook of a department says to those who fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assess.core.evidence.asked import DepartmentRequest
from assess.core.rules.figure import Figure
from assess.core.text import Text
from assess.files.evidence_book.layout import DETAILS, counts_of, data_sheets
from assess.files.form_words import how_to_fill

TITLE: Final = Text("{title} · {department} · 数据报送表", "{title} · {department} · department data")
COLOURS: Final = Text(
    "请填写浅黄色的单元格；灰色的表头和白色的单元格无需改动（未设密码）。标*的为必填。以“例："
    "”开头的一行是填写示例，不读取。",
    "Fill in the pale yellow cells. Leave grey headings and white cells as they are (there is no "
    "password). * means required. The row that begins with “e.g.” is an example and is not read.",
)
ONE_ROW: Final = Text(
    "“{sheets}”表中每个单位一行；按月、按季度、按半年报送的，每个单位每期一行。没有数据的先留空，"
    "不要填“无”或“-”；确为零的填0。",
    "The sheets {sheets} have one row for each unit, and one for each reporting period where figures "
    "are monthly, quarterly or half-yearly. Leave a cell empty if there is no value yet; do not "
    "enter a dash or n/a. Enter 0 if the value is zero.",
)
GREYED: Final = Text(
    "深灰色的单元格表示该单位不涉及此项，不用填写；选中单元格可查看原因。",
    "Dark grey cells do not apply to the unit and stay empty. Select a cell to see why.",
)
REMARKS: Final = Text(
    "每项数据右侧有备注栏，可说明来源、口径和特殊情况。",
    "Each figure has a remark column on its right for the source, the method of counting and anything unusual.",
)
COUNTED: Final = Text(
    "新填或改动的计数类数据（{figures}）要在“{details}”表中逐起登记，每起一行，写明单位、数据项、"
    "日期、地点、情况、照片编号。登记的行数应与所填数量一致；数量没有改动的不用补登，填0的不用登记。",
    "Each case behind a count that you enter or change ({figures}) needs a row on the sheet "
    "{details}: unit, figure, date, place, what happened, photo number. The number of rows must "
    "match the count. An unchanged count needs no new rows, and a count of 0 needs none.",
)
SORTED: Final = Text(
    "可以排序和筛选，筛选按钮在示例行。排序时请包含全部列，各行由隐藏的单位代码识别。",
    "You can sort and filter rows with the buttons in the example row. Sort whole rows; a hidden "
    "code identifies the unit of each row.",
)
UPLOADED: Final = Text(
    "填好后在系统中上传本文件；本文件只用于本部门、本年度。有错误的，标注后退回；全部无误后才能接收。",
    "When you are done, upload this file in the service. It is for this department and this year "
    "only. If there are errors, you get it back marked. Only a file without errors can be accepted.",
)

LOCKED: Final = Text("此栏已填好，请勿改动。", "This is already filled in. Leave it as it is.")
BARRED: Final = Text("此项不用填写，{reason}。", "Leave this empty: {reason}.")
REMARK: Final = Text("需要说明的情况，最多{most}字，可不填。", "Optional remark, at most {most} characters.")
EXAMPLE: Final = Text("{example}（{how}）", "{example} ({how})")
NOTED: Final = Text("{how}。{note}", "{how}. {note}")

CASE_UNIT: Final = Text("从列表中选择单位。", "Select the unit from the list.")
CASE_FIGURE: Final = Text("计入哪项数据，从列表中选择。", "Select the figure that counts this case from the list.")
CASE_PERIOD: Final = Text(
    "计入哪个填报期，从列表中选择。", "Select the reporting period that counts this case from the list."
)
CASE_PERIOD_OR_YEAR: Final = Text(
    "计入哪个填报期，从列表中选择；全年一次的数据可不填。",
    "Select the reporting period that counts this case from the list. Leave it empty for a yearly figure.",
)
CASE_DATE: Final = Text("{year}年内的日期，如{year}-03-15。", "A date in {year}, such as {year}-03-15.")
CASE_LOCATION: Final = Text("发生地点，最多{most}字。", "Where it happened, at most {most} characters.")
CASE_WHAT: Final = Text("具体情况，最多{most}字。", "What happened, at most {most} characters.")
CASE_PHOTO: Final = Text("照片编号或文件名，没有的不填。", "Number or file name of the photo (optional).")
CASE_EXAMPLES: Final = (
    Text("建国路88号院外", "outside 88 Jianguo Road"),
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
