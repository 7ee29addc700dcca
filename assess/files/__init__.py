"""Documents in and out: rule sheets, tables, workbooks, results, PDF and its seal.

May import `assess.core`; owns openpyxl, XlsxWriter, PyYAML, reportlab, pyHanko and cryptography.
"""
