"""Scoring runs: what one is made of, the facts of its lines, and what parts two of them."""
