"""The service is started for a test as people start it, and ends with it."""

from __future__ import annotations

from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.sites import is_well, settings_of


def test_a_service_starts_on_an_empty_instance_and_ends_when_stopped(serve, instance: Path):
    address, server = serve(settings_of(instance))
    with urlopen(f"{address}/healthz") as answer:
        assert answer.status == 200
    server.stop()

    with pytest.raises(URLError, match="refused"):
        urlopen(f"{address}/healthz")


def test_a_service_that_is_killed_answers_no_more_and_another_takes_its_place(serve, instance: Path):
    address, server = serve(settings_of(instance))
    server.kill()
    assert not is_well(address)

    assert is_well(serve(settings_of(instance))[0])


def test_a_service_that_cannot_start_says_why(serve, instance: Path):
    with pytest.raises(AssertionError, match="ASSESS_DATABASE_URL must look like"):
        serve(settings_of(instance, "mysql://x"))
