"""Assessment of the environmental work of streets and townships."""

__version__ = "0.1.0"
