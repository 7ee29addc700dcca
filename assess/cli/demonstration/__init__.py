"""The demonstration in an instance: invented people, figures and reports of real units, and of invented ones beyond."""

from assess.cli.demonstration.people import DemoAccount
from assess.cli.demonstration.scripts import one_year, two_years

__all__ = ["DemoAccount", "one_year", "two_years"]
