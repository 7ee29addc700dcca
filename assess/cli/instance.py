"""The instance that a command works on: its settings from the environment, its database brought up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from assess.core.errors import Refused
from assess.settings import SealFiles, Settings, WrongSetting, read_settings
from assess.store.session import Database
from assess.worker import key_places


def settings_here() -> Settings:
    """The settings that the environment states.

    Raises:
        ClickException: with what is wrong, in both languages.
    """
    try:
        return read_settings(os.environ)
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
    """The instance's database, its folder made and its tables the newest."""
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_url)
    try:
        database.bring_up_to_date()
        yield database
    finally:
        database.close()
