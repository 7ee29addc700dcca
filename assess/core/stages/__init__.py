"""The stages of a year as a whole: its timeline, and how a stage ends."""
