"""What the service makes of the shipped rule sheets and of a demonstration year, held byte for byte.

`python -m tests.products --write` makes it all again, writes the digests and says which of them changed.
"""
