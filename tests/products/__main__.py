"""`make products`: make every product again, say which digests change, and with `--write` keep them."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.products.digests import KEPT, differences, digests_of, keep, kept_digests, listed
from tests.products.making import products_of_sheets, products_of_year


def main(write: str = "") -> int:
    """Exit code 1 where something changed that never may, or changed and is not to be kept."""
    with TemporaryDirectory() as folder:
        made = digests_of({**products_of_sheets(Path(folder)), **products_of_year(Path(folder))}, kept={})
    found = differences(kept_digests() if KEPT.exists() else {}, made)
    print(listed(found) or "Nothing changed.")
    if write != "--write" or any(each.is_frozen for each in found):
        return int(bool(found))
    keep(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
