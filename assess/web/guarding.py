"""What no page ever takes: control characters in an address, a query or the name of a field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from flask import Flask
from flask import request as flask_request

from assess.core.errors import NotFound, Refused
from assess.core.text import Text
from assess.core.unseen import CONTROL

NO_SUCH_PAGE: Final = Text(
    "没有这个页面。请核对网址，或返回首页。", "There is no such page. Check the address, or go to the home page."
)
CONTROL_TYPED: Final = Text(
    "提交的内容中有不可见的控制字符，没有保存。请返回上一页，重新输入后再提交。",
    "Your entries contain invisible control characters and were not saved. Go back, enter them again and submit.",
)


def attach(app: Flask) -> None:
    """Look at every request before its page does."""
    app.before_request(refuse_control_characters)


def refuse_control_characters() -> None:
    """Raise NotFound for an address, Refused for a form that holds control characters."""
    address = (flask_request.path, *flask_request.args.keys(), *texts_of(flask_request.args.listvalues()))
    if any(CONTROL.search(text) for text in address):
        raise NotFound(NO_SUCH_PAGE)
    names = (*flask_request.form.keys(), *flask_request.files.keys())
    if any(CONTROL.search(text) for text in (*names, *texts_of(flask_request.form.listvalues()))):
        raise Refused(CONTROL_TYPED)


def texts_of(several: Iterable[list[str]]) -> Iterator[str]:
    """All values of all names."""
    for values in several:
        yield from values
