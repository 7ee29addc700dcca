"""One-page briefs for a meeting: a unit, and the year."""

from assess.files.briefs.unit import write_unit_brief
from assess.files.briefs.year import write_year_brief

__all__ = ["write_unit_brief", "write_year_brief"]
