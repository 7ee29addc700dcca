"""A request that is too large, as it is served: the page that says so arrives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.guarded import Guarded
from tests.sites import settings_of
from tests.web.pages import Page
from tests.web.visitors import Visitor

TOO_LARGE = 70 * 1024 * 1024


def test_a_file_that_is_too_large_is_answered_by_a_page(
    sqlite_url: str, instance: Path, serve: Callable[[dict[str, str]], tuple[str, Guarded]]
):
    address, _server = serve(settings_of(instance))
    visitor = Visitor(address)

    status, text = visitor.ask("POST", "/sign-in", bytes(TOO_LARGE), Content_Type="multipart/form-data; boundary=x")

    assert (status, Page("/sign-in", status, text).h1) == (413, "文件过大")
