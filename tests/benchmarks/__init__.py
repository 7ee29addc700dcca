"""What `make bench` measures; tests never time."""
