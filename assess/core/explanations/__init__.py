"""The sentence behind every line of a result: what was counted, how its points came about, and how it ends."""
