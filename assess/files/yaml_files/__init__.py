"""YAML files: read to plain trees that know their places, and what is wrong with them in plain words."""
