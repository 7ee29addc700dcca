"""Ranks as runs keep them: doubled, since ties may share a half."""

from __future__ import annotations


def printed_rank(doubled: int | None) -> str | None:
    """A kept rank as it is printed: 3, or 3.5 where a tie shares it."""
    if doubled is None:
        return None
    return str(doubled // 2) if doubled % 2 == 0 else f"{doubled // 2}.5"
