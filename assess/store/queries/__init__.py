"""Selects: each list has a full order and a fixed number of queries."""
