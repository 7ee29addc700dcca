"""The instance that a command works on: its settings from the environment, its database brought up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from assess.core.errors import Refused
from assess.services.instance import check_there, close_to_others, made
from assess.settings import SealFiles, Settings, WrongSetting, read_settings
from assess.store.session import Database
from assess.worker import key_places


def settings_here(default_address: str = Settings.address) -> Settings:
    """The settings that the environment states, with this address of the service where it states none.

    Raises:
        ClickException: with what is wrong, in both languages.
    """
    try:
        return read_settings(os.environ, default_address)
    except WrongSetting as wrong:
        raise click.ClickException(str(wrong)) from None


def check_given_seal(settings: Settings) -> None:
    """See that the key of the seal can be used, where the house was given one.

    Raises:
        ClickException: with what is wrong, in both languages.
    """
    if settings.seal == SealFiles():
        return
    # slow library
    from assess.files.sealing.keys import open_key

    try:
        open_key(key_places(settings), now=datetime.now(UTC))
    except Refused as refused:
        raise click.ClickException(f"{refused.what.zh} / {refused.what.en}") from None


@contextmanager
def open_instance(settings: Settings) -> Iterator[Database]:
    """The database of an instance that is there, its tables the newest.

    Raises:
        Refused: there is none, or it is of a newer version.
    """
    with database_of(settings) as database:
        check_there(database, settings.instance)
        database.bring_up_to_date()
        close_to_others(database, settings.instance)
        yield database


@contextmanager
def make_instance(settings: Settings) -> Iterator[Database]:
    """The database of an instance that is there or is made now, its tables the newest.

    Raises:
        Refused: its folder is away though its database names files, or it is of a newer version.
    """
    with database_of(settings) as database, made(database, settings.instance):
        yield database


@contextmanager
def database_of(settings: Settings) -> Iterator[Database]:
    """The database that the settings name, whether there is one or not."""
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.close()
