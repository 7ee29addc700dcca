"""The digests of products as they are kept in the repository, and how two sets of them differ."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from tests.products.content import figures_in

KEPT = Path(__file__).parent / "digests.json"
FROZEN = (
    "sheets/*/results.csv",
    "year/kept/run-inputs/*",
    "year/archive/runs/*/inputs.zip",
    "year/archive/runs/*/results.csv",
    "year/runs.json",
)
"""What a run stands on and comes to: it never changes, not a byte."""
WORDED = ("*/results.csv", "*/inputs.zip", "*/inputs.zip [0-9]", "*/README.txt", "*/sources.csv")
"""Of these the words of warnings and sources may be corrected, but no figure changes."""
SAME_FIGURES = "the same figures, other words or looks"
SAMPLE = Path(__file__).parents[2] / "rules" / "chaoyang-2026" / "figures.csv"
COMPRESSOR = "compressor"
"""Another library that compresses gives other bytes of PDFs, workbooks and zips."""


class Digests(NamedTuple):
    """What is kept of a product: the digest of its bytes, and that of its figures, without the words."""

    bytes: str
    figures: str


class Difference(NamedTuple):
    """A product that is not what it was."""

    name: str
    what: str

    @property
    def is_frozen(self) -> bool:
        """Whether it may never be."""
        if self.what == "new" or not self.matches(FROZEN):
            return False
        return self.what != SAME_FIGURES or not self.matches(WORDED)

    def matches(self, patterns: Iterable[str]) -> bool:
        """Whether one of the patterns fits the name."""
        return any(fnmatch(self.name, pattern) for pattern in patterns)


def digests_of(products: Mapping[str, bytes], kept: Mapping[str, Digests]) -> dict[str, Digests]:
    """The digests of all products, and of what this machine compresses to.

    Where the bytes are those that are kept, so are the figures, which take long to read.
    """
    found = {name: digests_of_one(data, kept.get(name)) for name, data in products.items()}
    return {COMPRESSOR: Digests(digest(zlib.compress(SAMPLE.read_bytes())), ""), **found}


def digests_of_one(data: bytes, kept: Digests | None) -> Digests:
    """The digests of a product."""
    of_bytes = digest(data)
    return kept if kept and kept.bytes == of_bytes else Digests(of_bytes, digest(figures_in(data).encode()))


def digest(data: bytes) -> str:
    """Enough of a SHA-256 to tell two products apart."""
    return hashlib.sha256(data).hexdigest()[:20]


def kept_digests(beginning: str = "") -> dict[str, Digests]:
    """The digests that are kept of products whose names begin so, and of what a machine compresses to."""
    kept = {name: Digests(*found) for name, found in json.loads(KEPT.read_text(encoding="utf-8")).items()}
    return {name: found for name, found in kept.items() if name == COMPRESSOR or name.startswith(beginning)}


def keep(digests: Mapping[str, Digests]) -> None:
    """Keep these digests, one product a line."""
    lines = (f" {json.dumps(name, ensure_ascii=False)}: {json.dumps(found)}" for name, found in sorted(digests.items()))
    KEPT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def differences(kept: Mapping[str, Digests], made: Mapping[str, Digests]) -> list[Difference]:
    """Which products are not what they were, and in what."""
    found = [Difference(name, what_differs(kept.get(name), made.get(name))) for name in sorted({*kept, *made})]
    return [each for each in found if each.what]


def what_differs(kept: Digests | None, made: Digests | None) -> str:
    """In what a product differs; empty where it does not."""
    if kept is None or made is None:
        return "new" if kept is None else "no longer made"
    if kept.figures != made.figures:
        return "other figures"
    return "" if kept == made else SAME_FIGURES


def listed(found: Iterable[Difference]) -> str:
    """The differences, one a line."""
    return "\n".join(
        f"{each.what}{' (this must never change)' if each.is_frozen else ''}: {each.name}" for each in found
    )
