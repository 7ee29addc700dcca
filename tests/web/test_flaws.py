"""Where a flaw stands, as pages say it."""

from __future__ import annotations

import pytest
from flask import Flask

from assess.core.flaws import Flaw
from assess.core.sources import Source, TextPosition, WorkbookCell
from assess.core.text import Text
from assess.web.flaws import place_of


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (TextPosition("", 2, 3), ("The file", "Line 2, column 3")),
        (TextPosition("", 2), ("The file", "Line 2")),
        (TextPosition(""), ("The file", "")),
        (WorkbookCell("", "数据", "B2"), ("Sheet 数据", "B2")),
        (WorkbookCell("", "数据"), ("Sheet 数据", "")),
    ],
)
def test_the_place_of_a_flaw_names_what_is_known_of_it(app: Flask, where: Source, told: tuple[str, str]):
    with app.test_request_context("/", headers={"Cookie": "language=en"}):
        assert place_of(Flaw(where, Text("", ""))) == told
