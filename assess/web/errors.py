"""What a reader gets when something is turned down, missing or broken."""

from __future__ import annotations

import logging
from typing import Final

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from assess.core.errors import Declined, NotAllowed, NotFound, Refused, Stale
from assess.core.flaws import Flawed
from assess.core.text import Text
from assess.web.flaws import flaw_groups
from assess.web.problems import problem
from assess.web.request import is_of_api, language

log = logging.getLogger("assess")

STATUS: dict[type[Declined], int] = {Refused: 422, NotAllowed: 403, NotFound: 404, Stale: 409}
TITLES = {
    403: Text("您不能做这件事", "You may not do this"),
    404: Text("没有找到", "Not found"),
    409: Text("内容已被他人修改", "Somebody else changed this"),
    413: Text("文件过大", "The file is too large"),
    422: Text("没有办理", "This was not done"),
    429: Text("尝试次数过多", "Too many attempts"),
    500: Text("系统出错", "Something went wrong here"),
    503: Text("暂时无法保存", "This cannot be kept right now"),
}
TOO_LARGE: Final = 413
MOST_FORGOTTEN, AT_ONCE = 512 * 1024 * 1024, 1024 * 1024
"""Bytes of a request that is too large."""
NOT_UNDERSTOOD = Text("无法识别这个请求", "This request was not understood")
TO_DO = {
    400: Text(
        "页面可能停留过久。请返回上一页，刷新后重试。",
        "The page may have been open too long. Go back, reload it and try again.",
    ),
    404: Text("请核对网址，或返回首页。", "Check the address, or go to the home page."),
    405: Text("请从页面上的按钮操作。", "Use the buttons of the pages."),
    413: Text("请压缩或拆分后再上传。", "Make it smaller or split it, and upload it again."),
    429: Text("请稍后再试。", "Try again later."),
    500: Text(
        "您的操作没有保存。请稍后重试；如再次出现，请将下面的编号告诉考核办。",
        "Nothing was saved. Try again later; if it happens again, tell the assessment office the number below.",
    ),
    503: Text(
        "服务器的存储空间暂时不可用，没有保存。请稍后重试；如再次出现，请将下面的编号告诉考核办。",
        "The disk of the server does not take anything right now, so nothing was kept. Try again later; if it happens "
        "again, tell the assessment office the number below.",
    ),
}


def attach(app: Flask) -> None:
    """One answer for each kind of error."""
    app.register_error_handler(Declined, answer_declined)
    app.register_error_handler(Flawed, answer_flawed)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, answer_bug)


def answer_declined(error: Declined) -> ResponseReturnValue:
    """What is wrong and what to do, with the status of its kind."""
    return page(STATUS[type(error)], error.what)


def answer_flawed(error: Flawed) -> ResponseReturnValue:
    """What is wrong in a document that was found good before, now that what stands beside it has changed."""
    if is_of_api():
        return problem(STATUS[Refused], flaws=error.flaws)
    flaws = flaw_groups(error.flaws)
    return render_template("errors/flawed.html", flaws=error.flaws, groups=flaws), STATUS[Refused]


def answer_http(error: HTTPException) -> ResponseReturnValue:
    """A plain page for what the web itself turns down; redirects go through."""
    status = error.code or 500
    if status < 400:
        return error
    if status == TOO_LARGE:
        read_to_the_end()
    if is_of_api():
        return problem(status, headers=error.get_headers())
    return page(status, TO_DO.get(status, TO_DO[400]))


def read_to_the_end() -> None:
    """Take in and forget what is still being sent, within reason: until then no browser shows an answer."""
    coming = request.environ["wsgi.input"]
    for _ in range(MOST_FORGOTTEN // AT_ONCE):
        if not coming.read(AT_ONCE):
            return


def answer_bug(error: Exception) -> ResponseReturnValue:
    """A bug: logged in full under a number, of which alone the reader is told."""
    log.error("request %s failed", g.request_id, exc_info=error)
    return page(500, TO_DO[500])


def page(status: int, to_do: Text) -> ResponseReturnValue:
    """The error page; a system is told as systems are."""
    if is_of_api():
        return problem(status, to_do if status in STATUS.values() else None)
    title = TITLES.get(status, NOT_UNDERSTOOD).told(language())
    number = g.request_id if status >= 500 else None
    answer = render_template("errors/error.html", what=title, to_do=to_do.told(language()), request_id=number)
    return answer, status
