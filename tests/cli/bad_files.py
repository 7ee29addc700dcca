"""Ways to spoil the files of a small year, each in the working directory."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import openpyxl

from tests.cli.running import changed

Spoil = Callable[[], None]

LAUGHS = "note:\n  - &a [lol, lol]\n" + "".join(
    f"  - &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def added(file: str, text: str) -> Spoil:
    """Text at the end of a file."""
    return lambda: Path(file).write_text(Path(file).read_text("utf-8") + text, "utf-8") and None


def replaced(file: str, *pairs: tuple[str, str]) -> Spoil:
    """Other words in places of a file."""
    return lambda: changed(file, *pairs)


def of_bytes(file: str, data: bytes) -> Spoil:
    """Another content altogether."""
    return lambda: Path(file).write_bytes(data) and None


def a_folder(*files: str) -> Spoil:
    """Folders in the place of files."""

    def spoil() -> None:
        for file in files:
            Path(file).unlink()
            Path(file).mkdir()

    return spoil


def removed(*files: str) -> Spoil:
    """No files."""
    return lambda: [Path(file).unlink() for file in files] and None


def a_pipe(file: str) -> Spoil:
    """Something that is no ordinary file and never ends."""

    def spoil() -> None:
        Path(file).unlink()
        os.mkfifo(file)

    return spoil


def cut_workbook(file: str) -> Spoil:
    """The first half of a workbook."""

    def spoil() -> None:
        book = openpyxl.Workbook()
        book.active.append(["unit", "kind"])
        book.save("whole.xlsx")
        whole = Path("whole.xlsx").read_bytes()
        Path("whole.xlsx").unlink()
        Path(file).write_bytes(whole[: len(whole) // 2])

    return spoil


def several(*spoils: Spoil) -> Spoil:
    """One after the other."""
    return lambda: [spoil() for spoil in spoils] and None
