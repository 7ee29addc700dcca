"""Documents in and out: rule sheets, tables, workbooks, results and PDF.

May import `assess.core`; owns openpyxl, XlsxWriter, PyYAML and reportlab.
"""
