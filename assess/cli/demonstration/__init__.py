"""The demonstration in an instance: invented people, figures and reports of real units, and of invented ones beyond."""

from assess.cli.demonstration.people import Shown
from assess.cli.demonstration.scripts import one_year, two_years

__all__ = ["Shown", "one_year", "two_years"]
