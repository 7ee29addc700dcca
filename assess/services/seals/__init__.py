"""The seal: the final result of a year as signed documents, and what anybody may check of them."""

from assess.files.sealing.keys import KeyPlaces
from assess.services.seals.asking import seal_cycle
from assess.services.seals.checking import (
    IdentifiedDocument,
    SealCheck,
    check_code_typed,
    check_file,
    count_look,
    looks_left,
)
from assess.services.seals.pages import document_to_send, seal_page
from assess.services.seals.sealing import KIND, sealing_in

__all__ = [
    "KIND",
    "IdentifiedDocument",
    "KeyPlaces",
    "SealCheck",
    "check_code_typed",
    "check_file",
    "count_look",
    "document_to_send",
    "looks_left",
    "seal_cycle",
    "seal_page",
    "sealing_in",
]
