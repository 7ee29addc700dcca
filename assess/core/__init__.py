"""Rules, scoring, ranking and explanation: pure, no I/O, no clock, no randomness.

May import the standard library and NumPy.
"""
