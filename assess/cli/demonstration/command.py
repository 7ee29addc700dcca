"""Filling the instance of the environment, and telling its accounts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from assess.cli.demonstration.evidence import supply
from assess.cli.demonstration.filling import YEAR, fill
from assess.cli.demonstration.people import Shown
from assess.cli.demonstration.runs import rank
from assess.cli.instance import open_instance, settings_here
from assess.core.actors import Role
from assess.core.text import Text
from assess.store.queries.accounts import number_of_accounts

NOT_EMPTY: Final = Text(
    "此实例已有数据，未作任何改动。示范年度只能填入空实例：请另设 ASSESS_INSTANCE。",
    "this instance holds data and was left as it is: the demonstration fills an empty one (set ASSESS_INSTANCE)",
)
ACCOUNTS: Final = Text("示范账号（仅供演示）", "demonstration accounts (for trying out only)")
KEPT: Final = Path("keys") / "demonstration.json"
"""Where the passwords of the demonstration are kept, readable to the owner alone, to be told again."""


def fill_instance(*, as_json: bool, once: bool) -> None:
    """Fill the instance if it is empty, and print who can sign in.

    Raises:
        ClickException: it holds data, and `once` was not asked for.
    """
    settings = settings_here()
    kept = settings.instance / KEPT
    with open_instance(settings) as database:
        with database.reading() as session:
            empty = number_of_accounts(session) == 0
        if empty:
            now = datetime.now(UTC)
            shown = fill(database, settings, now)
            keep(kept, shown)
            supply(database, settings, YEAR, now)
            rank(database, settings, YEAR, now)
        elif once:
            shown = recalled(kept)
        else:
            raise click.ClickException(f"{NOT_EMPTY.zh} / {NOT_EMPTY.en}")
    tell(shown, as_json=as_json)


def keep(path: Path, shown: Iterable[Shown]) -> None:
    """Keep the accounts for the next telling."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_text(as_text(shown), encoding="utf-8")


def recalled(path: Path) -> list[Shown]:
    """The accounts of an earlier filling; none where the instance is not a demonstration."""
    if not path.is_file():
        return []
    return [Shown(**account) for account in json.loads(path.read_text(encoding="utf-8"))]


def as_text(shown: Iterable[Shown]) -> str:
    """The accounts as JSON."""
    return json.dumps([account._asdict() for account in shown], ensure_ascii=False, indent=1)


def tell(shown: list[Shown], *, as_json: bool) -> None:
    """The accounts on the terminal."""
    if as_json:
        click.echo(as_text(shown))
    elif shown:
        click.echo(f"\n{ACCOUNTS.zh} / {ACCOUNTS.en}")
        for account in shown:
            roles = ", ".join(Role(role).called.zh + " " + role for role in account.roles)
            click.echo(f"  {account.username:<12}{account.password:<16}{roles}")
