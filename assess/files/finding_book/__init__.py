"""The workbook of findings: written as a template, and read as a template or as an export of another system."""

from assess.files.finding_book.reading import read_finding_book
from assess.files.finding_book.writing import KIND, FindingStamp, write_finding_book

__all__ = ["KIND", "FindingStamp", "read_finding_book", "write_finding_book"]
