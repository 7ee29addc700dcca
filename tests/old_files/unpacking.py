"""The kept files of earlier days, as they were made."""

from __future__ import annotations

import lzma
from pathlib import Path

HERE = Path(__file__).parent


def unpacked(name: str, target: Path) -> Path:
    """A kept file as it was made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(lzma.decompress((HERE / f"{name}.xz").read_bytes()))
    return target
