"""The seal of a PDF document: the key that makes it, signing, and telling a sealed file from any other."""
