"""Assessment of the environmental work of streets and townships."""
