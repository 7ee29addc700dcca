"""The web door: who may open which page, what was typed, one service, one answer."""
