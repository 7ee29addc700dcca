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
    401: Text("需要有效的令牌", "A valid token is needed"),
    403: Text("此令牌没有办理该事项的权限", "This token does not have permission to do this"),
    404: Text("没有找到", "Not found"),
    405: Text("请求方法不正确", "Wrong method"),
    409: Text("内容已被他人修改", "Someone else changed this"),
    413: Text("内容过大", "Too large"),
    415: Text("内容类型不正确", "Wrong content type"),
    422: Text("未能办理", "Not completed"),
    429: Text("请求过于频繁", "Too many requests"),
    500: Text("系统出错", "Sorry, there is a problem with the service"),
    503: Text("系统暂时无法使用", "The service is not available right now"),
}
DETAILS: Final[Mapping[int, Text]] = {
    400: Text("请按接口说明的结构发送。", "Send the request in the form given in the description of the interface."),
    401: Text(
        "请在Authorization头中填写Bearer和令牌。令牌可能已到期或收回，请联系考核办。",
        "Enter Bearer and the token in the header Authorization. The token may have expired or been revoked. "
        "Contact the assessment office.",
    ),
    403: Text("令牌只用于发给它的部门。", "A token is valid only for the department it was issued to."),
    404: Text(
        "请核对地址，可用地址见/api/v1/openapi.json。",
        "Check the address. All addresses are listed in /api/v1/openapi.json.",
    ),
    405: Text("请使用Allow头所列的方法。", "Use a method listed in the header Allow."),
    409: Text(
        "没有保存。请重新查询，核对后再发送。", "Nothing was saved. Query the current state, compare, then try again."
    ),
    413: Text(
        "没有保存。一次最多10 MB，请分几次发送。",
        "Nothing was saved. Send at most 10 MB at a time, in several requests.",
    ),
    415: Text(
        "没有保存。数据请用application/json；Excel表格请用.xlsx的类型，或放在表单的file字段里；不要压缩。",
        "Nothing was saved. Send values as application/json. Send an Excel file with the content type of "
        ".xlsx, or as the field named file of a multipart form. Do not compress it.",
    ),
    422: Text(
        "没有保存。请按所列逐处修改后再发送。", "Nothing was saved. Correct the errors listed and send the data again."
    ),
    429: Text(
        "没有保存。请在Retry-After头所示的秒数之后再试。",
        "Nothing was saved. Try again after the number of seconds in the header Retry-After.",
    ),
    500: Text(
        "没有保存。请稍后重试；如再次出现，请将request_id告知考核办。",
        "Nothing was saved. Try again later. If it happens again, tell the assessment office the request_id.",
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
    if lines := [{"where": where_in(flaw), "what": flaw.said(language())} for flaw in flaws]:
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
