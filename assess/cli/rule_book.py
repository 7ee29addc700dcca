"""`assess rules book`: a rule sheet as a document to read and print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from assess.cli.messages import flaws_told, language_option
from assess.core.flaws import Flaw, ValidationError
from assess.core.rule_book import RuleBook, rule_book
from assess.core.rules.sheet import RuleSheet, digest_of
from assess.core.sources import TextPosition
from assess.core.text import Language, Text
from assess.files.outputs import Outputs
from assess.files.rule_book.docx import write_rule_docx
from assess.files.rule_book.html import write_rule_html
from assess.files.rule_sheets import load_sheet

BOOK_WRITTEN = Text("已写出 {path}，评分表摘要 {digest}", "Created {path}, rule sheet {digest}")
NO_BOOK_ENDING = Text("文件名应以 .pdf、.docx 或 .html 结尾。", "The file name must end in .pdf, .docx or .html.")


@click.command()
@click.argument("sheet", type=click.Path(path_type=Path), metavar="RULES")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="结果文件 / file to write: .pdf, .docx, .html"
)
@language_option
def book(sheet: Path, *, out: Path, language: Language) -> None:
    """写出供阅读和打印的考核细则 / Write a rule sheet as a document to read and print."""
    with flaws_told(language):
        write = book_writer_of(out)
        found = checked(sheet)
        with Outputs() as outputs:
            warnings = write(rule_book(found), outputs.stage(out), language)
        for told in warnings:
            click.echo(told.localized(language), err=True)
        click.echo(BOOK_WRITTEN.localized(language, path=out, digest=digest_of(found)))


def book_writer_of(target: Path) -> Callable[[RuleBook, Path, Language], tuple[Text, ...]]:
    """What writes a book with that ending."""
    ending = target.suffix.lower()
    if ending == ".html":
        return write_rule_html
    if ending == ".docx":
        return write_rule_docx
    if ending == ".pdf":
        # slow library
        from assess.files.rule_book.pdf import write_rule_pdf

        return write_rule_pdf
    raise ValidationError([Flaw(TextPosition(str(target)), NO_BOOK_ENDING)])


def checked(path: Path) -> RuleSheet:
    """A sheet without flaws, as far as it can be told without units."""
    loaded = load_sheet(path)
    flaws = loaded.checked(None, None)
    if flaws:
        raise ValidationError(flaws)
    return loaded.sheet
