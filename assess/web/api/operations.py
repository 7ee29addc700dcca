"""What systems may ask for, in words: from here come the OpenAPI document and the page that people read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from assess.core.text import Text

BASE: Final = "/api/v1"
ON_YEARS: Final = {"year": Text("考核年度，如2026", "The assessment year, such as 2026")}
ON_ROWS: Final = {**ON_YEARS, "row": Text("上传文件的编号（id）", "The ID of the file")}
TAKES_EVIDENCE: Final = "Evidence"
TAKES_SEEN: Final = "Seen"


@dataclass(frozen=True)
class ApiOperation:
    """One thing that a system may ask for.

    Attributes:
        endpoint: the view that answers.
        takes: the schema of the body; None where there is none.
        answers: what a good answer means, by its status.
        refuses: which statuses turn it down.
    """

    endpoint: str
    method: str
    path: str
    title: Text
    does: Text
    answers: dict[int, Text]
    refuses: tuple[int, ...]
    parameters: dict[str, Text] = field(default_factory=dict)
    takes: str | None = None
    schema: str = "Import"
    is_open: bool = False


COMMON: Final = (401, 404, 405, 429, 500, 503)
OF_DEPARTMENT: Final = {
    **ON_YEARS,
    "department": Text("部门编号，如water-bureau", "The ID of the department, such as water-bureau"),
}
OPERATIONS: Final = (
    ApiOperation(
        "api.figures",
        "get",
        f"{BASE}/{{year}}/departments/{{department}}/figures",
        Text("查询需报送的数据项", "Query the figures to submit"),
        Text(
            "本部门的数据项、计量单位、填报期和允许的取值，各单位的代码和名称，以及报送截止日期。",
            "The figures of the department with their units of measure, periods and possible values, the codes "
            "and names of all units, and the due date.",
        ),
        {200: Text("需报送的数据项", "Figures to submit")},
        (403, 422),
        OF_DEPARTMENT,
        schema="Asked",
    ),
    ApiOperation(
        "api.send",
        "post",
        f"{BASE}/{{year}}/departments/{{department}}/evidence",
        Text("报送数据", "Submit figures"),
        Text(
            "发送本部门的数据：JSON，或Excel表格（按.xlsx类型发送，或放在表单的file字段）。原件按其SHA-256保存，"
            "检查在后台进行。同一内容再次发送而前一次尚未办理完毕的，不会另建一份。15分钟内最多30份。",
            "Send the figures of the department as JSON or as an Excel file (with the content type of .xlsx, or "
            "as the field named file of a multipart form). The file is stored under its SHA-256 and checked in "
            "the background. If the same content is sent again while the first is still open, no second file is "
            "created. At most 30 files in 15 minutes.",
        ),
        {
            200: Text("同一内容此前已收到，尚未办理完毕", "The same content was received before and is still open"),
            202: Text("已收到，正在检查；请按Location查询", "Received and being checked; query at Location"),
        },
        (400, 403, 409, 413, 415, 422),
        OF_DEPARTMENT,
        TAKES_EVIDENCE,
    ),
    ApiOperation(
        "api.show",
        "get",
        f"{BASE}/{{year}}/imports/{{row}}",
        Text("查询结果", "Query the result"),
        Text(
            "状态、各类数量，以及需要处理的内容：错误、提示、存疑数据、其间被他人修改的数据。每类一次最多500条，其余按next查询。",
            "The state, the counts, and everything that needs attention: errors, warnings, unusual values and "
            "values that someone else changed meanwhile. At most 500 of each at a time; next leads to the rest.",
        ),
        {200: Text("当前状态", "Current state")},
        (),
        ON_ROWS,
    ),
    ApiOperation(
        "api.accept",
        "post",
        f"{BASE}/{{year}}/imports/{{row}}/accept",
        Text("接收", "Accept"),
        Text(
            "检查通过后，接收其中的全部数据；有一项不能接收的，全部不接收。有存疑数据的，须由本部门人员先在页面上说明。",
            "Accept all values once they are checked. If one cannot be accepted, none is. Unusual values must "
            "first be explained by people of the department on the page.",
        ),
        {202: Text("正在接收", "Being accepted")},
        (400, 409, 413, 415, 422),
        ON_ROWS,
        TAKES_SEEN,
    ),
    ApiOperation(
        "api.discard",
        "post",
        f"{BASE}/{{year}}/imports/{{row}}/discard",
        Text("放弃", "Discard"),
        Text(
            "放弃尚未接收的一份，其中的数据均不计入。",
            "Discard a file that was not accepted. None of its values count.",
        ),
        {200: Text("已放弃", "Discarded")},
        (400, 409, 413, 415, 422),
        ON_ROWS,
        TAKES_SEEN,
    ),
    ApiOperation(
        "api.handover",
        "get",
        f"{BASE}/{{year}}/handover",
        Text("读取最新一号结果移交", "Read the newest handover"),
        Text(
            "封存的最终结果：各单位、领导班子成员及其职务得分；更正时另列与上一号相比的变动。只限接收部门的令牌。",
            "The sealed result: units, members of their leadership teams with the points of their posts and, in "
            "a correction, the differences. Only for receivers' tokens.",
        ),
        {200: Text("最新一号", "The newest handover")},
        (403, 422),
        ON_YEARS,
        schema="Handover",
    ),
    ApiOperation(
        "api.handovers",
        "get",
        f"{BASE}/{{year}}/handovers",
        Text("列出本年度的结果移交", "List the handovers of a year"),
        Text("由新到旧，附地址和文件的SHA-256。", "Newest first, with the address and the SHA-256 of each."),
        {200: Text("全部移交", "All handovers")},
        (403,),
        ON_YEARS,
        schema="Handovers",
    ),
    ApiOperation(
        "api.numbered_handover",
        "get",
        f"{BASE}/{{year}}/handovers/{{number}}",
        Text("读取一号结果移交", "Read a handover by its number"),
        Text(
            "与移交时的文件逐字节相同。第1号加上此后各号的变动，即为最新结果。",
            "The file that was handed over, byte for byte. The first handover with the changes of all later ones "
            "is the newest state.",
        ),
        {200: Text("该号移交", "The handover")},
        (403, 422),
        {**ON_YEARS, "number": Text("第几号移交，从1起", "The number of the handover, from 1")},
        schema="Handover",
    ),
    ApiOperation(
        "api.handover_schema",
        "get",
        f"{BASE}/handover.schema.json",
        Text("结果移交的结构（JSON Schema）", "The structure of a handover (JSON Schema)"),
        Text("供接收系统核对文件，无需令牌。", "For receivers' systems to check the file. No token is needed."),
        {200: Text("JSON Schema 2020-12", "A JSON Schema 2020-12")},
        (),
        schema="Document",
        is_open=True,
    ),
    ApiOperation(
        "api.openapi",
        "get",
        f"{BASE}/openapi.json",
        Text("接口说明（OpenAPI）", "This description (OpenAPI)"),
        Text("供程序读取的接口说明，无需令牌。", "The description of the interface for programs. No token is needed."),
        {200: Text("OpenAPI 3.1文档", "An OpenAPI 3.1 document")},
        (),
        schema="Document",
        is_open=True,
    ),
)
