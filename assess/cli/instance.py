"""The instance that a command works on: its settings from the environment, its database brought up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from assess.settings import Settings, WrongSetting, read_settings
from assess.store.session import Database


def settings_here() -> Settings:
    """The settings that the environment states.

    Raises:
        ClickException: with what is wrong, in both languages.
    """
    try:
        return read_settings(os.environ)
    except WrongSetting as wrong:
        raise click.ClickException(str(wrong)) from None


@contextmanager
def open_instance(settings: Settings) -> Iterator[Database]:
    """The instance's database, its folder made and its tables the newest."""
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_url)
    try:
        database.bring_up_to_date()
        yield database
    finally:
        database.close()
