"""The demonstration year in an instance: real units, invented people, figures and reports."""

from assess.cli.demonstration.filling import fill
from assess.cli.demonstration.people import Shown

__all__ = ["Shown", "fill"]
