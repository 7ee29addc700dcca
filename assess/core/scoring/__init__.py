"""From figures to points, sections, total, rank, grade and conversion, over whole columns."""
