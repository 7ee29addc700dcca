"""The hand-over of the sealed result: made and corrected by the office, read and acknowledged by receivers."""

from assess.services.handover.acknowledging import Receipt, acknowledge
from assess.services.handover.making import hand_over
from assess.services.handover.pages import (
    HandoverList,
    HandoverPage,
    HandoverProgress,
    file_to_send,
    handover_list,
    handover_page,
    progress_of,
)
from assess.services.handover.preparing import Prepared, prepare
from assess.services.handover.reading import data_to_send, handovers_sent

__all__ = [
    "HandoverList",
    "HandoverPage",
    "HandoverProgress",
    "Prepared",
    "Receipt",
    "acknowledge",
    "data_to_send",
    "file_to_send",
    "hand_over",
    "handover_list",
    "handover_page",
    "handovers_sent",
    "prepare",
    "progress_of",
]
