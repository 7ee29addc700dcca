"""`assess backup` and `assess restore`: a whole instance in one file, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from assess.cli.instance import make_instance, open_instance, settings_here
from assess.cli.messages import one_line
from assess.core.actors import operator
from assess.core.text import Text
from assess.services import backups

BACKED_UP = Text("已备份到 {path}：{rows}行，{files}个文件。", "Backed up to {path}. Rows: {rows}. Files: {files}.")
LOST = Text(
    "数据库中登记的{n}个文件已不在磁盘上，备份中没有：{names}。备份的其余内容完整，可以恢复。"
    "请从更早的备份中找回这些文件。",
    "Files missing from the disk and from the backup: {n} ({names}). The rest of the backup is "
    "complete and can be restored. Look for the missing files in an earlier backup.",
)
ALTERED = Text(
    "{n}个文件的内容与上传时不同，已按现状备份，恢复时不采用：{names}。备份的其余内容完整，"
    "可以恢复。请从更早的备份中找回原件，并查明改动原因。",
    "Files changed since their upload: {n} ({names}). They are in the backup as they are now and "
    "will not be restored. The rest of the backup is complete and can be restored. Look for the "
    "originals in an earlier backup and find out who changed them.",
)
NOT_NOTED = Text(
    "备份完整，但操作日志无法写入，没有记录这次备份。请检查实例所在的磁盘和数据库。",
    "The backup is complete, but it could not be recorded in the audit log. Check the disk and the "
    "database of the instance.",
)
RESTORED = Text("已恢复：{rows}行，{files}个文件。", "Restored. Rows: {rows}. Files: {files}.")
MISSING = Text(
    "备份中缺少{n}个文件，或其内容已损坏，未能恢复：{names}。其余内容均已恢复，可以使用。请从其他备份中找回这些文件。",
    "Files missing or damaged in the backup and not restored: {n} ({names}). Everything else was "
    "restored and can be used. Look for these files in another backup.",
)
NAMED: Final = "{name} (SHA-256 {sha256})"


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
def backup(path: Path) -> None:
    """把整个实例备份为一个文件，服务可照常运行 / Back up the whole instance into one file while it runs.

    缺少或已改变的文件逐一列出，退出码为 1，备份仍可使用 / Missing or changed files are listed, exit code 1;
    the backup can still be used.
    """
    settings = settings_here()
    with open_instance(settings) as database:
        told = backups.back_up(database, operator(), instance=settings.instance, target=path, now=datetime.now(UTC))
    tell(BACKED_UP.format(path=path, rows=told.rows, files=told.files))
    if not told.is_noted:
        tell_wrong(NOT_NOTED)
    tell_files(LOST, told.lost)
    tell_files(ALTERED, told.altered)
    if told.lost or told.altered:
        raise SystemExit(1)


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
def restore(path: Path) -> None:
    """把备份恢复到空的实例中 / Restore a backup into an empty instance.

    备份中缺少的文件逐一列出，退出码为 1，其余均已恢复 / Files missing from the backup are listed, exit code 1;
    everything else is restored.
    """
    settings = settings_here()
    place = settings.instance
    with backups.open_backup(path) as found, make_instance(settings) as database:
        told = backups.restore_from(database, operator(), instance=place, backup=found, now=datetime.now(UTC))
    tell(RESTORED.format(rows=told.rows, files=told.files))
    tell_files(MISSING, told.lost)
    if told.lost:
        raise SystemExit(1)


def tell_files(what: Text, files: Sequence[backups.BackedUpFile]) -> None:
    """What is wrong with some files, each by its name."""
    if files:
        names = ", ".join(NAMED.format(**each._asdict()) for each in files)
        tell_wrong(what.format(n=len(files), names=names))


def tell(what: Text) -> None:
    """One line in both languages."""
    click.echo(one_line(f"{what.zh} / {what.en}"))


def tell_wrong(what: Text) -> None:
    """The same on standard error."""
    click.echo(one_line(f"{what.zh} / {what.en}"), err=True)
