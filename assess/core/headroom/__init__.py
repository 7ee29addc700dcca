"""Headroom: how little more or less of one figure would have gained an item points."""
