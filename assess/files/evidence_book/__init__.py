"""The workbook of a department's evidence: written as a template, read tolerantly, and marked."""
