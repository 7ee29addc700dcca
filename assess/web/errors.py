"""What a reader gets when something is turned down, missing or broken."""

from __future__ import annotations

import logging
from typing import Final

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from assess.core.errors import Declined, NotAllowed, NotFound, Refused, Stale
from assess.core.faults import Fault, Uncertain
from assess.core.flaws import ValidationError
from assess.core.text import Text
from assess.store.session import cause_of, fault_of
from assess.web.faults import FAULT_MESSAGES, NOT_READ, NOT_SAVED, RETRY_AFTER, UNCERTAIN, UNCERTAIN_TITLE, UNREADABLE
from assess.web.flaws import flaw_groups
from assess.web.problems import problem
from assess.web.request import READS, do_without_queries, give_up, is_of_api, language

log = logging.getLogger("assess")

STATUS: dict[type[Declined], int] = {Refused: 422, NotAllowed: 403, NotFound: 404, Stale: 409}
TITLES = {
    403: Text("您没有办理此事的权限", "You do not have permission to do this"),
    404: Text("没有找到", "Not found"),
    409: Text("内容已被他人修改", "Someone else changed this"),
    413: Text("文件过大", "The file is too large"),
    422: Text("未能办理", "Not completed"),
    429: Text("尝试次数过多", "Too many attempts"),
    500: Text("系统出错", "Sorry, there is a problem with the service"),
    503: Text("暂时无法保存", "Your work cannot be saved right now"),
}
TOO_LARGE: Final = 413
MAX_FORGOTTEN, AT_ONCE = 512 * 1024 * 1024, 1024 * 1024
"""Bytes of a request that is too large."""
NOT_UNDERSTOOD = Text("无法识别这个请求", "The request was not understood")
TO_DO = {
    400: Text(
        "页面可能停留过久。请返回上一页，刷新后重试。",
        "The page may have been open too long. Go back, reload it and try again.",
    ),
    404: Text("请核对网址，或返回首页。", "Check the address, or go to the home page."),
    405: Text("请从页面上的按钮操作。", "Use the buttons on the pages."),
    413: Text(
        "文件未保存，请压缩或拆分后重新上传。",
        "Nothing was saved. Make the file smaller or split it, then upload it again.",
    ),
    429: Text("请稍后再试。", "Try again later."),
    500: Text(
        "您的操作没有保存。请稍后重试；如再次出现，请将下面的编号告知考核办。",
        "Nothing was saved. Try again later. If it happens again, tell the assessment office the number below.",
    ),
}


def attach(app: Flask) -> None:
    """One answer for each kind of error."""
    app.register_error_handler(Declined, answer_declined)
    app.register_error_handler(ValidationError, answer_flawed)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, answer_broken)


def answer_declined(error: Declined) -> ResponseReturnValue:
    """What is wrong and what to do, with the status of its kind."""
    give_up()
    return page(STATUS[type(error)], error.what)


def answer_flawed(error: ValidationError) -> ResponseReturnValue:
    """What is wrong in a document that was found good before, now that what stands beside it has changed."""
    give_up()
    if is_of_api():
        return problem(STATUS[Refused], flaws=error.flaws)
    flaws = flaw_groups(error.flaws)
    return render_template("errors/flawed.html", flaws=error.flaws, groups=flaws), STATUS[Refused]


def answer_http(error: HTTPException) -> ResponseReturnValue:
    """A plain page for what the web itself turns down; redirects go through."""
    status = error.code or 500
    if status < 400:
        return error
    if (broken := getattr(error, "original_exception", None)) is not None:
        return answer_broken(broken)
    give_up()
    if status == TOO_LARGE:
        read_to_the_end()
    if is_of_api():
        return problem(status, headers=error.get_headers())
    return page(status, TO_DO.get(status, TO_DO[400]))


def read_to_the_end() -> None:
    """Take in and forget what is still being sent, within reason: until then no browser shows an answer."""
    coming = request.environ["wsgi.input"]
    for _ in range(MAX_FORGOTTEN // AT_ONCE):
        if not coming.read(AT_ONCE):
            return


def answer_broken(error: Exception) -> ResponseReturnValue:
    """What no page foresaw: a fault of the machine is told as what it is; anything else is a bug.

    Nothing is asked of the database any more, so that this answer comes whatever has become of it.
    """
    do_without_queries()
    give_up()
    fault = fault_of(error)
    if fault is not None:
        log.error("request %s: %s: %s", g.request_id, fault.label.en, cause_of(error))
        return answer_fault(fault, error)
    log.error("request %s failed", g.request_id, exc_info=error)
    return page(500, TO_DO[500])


def answer_fault(fault: Fault, error: Exception) -> ResponseReturnValue:
    """What the machine refuses, what became of what was sent, and what to do."""
    if isinstance(error, Uncertain):
        title, told = UNCERTAIN_TITLE, UNCERTAIN
    elif request.method in READS:
        title, told = UNREADABLE, NOT_READ.format(what=FAULT_MESSAGES[fault])
    else:
        title, told = TITLES[503], NOT_SAVED.format(what=FAULT_MESSAGES[fault])
    if is_of_api():
        return problem(503, told, headers=RETRY_AFTER)
    answer, status = error_page(503, title, told)
    return answer, status, RETRY_AFTER


def page(status: int, to_do: Text) -> ResponseReturnValue:
    """The error page; a system is told as systems are."""
    if is_of_api():
        return problem(status, to_do if status in STATUS.values() else None)
    return error_page(status, TITLES.get(status, NOT_UNDERSTOOD), to_do)


def error_page(status: int, title: Text, to_do: Text) -> tuple[str, int]:
    """The page itself; from 500 on it bears the number of the request, and no message of an earlier page."""
    is_ours = status >= 500
    what, told = title.localized(language()), to_do.localized(language())
    number = g.request_id if is_ours else None
    answer = render_template("errors/error.html", what=what, to_do=told, request_id=number, keep_messages=is_ours)
    return answer, status
