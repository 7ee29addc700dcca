"""Evidence: what an uploaded workbook of a department says."""
