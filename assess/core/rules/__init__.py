"""Rule sheets: what they hold, how they are read from a plain tree, and what is refused."""
