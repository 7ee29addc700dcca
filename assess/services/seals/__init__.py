"""The seal: the final result of a year as signed documents, and what anybody may check of them."""

from assess.files.sealing.keys import KeyPlaces
from assess.services.seals.asking import seal_cycle
from assess.services.seals.checking import Checked, check_code_typed, check_file
from assess.services.seals.sealing import KIND, sealing_in

__all__ = [
    "KIND",
    "Checked",
    "KeyPlaces",
    "check_code_typed",
    "check_file",
    "seal_cycle",
    "sealing_in",
]
