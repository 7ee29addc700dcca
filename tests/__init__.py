"""Tests mirror assess/: each is a sentence of the domain."""
