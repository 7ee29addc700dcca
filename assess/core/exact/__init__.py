"""The engine's one number: a column of exact values, one per unit."""

from assess.core.exact.column import Column, Rounding, stacked, total, where
from assess.core.exact.values import Number

__all__ = ["Column", "Number", "Rounding", "stacked", "total", "where"]
