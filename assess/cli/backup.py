"""`assess backup` and `assess restore`: a whole instance in one file, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from assess.cli.instance import open_instance, settings_here
from assess.core.actors import operator
from assess.core.errors import Refused
from assess.core.text import Text
from assess.services import backups

BACKED_UP = Text("已备份到 {path}：{rows} 行，{files} 个文件", "backed up to {path}: {rows} rows, {files} files")
LOST = Text(
    "注意：数据库中登记的 {n} 个文件已不在磁盘上，未能备份：{names}",
    "note: {n} files that the database names are no longer on the disk and are not in the backup: {names}",
)
RESTORED = Text("已恢复：{rows} 行，{files} 个文件", "restored: {rows} rows, {files} files")


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
def backup(path: Path) -> None:
    """把整个实例备份为一个文件，服务可照常运行 / Back up the whole instance into one file, while it goes on."""
    settings = settings_here()
    with open_instance(settings) as database:
        told = backups.back_up(database, operator(), instance=settings.instance, target=path, now=datetime.now(UTC))
    tell(BACKED_UP.filled(path=path, rows=told.rows, files=told.files))
    if told.lost:
        tell(LOST.filled(n=len(told.lost), names=", ".join(told.lost)))


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
def restore(path: Path) -> None:
    """把备份恢复到空的实例中 / Restore a backup into an empty instance."""
    settings = settings_here()
    with open_instance(settings) as database:
        try:
            told = backups.restore(database, operator(), instance=settings.instance, source=path, now=datetime.now(UTC))
        except Refused as refused:
            raise click.ClickException(f"{refused.what.zh} / {refused.what.en}") from None
    tell(RESTORED.filled(rows=told.rows, files=told.files))


def tell(what: Text) -> None:
    """One line in both languages."""
    click.echo(f"{what.zh} / {what.en}")
