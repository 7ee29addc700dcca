"""What the template of findings says to those who fill it in."""

from __future__ import annotations

from typing import Final

from assess.core.text import Text

TITLE: Final = Text("{title} · 问题导入表", "{title} · findings to import")
STEPS: Final = (
    Text(
        "“问题清单”表中每个问题一行。12345等系统导出的表格不必改成本表，"
        "表头用下面各栏的名称或其他常见写法即可，多出的列不读取。",
        "The sheet of findings has one row for each finding. Exports of the hotline or another system "
        "need not be copied into this form: the headings below are understood, and other columns are not "
        "read.",
    ),
    Text(
        "没有“问题来源”一列或单元格为空的，按上传时选择的来源登记。",
        "Where there is no source, the source selected at the upload is used.",
    ),
    Text(
        "“工单编号”用来识别已登记的问题：同一来源、同一编号的只登记一次，因此可以反复上传累计导出的表格。"
        "没有编号的，单位、类型、来源、日期、地点和描述完全相同的视为同一问题。",
        "The work order identifies findings already recorded: each number is recorded once for each "
        "source, so a growing export can be uploaded again. Without a number, findings with the same "
        "unit, type, source, date, place and description count as the same.",
    ),
    Text(
        "填写整改期限的，接收后即交办给单位；没有填写的，登记后待交办。",
        "A finding with a deadline is assigned to its unit when the file is accepted. A finding without "
        "one is recorded and waits to be assigned.",
    ),
    Text(
        "来电人姓名、电话等个人信息请在上传前删去，系统不读取，但原文件会保存。",
        "Remove names and telephone numbers of callers before the upload. They are not read, but the file is stored.",
    ),
)
WRITTEN_ALSO: Final = Text("（也可写作：{ways}）", "(Or: {ways}.)")
WIDTHS: Final = {
    "external": 20, "unit": 18, "kind": 18, "source": 16, "what": 46, "place": 30, "standard": 30,
}  # fmt: skip

HELPS: Final = {
    "external": Text("其他系统中的编号，可不填。", "Number in another system, such as the hotline (optional)."),
    "source": Text("发现问题的途径，从列表中选择。", "Source of the finding. Select from the list."),
    "unit": Text(
        "负责整改的单位，从列表中选择；也可填写名称、别名或代码。",
        "The unit responsible for correction. Select it from the list, or enter its name, alias or code.",
    ),
    "kind": Text("问题的类型，从列表中选择。", "Type of finding. Select from the list."),
    "domain": Text("类型为“其他”时的领域，可不填。", "Domain, if the type is “other” (optional)."),
    "what": Text("发现的问题，最多{most}字。", "What was found, at most {most} characters."),
    "place": Text("路名、门牌、河段等，最多{most}字。", "Road, number or stretch of river, at most {most} characters."),
    "found_on": Text(
        "{year}年内的日期，如{year}-03-15，不晚于今天。", "A date in {year}, such as {year}-03-15, not after today."
    ),
    "deadline": Text("整改的最后一天，可不填。", "The deadline for correction (optional)."),
    "responsible": Text("单位的整改责任人，最多{most}字，可不填。", "Person responsible in the unit (optional)."),
    "standard": Text("违反的标准或规定，最多{most}字，可不填。", "Standard or rule that was broken (optional)."),
    "longitude": Text("十进制度数，如116.4432，可不填。", "Decimal degrees, such as 116.4432 (optional)."),
    "latitude": Text(
        "十进制度数，如39.9218，与经度同填。", "Decimal degrees, such as 39.9218, together with the longitude."
    ),
}
EXAMPLES: Final = {
    "external": Text.same("{year}0315-00123"),
    "what": Text("裸土未苫盖，大风天扬尘", "bare soil not covered, dust in the wind"),
    "place": Text("建国路88号院外", "outside 88 Jianguo Road"),
    "found_on": Text.same("{year}-03-15"),
    "deadline": Text.same("{year}-03-22"),
    "longitude": Text.same("116.4432"),
    "latitude": Text.same("39.9218"),
}
