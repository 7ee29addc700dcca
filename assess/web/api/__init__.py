"""What departments' systems ask for: evidence taken in, what became of it, and the document that describes this."""

from assess.web.api.evidence import bp
from assess.web.api.handover import handover
from assess.web.api.marking import attach

__all__ = ["attach", "bp", "handover"]
