"""What a system is told when something is turned down: `application/problem+json`, in the language it asks for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from flask import Response, g

from assess.core.flaws import Flaw
from assess.core.sources import Pointer, TextPosition, WorkbookCell
from assess.core.text import Text
from assess.web.request import language

MEDIA_TYPE: Final = "application/problem+json"
KEPT_HEADERS: Final = frozenset({"allow", "retry-after", "www-authenticate"})
"""What a system must hear of an error besides its status."""
TITLES: Final[Mapping[int, Text]] = {
    400: Text("无法识别请求", "The request was not understood"),
    401: Text("需要有效的令牌", "A token that is in force is needed"),
    403: Text("此令牌不能做这件事", "This token may not do this"),
    404: Text("没有找到", "Not found"),
    405: Text("方法不对", "Wrong method"),
    409: Text("内容已被修改", "Somebody else changed this"),
    413: Text("内容过大", "Too large"),
    415: Text("内容类型不对", "Wrong content type"),
    422: Text("没有办理", "This was not done"),
    429: Text("请求过于频繁", "Too many requests"),
    500: Text("系统出错", "Something went wrong here"),
    503: Text("系统暂时无法使用", "The service is not available right now"),
}
DETAILS: Final[Mapping[int, Text]] = {
    400: Text("请按接口说明的结构发送。", "Send it in the shape that the description of the interface states."),
    401: Text(
        "请在 Authorization 头中写 Bearer 和令牌。令牌可能已到期或收回，请联系考核办。",
        "State Bearer and the token in the header Authorization. It may have expired or been withdrawn: ask the "
        "assessment office.",
    ),
    403: Text("令牌只用于发给它的部门。", "A token is good for its own department alone."),
    404: Text("请核对地址：见 /api/v1/openapi.json。", "Check the address: see /api/v1/openapi.json."),
    405: Text("请用 Allow 头所列的方法。", "Use a method that the header Allow lists."),
    409: Text("请重新查询，核对后再提交。", "Ask how it stands now, compare, and try once more."),
    413: Text("一次最多 10 MB：请分几次发送。", "10 MB at a time are the most: send several."),
    415: Text(
        "数据请用 application/json；工作簿请用 .xlsx 的类型，或放在表单的 file 字段里；不要压缩。",
        "Send values as application/json; send a workbook under the type of .xlsx, or as the file called file of a "
        "multipart form. Do not compress it.",
    ),
    422: Text("请按所列逐处改正后再发送。", "Correct what is listed and send it again."),
    429: Text(
        "请在 Retry-After 头所示的秒数之后再试。", "Try again after the seconds that the header Retry-After states."
    ),
    500: Text(
        "没有保存。请稍后重试；如再次出现，请将 request_id 告诉考核办。",
        "Nothing was saved. Try again later; if it happens again, tell the assessment office the request_id.",
    ),
    503: Text("没有保存。请稍后重试。", "Nothing was saved. Try again later."),
}
NOT_UNDERSTOOD: Final = 400


def problem(
    status: int,
    detail: Text | None = None,
    *,
    flaws: Iterable[Flaw] = (),
    headers: Iterable[tuple[str, str]] = (),
) -> Response:
    """What is wrong and what to do, with the places where it is, if there are any."""
    told = detail or detail_of(status)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, TITLES[NOT_UNDERSTOOD]).localized(language()),
        "status": status,
        "detail": told.localized(language()),
        "request_id": g.request_id,
    }
    if lines := [{"where": where_in(flaw), "what": flaw.what.localized(language(), **flaw.facts)} for flaw in flaws]:
        body["flaws"] = lines
    kept = [(name, value) for name, value in headers if name.lower() in KEPT_HEADERS]
    return as_json(body, status, MEDIA_TYPE, headers=kept)


def detail_of(status: int) -> Text:
    """What to do, as far as the status alone tells it."""
    return DETAILS.get(status, DETAILS[NOT_UNDERSTOOD])


def where_in(flaw: Flaw) -> str:
    """The place of a flaw in the document: a JSON Pointer, a cell, or a line and its column."""
    match flaw.where:
        case Pointer(pointer=pointer):
            return pointer
        case WorkbookCell() | TextPosition() as place:
            return str(place._replace(file="")).lstrip(":")
        case _:
            return ""


def as_json(
    body: Mapping[str, Any],
    status: int = 200,
    media_type: str = "application/json",
    headers: Iterable[tuple[str, str]] = (),
) -> Response:
    """An answer to a system."""
    answer = Response(json.dumps(body, ensure_ascii=False), status, content_type=media_type)
    answer.headers.extend(list(headers))
    return answer
