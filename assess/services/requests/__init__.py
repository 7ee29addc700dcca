"""What one person asks for and another decides on: exemptions, and data excluded from a year."""
