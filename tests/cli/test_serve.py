"""`assess serve` names the place where it listens in what it prints and in its links, unless a setting says another."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.request import urlopen

import pytest

from assess.cli.serve import address_at
from tests.sites import settings_of


def schema_of(address: str) -> str:
    """The address that the published schema says it has."""
    with urlopen(f"{address}/api/v1/handover.schema.json") as answer:
        return str(json.load(answer)["$id"])


def test_links_begin_with_where_the_service_listens(serve, instance: Path):
    address, server = serve(settings_of(instance))

    assert schema_of(address).startswith(f"{address}/")
    assert address in server.told()


def test_links_begin_with_the_address_that_is_set(serve, instance: Path):
    address, _server = serve({**settings_of(instance), "ASSESS_ADDRESS": "https://assess.example"})

    assert schema_of(address).startswith("https://assess.example/")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8123"),
        ("0.0.0.0", "http://127.0.0.1:8123"),
        ("[::]", "http://[::1]:8123"),
        ("[fe80::1]", "http://[fe80::1]:8123"),
        ("assess.example", "http://assess.example:8123"),
    ],
)
def test_this_machine_reaches_a_service_at_any_host(host: str, address: str):
    assert address_at(host, 8123) == address
