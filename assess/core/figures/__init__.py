"""The figures of one year: read from a table, rolled up to the year, each with where it came from."""

from assess.core.figures.reading import empty, from_rows, from_values, read_figures
from assess.core.figures.table import FigureTable, Layer, Use

__all__ = ["FigureTable", "Layer", "Use", "empty", "from_rows", "from_values", "read_figures"]
