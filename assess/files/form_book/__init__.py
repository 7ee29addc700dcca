"""A unit's form as a workbook: to fill in without a connection, and read back with the same checks as the page."""

from assess.files.form_book.layout import FormStamp
from assess.files.form_book.reading import FilledForm, read_form_book
from assess.files.form_book.writing import write_form_book

__all__ = ["FilledForm", "FormStamp", "read_form_book", "write_form_book"]
