"""The book of a rule sheet as a file: PDF or HTML, by its ending."""
