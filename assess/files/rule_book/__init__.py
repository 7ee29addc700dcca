"""The book of a rule sheet as a file: PDF, Word or HTML, by its ending."""
