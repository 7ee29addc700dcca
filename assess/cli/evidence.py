"""`assess evidence`: the workbook of a department, written and read on files alone."""

from __future__ import annotations

import click


@click.group()
def evidence() -> None:
    """考评部门佐证数据的模板和检查 / Templates and checks of departments' evidence."""
