"""The assessed units: their list, the one matcher of their names, renames and changes."""
