"""Where a finding was, as addresses of maps that a reader may open; no page loads anything of theirs."""

from __future__ import annotations

from typing import NamedTuple

from assess.core.figures.entry import KEPT_DECIMALS, MILLION
from assess.store.queries.findings import FindingRow


class Maps(NamedTuple):
    """A point in degrees, the address that a phone opens in its own map, and that of a site."""

    north: str
    east: str

    @property
    def phone(self) -> str:
        """What a phone opens in the map of its owner's choice."""
        return f"geo:{self.north},{self.east}"

    @property
    def site(self) -> str:
        """A map that takes points as satellites tell them, without the shift of maps made for China."""
        return f"https://www.openstreetmap.org/?mlat={self.north}&mlon={self.east}#map=18/{self.north}/{self.east}"


def maps_of(row: FindingRow) -> Maps | None:
    """Where a finding was; None where nobody noted the point."""
    return None if row.point is None else Maps(degrees(row.point.latitude), degrees(row.point.longitude))


def degrees(millionths: int) -> str:
    """Degrees with all the decimals that are kept."""
    return f"{millionths / MILLION:.{KEPT_DECIMALS}f}"
