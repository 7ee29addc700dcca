"""The demonstration year in an instance: real units, invented people, figures and reports."""

from assess.cli.demonstration.evidence import supply
from assess.cli.demonstration.filling import YEAR, fill
from assess.cli.demonstration.people import Shown

__all__ = ["YEAR", "Shown", "fill", "supply"]
