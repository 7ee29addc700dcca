"""Evidence: what a typed value means, and what an uploaded workbook of a department says."""

from assess.core.evidence.values import (
    TRUTHS,
    ParseError,
    Reading,
    example_of,
    least_of,
    read_column,
    read_value,
    words_of,
    wrong,
)

__all__ = [
    "TRUTHS",
    "ParseError",
    "Reading",
    "example_of",
    "least_of",
    "read_column",
    "read_value",
    "words_of",
    "wrong",
]
