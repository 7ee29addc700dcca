"""Flaws and warnings of a command as JSON, for programs that read them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import click

from assess.cli.flaw_codes import codes_of
from assess.core.flaws import Flaw, ValidationError
from assess.core.sources import TextPosition, WorkbookCell
from assess.core.text import Language, Text
from assess.core.warnings import CodedWarning
from assess.files.outputs import Outputs, refused
from assess.files.workbooks.cells import cell_at

IN_USE = Text(
    "这是本命令要读写的文件，请另取文件名。", "The command reads or writes this file itself. Enter another name."
)
STANDARD_OUTPUT: Final = Path("-")

messages_option = click.option(
    "--messages",
    type=click.Path(path_type=Path, allow_dash=True),
    help="错误和提示的JSON文件，“-”为标准输出 / flaws and warnings as JSON, - for standard output",
)


class MessageFile:
    """The file that a command was asked to write its flaws and warnings into, if any."""

    def __init__(self, path: Path | None, language: Language) -> None:
        self.path = path
        self.language = language

    @property
    def is_standard_output(self) -> bool:
        """Whether standard output holds nothing but the messages."""
        return self.path == STANDARD_OUTPUT

    def refuse(self, others: Iterable[Path]) -> None:
        """Refuse a file that cannot be written, or that is one of the others that the command reads or writes.

        Raises:
            ValidationError: it is such a file.
        """
        if self.path is None or self.is_standard_output:
            return
        is_in_use = os.path.realpath(self.path) in {os.path.realpath(other) for other in others}
        what = IN_USE if is_in_use else refused(self.path)
        if what is not None:
            raise ValidationError([Flaw(TextPosition(str(self.path)), what)])

    def write(self, flaws: Sequence[Flaw], warnings: Iterable[CodedWarning]) -> None:
        """Write both.

        Raises:
            ValidationError: the file cannot be written.
        """
        if self.path is None:
            return
        codes = zip(codes_of(flaws), flaws, strict=True)
        found = {
            "flaws": [entry(code, flaw.where, self.words(flaw)) for code, flaw in codes],
            "warnings": [entry(each.code, each.where, each.words.localized(self.language)) for each in warnings],
        }
        text = json.dumps(found, ensure_ascii=False, indent=1)
        if self.is_standard_output:
            click.echo(text)
            return
        with Outputs() as outputs:
            outputs.stage(self.path).write_text(f"{text}\n", encoding="utf-8")

    def words(self, flaw: Flaw) -> str:
        """What a flaw says."""
        return flaw.said(self.language)


def entry(code: str, where: object, text: str) -> dict[str, Any]:
    """One flaw or warning: file, line and column apart; of a workbook the tab and the numbers of row and column."""
    return {"code": code, **dict(place(where)), "text": text}


def place(where: object) -> Iterator[tuple[str, str | int]]:
    """The keys that say where something stands; line and column are 0 where there is none."""
    line = column = 0
    if isinstance(where, WorkbookCell) and where.cell:
        line, column = cell_at(where.cell)
    elif isinstance(where, TextPosition):
        line, column = where.line, where.column
    yield "file", str(getattr(where, "file", where))
    if isinstance(where, WorkbookCell):
        yield "sheet", where.sheet
    yield from (("line", line), ("column", column))
