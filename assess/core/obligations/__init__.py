"""Obligations: the annual task list, what units report of it, and the figures that follow."""
