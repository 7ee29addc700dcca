"""`assess user`: accounts from the command line, first of all the first one of the office."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import cast

import click

from assess.cli.instance import make_instance, open_instance, settings_here
from assess.core.actors import Role, operator
from assess.core.errors import NotFound
from assess.core.text import Language, Text
from assess.services import accounts
from assess.settings import Settings
from assess.store.queries.accounts import account_called, open_or_closed
from assess.store.session import Session

ADDED = Text("已建立账号 {username}。", "Account {username} was created.")
LINK = Text(
    "请打开此链接设置密码（72小时内有效，只能使用一次，只显示这一次）：",
    "Open this link to set the password (valid for 72 hours, works once, shown only now):",
)
CLOSED = Text("账号 {username} 已停用。", "Account {username} was closed.")
NOBODY = Text("没有名为 {username} 的账号。", "There is no account {username}.")
NONE_YET = Text(
    "尚无账号。请用 assess user add 建立第一个考核办账号。",
    "There are no accounts yet. Create the first assessment office account with assess user add.",
)
IS_CLOSED = Text("已停用", "closed")
IS_NEW = Text("未设密码", "no password yet")


@click.group()
def user() -> None:
    """管理账号 / Manage accounts."""


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="姓名 / full name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]),
              help="角色，可重复 / role, repeatable")  # fmt: skip
@click.option("--unit", "units", multiple=True, help="单位代码，可重复 / unit code, repeatable")
@click.option("--department", "departments", multiple=True, help="部门编号，可重复 / department ID, repeatable")
@click.option("--email", default=None, help="邮箱 / email address")
@click.option("--lang", "language", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
              help="界面语言 / language of the pages")  # fmt: skip
def add(
    *,
    username: str,
    name: str,
    roles: tuple[str, ...],
    units: tuple[str, ...],
    departments: tuple[str, ...],
    email: str | None,
    language: str,
) -> None:
    """建立账号并生成设置密码的一次性链接 / Create an account and a one-time link to set its password."""
    settings = settings_here()
    with adding(settings) as (session, now):
        made = accounts.add_account(
            session,
            operator(),
            username=username,
            name=name,
            duties=accounts.duties_of([Role(each) for each in roles], units, departments),
            email=email,
            language=cast("Language", language),
            now=now,
        )
        token = accounts.make_link(session, operator(), account=made.id, now=now)
    tell(ADDED.format(username=made.username))
    tell_link(settings, token)


@user.command()
@click.argument("username")
def link(username: str) -> None:
    """为已有账号生成新的一次性链接 / Create a new one-time link for an account."""
    settings = settings_here()
    with acting(settings) as (session, now):
        account, _ = account_of(session, username)
        token = accounts.make_link(session, operator(), account=account, now=now)
    tell_link(settings, token)


@user.command()
@click.argument("username")
@click.option("--successor", default=None, help="接手人的账号 / username of the successor")
def close(username: str, successor: str | None) -> None:
    """停用账号，职责转交接手人 / Close an account and pass its duties to a successor."""
    with acting(settings_here()) as (session, now):
        account, version = account_of(session, username)
        to = None if successor is None else account_of(session, successor)[0]
        accounts.close_account(session, operator(), account=account, seen=version, successor=to, now=now)
    tell(CLOSED.format(username=username))


@user.command(name="list")
def list_all() -> None:
    """列出账号 / List the accounts."""
    with open_instance(settings_here()) as database, database.reading() as session:
        found = open_or_closed(session)
        for each in found:
            duties = [":".join(filter(None, duty)) for duty in accounts.duties_held(each)]
            state = IS_CLOSED if each.closed_at else Text("", "") if each.password else IS_NEW
            told = [each.username, each.name, ", ".join(duties), " / ".join(filter(None, state))]
            click.echo("\t".join(told).rstrip())
    if not found:
        tell(NONE_YET)


@contextmanager
def acting(settings: Settings) -> Iterator[tuple[Session, datetime]]:
    """One transaction and its moment."""
    with open_instance(settings) as database, database.writing() as session:
        yield session, datetime.now(UTC)


@contextmanager
def adding(settings: Settings) -> Iterator[tuple[Session, datetime]]:
    """The same in an instance that is made where there is none: the first account is added to a new one."""
    with make_instance(settings) as database, database.writing() as session:
        yield session, datetime.now(UTC)


def account_of(session: Session, username: str) -> tuple[int, int]:
    """The number of an account and its version.

    Raises:
        NotFound: there is none of this name.
    """
    found = account_called(session, username)
    if found is None:
        raise NotFound(NOBODY.format(username=username))
    return found.id, found.version


def tell_link(settings: Settings, token: str) -> None:
    """The link, on a line of its own."""
    tell(LINK)
    click.echo(f"{settings.address}/password/{token}")


def tell(what: Text) -> None:
    """One line in both languages."""
    click.echo(f"{what.zh} / {what.en}")
