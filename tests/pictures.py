"""Takes the pictures of the README again: `python -m tests.pictures`, of an instance that `make run` filled.

It reads `instance/`, or the folder of ASSESS_INSTANCE, and serves a copy of it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from assess.cli.demonstration.command import KEPT
from assess.core.text import Language
from tests.browsing import Walker, launch, walking
from tests.sites import ROOT, Account, settings_of, start_service
from tests.walks.test_two_years import FIRST, code_in, takes_the_sealed_book

FOLDER: Final = ROOT / "docs" / "first"
SIZE: Final = {"width": 1000, "height": 860}
WIDTH, COLOURS = 700, 48
"""Pixels across and colours of a picture: a few tens of kilobytes."""


class Picture(NamedTuple):
    """A page as a role sees it."""

    name: str
    role: str
    path: str
    language: Language


PICTURES: Final = (
    Picture("ranking", "leader", "/2025/ranking", "zh"),
    Picture("result", "official", f"/2025/result/{FIRST}", "en"),
    Picture("official", "official", "/", "zh"),
    Picture("form", "official", f"/2026/form/{FIRST}/section/air", "en"),
)


def main() -> None:
    """Serve a copy, look, and write every picture."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(
            shutil.copytree(os.environ.get("ASSESS_INSTANCE", ROOT / "instance"), Path(folder) / "instance")
        )
        accounts = json.loads((instance / KEPT).read_text(encoding="utf-8"))
        address, service = start_service(settings_of(instance), Path(folder) / "log")
        try:
            with sync_playwright() as playwright, walking(launch(playwright), address, Path(folder)) as walker:
                for picture in PICTURES:
                    page = signed_in(walker, accounts, picture)
                    page.goto(f"/language/{picture.language}")
                    page.goto(picture.path)
                    keep(page, picture.name)
                check(walker, accounts)
        finally:
            service.stop()


def signed_in(walker: Walker, accounts: list[Account], picture: Picture) -> Page:
    """Somebody of a role in a window of the size of a picture."""
    account = next(account for account in accounts if picture.role in account["roles"])
    page = walker.open("/sign-in", language=picture.language)
    page.set_viewport_size(SIZE)  # type: ignore[arg-type]
    page.locator("input[name=username]").fill(account["username"])
    page.locator("input[name=password]").fill(account["password"])
    page.locator("main form button[type=submit]").click()
    return page


def check(walker: Walker, accounts: list[Account]) -> None:
    """A citizen checks a code of the sealed book."""
    leader = signed_in(walker, accounts, Picture("", "leader", "", "zh"))
    page = walker.open(f"/check/{code_in(takes_the_sealed_book(leader))}")
    page.set_viewport_size(SIZE)  # type: ignore[arg-type]
    keep(page, "check")


def keep(page: Page, name: str) -> None:
    """The window as a small picture."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture = picture.resize((WIDTH, WIDTH * picture.height // picture.width), Image.Resampling.LANCZOS)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
