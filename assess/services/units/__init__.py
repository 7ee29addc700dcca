"""The assessed units of a year: their list, and the names that they take from a day on."""
