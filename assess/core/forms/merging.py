"""Two people changed the same section: what only one changed is kept, what both changed is for them to settle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Merged(NamedTuple):
    """What one person sent against what is saved: their own changes to save, and the names that both changed."""

    changes: dict[str, str]
    conflicts: frozenset[str]


def merge(base: Mapping[str, str], sent: Mapping[str, str], saved: Mapping[str, str]) -> Merged:
    """Part what the sender changed from what is saved, by name; a difference without a base was changed by both.

    Args:
        base: what was saved when the page was made; a blank text where nothing was.
        sent: what came back.
        saved: what is saved now; a name that it lacks is blank.
    """
    changes, conflicts = {}, set()
    for name, text in sent.items():
        now = saved.get(name, "")
        if text in (now, base.get(name)):
            continue
        changes[name] = text
        if base.get(name) != now:
            conflicts.add(name)
    return Merged(changes, frozenset(conflicts))
