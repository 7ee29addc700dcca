"""Certifying (核定): what units reported counts once certified, or comes back corrected or returned."""

from assess.services.certifying.correcting import correct_value
from assess.services.certifying.deciding import RETURNABLE, WAITING, Certified, certify_values, return_values

__all__ = ["RETURNABLE", "WAITING", "Certified", "certify_values", "correct_value", "return_values"]
