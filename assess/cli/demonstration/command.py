"""Filling the instance of the environment, and telling its accounts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import click

from assess.cli.demonstration.filling import YearFilling
from assess.cli.demonstration.material import REAL
from assess.cli.demonstration.people import DemoAccount
from assess.cli.demonstration.scripts import Told, one_year, two_years
from assess.cli.instance import make_instance, settings_here
from assess.cli.messages import progress_shown
from assess.core.actors import Role
from assess.core.text import Language, Text
from assess.core.workflow import Stage
from assess.settings import Settings
from assess.store.queries.accounts import number_of_accounts
from assess.store.session import Database

NOT_EMPTY: Final = Text(
    "此实例已有数据，未作任何改动。演示年度只能填入空实例，请将 ASSESS_INSTANCE 设为另一文件夹。",
    "This instance already has data and was not changed. Set ASSESS_INSTANCE to an empty folder for the demonstration.",
)
UNFINISHED: Final = Text(
    "上次填入演示数据时中断，此实例不完整。请删除文件夹 {folder}（使用PostgreSQL的，同时清空数据库）后重新运行。",
    "Filling was interrupted, so this instance is incomplete. Delete the folder {folder} (with "
    "PostgreSQL, empty the database too) and run the command again.",
)
FILLING: Final = Text("填入演示数据", "Filling in the demonstration")
ACCOUNTS: Final = Text("演示账号（仅供演示）", "Demonstration accounts (for trial use only)")
KEPT: Final = Path("keys") / "demonstration.json"
"""Where the passwords of the demonstration are kept, readable to the owner alone, to be told again."""


Filler = Callable[[Database, Settings, datetime, Told], YearFilling]


def filler_of(units: int | None, stage: Stage | None) -> Filler:
    """What fills an instance: one year for trials where its size or stage is asked for, else the two years."""
    if units is None and stage is None:
        return two_years
    return partial(one_year, units=units or REAL, stage=stage or Stage.COLLECTING)


def fill_instance(fill: Filler, language: Language, *, as_json: bool, once: bool) -> None:
    """Fill the instance if it is empty, and print who can sign in.

    Raises:
        ClickException: it holds data, and `once` was not asked for; or an earlier filling was stopped midway.
    """
    settings = settings_here()
    kept = settings.instance / KEPT
    with make_instance(settings) as database:
        with database.reading() as session:
            empty = number_of_accounts(session) == 0
        if empty:
            keep(kept, [])
            with progress_shown(FILLING, language) as told:
                shown = [*fill(database, settings, datetime.now(UTC), told).people.shown]
            keep(kept, shown)
        elif once:
            shown = earlier_accounts(kept)
        else:
            raise click.ClickException(f"{NOT_EMPTY.zh} / {NOT_EMPTY.en}")
    tell(shown, as_json=as_json)


def keep(path: Path, shown: Iterable[DemoAccount]) -> None:
    """Keep the accounts for the next telling; none while the instance is being filled."""
    path.parent.mkdir(exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_text(as_text(shown), encoding="utf-8")


def earlier_accounts(path: Path) -> list[DemoAccount]:
    """The accounts of an earlier filling; none where the instance is not a demonstration.

    Raises:
        ClickException: that filling was stopped midway.
    """
    if not path.is_file():
        return []
    shown = [DemoAccount(**account) for account in json.loads(path.read_text(encoding="utf-8"))]
    if not shown:
        folder = path.parents[1]
        raise click.ClickException(f"{UNFINISHED.zh} / {UNFINISHED.en}".format(folder=folder))
    return shown


def as_text(shown: Iterable[DemoAccount]) -> str:
    """The accounts as JSON."""
    return json.dumps([account._asdict() for account in shown], ensure_ascii=False, indent=1)


def tell(shown: list[DemoAccount], *, as_json: bool) -> None:
    """The accounts on the terminal."""
    if as_json:
        click.echo(as_text(shown))
    elif shown:
        click.echo(f"\n{ACCOUNTS.zh} / {ACCOUNTS.en}")
        for account in shown:
            roles = ", ".join(Role(role).label.zh + " " + role for role in account.roles)
            click.echo(f"  {account.username:<12}{account.password:<16}{roles}")
