"""Somebody of the water bureau at the pages of its files, and a worker behind them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient

from assess.services.documents import UploadedFile
from assess.settings import Settings
from assess.store.session import Database
from tests.services.imports import DEPARTMENT, a_book, work
from tests.web.pages import Page, submit, visit

LIST = f"/2026/imports/{DEPARTMENT}"
OTHERS = ["朝外", "呼家楼", "三里屯", "左家庄", "香河园", "和平街", "安贞", "亚运村", "小关", "酒仙桥", "麦子店"]
RATES = [[name, 95 + place / 10, None] for place, name in enumerate(OTHERS)]


class Bureau:
    """An evaluator of the water bureau at the pages, and a worker behind them."""

    def __init__(self, client: FlaskClient, database: Database, settings: Settings) -> None:
        self.client, self.database, self.settings = client, database, settings

    def sends(self, document: UploadedFile, status: int = 303) -> Page:
        """Upload a file; the page that comes."""
        form = visit(self.client, LIST).form()
        return submit(self.client, form, {"file": (BytesIO(document.data), document.name)}, status=status)

    def uploads(self, *rows: Sequence[Any], name: str = "water.xlsx") -> Page:
        """The page of a file that was uploaded and checked."""
        sent = self.sends(a_book(*rows, name=name))
        return self.sees(sent.path)

    def sees(self, path: str) -> Page:
        """A page once the worker has done all that waits."""
        work(self.database, self.settings.uploads)
        return visit(self.client, path)

    def accepts(self, page: Page) -> Page:
        """The page of a file that was accepted."""
        return self.sees(submit(self.client, page.form("/accept")).path)


def address(page: Page) -> str:
    """Where a file stands, whatever list of it is in view."""
    return page.path.partition("?")[0]


def english(client: FlaskClient) -> FlaskClient:
    """The same person, reading English."""
    client.set_cookie("language", "en")
    return client
