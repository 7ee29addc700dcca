"""The archive of a year: what its manifest says, what stands where in it, and what a check of it finds."""
