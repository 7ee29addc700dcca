"""The weekly summary of findings: as a workbook, and as a document to print."""
