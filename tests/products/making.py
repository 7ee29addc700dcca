"""Making every product: of the shipped sheets by the commands, of a year by the service and its addresses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tests.products.served import served_products
from tests.products.sheets import sheet_products
from tests.products.year import a_made_year, kept_products, told_products


def products_of_sheets(folder: Path) -> dict[str, bytes]:
    """Every product of the shipped sheets by its name, made in an empty folder."""
    return by_name(sheet_products(folder / "sheets"))


def products_of_year(folder: Path) -> dict[str, bytes]:
    """Every product of the demonstration year by its name, made in an empty folder."""
    with a_made_year(folder / "instance") as year:
        return by_name(chain(kept_products(year), told_products(year), served_products(year)))


def by_name(products: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    """The products by name; no two have the same."""
    found: dict[str, bytes] = {}
    for name, data in products:
        assert name not in found, name
        found[name] = data
    return found
