"""The set-up of a year: how far it is, and what keeps the year from opening."""
