"""The officials' forms (填报): drafts by section, submitting, withdrawing, sending back, and live estimates."""
