"""The officials' forms (填报): drafts by section, live estimates, submitting, as a workbook and on paper, signed."""
