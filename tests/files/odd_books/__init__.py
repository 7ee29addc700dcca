"""Workbooks as offices send them, and as nobody should: each made by a function, with what reading it must answer."""

from tests.files.odd_books import hostile, large, old_books, programs, shapes, templates, texts, values, wide
from tests.files.odd_books.cases import CASES

__all__ = ["CASES", "hostile", "large", "old_books", "programs", "shapes", "templates", "texts", "values", "wide"]
