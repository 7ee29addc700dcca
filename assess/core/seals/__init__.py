"""Seals: what may be sealed, what is said of a sealed file, and the code by which it is checked."""
