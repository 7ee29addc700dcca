"""Kinds of objects that units have: river sections, villages, sites."""

from __future__ import annotations

from dataclasses import dataclass

from assess.core.flaws import Path
from assess.core.kinds import Title
from assess.core.schema import key, path_field
from assess.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectKind:
    """One kind of objects, whose figures are taken object by object."""

    title: Text | None = key(Title(), None)
    note: Text | None = key(Title(), None)
    path: Path = path_field()
